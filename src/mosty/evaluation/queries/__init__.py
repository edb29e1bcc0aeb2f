"""Questions about feedback: one file for each noun."""
