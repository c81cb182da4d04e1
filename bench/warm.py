"""Warm: one fact changed, and the whole dossier reviewed again, in a process that has reviewed it before."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from bench.dossier import generated
from bench.size import NOMINAL, ON
from filage.facts.base import Fact
from filage.facts.budget import BudgetLine
from filage.facts.calendar import Event
from filage.facts.dossier import Dossier
from filage.facts.team import Engagement
from filage.law.book import Law, load_law
from filage.review.run import review

TIMES = 7


def warm_review() -> float:
    """The least time of a change and its review, for the slowest of an event moved, a pay raised, a price changed."""
    dossier, law = generated(NOMINAL), load_law()
    review(dossier, law, ON)
    return max(_least(dossier, law, changed) for changed in (_moved, _raised, _repriced))


def _least(dossier: Dossier, law: Law, changed: Callable[[Dossier, int], Fact]) -> float:
    durations = []
    for turn in range(TIMES):
        fact = changed(dossier, turn + 1)
        start = time.perf_counter()
        dossier = dossier.with_facts([fact])
        review(dossier, law, ON)
        durations.append(time.perf_counter() - start)
    return min(durations)


def _moved(dossier: Dossier, turn: int) -> Fact:
    event = dossier.all(Event)[turn * 17]
    return event.model_copy(update={"day": event.day + timedelta(days=1)})


def _raised(dossier: Dossier, turn: int) -> Fact:
    engagement = dossier.all(Engagement)[turn * 13]
    return engagement.model_copy(update={"unit_pay": engagement.unit_pay + Decimal("7.31")})


def _repriced(dossier: Dossier, turn: int) -> Fact:
    return dossier.all(BudgetLine)[turn * 19].model_copy(update={"unit_price": "123.45"})


if __name__ == "__main__":
    sys.stdout.write(json.dumps(warm_review()))
