"""The pages on which programmes and courses are planned."""
