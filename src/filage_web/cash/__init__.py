"""The cash plan: the balance month by month in three readings, its lowest point, and what may go wrong."""
