"""Pure algorithms: no Django, no database, and nothing else of this project."""
