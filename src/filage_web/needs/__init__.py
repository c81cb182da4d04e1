"""Besoins: what must be found, from whom, for when, at what cost."""
