"""The tariffs of rights and tax: where they hold, whom they concern, how sure they are."""

from decimal import Decimal

import pytest

from filage.kernel import step as steps
from filage.kernel.changes import add, set_
from filage.rights.estimate import rights_estimate, rights_findings, usual_rates
from filage.rights.tariffs import BASES, WHERE, tariffs, usual
from support.dossiers import small

DEAL = {"label": "Écluse", "rights_rate": "0.105"}


def told(findings):
    return [(finding.code, finding.about) for finding in findings]


@pytest.mark.parametrize("tariff", tariffs().values(), ids=lambda one: one.id)
def test_every_tariff_is_whole_and_sourced(tariff):
    assert tariff.where in WHERE
    assert tariff.base in BASES
    assert tariff.source.title
    assert tariff.source.url.startswith("http")
    assert tariff.source.checked_on is not None
    assert tariff.forms
    assert tariff.payer
    assert tariff.basis
    assert tariff.rate is None or 0 < tariff.rate < 1
    assert tariff.source.confidence == "confirmed" or tariff.source.warning


def test_paris_has_its_own_tariff():
    assert [one.id for one in usual("theatre", "75")][:2] == ["sacd_paris", "sacem_scene_music"]
    assert [one.id for one in usual("theatre", "25")][:1] == ["sacd_region"]
    assert [one.id for one in usual("theatre")][:1] == ["sacd_region"]


def test_a_concert_goes_to_the_sacem_and_the_cnm():
    assert [one.id for one in usual("concert")] == ["sacem_concert", "tax_cnm", "spre", "diffuser"]


def test_a_film_falls_under_none_of_them():
    assert usual("fiction") == ()


def test_the_rights_of_a_cession_are_taken_on_the_better_base():
    lines = rights_estimate(
        "theatre", "cession", box_office=steps.given("billets", 2000), fee=steps.given("cession", 4000)
    )
    found = {line.tariff.id: line.amount.value if line.amount else None for line in lines}
    assert found == {
        "sacd_region": Decimal("420.00"), "sacem_scene_music": None, "tax_astp": Decimal("70.00"), "spre": None,
        "diffuser": Decimal("4.62"), "sacd_contribution": Decimal("40.00"),
    }  # fmt: skip
    assert {line.payer for line in lines} == {"l’acheteur, qui tient la billetterie"}


def test_a_free_entry_taxes_the_price_of_cession():
    lines = rights_estimate(
        "theatre", "cession", box_office=steps.given("billets", 0), fee=steps.given("cession", 4000)
    )
    assert next(line.amount.value for line in lines if line.tariff.id == "tax_astp") == 140


def test_a_doubtful_tariff_stays_doubtful_in_its_amount():
    [line, *_] = rights_estimate("theatre", "rental", box_office=steps.given("billets", 2000))
    assert (line.amount.confidence, line.confidence) == ("uncertain", "uncertain")
    assert line.payer == "nous, qui tenons la billetterie"


def test_an_offer_starts_from_the_rights_agreed_then_from_the_tariffs():
    assert usual_rates(small()) == (Decimal("0.105"), Decimal("0.035"))
    agreed = small(
        add("right/texte", label="Texte", rate="0.08"),
        add("right/non", label="x", rate="0.1", state="refused"),
    )
    assert usual_rates(agreed) == (Decimal("0.08"), Decimal("0.035"))


def test_an_offer_that_counts_other_rights_than_those_agreed_is_told():
    right = add("right/texte", label="Texte", rate="0.08")
    deal = add("deal/ecluse", **DEAL)
    assert told(rights_findings(small(right, deal))) == [("rights.deal_differs", "deal/ecluse")]
    assert rights_findings(small(right, add("deal/ecluse", **DEAL | {"rights_rate": "0.08"}))) == []
    assert rights_findings(small(right, add("deal/ecluse", **DEAL | {"state": "dropped"}))) == []
    assert rights_findings(small(deal)) == []
    cession = add("deal/ecluse", label="Écluse", type="cession")
    assert rights_findings(small(right, cession)) == []


def test_a_right_that_is_not_the_tariff_of_its_organisation_is_told():
    company = add("company/sacd", label="SACD")
    right = add("right/texte", label="Texte", rate="0.08", holder="company/sacd")
    assert told(rights_findings(small(company, right))) == [("rights.tariff_differs", "right/texte")]
    assert rights_findings(small(company, right, set_("right/texte", rate="0.12"))) == []
