"""What people type into plans."""
