"""Sheets of the office: what can be issued, to whom, what became of it."""
