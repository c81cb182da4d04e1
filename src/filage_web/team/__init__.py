"""Équipe: engagements with what they cost, people, positions to fill."""
