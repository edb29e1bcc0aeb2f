"""The pages of information points."""
