"""What pages and actions need to know of calls and nominations."""
