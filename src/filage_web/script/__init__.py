"""The text as played: running order, roles, and what its scenes need."""
