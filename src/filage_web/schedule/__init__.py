"""The plan of work: what it must hold, the search for the best one, and putting it in the calendar."""
