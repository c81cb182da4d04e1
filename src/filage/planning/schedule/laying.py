"""Laying scenes over days: from a dossier to a plan that holds its rules, and from a plan to the calendar.

`problem_of` reads, `lay_out` searches, `check_layout` checks apart, `changes_of` writes, `why_not` explains.
"""

from __future__ import annotations

from filage.planning.schedule.laying_changes import changes_of
from filage.planning.schedule.laying_check import check_layout
from filage.planning.schedule.laying_json import layout_from_json, layout_json
from filage.planning.schedule.laying_layout import Impossible, Layout, NoneFound, Progress
from filage.planning.schedule.laying_problem import LayingProblem
from filage.planning.schedule.laying_read import plan_named, problem_of
from filage.planning.schedule.laying_search import lay_out
from filage.planning.schedule.laying_why import Answer, answer_json, why_not

__all__ = [
    "Answer",
    "Impossible",
    "LayingProblem",
    "Layout",
    "NoneFound",
    "Progress",
    "answer_json",
    "changes_of",
    "check_layout",
    "lay_out",
    "layout_from_json",
    "layout_json",
    "plan_named",
    "problem_of",
    "why_not",
]
