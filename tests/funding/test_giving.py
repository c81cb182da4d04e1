"""Gifts, sponsorship and co-production: counterparts, the giver's tax, VAT, shares that add up."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from filage.facts.funding import Funding
from filage.funding.coproduction import coproduction_of
from filage.funding.giving import Gift, gift_of, gifts_of
from filage.kernel.changes import add
from support.dossiers import codes, reviewed, small

COMPANY = add("company/garage", label="Garage du Doubs", role="sponsor")


def gift(**values: Any) -> Gift:
    dossier = small(COMPANY)
    given = {"label": "Garage", "nature": "patronage", "amount": "1000", "company": "company/garage"} | values
    return gift_of(Funding(id="g", **given), dossier)


@pytest.mark.parametrize(("amount", "tax"), [
    ("1000", "600.00"), ("2000000", "1200000.00"), ("3000000", "1600000.00"),
])  # fmt: skip
def test_a_company_s_tax_falls_by_60_then_40_per_cent(amount: str, tax: str) -> None:
    assert gift(amount=amount).tax.value == Decimal(tax)


def test_a_person_s_tax_falls_by_two_thirds() -> None:
    given = gift(company=None, amount="100")
    assert (given.tax.value, given.cost.value, given.receipt) == (
        Decimal("66.00"), Decimal("34.00"), "2041-RD (CERFA 11580)",
    )  # fmt: skip


def test_a_sponsorship_is_a_sale_with_vat_and_no_receipt() -> None:
    seen = gift(nature="sponsorship")
    assert (seen.vat.value, seen.tax, seen.receipt) == (Decimal("200.00"), None, "Facture")


def test_the_accounts_of_gifts_and_sponsorship_differ() -> None:
    rows = reviewed(
        add("funding/don", label="Don", nature="patronage", amount="100"),
        add("funding/pub", label="Pub", nature="sponsorship", amount="100"),
    ).budget.by_id()
    assert (rows["funding/don"].account, rows["funding/pub"].account) == ("7542", "7063")


def test_what_is_given_back_is_a_quarter_at_most() -> None:
    kept = gift(counterparts=[{"label": "Places", "value": "250"}])
    assert (kept.too_much, kept.share.value) == (False, Decimal("0.25"))
    assert gift(counterparts=[{"label": "Places", "value": "250.01"}]).too_much
    assert not gift(nature="sponsorship", counterparts=[{"label": "Logo", "value": "1000"}]).too_much


def test_too_much_given_back_is_told_with_both_figures() -> None:
    given = {"label": "Garage", "nature": "patronage", "amount": "1000",
             "counterparts": [{"label": "Soirée", "value": "400"}]}  # fmt: skip
    outcome = reviewed(add("funding/garage", **given))
    (message,) = [one.message for one in outcome.findings if one.code == "funding.counterparts"]
    assert "400,00\u00a0€" in message
    assert "250,00\u00a0€" in message
    assert gifts_of(outcome.dossier)[0].funding.id == "garage"


def copro(ident: str, **values: Any) -> Any:
    return add(f"funding/{ident}", **{"label": ident, "nature": "coproduction", "amount": "1000"} | values)


def test_co_producers_bring_cash_kind_and_industry_each_apart() -> None:
    found = coproduction_of(
        small(COMPANY, copro("a", company="company/garage", share="0.2"),
              copro("b", company="company/garage", contribution="in_kind", amount="300"),
              copro("c", contribution="industry", amount="500", share="0.3"), copro("d", state="refused"))
    )  # fmt: skip
    first, second = found.partners
    assert (first.label, first.cash, first.in_kind, first.brought, first.share) == (
        "Garage du Doubs", Decimal(1000), Decimal(300), Decimal(1300), Decimal("0.2"),
    )  # fmt: skip
    assert (second.industry, second.share) == (Decimal(500), Decimal("0.3"))
    assert found.given_away + found.kept == 1
    assert found.kept == Decimal("0.5")


def test_shares_that_pass_the_whole_are_told_and_the_whole_is_not() -> None:
    assert "funding.shares_passed" not in codes(reviewed(copro("a", share="0.6"), copro("b", share="0.4")))
    assert "funding.shares_passed" in codes(reviewed(copro("a", share="0.6"), copro("b", share="0.41")))
