"""The financing plan: it adds up to the charges in three readings, and says its basis."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from filage.kernel.changes import add
from filage_web.funding.plan import CERTAIN, FULL, WEIGHTED, bar_of, blocks_of, shares_of
from filage_web.store.changes import apply
from filage_web.store.outcomes import forget_outcomes, outcome_of
from filage_web.templatetags.french import amount
from support.cast import Cast


@pytest.fixture
def office(world: Cast, django_db_blocker) -> Iterator[Cast]:
    """Le Fil with its Woyzeck; what the test writes is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield world
        transaction.set_rollback(True)
    forget_outcomes()


@pytest.mark.parametrize("reading", [FULL, WEIGHTED, CERTAIN])
def test_the_bar_adds_up_to_the_charges_in_every_reading(office: Cast, reading: str) -> None:
    plan = outcome_of(office.structure, office.production).plan
    bar = bar_of(plan, reading)
    assert bar.certain + bar.probable + bar.missing == plan.expense
    assert sum(bar.shares) == 1


def test_the_sources_add_up_to_the_plan_sale_and_travel_read_together(office: Cast) -> None:
    outcome = outcome_of(office.structure, office.production)
    certain, probable = blocks_of(outcome.plan, outcome.dossier)
    assert certain.amount + probable.amount == outcome.plan.full
    assert certain.weighted + probable.weighted == outcome.plan.weighted
    dole = next(one for one in certain.sources if one.about == "contract/dole")
    assert (dole.line, dole.amount, dole.nature) == (
        "cession/dole",
        Decimal("11514.80"),
        "cession et voyages",
    )


def test_shares_of_nothing_are_nothing() -> None:
    assert shares_of((Decimal(0), Decimal(0))) == (Decimal(0), Decimal(0))


def test_more_money_than_charges_leaves_nothing_to_find(office: Cast) -> None:
    more = add("funding/mecene", label="Mécène", nature="private", amount="900000", state="signed")
    apply(office.structure, office.production, [more], actor=office.alice)
    assert bar_of(outcome_of(office.structure, office.production).plan, FULL).missing == 0
    assert "En plus des charges" in office.browser("bob").get(office.address("financement/")).content.decode()


def test_the_page_shows_the_three_readings(office: Cast) -> None:
    plan = outcome_of(office.structure, office.production).plan
    client = office.browser("rene")
    for reading, missing in ((FULL, plan.gap), (WEIGHTED, plan.gap_weighted), (CERTAIN, plan.gap_certain)):
        page = client.get(office.address(f"financement/?lecture={reading}")).content.decode()
        assert amount(missing) in page


def test_an_unknown_reading_is_the_full_one(office: Cast) -> None:
    page = office.browser("rene").get(office.address("financement/?lecture=zut"))
    assert page.context["reading"] == FULL


def test_the_public_share_is_said_with_its_basis_and_never_as_a_right(office: Cast) -> None:
    page = office.browser("rene").get(office.address("financement/")).content.decode()
    assert "de sources publiques non refusées" in page
    assert "le règlement de chaque aide fait foi" in page
    assert "éligible" not in page.lower()


def test_deadlines_of_money_come_in_order(office: Cast) -> None:
    page = office.browser("rene").get(office.address("financement/"))
    days = [one.on for one, _where, _late in page.context["deadlines"]]
    assert days == sorted(days)
    assert "Dépôt : Adami" in page.content.decode()


def test_a_reader_cannot_add_a_source(office: Cast) -> None:
    page = office.browser("rene").get(office.address("financement/")).content.decode()
    assert "Ajouter une source" not in page


def test_in_a_scenario_a_source_is_added_to_the_scenario(office: Cast) -> None:
    page = office.browser("bob").get(office.address("financement/?scenario=decor-plie"))
    assert page.context["adding"].startswith(office.address("scenarios/dans/funding/nouvelle/"))


def test_an_empty_plan_says_what_to_do(cast: Cast) -> None:
    page = cast.browser("bob").get(cast.address("financement/")).content.decode()
    assert "Aucun financement pour l’instant" in page
    assert "Ajouter une source" in page


def test_the_queries_are_the_same_with_one_source_and_with_three(cast: Cast) -> None:
    counts = []
    for number in (1, 3):
        apply(
            cast.structure, cast.production,
            [add(f"funding/f{number}-{n}", label=f"F{n}", nature="public", amount="10") for n in range(number)],
            actor=cast.alice,
        )  # fmt: skip
        cast.browser("bob").get(cast.address("financement/"))
        with CaptureQueriesContext(connection) as queries:
            cast.browser("bob").get(cast.address("financement/"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
