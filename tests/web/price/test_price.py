"""The price of cession: its sheet, the dates sold, the curve, and a price tried without saving."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from filage.budget.sheet import Curve
from filage.kernel.changes import add, set_
from filage_web.price.chart import chart_of
from filage_web.store.changes import apply
from filage_web.store.models import ChangeSet
from filage_web.store.outcomes import forget_outcomes, outcome_of
from filage_web.store.queries import dossier_of
from filage_web.templatetags.french import amount, euro, signed_euro
from support.cast import Cast


@pytest.fixture
def office(world: Cast, django_db_blocker) -> Iterator[Cast]:
    """Le Fil with its Woyzeck; what the test writes is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield world
        transaction.set_rollback(True)
    forget_outcomes()


def test_the_page_shows_each_price_of_the_outcome(office: Cast) -> None:
    page = office.browser("rene").get(office.address("prix/")).content.decode()
    prices = outcome_of(office.structure, office.production).price.prices
    assert [price.performances for price in prices if amount(price.unit_price) not in page] == []


def test_towns_are_listed_with_their_state(office: Cast) -> None:
    page = office.browser("rene").get(office.address("prix/"))
    assert [(town.city, town.sold.dates, town.state) for town in page.context["towns"]] == [
        ("Besançon", 3, "Signé"), ("Dole", 2, "Signé"), ("Chalon-sur-Saône", 3, "Signé"), ("Mâcon", 2, "Confirmé"),
        ("Bourg-en-Bresse", 2, "1re option"), ("Annecy", 2, "2e option"),
    ]  # fmt: skip


def test_a_corealisation_retained_stays_among_the_dates_sold(office: Cast) -> None:
    kept = set_("contract/annecy", clear=("unit_price",), type="corealisation", bills_travel=False,
                deal="deal/annecy-corealisation", vat_rate="0.021")  # fmt: skip
    apply(office.structure, office.production, [kept], actor=office.alice)
    page = office.browser("rene").get(office.address("prix/"))
    town = page.context["towns"][-1]
    assert (town.city, town.nature, town.sold.cession) == ("Annecy", "coréalisation", Decimal("9892.42"))
    assert office.browser("rene").get(town.why).status_code == 200
    # another price is tried on a cession only
    assert 'value="contract/annecy"' not in page.content.decode()
    assert page.context["asked"].contract == "contract/bourg"


def test_another_price_is_tried_and_nothing_is_saved(office: Cast) -> None:
    before = ChangeSet.objects.count()
    gap = outcome_of(office.structure, office.production).plan.gap
    page = (
        office.browser("rene")
        .get(office.address("prix/?contrat=contract/annecy&prix=4 400,00"))
        .content.decode()
    )
    assert signed_euro(Decimal(-600)) in page
    assert euro(gap + 600) in page
    assert ChangeSet.objects.count() == before
    assert str(dossier_of(office.structure, office.production).get("contract/annecy").unit_price) == "4700"


def test_a_price_that_is_no_amount_says_so(office: Cast) -> None:
    page = (
        office.browser("rene")
        .get(office.address("prix/?contrat=contract/annecy&prix=beaucoup"))
        .content.decode()
    )
    assert "« beaucoup » n’est pas un montant" in page


def test_through_htmx_only_the_answer_is_drawn(office: Cast) -> None:
    address = office.address("prix/?contrat=contract/annecy&prix=4400")
    page = office.browser("rene").get(address, headers={"HX-Request": "true"}).content.decode()
    assert page.lstrip().startswith("<form")
    assert "Prix de cession HT" not in page


def test_the_curve_has_a_table_for_who_cannot_see_it(office: Cast) -> None:
    page = office.browser("rene").get(office.address("prix/")).content.decode()
    assert "Résultat cumulé selon le nombre de dates" in page


def test_the_chart_spans_zero_and_names_both_lines() -> None:
    computed = Curve(Decimal(5000), tuple(Decimal(n * 2000 - 24000) for n in range(20)), 12)
    sold = Curve(Decimal(4000), tuple(Decimal(n * 1200 - 24000) for n in range(20)), None)
    chart = chart_of(computed, sold, 14)
    assert [trace.name for trace in chart.traces] == ["prix calculé : 12", "prix vendu"]
    assert [trace.dashed for trace in chart.traces] == [False, True]
    assert "0" in [tick.text for tick in chart.levels]
    assert chart.top <= chart.zero <= chart.bottom
    assert 4 <= len(chart.levels) <= 8


def test_a_flat_curve_still_draws() -> None:
    flat = Curve(Decimal(0), (Decimal(0), Decimal(0)), 0)
    assert chart_of(flat, None, 1).traces[0].cross_x is not None


def formula(office: Cast, scenario: str = "", **wanted: str):
    """The form as the page gives it, with some values changed."""
    asked = f"?scenario={scenario}" if scenario else ""
    form = office.browser("bob").get(office.address(f"prix/formule/{asked}")).context["form"]
    values = {name: form[name].value() or "" for name in form.fields} | wanted
    return office.browser("bob").post(office.address(f"prix/formule/{asked}"), values)


def test_choosing_the_formula_shows_its_effect_first(office: Cast) -> None:
    before = ChangeSet.objects.count()
    sheet = formula(office, **{"pricing-margin_rate": "10"})
    assert (sheet.status_code, ChangeSet.objects.count()) == (200, before)
    office.browser("bob").post(office.address("effet/"), sheet.context["draft"])
    pricing = dossier_of(office.structure, office.production).production.pricing
    assert pricing.margin_rate == Decimal("0.1")


def test_in_a_scenario_the_formula_changes_there_only(office: Cast) -> None:
    before = dossier_of(office.structure, office.production).production.pricing
    answer = formula(office, "decor-plie", **{"pricing-margin_rate": "10"})
    assert answer.headers["Location"].startswith(office.address("prix/?scenario=decor-plie"))
    assert dossier_of(office.structure, office.production).production.pricing == before
    found = outcome_of(office.structure, office.production, scenario="decor-plie").dossier.production
    assert found.pricing.margin_rate == Decimal("0.1")


def test_a_reader_cannot_choose_the_formula(office: Cast) -> None:
    assert office.browser("rene").get(office.address("prix/formule/")).status_code == 403


def test_without_dates_the_page_says_what_to_do(cast: Cast) -> None:
    page = cast.browser("bob").get(cast.address("prix/")).content.decode()
    assert "Pas encore de prix" in page
    assert "Prévoir des représentations" in page


def test_the_queries_are_the_same_with_one_sale_and_with_three(cast: Cast) -> None:
    counts = []
    for number in (1, 3):
        for n in range(number):
            ident = f"{number}-{n}"
            facts = [
                add(
                    f"event/e{ident}",
                    type="performance",
                    day=f"2026-11-{number}{n + 1}" if number < 3 else f"2026-12-1{n}",
                    start="20:00",
                    end="22:00",
                ),
                add(
                    f"contract/c{ident}",
                    label="L",
                    type="cession",
                    events=[f"event/e{ident}"],
                    unit_price="4000",
                ),
            ]
            apply(cast.structure, cast.production, facts, actor=cast.alice)
        cast.browser("bob").get(cast.address("prix/"))
        with CaptureQueriesContext(connection) as queries:
            cast.browser("bob").get(cast.address("prix/"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
