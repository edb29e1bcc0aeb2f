"""How long mixing takes, and how close it comes to its bounds."""
