"""How long tables take: live, over archives, and in Spark."""
