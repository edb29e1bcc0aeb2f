"""Template tags; settings make them builtins, so no page loads them."""
