"""The same lines laid out for each reader: production and exploitation, accounts, CERFA, estimate of a film."""

from filage.budget.views.laying import Branch, Entry, LaidOut, Part, lay_out
from filage.budget.views.places import place_findings, place_of
from filage.budget.views.view import BudgetView, Node, usual_views, view_named, views

__all__ = [
    "Branch",
    "BudgetView",
    "Entry",
    "LaidOut",
    "Node",
    "Part",
    "lay_out",
    "place_findings",
    "place_of",
    "usual_views",
    "view_named",
    "views",
]
