"""The calendar: who is where when, what clashes, and what is due."""
