"""What the selection and its pages need to know."""
