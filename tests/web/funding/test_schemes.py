"""The pages of financing beyond the plan: schemes, tax credits, campaigns, gifts; what each writes, and where."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from filage.facts.budget import LineDetail
from filage.facts.campaign import Campaign
from filage.facts.funding import Funding, Scheme, TaxCredit
from filage.kernel.changes import add, set_
from filage_web.store.changes import apply
from filage_web.store.outcomes import forget_outcomes, outcome_of
from filage_web.store.queries import dossier_of
from support.cast import Cast

PAGES = ("", "dispositifs/", "credits/", "campagne/", "dons/")


@pytest.fixture
def office(world: Cast, django_db_blocker) -> Iterator[Cast]:
    """Le Fil with its Woyzeck; what the test writes is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield world
        transaction.set_rollback(True)
    forget_outcomes()


def text(office: Cast, path: str, name: str = "bob") -> str:
    return office.browser(name).get(office.address(f"financement/{path}")).content.decode()


def post(office: Cast, path: str, **values: Any) -> Any:
    return office.browser("bob").post(office.address(f"financement/{path}"), values)


def confirm(office: Cast, answer: Any) -> None:
    """Confirm the sheet of a preview as its form does."""
    draft = answer.context["draft"]
    back = office.browser("bob").post(office.address("effet/"), draft)
    assert back.status_code in (204, 302), back.content.decode()[:500]


def written(office: Cast, *changes: Any) -> None:
    apply(office.structure, office.production, changes, actor=office.alice)


@pytest.mark.parametrize("path", PAGES)
def test_a_reader_sees_every_page_and_writes_nothing(office: Cast, path: str) -> None:
    page = text(office, path, "rene")
    assert "Ajouter au plan" not in page
    assert "ligible" not in page


@pytest.mark.parametrize("path", PAGES)
def test_the_pages_lead_to_one_another(office: Cast, path: str) -> None:
    page = text(office, path)
    for other in PAGES:
        assert f'href="{office.address(f"financement/{other}")}"' in page


def test_the_catalogue_says_why_with_what_was_seen_and_asked(office: Cast) -> None:
    page = text(office, "dispositifs/")
    assert "Aide au projet (aide déconcentrée au spectacle vivant)" in page
    assert "14\u00a0représentations ; demandé : au moins 8\u00a0représentations" in page
    assert "points à vérifier à la main" in page
    assert "relu le 22 nov. 2026" in page
    assert "Aide avant réalisation à la production de films de court métrage" not in page
    assert "Aide avant réalisation à la production de films de court métrage" in text(
        office, "dispositifs/?tous=1"
    )


def test_one_answer_may_be_kept(office: Cast) -> None:
    shown = office.browser("bob").get(office.address("financement/dispositifs/?etat=missing")).context["rows"]
    assert {row.view.state for row in shown} == {"missing"}


def test_a_scheme_enters_the_plan_through_a_preview_with_its_pieces(office: Cast) -> None:
    before = len(dossier_of(office.structure, office.production).all(Funding))
    answer = post(office, "dispositifs/ajouter/", scheme="spedidam_sv", amount="1 250,50 €")
    assert len(dossier_of(office.structure, office.production).all(Funding)) == before
    confirm(office, answer)
    dossier = dossier_of(office.structure, office.production)
    (made,) = [one for one in dossier.all(Funding) if one.catalogue == "spedidam_sv"]
    assert (made.amount, made.nature, made.state) == (Decimal("1250.50"), "collective", "to_ask")
    assert made.missing == ("Modèle de contrat", "Contrat signé avec un lieu", "Budget")
    assert "déjà au plan" in text(office, "dispositifs/")
    assert "0 sur 3" in text(office, "")


def test_an_amount_that_cannot_be_read_is_refused_with_the_right_writing(office: Cast) -> None:
    answer = post(office, "dispositifs/ajouter/", scheme="spedidam_sv", amount="beaucoup")
    assert "n’est pas un montant" in answer.content.decode()


def test_an_unknown_scheme_is_not_found(office: Cast) -> None:
    assert post(office, "dispositifs/ajouter/", scheme="zut").status_code == 404


def test_the_most_an_aid_may_be_is_never_proposed_as_expected(office: Cast) -> None:
    rows = office.browser("bob").get(office.address("financement/dispositifs/")).context["rows"]
    by_id = {row.view.data.id: row for row in rows}
    assert by_id["fonpeps_aesp_apaj_adep"].view.at_most
    assert by_id["fonpeps_aesp_apaj_adep"].asked == ""
    assert by_id["artcena"].asked == "16000,00"


def test_the_structure_s_own_scheme_is_of_every_production(office: Cast) -> None:
    own = add("scheme/ville", label="Aide à la création", body="Ville de Besançon", deadlines=["2030-01-15"],
              performances="3", source="https://ville.example", checked_on="2026-10-01")  # fmt: skip
    written(office, own)
    assert dossier_of(office.structure, office.production).find("scheme/ville", Scheme) is not None
    page = text(office, "dispositifs/")
    assert "Ville de Besançon" in page
    assert "ajouté par la structure" in page
    confirm(office, post(office, "dispositifs/ajouter/", scheme="ville"))
    outcome = outcome_of(office.structure, office.production)
    (made,) = [one for one in outcome.dossier.all(Funding) if one.catalogue == "ville"]
    assert made.deadline_on.isoformat() == "2030-01-15"


def test_a_piece_is_gathered_then_missing_again(office: Cast) -> None:
    written(office, set_("funding/adami", missing=["RIB"], gathered=[]))
    post(office, "piece/", funding="adami", piece="RIB")
    found = dossier_of(office.structure, office.production).find("funding/adami", Funding)
    assert (found.gathered, found.missing) == (("RIB",), ())
    post(office, "piece/", funding="adami", piece="RIB")
    found = dossier_of(office.structure, office.production).find("funding/adami", Funding)
    assert (found.gathered, found.missing) == ((), ("RIB",))
    assert post(office, "piece/", funding="adami", piece="zut").status_code == 404


def test_a_condition_at_risk_is_told_on_the_plan(office: Cast) -> None:
    written(office, set_("funding/drac", catalogue="drac_adsv_projet"))
    assert "condition en danger" not in text(office, "")
    alive = [one.about for one in dossier_of(office.structure, office.production).by_kind["event"].values()
             if one.type == "performance"]  # fmt: skip
    written(office, *[set_(about, option="cancelled") for about in alive[:8]])
    assert "condition en danger" in text(office, "")


def test_the_tax_credit_of_the_kind_is_estimated_with_its_doubts(office: Cast) -> None:
    page = text(office, "credits/")
    assert "Crédit d’impôt théâtre" in page
    assert "Loi de finances pour 2026 non lue" in page
    assert "Des conditions ne sont pas tenues" in page


def test_a_line_is_counted_left_out_and_given_back_to_the_rules(office: Cast) -> None:
    line = "line/construction"
    lines = outcome_of(office.structure, office.production).budget.by_id()
    line = next(ident for ident in lines if ident.startswith("line/") and lines[ident].side == "expense")
    for choice in ("no", "yes", "auto"):
        post(office, "credits/ligne/", choix=f"{choice}|{line}", credit="cit")
        details = [
            one for one in dossier_of(office.structure, office.production).all(LineDetail) if one.line == line
        ]
        assert [one.credit for one in details] == [choice]
    assert post(office, "credits/ligne/", choix="no|line/zut", credit="cit").status_code == 404
    assert post(office, "credits/ligne/", choix=f"zut|{line}", credit="cit").status_code == 404


def test_a_credit_enters_the_plan_then_takes_its_new_estimate(office: Cast) -> None:
    confirm(office, post(office, "credits/ajouter/", credit="cit"))
    dossier = dossier_of(office.structure, office.production)
    (credit,) = dossier.all(TaxCredit)
    source = dossier.find(credit.funding, Funding)
    assert (credit.credit, source.nature) == ("CIT", "tax_credit")
    assert source.amount > 0
    written(office, set_(credit.about, deducted="0"))
    confirm(office, post(office, "credits/ajouter/", credit="cit"))
    again = dossier_of(office.structure, office.production)
    assert len(again.all(TaxCredit)) == 1
    assert again.find(credit.funding, Funding).amount > source.amount


def test_a_kind_without_a_credit_says_so(office: Cast) -> None:
    written(office, set_("production/woyzeck", form="exhibition"))
    assert "Aucun crédit d’impôt pour ce genre de production" in text(office, "credits/")


CAMPAIGN = add("campaign/ulule", label="Woyzeck sur Ulule", goal="3000", starts_on="2026-10-01", ends_on="2026-10-30",
               rewards=[{"label": "Affiche", "price": "30", "expected": "10", "cost": "4"}])  # fmt: skip


def test_a_day_of_a_campaign_is_typed_then_replaced(office: Cast) -> None:
    assert "Aucune campagne pour l’instant" in text(office, "campagne/")
    written(office, CAMPAIGN)
    post(office, "campagne/jour/", campaign="ulule", on="2026-10-03", amount="150", backers="4")
    post(office, "campagne/jour/", campaign="ulule", on="02/10/2026", amount="1 000,50", backers="")
    post(office, "campagne/jour/", campaign="ulule", on="2026-10-03", amount="200", backers="5")
    found = dossier_of(office.structure, office.production).find("campaign/ulule", Campaign)
    assert [(one.on.isoformat(), one.amount, one.backers) for one in found.pledges] == [
        ("2026-10-02", Decimal("1000.50"), None),
        ("2026-10-03", Decimal(200), 5),
    ]
    page = text(office, "campagne/")
    assert "1\u202f200,50\u00a0€" in page
    assert "campaign-chart" in page


def test_everything_wrong_with_a_day_is_said_at_once(office: Cast) -> None:
    written(office, CAMPAIGN)
    page = post(
        office, "campagne/jour/", campaign="ulule", on="", amount="beaucoup", backers=""
    ).content.decode()
    assert "Le jour manque" in page
    assert "n’est pas un montant" in page
    assert post(office, "campagne/jour/", campaign="zut", on="2026-10-03", amount="1").status_code == 404


def test_gifts_sponsors_and_co_producers_are_shown_with_the_rules(office: Cast) -> None:
    written(
        office,
        add("funding/don", label="Garage du Doubs", nature="patronage", amount="1000",
            counterparts=[{"label": "Soirée", "value": "400"}]),
        add("funding/pub", label="Banque", nature="sponsorship", amount="500"),
        add("funding/part", label="Scène du Doubs", nature="coproduction", amount="300", contribution="industry",
            share="0.1"),
    )  # fmt: skip
    page = text(office, "dons/")
    for said in ("Garage du Doubs", "plus que le quart du don", "660,00", "100,00", "Scène du Doubs", "10\u00a0%",
                 "2041-RD (CERFA 11580)"):  # fmt: skip
        assert said in page


@pytest.mark.parametrize("about", ["scheme/fonpeps_aesp_apaj_adep", "credit/cit", "cap/repere"])
def test_an_amount_says_why(office: Cast, about: str) -> None:
    answer = office.browser("rene").get(office.address(f"financement/raison/?quoi={about}"))
    assert answer.status_code == 200
    assert "steps" in answer.content.decode()


def test_what_is_not_there_has_no_reason(office: Cast) -> None:
    for about in ("", "zut/zut", "scheme/zut", "credit/zut", "campaign/zut", "gift/zut", "cap/zut"):
        assert (
            office.browser("rene").get(office.address(f"financement/raison/?quoi={about}")).status_code == 404
        )


def test_in_a_scenario_a_scheme_enters_the_scenario_alone(office: Cast) -> None:
    answer = post(office, "dispositifs/ajouter/", scheme="spedidam_sv", amount="500", scenario="decor-plie")
    confirm(office, answer)
    assert not [one for one in dossier_of(office.structure, office.production).all(Funding)
                if one.catalogue == "spedidam_sv"]  # fmt: skip
    assert "déjà au plan" in text(office, "dispositifs/?scenario=decor-plie")


@pytest.mark.parametrize("path", PAGES)
def test_the_queries_are_the_same_with_one_source_and_with_three(cast: Cast, path: str) -> None:
    counts = []
    for number in (1, 3):
        written(
            cast,
            *[add(f"funding/f{number}-{n}", label=f"F{n}", nature="patronage", amount="10",
                  catalogue="mecenat_entreprise") for n in range(number)],
            *[add(f"campaign/c{number}-{n}", label=f"C{n}", goal="10", starts_on="2026-10-01", ends_on="2026-10-03")
              for n in range(number)],
        )  # fmt: skip
        text(cast, path)
        with CaptureQueriesContext(connection) as queries:
            text(cast, path)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_form_of_a_source_proposes_the_schemes_of_this_kind_by_name(office: Cast) -> None:
    page = office.browser("bob").get(office.address("fiche/nouvelle/funding/")).content.decode()
    assert "drac_adsv_projet" in page
    assert "cnc_court_metrage" not in page
