"""Bodies of an older schema are read as today's, and rewritten when the office is brought to a new version."""

from __future__ import annotations

import pytest

from filage_web.store import bodies, maintenance
from filage_web.store.maintenance import migrate_bodies, unreadable_rows
from filage_web.store.models import Row
from filage_web.store.queries import load_production


@pytest.fixture
def next_schema(monkeypatch):
    """A later Filage, where `trade` was once called `job`."""

    def job_is_trade(kind, body):
        if kind != "person" or "job" not in body:
            return body
        return {**{key: value for key, value in body.items() if key != "job"}, "trade": body["job"]}

    monkeypatch.setattr(bodies, "MIGRATIONS", {bodies.CURRENT: job_is_trade})
    monkeypatch.setattr(bodies, "CURRENT", bodies.CURRENT + 1)
    monkeypatch.setattr(maintenance, "CURRENT", bodies.CURRENT)


def test_an_older_body_is_read_as_todays_then_rewritten(structure, woyzeck, next_schema):
    row = Row.objects.get(kind="person")
    Row.objects.filter(pk=row.pk).update(body={**row.body, "job": "comédienne"})
    before = load_production(structure, "woyzeck")
    assert before.dossier.get("person/marie").trade == "comédienne"
    assert before.findings == ()
    count = Row.objects.count()
    assert (migrate_bodies(), migrate_bodies()) == (count, 0)
    row.refresh_from_db()
    assert (row.body["trade"], "job" in row.body, row.schema) == ("comédienne", False, bodies.CURRENT)
    after = load_production(structure, "woyzeck")
    assert (after.dossier, after.revisions) == (before.dossier, before.revisions)


def test_every_row_that_no_longer_reads_is_named(structure, woyzeck):
    assert unreadable_rows() == []
    Row.objects.filter(kind="event").update(kind="disparu")
    row = Row.objects.get(kind="position")
    Row.objects.filter(pk=row.pk).update(body={**row.body, "people": "beaucoup", "label": ""})
    assert [problem.path for problem in unreadable_rows()] == [
        "le-fil/woyzeck position/marie.label", "le-fil/woyzeck position/marie.people", "le-fil/woyzeck disparu/p1.",
    ]  # fmt: skip
