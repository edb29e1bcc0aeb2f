"""How questionnaires, surveys and answers change: one file for each noun."""
