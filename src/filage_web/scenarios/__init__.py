"""Variants of a production: compared side by side, written in, adopted; and which one a page is looking at."""
