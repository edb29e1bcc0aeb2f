"""Action plans: the overview of all actions, beside a bare view."""
