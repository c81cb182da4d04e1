"""Money, steps, intervals, findings, changes, errors: what every area stands on."""
