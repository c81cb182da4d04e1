"""Warm: one fact changed, and the whole dossier reviewed again, in a process that has reviewed it before."""

from __future__ import annotations

import itertools
import statistics
import time
from datetime import timedelta
from decimal import Decimal

from bench.dossier import ON, Size, generated
from filage.facts.base import Fact
from filage.facts.budget import BudgetLine
from filage.facts.calendar import Event
from filage.facts.dossier import Dossier
from filage.facts.team import Engagement
from filage.law.book import load_law
from filage.review.run import review


def warm_review(size: Size, *, times: int) -> float:
    """The median time of a change and its review: an event moved, a pay raised, a price changed, each so many times."""
    dossier, law = generated(size), load_law()
    review(dossier, law, ON)
    durations = []
    for turn, changed in itertools.product(range(times), (_moved, _raised, _repriced)):
        fact = changed(dossier, turn + 1)
        start = time.perf_counter()
        dossier = dossier.with_facts([fact])
        review(dossier, law, ON)
        durations.append(time.perf_counter() - start)
    return statistics.median(durations)


def _moved(dossier: Dossier, turn: int) -> Fact:
    event = dossier.all(Event)[turn * 17]
    return event.model_copy(update={"day": event.day + timedelta(days=1)})


def _raised(dossier: Dossier, turn: int) -> Fact:
    engagement = dossier.all(Engagement)[turn * 13]
    return engagement.model_copy(update={"unit_pay": engagement.unit_pay + Decimal("7.31")})


def _repriced(dossier: Dossier, turn: int) -> Fact:
    return dossier.all(BudgetLine)[turn * 19].model_copy(update={"unit_price": "123.45"})
