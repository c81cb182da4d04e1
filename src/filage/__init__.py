"""Filage, the library: a dossier in, a review out; pure Python, no clock, no network."""

__version__ = "0.1.0"
