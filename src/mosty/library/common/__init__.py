"""What several parts of the app share: the template of a practice, texts, addresses."""
