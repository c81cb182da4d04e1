"""What an effect says of documents: the sheets issued first, then contracts together; hours alone amend no contract."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from filage.kernel.changes import add
from filage_web.sheets import services
from filage_web.store.changes import apply
from filage_web.store.outcomes import forget_outcomes
from support.cast import Cast

NOW = datetime(2026, 11, 2, 18, 20, tzinfo=ZoneInfo("Europe/Paris"))
NAMES = {"aline": "Aline", "idris": "Idris", "marcel": "Marcel"}
MOVE = "calendrier/date/p1/deplacer/"


@pytest.fixture(autouse=True)
def _in_november() -> Iterator[None]:
    forget_outcomes()
    with time_machine.travel(NOW, tick=False):
        yield


def facts(contract: str = "signed") -> list[Any]:
    made = [
        add("venue/ecluse", label="L’Écluse", city="Besançon"),
        add("position/jeu", label="Jeu", people="3"),
        *(
            add(
                f"event/{ident}",
                type="performance",
                day=day,
                start="20:00",
                end="22:00",
                venue="venue/ecluse",
            )
            for ident, day in (("p1", "2026-11-05"), ("p2", "2026-11-06"))
        ),
    ]
    for ident, name in NAMES.items():
        made += [
            add(f"person/{ident}", given_name=name, family_name="Roux"),
            add(f"engagement/{ident}", position="position/jeu", person=f"person/{ident}", phase="exploitation",
                starts_on="2026-11-04", ends_on="2026-11-10", unit="cachet", unit_pay="160", contract=contract),
            add(f"participation/{ident}", event="event/p1", engagement=f"engagement/{ident}", call="18:30"),
        ]  # fmt: skip
    return made


@pytest.fixture
def office(cast: Cast) -> Cast:
    apply(cast.structure, cast.production, facts(), actor=cast.alice)
    return cast


def moved(cast: Cast, **asked: str) -> str:
    answer = cast.browser("bob").post(cast.address(MOVE), asked)
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).replace("\u00a0", " ").split())


def issue(cast: Cast, day: str) -> None:
    services.issue(
        cast.structure, cast.production, "call_sheet", day, [], actor=cast.alice, address="https://b.test/"
    )


def test_an_hour_later_puts_the_sheet_issued_out_of_date_and_amends_no_contract(office: Cast) -> None:
    issue(office, "2026-11-05")
    issue(office, "2026-11-06")
    page = moved(office, debut="21:00")
    label = "Feuille de service n° 1, jeu. 5 nov. 2026, représentation, version 1"
    assert f'{label}</span><span class="muted">version 2 à émettre</span>' in page
    assert "6 nov. 2026, version" not in page
    assert "1 périmé" in page
    assert "avenant" not in page


def test_a_sheet_already_out_of_date_is_said_again_when_its_day_moves(office: Cast) -> None:
    issue(office, "2026-11-05")
    apply(
        office.structure, office.production, [add("person/zoe", given_name="Zoé", family_name="Le Goff"),
        add("participation/zoe", event="event/p1", person="person/zoe", call="17:00")], actor=office.alice,
    )  # fmt: skip
    assert "version 1</span>" in moved(office, debut="21:00")


def test_the_contracts_of_a_day_that_moves_are_told_together(office: Cast) -> None:
    page = moved(office, days="1")
    assert "3 contrats<details>" in page
    assert "Aline Roux, Idris Roux, Marcel Roux" in page
    assert "3 périmés" in page
    assert "Contrat de" not in page


def test_the_contract_of_one_is_told_with_its_name_elided(cast: Cast) -> None:
    only = [fact for fact in facts() if fact.id not in ("marcel", "idris")]
    apply(cast.structure, cast.production, only, actor=cast.alice)
    assert "Contrat d’Aline Roux" in moved(cast, days="1")


def test_the_effect_asks_the_same_queries_however_many_sheets_were_issued(office: Cast) -> None:
    counts = []
    for day in ("2026-11-05", "2026-11-06"):
        issue(office, day)
        moved(office, debut="21:00")
        with CaptureQueriesContext(connection) as queries:
            moved(office, debut="21:30")
        counts.append(len(queries))
    assert counts[0] == counts[1]
