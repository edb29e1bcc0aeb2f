"""The pages of the selection, by noun."""
