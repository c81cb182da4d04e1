"""What engagements cost, and what positions still need."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filage.facts.reading import read_dossier
from filage.facts.team import Position
from filage.kernel import step as steps
from filage.kernel.money import round_half_up
from filage.kernel.step import recompute
from filage.law import load_law
from filage.payroll.ceiling import Presence
from filage.payroll.engagement import pay_costs
from filage.payroll.quantity import Calendar
from filage.payroll.slip import cost_slip
from filage.payroll.slip_terms import terms_of
from filage.payroll.terms import Terms

LAW = load_law()
START = """\
schema: filage/1
employer: {id: fil, label: Le Fil, idcc: 1285, legal_form: company}
production:
  id: petite
  label: Petite forme
  form: theatre
  phases:
  - {id: creation, label: Création, starts_on: 2026-09-01, ends_on: 2026-10-31}
  - {id: tournee, label: Tournée, starts_on: 2026-11-01, ends_on: 2026-12-31, budget: exploitation}
people:
- {id: dana, given_name: Dana, family_name: Morel}
- {id: elie, given_name: Élie, family_name: Vasseur}
"""
ENGAGED = """\
engagements:
- {id: dana, position: position/marie, person: person/dana, starts_on: 2026-10-26, ends_on: 2026-11-14, unit: cachet,
   unit_pay: 160, phase: production}
"""


def costs(positions: str, more: str = "", variables=None):
    dossier = read_dossier(f"{START}positions:\n{positions}{more}".encode())
    return pay_costs(dossier, LAW, variables or {}, Calendar(dossier))


def part(number: int, day: str, type_: str) -> str:
    return (
        f"- {{id: p{number}, event: event/e{number}, engagement: engagement/dana}}\n",
        f"- {{id: e{number}, type: {type_}, day: {day}, start: 14:00, end: 18:00}}\n",
    )


def calendar(*events) -> str:
    made = [part(number, *event) for number, event in enumerate(events)]
    return (
        "events:\n" + "".join(event for _, event in made) + "participations:\n" + "".join(p for p, _ in made)
    )


MARIE = "- {id: marie, label: Marie, status: artiste}\n"
MIXED = calendar(
    ("2026-10-27", "rehearsal"),
    ("2026-11-02", "rehearsal"),
    ("2026-11-05", "performance"),
    ("2026-11-06", "performance"),
)


def test_an_engagement_astride_two_months_has_a_slip_each():
    [cost] = costs(MARIE, ENGAGED + MIXED)
    assert [(slip.month, slip.units, slip.slip.gross.value) for slip in cost.slips] == [
        ("2026-10", 1, 160),
        ("2026-11", 3, 480),
    ]
    assert (cost.quantity, cost.gross.value, cost.basis) == (4, 640, "planifié")


def test_the_cost_is_that_of_its_slips_and_recomputes():
    [cost] = costs(MARIE, ENGAGED + MIXED)
    assert cost.employer_cost.value == sum(slip.slip.totals.employer_cost for slip in cost.slips)
    assert (recompute(cost.employer_cost), cost.net_before_tax.value) == (cost.employer_cost.value, cost.net)


def test_the_cost_is_shared_over_the_phases_of_its_events_to_the_cent():
    [cost] = costs(MARIE, ENGAGED + MIXED)
    shares = dict(cost.by_phase)
    assert set(shares) == {"production", "exploitation"}
    assert shares["production"].value + shares["exploitation"].value == cost.employer_cost.value
    november = cost.slips[1].slip.totals.employer_cost
    assert abs(shares["exploitation"].value - november) <= Decimal("0.01")


def test_a_position_nobody_fills_costs_its_forecast():
    forecast = "forecast: [{phase: exploitation, unit: cachet, quantity: nb, unit_pay: 160, day: 2026-11-05}]"
    [cost] = costs(
        f"- {{id: marie, label: Marie, status: artiste, people: 2, {forecast}}}\n",
        variables={"nb": steps.given("nb", 3)},
    )
    one = cost_slip(
        Terms("artiste", date(2026, 11, 30)),
        Decimal(480),
        Presence(days=None, cachets=Decimal(3), isolated=True),
        LAW,
    )
    assert (cost.person, cost.basis, cost.people) == (None, "prévu", 2)
    assert cost.employer_cost.value == 2 * one.totals.employer_cost
    assert [finding.code for finding in cost.findings] == ["team.unfilled"]


TWO_PHASES = (
    "- id: marie\n  label: Marie\n  status: artiste\n  people: 1\n  forecast:\n"
    "  - {phase: production, unit: service, quantity: 10, unit_pay: 60}\n"
    "  - {phase: exploitation, unit: cachet, quantity: 3, unit_pay: 160}\n"
)


@pytest.mark.parametrize(
    ("events", "still_needed"),
    [
        ((), ["exploitation"]),
        ((("2026-10-27", "rehearsal"), ("2026-11-05", "performance")), []),
        ((("2026-10-27", "performance"), ("2026-11-05", "performance")), ["production"]),
    ],
)
def test_a_phase_in_which_somebody_is_paid_is_no_longer_forecast(events, still_needed):
    own = ENGAGED if events else ENGAGED.replace("phase: production", "phase: production, quantity: 3")
    found = costs(TWO_PHASES, own + (calendar(*events) if events else ""))
    assert [cost.by_phase[0][0] for cost in found if cost.person is None] == still_needed


def test_a_forecast_that_cannot_be_read_blocks_and_costs_nothing():
    forecast = "forecast: [{phase: production, unit: cachet, quantity: inconnu, unit_pay: 160}]"
    [cost] = costs(f"- {{id: marie, label: Marie, status: artiste, {forecast}}}\n")
    assert cost.employer_cost.value == 0
    assert [finding.code for finding in cost.findings] == ["payroll.forecast_refused", "team.unfilled"]


def test_a_month_the_law_does_not_cover_blocks_and_the_others_are_paid():
    own = (
        ENGAGED.replace("2026-10-26", "2014-10-26")
        .replace("2026-11-14", "2014-11-14")
        .replace("160,", "160, quantity: 4,")
    )
    [cost] = costs(MARIE, own)
    assert (cost.slips, {finding.code for finding in cost.findings}) == ((), {"payroll.refused"})


@pytest.mark.parametrize(
    ("ends_on", "due"), [("2026-10-05", True), ("2026-12-05", True), ("2026-12-06", False)]
)
def test_the_surcharge_of_short_contracts_stops_after_three_months(ends_on, due):
    own = (
        "engagements:\n- {id: elie, position: position/regie, person: person/elie, starts_on: 2026-09-05, "
        f"ends_on: {ends_on}, unit: day, unit_pay: 200, quantity: 10}}\n"
    )
    [cost] = costs("- {id: regie, label: Régie, status: technicien}\n", own)
    ids = {line.id for slip in cost.slips for line in slip.slip.lines}
    assert ("chomage_majoration_cddu" in ids) == due


def test_a_part_time_permanent_is_reduced_on_the_hours_of_the_contract():
    def slip(hours: str):
        own = (
            "engagements:\n- {id: elie, position: position/admin, person: person/elie, starts_on: 2026-11-01, "
            f"ends_on: 2026-11-30, unit: month, unit_pay: 1300{hours}}}\n"
        )
        [cost] = costs("- {id: admin, label: Administration, status: permanent}\n", own)
        return cost.slips[0].slip

    coefficient = {name: next(line.rate for line in slip(hours).lines if line.id == "rgdu") for name, hours in
                   (("full", ""), ("half", ", hours: 75.83"))}  # fmt: skip
    half = cost_slip(
        Terms("permanent", date(2026, 11, 30), paid_leave_fund=False),
        Decimal(1300),
        Presence(hours=Decimal("75.83")),
        LAW,
    )
    assert coefficient["half"] == next(line.rate for line in half.lines if line.id == "rgdu")
    assert coefficient["full"] < coefficient["half"]


def test_gross_is_rounded_half_up():
    own = (
        ENGAGED.replace("160", "33.345").replace("cachet", "hour").replace("33.345,", "33.345, quantity: 1,")
    )
    [cost] = costs(MARIE, own.replace("2026-10-26", "2026-11-10"))
    assert cost.gross.value == Decimal("33.35")


def test_an_engagement_nobody_gave_a_quantity_leaves_the_forecast_in_the_cost():
    needed = "{phase: production, unit: cachet, quantity: 3, unit_pay: 160}"
    forecast = f"- {{id: marie, label: Marie, forecast: [{needed}]}}\n"
    before = sum(cost.employer_cost.value for cost in costs(forecast))
    after = costs(forecast, ENGAGED)
    assert sum(cost.employer_cost.value for cost in after) == before > 0
    assert [f.code for f in after[0].findings] == ["payroll.no_quantity"]


@pytest.mark.parametrize(
    ("written", "wrong", "said"),
    [
        ("ends_on: 2026-11-14", "ends_on: 2026-10-14", "finit le mer. 14 oct. 2026, avant de commencer"),
        ("unit_pay: 160", "unit_pay: -160, quantity: 2", "Le brut par unité est négatif : −160,00"),
        ("unit_pay: 160", "unit_pay: 160, quantity: -2", "La quantité est négative : −2."),
    ],
)
def test_an_engagement_that_cannot_be_paid_blocks_and_costs_nothing(written, wrong, said):
    [cost] = costs("- {id: marie, label: Marie}\n", ENGAGED.replace(written, wrong))
    found = [f for f in cost.findings if f.code == "payroll.impossible"]
    assert (cost.employer_cost.value, [f.severity for f in found]) == (0, ["blocking"])
    assert said in found[0].message


def test_a_negative_forecast_blocks_and_costs_nothing():
    [cost] = costs(
        "- {id: marie, label: Marie, forecast: [{phase: production, unit: cachet, quantity: 3 - 5, unit_pay: 160}]}\n"
    )
    assert (cost.employer_cost.value, cost.findings[0].code) == (0, "payroll.forecast_refused")


def test_a_package_astride_months_has_a_slip_in_each_and_keeps_its_cents():
    package = ENGAGED.replace("unit: cachet", "unit: package").replace("unit_pay: 160", "unit_pay: 999.99")
    [cost] = costs("- {id: marie, label: Marie}\n", package)
    assert [(s.month, str(s.slip.totals.gross)) for s in cost.slips] == [
        ("2026-10", "300.00"),
        ("2026-11", "699.99"),
    ]
    assert str(cost.gross.value) == "999.99"


WEEKLY = (
    "engagements:\n- {{id: elie, position: position/regie, person: person/elie, starts_on: {start}, ends_on: {end}, "
    "unit: {unit}, unit_pay: {pay}{more}}}\n"
)


def weekly(start: str, end: str, pay: str, unit: str = "week", more: str = "", status: str = "technicien"):
    own = WEEKLY.format(start=start, end=end, pay=pay, unit=unit, more=more)
    [cost] = costs(f"- {{id: regie, label: Régie, status: {status}}}\n", own)
    return cost


@pytest.mark.parametrize(
    ("start", "end", "unit", "pay", "grosses"),
    [
        ("2026-11-02", "2026-11-11", "week", "700", ["1000.00"]),
        ("2026-10-27", "2026-11-05", "week", "700", ["500.00", "500.00"]),
        ("2026-10-30", "2026-11-08", "week", "700", ["200.00", "800.00"]),
        ("2026-11-02", "2026-11-21", "week", "777.77", ["2222.20"]),
        ("2026-11-02", "2026-11-11", "month", "2000", ["666.67"]),
        ("2026-10-22", "2026-11-10", "month", "2000", ["666.67", "666.66"]),
        ("2026-10-22", "2026-12-10", "month", "1999.99", ["666.67", "1999.99", "666.66"]),
    ],
)
def test_a_period_is_paid_to_the_cent(start, end, unit, pay, grosses):
    cost = weekly(start, end, pay, unit)
    assert [str(slip.slip.totals.gross) for slip in cost.slips] == grosses
    assert cost.gross.value == sum(Decimal(gross) for gross in grosses)


@given(
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.integers(0, 120),
    st.sampled_from(("week", "month", "package", "cachet")),
    st.decimals(1, 5000, places=2),
)
def test_the_slips_add_up_to_the_engagement_and_the_phases_to_its_cost(start, days, unit, pay):
    end = start + timedelta(days=days)
    quantity = ", quantity: 7" if unit == "cachet" else ""
    cost = weekly(start.isoformat(), end.isoformat(), str(pay), unit, quantity, "artiste")
    periods = {"week": Decimal(days + 1) / 7, "package": Decimal(1), "cachet": Decimal(7)}
    if unit in periods:
        assert cost.gross.value == round_half_up(pay * periods[unit])
    assert cost.gross.value == sum(slip.slip.totals.gross for slip in cost.slips)
    assert cost.employer_cost.value == sum(slip.slip.totals.employer_cost for slip in cost.slips)
    assert cost.employer_cost.value == sum(step.value for _, step in cost.by_phase)


def test_units_are_shown_to_four_decimals_at_most():
    cost = weekly("2026-10-27", "2026-11-05", "700")
    assert [part.label for part in cost.gross.parts] == [
        "Salaire brut, oct. 2026 (0,7143 semaine)",
        "Salaire brut, nov. 2026 (0,7143 semaine)",
    ]


def test_agreed_days_of_contract_limit_the_ceilings_of_the_whole_engagement_once():
    """Worked: 12 days over two months give two ceilings of 6 days (801 €), not two of 12."""
    cost = weekly("2026-10-17", "2026-11-15", "3000", "package", ", paid_days: 12")
    capped = [
        next(line.base for line in s.slip.lines if line.id == "vieillesse_plafonnee") for s in cost.slips
    ]
    assert capped == [Decimal("801.00")] * 2


@pytest.mark.parametrize(
    ("more", "due"),
    [
        ("", True),
        (", contract_type: cddu", True),
        (", contract_type: cdd", False),
        (", contract_type: cdi", False),
    ],
)
def test_only_a_cdd_d_usage_owes_the_surcharge_of_short_contracts(more, due):
    cost = weekly("2026-11-02", "2026-11-06", "700", more=more)
    assert any(line.id == "chomage_majoration_cddu" for line in cost.slips[0].slip.lines) == due


def test_a_structure_may_owe_no_surcharge_of_short_contracts():
    dossier = read_dossier(
        (
            START.replace("idcc: 1285", "idcc: 1285, short_contract_surcharge: 0") + "positions:\n" + MARIE
        ).encode()
    )
    assert not terms_of(dossier.employer, dossier.all(Position)[0], None, date(2026, 11, 5)).short_contract


@pytest.mark.parametrize("status", ["figurant", "realisateur"])
def test_extras_and_directors_are_artists_on_their_slips(status):
    artist = weekly("2026-11-02", "2026-11-06", "900", "package", status="artiste")
    other = weekly("2026-11-02", "2026-11-06", "900", "package", status=status)

    def rate(cost):
        return next(line.rate for line in cost.slips[0].slip.lines if line.id == "maladie")

    assert (other.status, rate(other)) == (status, rate(artist))


def test_a_part_time_permanent_has_the_ceiling_and_the_hours_of_the_contract():
    """Worked: 17 h 30 a week is half a ceiling (2 002,50) and 75,83 hours; the reduction is that of these hours."""
    by_week = (
        weekly("2026-11-01", "2026-11-30", "2100", "month", ", weekly_hours: 17.5", "permanent").slips[0].slip
    )
    assert next(line.base for line in by_week.lines if line.id == "vieillesse_plafonnee") == Decimal(
        "2002.50"
    )
    assert by_week.presence.hours == Decimal("17.5") * 52 / 12


def test_a_part_time_week_counts_its_hours():
    cost = weekly("2026-11-02", "2026-11-08", "400", more=", weekly_hours: 20")
    assert cost.slips[0].slip.presence.hours == 20


def test_a_slip_says_its_days_and_who_counted_them():
    cost = weekly("2026-10-27", "2026-11-05", "700")
    assert [(slip.first_day, slip.last_day, slip.basis) for slip in cost.slips] == [
        (date(2026, 10, 27), date(2026, 10, 31), "engagé"),
        (date(2026, 11, 1), date(2026, 11, 5), "engagé"),
    ]


def test_pay_outside_vat_is_taxed_by_the_share_of_the_structure():
    def taxed(vat: str) -> Decimal:
        own = START.replace("idcc: 1285", f"idcc: 1285, {vat}") + "positions:\n" + MARIE
        dossier = read_dossier((own + ENGAGED.replace("phase:", "quantity: 3, phase:")).encode())
        [cost] = pay_costs(dossier, LAW, {}, Calendar(dossier))
        lines = [line for slip in cost.slips for line in slip.slip.lines if line.id == "taxe_salaires"]
        return sum((line.base for line in lines), Decimal(0))

    assert taxed("vat_regime: subject") == 0
    assert taxed("vat_regime: exempt") > 480
    assert taxed("salary_tax_share: 0.4") == pytest.approx(
        Decimal("0.4") * taxed("vat_regime: exempt"), abs=Decimal("0.01")
    )


def test_an_engagement_astride_a_change_of_law_has_each_month_under_its_own():
    """Worked: uncapped old age went from 2,02 % to 2,11 % on 1 January 2026, the ceiling from 3 925 to 4 005 €."""
    cost = weekly("2025-12-01", "2026-01-31", "2500", "month")
    rates = [
        next(line.rate for line in slip.slip.lines if line.id == "vieillesse_deplafonnee")
        for slip in cost.slips
    ]
    assert rates == [Decimal("0.0202"), Decimal("0.0211")]
    assert [slip.slip.terms.day for slip in cost.slips] == [date(2025, 12, 31), date(2026, 1, 31)]
    reductions = [{line.id for line in s.slip.lines} & {"rgdu", "reduction_generale"} for s in cost.slips]
    assert reductions == [{"reduction_generale"}, {"rgdu"}]


def test_gross_pay_says_its_units_and_their_pay_down_to_the_engagement():
    [cost] = costs(MARIE, ENGAGED + MIXED)
    november = cost.gross.parts[1]
    assert [(leaf.label, leaf.value, leaf.rule) for leaf in november.leaves()] == [
        ("cachets", 3, "engagement/dana"),
        ("brut par unité", 160, "engagement/dana"),
    ]
    assert cost.employer_cost.parts[1].parts[0] == november


def test_a_part_of_a_package_is_said_to_be_one():
    package = weekly("2026-10-17", "2026-11-15", "1000.01", "package")
    assert [leaf.label for leaf in package.gross.leaves()] == [
        "forfaits",
        "brut par unité",
        "part du brut de l’engagement",
    ]
    assert recompute(package.employer_cost) == package.employer_cost.value


def test_an_incomplete_month_of_part_time_has_the_part_of_both():
    """Worked: 15 days out of 30 at 17 h 30 out of 35: a quarter of 4 005 €."""
    more = ", weekly_hours: 17.5"
    [monthly] = weekly("2026-11-16", "2026-11-30", "4200", "month", more, "permanent").slips
    assert next(line.base for line in monthly.slip.lines if line.id == "vieillesse_plafonnee") == Decimal(
        "1001.25"
    )
