"""The front page answers three questions: what is due, what is wrong, does it balance."""

from __future__ import annotations

from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from filage.kernel.changes import add, set_
from filage_web import clock
from filage_web.store.changes import apply
from support.cast import Cast


@pytest.fixture(autouse=True)
def _october(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 10, 12))


def page(cast: Cast) -> str:
    answer = cast.browser("rene").get(cast.address())
    assert answer.status_code == 200
    return unescape(answer.content.decode()).replace("\u00a0", " ").replace("\u202f", " ")


def test_an_empty_production_says_what_a_first_entry_brings(cast: Cast) -> None:
    html = page(cast)
    assert "Rien n’est encore daté ni chiffré" in html
    assert "Aucune échéance" in html


def test_what_is_late_says_by_how_many_days_and_where_we_are_in_the_phases(cast: Cast) -> None:
    phases = [{"id": "rep", "label": "Répétitions", "starts_on": "2026-08-31", "ends_on": "2026-10-24"},
              {"id": "tour", "label": "Tournée", "starts_on": "2026-11-05", "ends_on": "2026-12-12"}]  # fmt: skip
    apply(
        cast.structure,
        cast.production,
        [
            set_("production/woyzeck", phases=phases),
            add("action/cddu", plan="administration", label="Faire signer les CDDU", due_on="2026-10-09"),
            add("event/p1", type="performance", day="2026-11-05", start="20:00", premiere="true"),
            add("budget_line/decor", label="Décor", post="30", unit_price="1800"),
        ],
        actor=cast.alice,
    )
    html = page(cast)
    assert "en retard de 3 j" in html
    assert "Répétitions, semaine 7 sur 8" in html
    assert "Tournée, première dans 24 jours" in html
    assert "1 800 €" in html
    assert "Première" in html


def test_the_same_number_of_queries_whatever_there_is(cast: Cast) -> None:
    counts = []
    for number in (1, 2, 3):
        facts = [add(f"event/p{number}", type="performance", day=f"2026-11-0{number}"),
                 add(f"funding/f{number}", label="DRAC", nature="public", amount="1000")]  # fmt: skip
        apply(cast.structure, cast.production, facts, actor=cast.alice)
        page(cast)
        with CaptureQueriesContext(connection) as queries:
            page(cast)
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]


def test_a_finding_leads_to_the_page_that_puts_it_right(cast: Cast) -> None:
    facts = [
        add("person/dana", given_name="Dana", family_name="Morel"),
        add("position/marie", label="Marie"),
        add("engagement/dana", position="position/marie", person="person/dana", phase="exploitation",
            starts_on="2026-11-05", ends_on="2026-11-14", unit="cachet", unit_pay="160"),
        *(add(f"event/p{rank}", type="performance", day="2026-11-05", start="20:00", end="22:00") for rank in (1, 2)),
        *(add(f"participation/p{rank}", event=f"event/p{rank}", engagement="engagement/dana") for rank in (1, 2)),
    ]  # fmt: skip
    apply(cast.structure, cast.production, facts, actor=cast.alice)
    html = page(cast)
    assert "Dana Morel est à la fois à" in html
    assert cast.address("calendrier/?vue=ressources") in html
