"""Dossier → review → outcome: every consequence of the facts at once; and what differs between two outcomes."""

from filage.review.context import Context
from filage.review.difference import Difference, compare, difference_json
from filage.review.outcome import Outcome, outcome_json
from filage.review.run import law_of_structure, review
from filage.review.why import UnknownLine, why

__all__ = [
    "Context",
    "Difference",
    "Outcome",
    "UnknownLine",
    "compare",
    "difference_json",
    "law_of_structure",
    "outcome_json",
    "review",
    "why",
]
