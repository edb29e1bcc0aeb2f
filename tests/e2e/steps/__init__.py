"""What the people of the chain do in their browsers, one module for each stretch."""
