"""Recording consultations, beside a bare insert."""
