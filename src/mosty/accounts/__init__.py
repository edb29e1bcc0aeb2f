"""Users, the roles they hold for organisations, and how they sign in."""
