"""What other areas show of the calendar."""

from filage_web.planning.entries import Entry, entries_of

__all__ = ["Entry", "entries_of"]
