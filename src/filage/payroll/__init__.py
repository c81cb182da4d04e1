"""What employing somebody costs and leaves them: contributions, ceilings, reductions, quantities."""
