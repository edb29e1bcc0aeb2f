"""How long protecting linked tables takes, and the audit's share of it."""
