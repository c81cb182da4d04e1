"""Intention: the interview with the artist, what was written, the passages that ask for something."""
