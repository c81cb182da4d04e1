"""The scale of prices in a town far away, the discount, the sheet on paper."""

from __future__ import annotations

import io
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.db import transaction

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


def opened(office: Cast, query: str = ""):
    return office.browser("rene").get(office.address(f"prix/bareme/{query}"))


def pdf_text(data: bytes) -> str:
    from pypdf import PdfReader

    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).replace("\u202f", " ")


def test_the_scale_goes_down_with_the_dates(office: Cast) -> None:
    page = opened(office, "?dates=4")
    prices = [line["price"].unit_price for line in page.context["lines"]]
    assert len(prices) == 4
    assert prices == sorted(prices, reverse=True)
    assert prices[0] == outcome_of(office.structure, office.production).price.prices[0].unit_price


def test_a_town_adds_its_travel_before_tax(office: Cast) -> None:
    page = opened(office, "?ville=Brest&dates=3")
    for line in page.context["lines"]:
        whole = line["price"].total + line["trip"].value
        assert line["total"] == whole
        assert line["including_vat"] == whole + (whole * Decimal("0.055")).quantize(
            Decimal("0.01"), "ROUND_HALF_UP"
        )
        assert amount(line["including_vat"]) in page.content.decode()
    assert "depuis Besançon" in page.content.decode()


def test_a_distance_of_six_hundred_kilometres_may_be_typed(office: Cast) -> None:
    page = opened(office, "?km=600&dates=3&voyage=0,10&decor=0&nuit=70&repas=20&personnes=4&passagers=4")
    # 4 × 600 × 2 × 0.10, then 4 people: two nights and three days, three and four, four and five
    assert [line["trip"].value for line in page.context["lines"]] == [
        480 + 560 + 480,
        480 + 840 + 640,
        480 + 1120 + 800,
    ]


@pytest.mark.parametrize(
    ("query", "field", "said"),
    [
        ("?ville=Nulle-Part", "ville", "n’est pas dans la liste"),
        ("?ville=Brest&km=loin", "km", "n’est pas un nombre"),
        ("?ville=Brest&km=-3", "km", "négative"),
        ("?dates=x", "dates", "n’est pas un nombre entier"),
    ],
)
def test_what_is_wrong_stands_under_its_field(office: Cast, query: str, field: str, said: str) -> None:
    page = opened(office, query)
    assert said in str(page.context["asked"].errors[field])
    assert page.context["asked"].trip is None or field == "dates"


def test_a_rate_that_is_no_number_is_told_and_the_dossier_s_is_used(office: Cast) -> None:
    page = opened(office, "?ville=Brest&nuit=cher")
    [night] = [one for one in page.context["asked"].fields if one.name == "nuit"]
    assert "cher" in night.error
    assert page.context["asked"].rates.night.value == 68


def test_a_discount_is_worked_out(office: Cast) -> None:
    page = office.browser("rene").get(office.address("prix/remise/?remise=10"))
    found, given = page.context["discount"], outcome_of(office.structure, office.production)
    first = given.price.prices[0].unit_price
    assert found.series[0].unit_price == (first * Decimal("0.9")).quantize(Decimal("0.01"), "ROUND_HALF_UP")
    assert amount(found.series[0].unit_price) in page.content.decode()
    # the tour of the calendar: two series of three, four of two
    assert found.played == ((3, 6), (2, 8))
    lost = {one.performances: one.lost for one in found.series}
    assert found.tour == 6 * lost[3] + 8 * lost[2]
    assert "6\xa0dates en série de 3, 8\xa0dates en série de 2." in page.content.decode()


def test_a_discount_that_is_no_rate_is_told(office: Cast) -> None:
    page = office.browser("rene").get(office.address("prix/remise/?remise=beaucoup")).content.decode()
    assert "« beaucoup » n’est pas un taux" in page


def test_the_sheet_for_a_buyer_has_the_price_and_not_its_proof(office: Cast) -> None:
    answer = office.browser("rene").get(office.address("prix/fiche.pdf?ville=Brest"))
    text = pdf_text(answer.content)
    prices = outcome_of(office.structure, office.production).price.prices
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "valable jusqu’au" in text
    assert "À Brest" in text
    assert [p for p in prices if amount(p.unit_price).replace("\u202f", " ") not in text] == []
    assert "Prix plancher" not in text
    assert "Marge" not in text


def test_the_proof_names_the_formula_and_the_scope(office: Cast) -> None:
    text = pdf_text(office.browser("rene").get(office.address("prix/fiche.pdf?calcul=1")).content)
    assert "Prix plancher" in text
    assert "Plateau avec consommables et frais de bulletin" in text
    assert "création amortie sur 14 dates" in text.replace("Création", "création")
