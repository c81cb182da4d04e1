"""Several slips of one person in one month, their ceilings settled together."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from filage.facts.reading import read_dossier
from filage.law import load_law
from filage.payroll.ceiling import Presence
from filage.payroll.engagement import pay_costs
from filage.payroll.person_month import PaidPeriod, month_findings, paid_periods, settled_months
from filage.payroll.quantity import Calendar
from filage.payroll.slip import cost_slip
from filage.payroll.terms import Terms
from filage.review import Context, review

LAW = load_law()
START = """\
schema: filage/1
employer: {id: fil, label: Le Fil, idcc: 1285, legal_form: company,
  rates: [{parameter: paie.atmp_technicien, value: 0.016, starts_on: 2025-01-01, source: Notification}]}
production: {id: petite, label: Petite forme, form: theatre}
people:
- {id: dana, given_name: Dana, family_name: Morel}
- {id: elie, given_name: Élie, family_name: Vasseur}
positions:
- {id: jeu, label: Jeu, status: artiste}
- {id: regie, label: Régie, status: technicien, department: technical}
- {id: chef, label: Direction technique, status: technicien, department: technical, cadre: true}
engagements:
"""


def engagement(
    number: int, days: str, pay: str, position: str = "regie", unit: str = "package", **more
) -> str:
    start, end = days.split(" ")
    extra = "".join(f", {key}: {value}" for key, value in more.items())
    person = "dana" if position == "jeu" else "elie"
    return (
        f"- {{id: e{number}, position: position/{position}, person: person/{person}, starts_on: {start}, "
        f"ends_on: {end}, unit: {unit}, unit_pay: {pay}{extra}}}\n"
    )


def costs_of(*engagements: str):
    dossier = read_dossier((START + "".join(engagements)).encode())
    return pay_costs(dossier, LAW, {}, Calendar(dossier))


WELL_PAID = engagement(1, "2026-11-02 2026-11-04", "1200")
LESS_PAID = engagement(2, "2026-11-16 2026-11-25", "600")


def test_what_one_contract_lacks_of_ceiling_another_gives_it():
    """Worked: ceilings of 3 days (400,50) and 10 days (1 335,00) hold 1 735,50 together: 1 000,50 → 1 735,50 capped."""
    [settled] = settled_months(costs_of(WELL_PAID, LESS_PAID), LAW)
    separate = [
        cost_slip(Terms("technicien", date(2026, 11, 30)), Decimal(gross), Presence(days=days), LAW)
        for gross, days in (("1200", 3), ("600", 10))
    ]
    bases = [next(line.base for line in slip.lines if line.id == "vieillesse_plafonnee") for slip in separate]
    assert bases == [Decimal("400.50"), 600]
    more = Decimal("1735.50") - sum(bases)
    assert (settled.slips, settled.gross, settled.about) == (2, 1800, "engagement/e2")
    # 8,55 % + 0,10 % (FNAL) + 0,34 % and 0,70 % of cover; CSG follows the employer's cover.
    assert settled.cost == pytest.approx(more * Decimal("0.0969"), abs=Decimal("0.03"))
    assert settled.net == pytest.approx(-more * (Decimal("0.069") + Decimal("0.0012")), abs=Decimal("0.80"))


def test_the_difference_is_told_in_euros_with_its_source():
    [found] = month_findings(costs_of(WELL_PAID, LESS_PAID), LAW)
    assert (found.code, found.severity, found.about) == ("payroll.month_ceiling", "warning", "engagement/e2")
    assert "2 bulletins de la même personne en nov. 2026 (1\u202f800,00\u00a0€ de brut)" in found.message
    assert "le coût employeur change de +71,2" in found.message
    assert found.source.confidence == "one_source"


@pytest.mark.parametrize(
    "engagements",
    [
        (WELL_PAID,),
        (LESS_PAID, engagement(3, "2026-11-02 2026-11-04", "300")),
        (WELL_PAID, engagement(3, "2026-12-02 2026-12-20", "300")),
        (WELL_PAID, engagement(3, "2026-11-16 2026-11-25", "600", "chef")),
        (WELL_PAID, engagement(3, "2026-11-16 2026-11-25", "600", "jeu")),
    ],
    ids=["one slip", "no ceiling met", "another month", "another rank", "another person"],
)
def test_nothing_is_said_when_settling_changes_nothing_or_does_not_apply(engagements):
    assert settled_months(costs_of(*engagements), LAW) == ()


def test_overlapping_contracts_have_the_days_of_the_month_once():
    """Two contracts of the whole month at 3 000 €: one ceiling of 4 005, not two; 1 995 € pass above it.

    Old age −170,57, FNAL −2,00, cover −20,75; Agirc-Arrco and CEG from tranche 1 to 2, CET: the rest.
    """
    whole = [engagement(number, "2026-11-01 2026-11-30", "3000") for number in (1, 2)]
    costs = costs_of(*whole)
    [settled] = settled_months(costs, LAW)
    terms = costs[0].slips[0].slip.terms
    union = cost_slip(terms, Decimal(6000), Presence(), LAW)
    moved = {
        ident: sum(line.amount for line in union.lines if (line.id, line.payer) == (ident, "employer"))
        - 2
        * sum(
            old.amount for old in costs[0].slips[0].slip.lines if (old.id, old.payer) == (ident, "employer")
        )
        for ident in ("vieillesse_plafonnee", "fnal", "prevoyance", "fonds_sante")
    }
    assert moved["vieillesse_plafonnee"] == Decimal("-170.57")
    assert sum(moved.values()) == pytest.approx(Decimal("-193.32"), abs=Decimal("0.02"))
    assert settled.cost > sum(moved.values())


def test_isolated_cachets_of_two_engagements_bring_their_days_and_meet_the_month_s_pension_ceiling():
    """Two times 3 cachets of 800 €: T1 stops at 4 005 for the month, above it T2 and CET are due."""
    cachets = [
        engagement(n, f"2026-11-{day} 2026-11-{int(day) + 2:02d}", "800", "jeu", "cachet", quantity=3)
        for n, day in ((1, "05"), (2, "15"))
    ]
    [settled] = settled_months(costs_of(*cachets), LAW)
    assert (settled.gross, settled.cost > 0, settled.net < 0) == (4800, True, True)


def test_what_other_productions_pay_the_same_person_counts():
    other = paid_periods(costs_of(LESS_PAID))
    assert other == (
        PaidPeriod(
            "person/elie", "2026-11", "technicien", cadre=False, gross=Decimal("600.00"),
            first_day=date(2026, 11, 16), last_day=date(2026, 11, 25), cachets=None, hours=None,
        ),
    )  # fmt: skip
    [alone] = settled_months(costs_of(WELL_PAID), LAW, other)
    [together] = settled_months(costs_of(WELL_PAID, LESS_PAID), LAW)
    assert (alone.cost, alone.net, alone.slips, alone.about) == (
        together.cost,
        together.net,
        2,
        "engagement/e1",
    )


def test_a_review_settles_with_what_its_context_tells():
    dossier = read_dossier((START + WELL_PAID).encode())
    alone = review(dossier, LAW, date(2026, 11, 22))
    told = review(dossier, LAW, date(2026, 11, 22), Context(paid=paid_periods(costs_of(LESS_PAID))))

    def said(outcome):
        return [finding.code for finding in outcome.findings if finding.code == "payroll.month_ceiling"]

    assert (said(alone), said(told)) == ([], ["payroll.month_ceiling"])


def test_less_than_a_euro_is_not_said():
    """1 € above the ceiling of the first contract moves 1 € of base: ten cents."""
    almost = engagement(1, "2026-11-02 2026-11-04", "401.50")
    assert settled_months(costs_of(almost, LESS_PAID), LAW) == ()


def test_two_halves_of_february_make_a_whole_month():
    """Worked: 28 days in two contracts are a full month, a ceiling of 4 005 and not of 28/30."""
    halves = [
        engagement(1, "2026-02-01 2026-02-14", "3000"),
        engagement(2, "2026-02-15 2026-02-28", "1000"),
    ]
    [settled] = settled_months(costs_of(*halves), LAW)
    assert settled.cost == pytest.approx((4000 - 2869) * Decimal("0.0969"), abs=Decimal("0.03"))
