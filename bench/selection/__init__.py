"""The selection engine beside the field's own tool, on the same files."""
