"""A person's hours towards unemployment rights, from their private link: an estimate, of theirs alone."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from filage.kernel.changes import add
from filage_web.store.changes import apply
from support.cast import Cast

WORK = (
    add("position/marie", label="Marie"),
    add("person/dana", given_name="Dana", family_name="Morel"),
    add("engagement/dana", position="position/marie", person="person/dana", phase="exploitation",
        starts_on="2026-11-05", ends_on="2026-11-12", unit="cachet", unit_pay="160"),
    *(add(f"event/p{n}", type="performance", day=day, start="20:00", end="22:00")
      for n, day in ((1, "2026-11-05"), (2, "2026-11-06"), (3, "2026-11-12"))),
    *(add(f"participation/dana-{n}", event=f"event/p{n}", engagement="engagement/dana") for n in (1, 2, 3)),
)  # fmt: skip


@pytest.fixture
def told(cast: Cast, monkeypatch) -> Cast:
    monkeypatch.setattr("filage_web.clock.today", lambda: date(2026, 11, 20))
    apply(cast.structure, "woyzeck", WORK, actor=cast.alice)
    return cast


def page(cast: Cast, **asked: str) -> str:
    answer = Client().get(f"/lien/{cast.dana_token}/droits/", asked)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def test_a_cachet_counts_twelve_hours(told: Cast) -> None:
    html = page(told)
    assert ">36 h<" in html
    assert ">471 h<" in html
    assert "France Travail décide" in html


def test_hours_done_elsewhere_are_added_and_kept_nowhere(told: Cast) -> None:
    assert ">350 h 30<" in page(told, ailleurs="120,5")
    assert ">471 h<" in page(told)


def test_the_year_ends_on_the_day_asked(told: Cast) -> None:
    assert ">24 h<" in page(told, jour="2026-11-10")
    assert "Aucune heure sur cette période" in page(told, jour="2026-11-01")


@pytest.mark.parametrize(
    ("name", "value"),
    [("jour", "demain"), ("jour", "1950-01-01"), ("ailleurs", "beaucoup"), ("ailleurs", "99999")],
)
def test_what_cannot_be_read_is_said_and_the_rest_is_shown(told: Cast, name: str, value: str) -> None:
    html = page(told, **{name: value})
    assert 'aria-invalid="true"' in html
    assert ">36 h<" in html


def test_as_many_queries_for_three_productions_as_for_one(told: Cast) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(told)
        return len(queries)

    before = asked()
    for title in ("lenz", "leonce"):
        apply(
            told.structure,
            title,
            [add(f"production/{title}", label=title, form="theatre"), WORK[0], WORK[2]],
            actor=told.alice,
        )
    assert asked() == before


def test_ones_hours_lead_to_the_estimate(told: Cast) -> None:
    html = Client().get(f"/lien/{told.dana_token}/heures/").content.decode()
    assert f'href="/lien/{told.dana_token}/droits/"' in html
