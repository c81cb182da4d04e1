"""Once somebody took a first snapshot, a worker takes the next ones, once a week."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from filage.kernel.changes import add
from filage_web.follow import weekly
from filage_web.store.changes import apply
from filage_web.store.outcomes import open_production
from support.cast import Cast

pytestmark = pytest.mark.django_db


def snapshots(cast: Cast) -> int:
    return len(open_production(cast.structure, cast.production).dossier.by_kind.get("budget_version", {}))


def test_nothing_is_kept_before_somebody_began(cast: Cast) -> None:
    assert weekly.take_due.func() == 0
    assert snapshots(cast) == 0


def test_the_next_weeks_are_kept_once_each(cast: Cast) -> None:
    first = [add("budget_version/suivi-2020-01-06", label="Relevé", purpose="snapshot", on="2020-01-06")]
    apply(cast.structure, cast.production, first, actor=cast.alice)
    assert (weekly.take_due.func(), weekly.take_due.func()) == (1, 0)
    assert snapshots(cast) == 2


def test_the_week_begins_on_monday(cast: Cast) -> None:
    first = [add("budget_version/suivi-2026-10-12", label="Relevé", purpose="snapshot", on="2026-10-12")]
    apply(cast.structure, cast.production, first, actor=cast.alice)
    due = [
        weekly.due_on(day).exists() for day in (date(2026, 10, 12), date(2026, 10, 18), date(2026, 10, 19))
    ]
    assert due == [False, False, True]


def test_a_worker_looks_at_most_once_an_hour(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    first = [add("budget_version/suivi-2020-01-06", label="Relevé", purpose="snapshot", on="2020-01-06")]
    apply(cast.structure, cast.production, first, actor=cast.alice)
    monkeypatch.setattr(weekly, "_last", None)
    hours = [(8, 0), (8, 30), (8, 59), (9, 0)]
    done = [weekly.tend(datetime(2026, 10, 12, *hour, tzinfo=UTC)) for hour in hours]
    assert [done[0], done[1], done[2]] == [True, False, False]
