"""Lieux: the venues of the production, and the structure's others."""
