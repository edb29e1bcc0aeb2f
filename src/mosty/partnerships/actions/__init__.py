"""What may change on maps and in agreements, and in what state; a module for each noun."""
