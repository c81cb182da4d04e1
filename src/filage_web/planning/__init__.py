"""Calendrier: dates as a list, a month or by resource; every move is previewed before it is saved."""
