"""Schema migrations of the one app."""
