"""Engagements beside the minimum of their job: what blocks, what only warns, what could not be compared."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filage.facts.changing import apply_changes
from filage.facts.reading import read_dossier
from filage.facts.team import Engagement
from filage.kernel.finding import SEVERITIES
from filage.law import load_law
from filage.payroll.engagement import pay_costs
from filage.payroll.minimum import check_engagement, minimum_findings
from filage.payroll.quantity import Calendar

LAW, TODAY = load_law(), date(2026, 11, 1)
START = """\
schema: filage/1
employer: {{id: fil, label: Le Fil, idcc: {idcc}, union_member: {member}}}
{grids}production:
  id: petite
  label: Petite forme
  form: {form}
  phases:
  - {{id: tournee, label: Tournée, starts_on: 2026-09-01, ends_on: 2026-12-31, budget: exploitation}}
people:
- {{id: dana, given_name: Dana, family_name: Morel}}
- {{id: elie, given_name: Élie, family_name: Vasseur}}
positions:
- {{id: marie, label: Marie, status: {status}{job}}}
engagements:
"""
HIRED = (
    "- {{id: {id}, position: position/marie, person: person/{person}, starts_on: {start}, ends_on: {end}, "
    "unit: {unit}, unit_pay: {pay}, quantity: {quantity}{more}}}\n"
)
DRAMATIC = "Artiste dramatique ou chorégraphique"
DANCER = "Artiste chorégraphique d'ensemble"


def hired(pay="162.75", **more) -> str:
    said = {
        "id": "dana",
        "person": "dana",
        "start": "2026-11-05",
        "end": "2026-11-06",
        "unit": "cachet",
        "quantity": 2,
        "more": "",
        **more,
    }
    return HIRED.format(pay=pay, **said)


def dossier(*engagements, job=DRAMATIC, **more):
    said = {"idcc": "1285", "member": "false", "form": "theatre", "status": "artiste", "grids": "", **more}
    said["job"] = f', job: "{job}"' if job else ""
    return read_dossier((START.format(**said) + "".join(engagements or (hired(),))).encode())


def findings(made, today=TODAY):
    costs = pay_costs(made, LAW, {}, Calendar(made))
    return minimum_findings(made, costs, LAW, today)


def plain(text):
    return text.replace("\xa0", " ")


def said(made, today=TODAY):
    return [(found.code, found.severity, found.about) for found in findings(made, today)]


def test_less_than_the_minimum_blocks_and_says_both_amounts_and_the_text():
    [found] = findings(dossier(hired("150")))
    assert (found.code, found.severity, found.about) == (
        "payroll.below_minimum", "blocking", "engagement/dana",
    )  # fmt: skip
    assert plain(found.message) == (
        "Payé 150,00 € par cachet (nov. 2026) ; le minimum est de 162,75 € : « Artiste dramatique ou "
        "chorégraphique », CCNEAC, grille du 1er août 2026. Il manque 12,75 €."
    )
    assert found.source.title.startswith(
        "accord sur les salaires du 1er juillet 2026, applicable au 1er août 2026"
    )
    assert found.source.id == "minima/1285-2026-DRAM-CACHET-1-2"


def test_its_remedy_pays_the_minimum_and_settles_it():
    made = dossier(hired("150"))
    [found] = findings(made)
    [remedy] = found.remedies
    assert (plain(remedy.label), remedy.changes[0].values) == (
        "Payer 162,75 € par cachet",
        {"unit_pay": "162.75"},
    )
    assert findings(apply_changes(made, remedy.changes)) == []


@pytest.mark.parametrize("pay", ["162.75", "162.76", "500"])
def test_exactly_the_minimum_is_compliant(pay):
    assert findings(dossier(hired(pay))) == []


def test_a_cent_less_is_not():
    assert said(dossier(hired("162.74"))) == [("payroll.below_minimum", "blocking", "engagement/dana")]


def test_the_cachets_of_the_month_are_counted_over_all_engagements_of_the_person():
    two, three = hired("150"), hired("150", id="dana-2", start="2026-11-20", end="2026-11-20", quantity=1)
    assert len(said(dossier(two))) == 1
    assert said(dossier(two, three)) == []
    other = hired("150", id="elie", person="elie", start="2026-11-20", end="2026-11-20", quantity=1)
    assert len(said(dossier(two, other))) == 2


def test_an_engagement_over_two_months_gives_one_finding_for_its_worst():
    longer = hired("150", start="2026-11-25", end="2026-12-05", quantity=11)
    assert said(dossier(longer)) == []
    assert (
        "140,00"
        in findings(dossier(hired("140", start="2026-11-25", end="2026-12-05", quantity=11)))[0].message
    )
    [found] = findings(dossier(hired("150", start="2026-11-29", end="2026-12-05", quantity=7)))
    assert "nov. 2026" in plain(found.message)


def test_an_amount_to_check_warns_and_never_blocks():
    [found] = findings(dossier(hired("60"), idcc="3090", job=DANCER))
    assert (found.code, found.severity) == ("payroll.minimum_to_check", "warning")
    assert plain(found.message).startswith(
        "Payé 60,00 € par cachet (nov. 2026) ; minimum à vérifier : 144,26 €"
    )
    assert found.remedies[0].changes[0].values == {"unit_pay": "144.26"}


def test_paying_an_amount_to_check_that_is_in_force_is_not_said():
    assert findings(dossier(hired("144.26"), idcc="3090", job=DANCER)) == []


def test_members_and_other_employers_have_different_minimums_on_one_day():
    pay = hired("145")
    assert said(dossier(pay, idcc="3090", job=DANCER)) == []
    assert [severity for _, severity, _ in said(dossier(pay, idcc="3090", job=DANCER, member="true"))] == [
        "warning"
    ]


def test_a_grid_replaced_by_a_text_not_read_is_said_even_when_it_is_paid():
    made = dossier(hired("200", start="2026-12-01", end="2026-12-02"), job="Artiste de chœur")
    [found] = findings(made)
    assert (found.code, found.severity, found.remedies) == ("payroll.minimum_to_check", "info", ())
    assert "remplacé" in plain(found.message)
    assert findings(made, date(2027, 1, 1)) == []


DAY = {"unit": "day", "quantity": 1, "start": "2026-11-05", "end": "2026-11-05"}


def test_the_smic_blocks_under_a_grid_that_is_only_to_check():
    made = dossier(hired("98.47", **DAY), idcc="3090", job="régisseur plateau", status="technicien")
    [found] = findings(made)
    assert (found.code, found.severity) == ("payroll.below_minimum", "blocking")
    assert "98,48 € : Smic × heures" in plain(found.message)
    assert found.source.id.startswith("paie.smic_horaire")


def test_exactly_the_smic_is_compliant_with_it():
    made = dossier(hired("98.48", **DAY), job="", status="technicien")
    assert [severity for _, severity, _ in said(made)] == ["info"]
    less = dossier(hired("98.47", **DAY), job="", status="technicien")
    assert said(less) == [("payroll.below_minimum", "blocking", "engagement/dana")]


def test_the_hours_of_the_engagement_make_its_smic():
    ten = hired("120", **DAY, more=", hours: 10")
    assert said(dossier(ten, job="", status="technicien"))[0][:2] == ("payroll.below_minimum", "blocking")


def test_a_full_month_at_the_smic_is_compliant_with_it():
    month = {"unit": "month", "quantity": 1, "start": "2026-11-01", "end": "2026-11-30"}
    assert said(dossier(hired("1867.02", **month), job="", status="permanent"))[0][1] == "info"
    assert said(dossier(hired("1867.01", **month), job="", status="permanent"))[0][1] == "blocking"


def test_half_time_halves_the_minimum():
    month = {"unit": "month", "quantity": 1, "start": "2026-11-01", "end": "2026-11-30"}
    half = hired("1018.62", **month, more=", weekly_hours: 17.5")
    assert said(dossier(half, job="groupe 5", status="permanent")) == []


def test_a_position_without_a_job_is_said_once_with_near_ones():
    two = hired("100"), hired("100", id="elie", person="elie")
    [found] = findings(dossier(*two, job=""))
    assert (found.code, found.severity, found.about) == ("payroll.no_minimum", "info", "position/marie")
    assert plain(found.message).startswith(
        "« Marie » n’a pas d’emploi de la grille (IDCC 1285) : son minimum n’est pas vérifié. Emplois proches : "
    )
    assert [remedy.label for remedy in found.remedies][
        -1
    ] == "Choisir « Artiste dramatique ou chorégraphique »"
    assert found.remedies[-1].changes[0].about == "position/marie"


def test_an_unknown_job_names_the_nearest():
    [found] = findings(dossier(job="Artiste dramatik"))
    assert "ne connaît pas l’emploi « Artiste dramatik »" in plain(found.message)
    assert f"« {DRAMATIC} »" in plain(found.message)


def test_a_unit_no_text_converts_is_not_compared_and_it_is_said():
    made = dossier(hired("300", unit="day", quantity=8, end="2026-11-12"), idcc="3097", job="Scripte",
                   status="technicien")  # fmt: skip
    [found] = findings(made)
    assert found.code == "payroll.no_minimum"
    assert "aucun minimum par jour" in plain(found.message)
    assert "elle en donne par semaine" in plain(found.message)
    assert "Le Smic, lui, est respecté." in plain(found.message)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"idcc": "9999"}, "Aucune grille de minima connue pour l’IDCC 9999"),
        ({"pay": hired("2000", unit="package", quantity=1)}, "Un forfait ne se compare à aucun minimum"),
    ],
)
def test_what_cannot_be_compared_says_why(more, words):
    more = dict(more)
    pay = more.pop("pay", hired())
    [found] = findings(dossier(pay, **more))
    assert (found.code, words in found.message) == ("payroll.no_minimum", True)


def test_what_is_past_is_not_asked_for_its_job():
    assert findings(dossier(job=""), date(2026, 12, 1)) == []


def test_a_past_engagement_paid_too_little_is_still_said():
    assert said(dossier(hired("150")), date(2027, 6, 1)) == [
        ("payroll.below_minimum", "blocking", "engagement/dana")
    ]


def test_a_grid_the_structure_pastes_is_read():
    grids = (
        "wage_grids:\n- {id: nao, label: NAO, idcc: 1285, source: Accord du 2 octobre 2026, starts_on: 2026-11-01, "
        f'starts_on_all: 2026-11-01, rows: [{{job: "{DRAMATIC}", unit: cachet, amount: 170}}]}}\n'
    )
    [found] = findings(dossier(hired("165"), grids=grids))
    assert "170,00 €" in plain(found.message)
    assert (found.severity, found.source.title.startswith("Accord du 2 octobre 2026")) == ("blocking", True)


def test_the_page_reads_the_same_verdict_as_the_review():
    made = dossier(hired("150"))
    check = check_engagement(made, made.all(Engagement)[0], LAW, TODAY)
    [found] = findings(made)
    assert (check.verdict, check.amount, check.margin, check.month) == (
        "below", Decimal("162.75"), Decimal("-12.75"), "2026-11",
    )  # fmt: skip
    assert (check.message, check.source) == (found.message, found.source)
    assert check.step.value == check.amount


def test_an_engagement_paid_enough_shows_its_margin():
    made = dossier(hired("170"))
    check = check_engagement(made, made.all(Engagement)[0], LAW, TODAY)
    assert (check.verdict, check.margin, check.confidence) == ("met", Decimal("7.25"), "one_source")
    assert plain(check.message).startswith(
        "Payé 170,00 € par cachet (nov. 2026) ; le minimum est de 162,75 € : "
    )


CASES = st.sampled_from(
    [
        {},
        {"idcc": "3090", "job": DANCER},
        {"idcc": "3090", "job": "poursuiteur", "status": "technicien", "unit": "day"},
        {"job": "Artiste de chœur"},
        {"idcc": "2642", "job": "1er assistant réalisateur", "status": "technicien", "unit": "day"},
        {"idcc": "3097", "job": "Scripte", "status": "technicien", "unit": "day"},
        {"job": "", "status": "technicien", "unit": "day"},
        {"job": "groupe 5", "status": "technicien", "unit": "hour"},
    ]
)
PAY = st.decimals("0.01", "400", places=2)


@settings(max_examples=60, deadline=None)
@given(CASES, PAY, PAY)
def test_raising_pay_never_makes_a_finding_nor_a_graver_one(case, one, other):
    low, high = sorted((one, other))
    more = dict(case)
    unit = more.pop("unit", "cachet")
    before, after = (said(dossier(hired(str(pay), unit=unit), **more)) for pay in (low, high))
    assert len(after) <= len(before)
    worst = [
        min((SEVERITIES.index(s) for _, s, _ in found), default=len(SEVERITIES)) for found in (before, after)
    ]
    assert worst[1] >= worst[0]


def test_the_grids_of_feature_films_only_warn_for_a_short_one():
    week = {"unit": "week", "quantity": 1, "start": "2026-11-02", "end": "2026-11-08", "more": ", hours: 39"}
    film = {"idcc": "3097", "job": "Scripte", "status": "technicien"}
    long_one, short_one = (
        dossier(hired("1000", **week), form=form, **film) for form in ("fiction", "short_film")
    )
    assert [severity for _, severity, _ in said(long_one)] == ["blocking"]
    assert [severity for _, severity, _ in said(short_one)] == ["warning"]
    assert "court métrage à vérifier" in findings(short_one)[0].message
