"""Finding: what is asked becomes a question, the database answers, rows get snippets."""
