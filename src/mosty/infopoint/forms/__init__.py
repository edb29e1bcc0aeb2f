"""Whether what is typed about points and consultations is well formed."""
