"""The page of receipts: corridors in order, the rest, what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from filage.facts.recoupment import Corridor
from filage.kernel.changes import Change, add
from filage_web.receipts.cascade import rule_of
from filage_web.store.changes import apply
from filage_web.store.outcomes import forget_outcomes
from filage_web.templatetags.french import amount
from support.cast import Cast


@pytest.fixture
def office(world: Cast, django_db_blocker) -> Iterator[Cast]:
    """Le Fil with its Woyzeck; what the test writes is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield world
        transaction.set_rollback(True)
    forget_outcomes()


def write(office: Cast, *changes: Change) -> None:
    apply(office.structure, office.production, changes, actor=office.alice, label="Recettes")


def film(times: int = 1) -> list[Change]:
    return [
        *(add(f"receipt/r{n}", label=f"Salles {n}", source="Salles", amount="1000") for n in range(times)),
        *(
            add(f"corridor/c{n}", label=f"Commission {n}", rank=str(n), type="commission", rate="0.25")
            for n in range(times)
        ),
    ]


def test_an_empty_page_says_what_to_write_first(cast: Cast) -> None:
    page = cast.browser("alice").get(cast.address("recettes/")).content.decode()
    assert "Aucune recette attendue pour l’instant" in page


def test_the_payments_and_the_rest_are_shown_to_the_cent(office: Cast) -> None:
    write(office, *film())
    page = office.browser("rene").get(office.address("recettes/"))
    assert [(drop.payment.amount, drop.x, drop.width) for drop, _ in page.context["drops"]] == [
        (Decimal(250), "0.00", "25.00")
    ]
    assert amount(Decimal(750)) in page.content.decode()


def test_a_reader_is_offered_no_form(office: Cast) -> None:
    write(office, *film())
    page = office.browser("rene").get(office.address("recettes/"))
    assert [href for _, href in page.context["drops"]] == [""]


def test_a_rule_reads_as_a_contract_does() -> None:
    corridor = Corridor(id="c", label="x", rank=1, type="expenses", ceiling="1200", sources=("Salles",))
    assert (
        rule_of(corridor) == "frais opposables : tout ce qui arrive, jusqu’à 1\u202f200,00\xa0€, sur Salles"
    )


def test_three_corridors_ask_no_more_queries_than_one(office: Cast) -> None:
    counts = []
    for times in (1, 3):
        with transaction.atomic():
            write(office, *film(times))
            forget_outcomes()
            office.browser("alice").get(office.address("recettes/"))
            with CaptureQueriesContext(
                connection,
            ) as seen:
                office.browser("alice").get(office.address("recettes/"))
            counts.append(len(seen))
            transaction.set_rollback(True)
    assert counts[0] == counts[1]


def test_the_slots_and_what_serves_none_make_the_charges(office: Cast) -> None:
    page = office.browser("rene").get(office.address("recettes/creneaux/"))
    programme = page.context["programme"]
    assert programme.cost + programme.common == page.context["found"].opened.outcome.budget.expense
    assert len(programme.days) == 14


def test_a_house_beside_its_slot(office: Cast) -> None:
    tariffs = [{"label": "Plein", "price": "10.55"}]
    write(
        office,
        add("event/libre", type="performance", day="2026-11-21", start="20:00", end="21:40"),
        add("ticketing/p", label="Première", event="event/libre", capacity="100", fill="1", tariffs=tariffs,
            vat_rate="0.055"),
    )  # fmt: skip
    page = office.browser("alice").get(office.address("recettes/creneaux/"))
    assert amount(Decimal(1000)) in page.content.decode()
    assert [one.ticketing.id for one, _ in page.context["tickets"]] == ["p"]


def test_a_house_that_serves_no_date_is_shown_apart(office: Cast) -> None:
    write(office, add("ticketing/grande-scene", label="Grande scène", capacity="400", fill="0.6"))
    page = office.browser("alice").get(office.address("recettes/creneaux/")).content.decode()
    assert "Grande scène</a>" in page
    assert "hors du programme : donnez la représentation qu’elle sert" in page
    assert "Aucune billetterie" not in page
