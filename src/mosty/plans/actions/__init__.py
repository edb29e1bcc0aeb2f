"""How plans, check-ins and the help board change: one file for each noun."""
