"""How many units of pay, and who says so."""

from decimal import Decimal

import pytest

from filage.facts.calendar import Event, Participation
from filage.facts.dossier import Dossier
from filage.facts.employer import Employer
from filage.facts.production import Production
from filage.facts.team import Engagement
from filage.payroll.quantity import (
    DONE,
    ENGAGED,
    PLANNED,
    Calendar,
    engagement_quantities,
    hours_of,
    shown_units,
)

PHASES = [
    {"id": "creation", "label": "Création", "starts_on": "2026-09-01", "ends_on": "2026-10-31"},
    {
        "id": "tournee",
        "label": "Tournée",
        "starts_on": "2026-11-01",
        "ends_on": "2026-12-31",
        "budget": "exploitation",
    },
]


def engagement(**values):
    given = {
        "id": "dana", "position": "position/marie", "person": "person/dana", "unit": "cachet", "unit_pay": "160",
        "starts_on": "2026-11-05", "ends_on": "2026-11-14", **values,
    }  # fmt: skip
    return Engagement.model_validate({key: value for key, value in given.items() if value is not None})


def event(ident, day, **values):
    return {"id": ident, "type": "performance", "day": day, "start": "20:00", "end": "22:00", **values}


def quantities(of, events=(), parts=None):
    """Participations by event id; by default, one in each event."""
    parts = {one["id"]: {} for one in events} if parts is None else parts
    facts = [
        Employer.model_validate({"id": "fil", "label": "Le Fil"}),
        Production.model_validate({"id": "petite", "label": "Petite", "form": "theatre", "phases": PHASES}),
        *(Event.model_validate(one) for one in events),
        *(
            Participation.model_validate(
                {"id": f"p-{ident}", "event": f"event/{ident}", "engagement": of.about, **values}
            )
            for ident, values in parts.items()
        ),
    ]
    return engagement_quantities(of, Calendar(Dossier.of_facts(facts)))


THREE = [event("a", "2026-11-05"), event("b", "2026-11-13"), event("c", "2026-11-14")]


def codes(found):
    return [finding.code for finding in found.findings]


def test_an_engagement_keeps_its_own_quantity_while_the_calendar_is_empty():
    found = quantities(engagement(quantity="3"))
    assert (found.basis, found.total, codes(found)) == (ENGAGED, 3, [])


def test_the_calendar_counts_what_the_engagement_does_not_say():
    found = quantities(engagement(), THREE)
    assert (found.basis, found.total, codes(found)) == (PLANNED, 3, [])


def test_the_calendar_wins_once_it_covers_the_period_and_the_difference_is_told():
    found = quantities(engagement(quantity="5"), THREE)
    assert (found.basis, found.total, codes(found)) == (PLANNED, 3, ["payroll.quantity_differs"])
    assert found.findings[0].message.startswith("5 cachets à l’engagement, 3 au calendrier")


def test_the_engagement_stands_while_a_month_of_its_period_is_empty():
    found = quantities(engagement(quantity="5", ends_on="2026-12-20"), THREE)
    assert (found.basis, found.total, codes(found)) == (ENGAGED, 5, [])


def test_a_calendar_fuller_than_the_engagement_is_told_even_before_it_covers():
    found = quantities(engagement(quantity="2", ends_on="2026-12-20"), THREE)
    assert (found.basis, found.total, codes(found)) == (ENGAGED, 2, ["payroll.quantity_differs"])


def test_what_was_done_counts_once_everything_is_done():
    parts = {ident: {"actual_units": units} for ident, units in (("a", "1"), ("b", "2"), ("c", "0"))}
    found = quantities(engagement(), THREE, parts)
    assert (found.basis, found.total) == (DONE, 3)


def test_one_participation_not_yet_done_keeps_the_plan():
    found = quantities(engagement(), THREE, {"a": {"actual_units": "2"}, "b": {}, "c": {}})
    assert (found.basis, found.total) == (PLANNED, 4)


def test_units_said_on_a_participation_replace_the_one():
    assert quantities(engagement(), THREE, {"a": {"units": "2"}, "b": {"units": "0"}, "c": {}}).total == 3


def test_a_cancelled_event_counts_for_nothing():
    cancelled = [*THREE[:2], event("c", "2026-11-14", option="cancelled")]
    assert quantities(engagement(), cancelled).total == 2


def test_nobody_says_anything():
    found = quantities(engagement())
    assert (found.total, found.months, codes(found)) == (0, (), ["payroll.no_quantity"])


def test_a_day_is_paid_once_whatever_happens_in_it():
    events = [
        event("a", "2026-11-05"),
        event("b", "2026-11-05", start="15:00", end="17:00"),
        event("c", "2026-11-06"),
    ]
    assert quantities(engagement(unit="day"), events).total == 2


def test_a_day_astride_two_phases_is_paid_once():
    events = [event("a", "2026-11-05"), event("b", "2026-11-05", type="rehearsal", phase="production")]
    [month] = quantities(engagement(unit="day"), events).months
    assert (month.units, dict(month.by_phase)) == (1, {"exploitation": 1, "production": 0})


def test_two_performances_of_a_day_are_two_cachets():
    events = [event("a", "2026-11-05"), event("b", "2026-11-05", start="15:00", end="17:00")]
    assert quantities(engagement(), events).total == 2


def test_months_astride_make_one_slip_each_with_its_own_days_and_law_day():
    events = [event("a", "2026-10-30"), event("b", "2026-11-02"), event("c", "2026-11-03")]
    found = quantities(engagement(starts_on="2026-10-28", ends_on="2026-11-03"), events)
    assert [(m.month, m.units, m.days, m.law_day.isoformat()) for m in found.months] == [
        ("2026-10", 1, 4, "2026-10-30"),
        ("2026-11", 2, 3, "2026-11-03"),
    ]


def test_a_stated_quantity_is_spread_by_days_and_adds_up():
    found = quantities(engagement(quantity="10", starts_on="2026-10-26", ends_on="2026-11-09"))
    assert [(m.month, m.units, m.law_day.isoformat()) for m in found.months] == [
        ("2026-10", 4, "2026-10-31"),
        ("2026-11", 6, "2026-11-09"),
    ]


@pytest.mark.parametrize(
    ("unit", "starts_on", "ends_on", "total"),
    [
        ("month", "2026-10-01", "2026-11-30", "2"),
        ("month", "2026-10-01", "2026-11-15", "1.5"),
        ("week", "2026-11-02", "2026-11-15", "2"),
        ("package", "2026-10-01", "2026-11-30", "1"),
    ],
)
def test_pay_by_period_counts_its_period(unit, starts_on, ends_on, total):
    found = quantities(engagement(unit=unit, starts_on=starts_on, ends_on=ends_on))
    assert (found.basis, found.total) == (ENGAGED, Decimal(total))


def test_a_full_month_has_no_count_of_days():
    [month] = quantities(engagement(unit="month", starts_on="2026-11-01", ends_on="2026-11-30")).months
    assert month.days is None


@pytest.mark.parametrize(
    ("day", "start", "end", "breaks", "hours"),
    [
        ("2026-10-24", "20:00", "06:00", [], "11"),
        ("2026-03-28", "20:00", "06:00", [], "9"),
        ("2026-10-25", "01:00", "09:00", [], "9"),
        ("2026-11-05", "22:00", "02:00", [], "4"),
        ("2026-11-05", "09:00", "18:00", [{"start": "13:00", "end": "14:00"}], "8"),
    ],
)
def test_hours_are_elapsed_hours(day, start, end, breaks, hours):
    given = Event.model_validate(event("a", day, type="setup", start=start, end=end))
    part = Participation.model_validate({"id": "p", "event": "event/a", "breaks": breaks})
    assert hours_of(given, part) == Decimal(hours)


def test_pay_by_the_hour_counts_the_clock_of_the_night_of_25_october():
    of = engagement(unit="hour", unit_pay="20", starts_on="2026-10-24", ends_on="2026-10-25")
    assert quantities(of, [event("a", "2026-10-24", type="setup", start="22:00", end="06:00")]).total == 9


@pytest.mark.parametrize(
    ("values", "shares"),
    [
        ({"unit": "month", "starts_on": "2026-12-16", "ends_on": "2027-02-15"}, ["0.5333", "1", "0.5"]),
        (
            {"unit": "month", "quantity": "2", "starts_on": "2026-10-01", "ends_on": "2026-11-30"},
            ["1", "1"],
        ),
        ({"unit": "week", "starts_on": "2026-12-22", "ends_on": "2027-01-11"}, ["1.4286", "1.5714"]),
        ({"unit": "package", "starts_on": "2026-11-16", "ends_on": "2026-12-15"}, ["0.5", "0.5"]),
        (
            {"unit": "cachet", "quantity": "3", "starts_on": "2026-11-16", "ends_on": "2026-12-15"},
            ["2", "1"],
        ),
        (
            {"unit": "cachet", "quantity": "1.125", "starts_on": "2026-11-16", "ends_on": "2026-12-15"},
            ["0.563", "0.562"],
        ),
    ],
)
def test_a_period_astride_months_pays_each_month_its_part(values, shares):
    found = quantities(engagement(**values))
    assert [shown_units(month.units) for month in found.months] == [Decimal(share) for share in shares]


def test_a_plan_of_which_nothing_was_done_costs_nothing_and_the_difference_is_told():
    parts = {one["id"]: {"actual_units": "0"} for one in THREE}
    found = quantities(engagement(quantity="3"), THREE, parts)
    assert (found.basis, found.total, codes(found)) == (DONE, 0, ["payroll.quantity_differs"])


@pytest.mark.parametrize(
    ("values", "breaks", "hours"),
    [
        ({"start": "20:00", "end": "03:00"}, [("01:00", "01:30")], "6.5"),
        ({"start": "20:00", "end": "23:00"}, [("12:00", "13:00")], "3"),
        ({"start": "09:00", "end": "12:30"}, [("12:00", "13:00")], "3"),
        ({"start": "20:00", "end": "02:00", "end_day": "2026-11-07"}, [], "30"),
        ({"day": "2026-10-24", "start": "20:00", "end": "04:00"}, [("02:30", "03:30")], "7"),
        ({"day": "2026-10-24", "start": "20:00", "end": "06:00", "zone": "America/Guadeloupe"}, [], "10"),
    ],
)
def test_breaks_and_ends_are_read_as_the_calendar_reads_them(values, breaks, hours):
    given = Event.model_validate(event("a", values.pop("day", "2026-11-05"), type="setup", **values))
    pauses = [{"start": start, "end": end} for start, end in breaks]
    part = Participation.model_validate({"id": "p", "event": "event/a", "breaks": pauses})
    assert hours_of(given, part) == Decimal(hours)


DONE_HOURS = {"call": "14:00", "wrap": "23:00", "breaks": [{"start": "18:00", "end": "19:00"}]}


@pytest.mark.parametrize(
    ("actual", "hours"),
    [
        ({}, "8"),
        ({"actual_start": "14:30", "actual_end": "23:45"}, "9.25"),
        ({"actual_end": "23:45", "actual_breaks": [{"start": "18:00", "end": "18:30"}]}, "9.25"),
        ({"actual_start": "16:00"}, "7"),
    ],
)
def test_hours_done_replace_those_planned(actual, hours):
    part = Participation.model_validate({"id": "p", "event": "event/a", **DONE_HOURS, **actual})
    assert hours_of(Event.model_validate(event("a", "2026-11-05")), part) == Decimal(hours)


def test_hourly_pay_follows_the_hours_done_and_the_difference_is_told():
    of = engagement(unit="hour", unit_pay="20")
    parts = {"a": {**DONE_HOURS, "actual_start": "14:00", "actual_end": "23:45"}, "b": {"actual_units": "4"}}
    found = quantities(of, THREE[:2], parts)
    assert (found.basis, found.total, codes(found)) == (DONE, Decimal("13.75"), ["payroll.done_differs"])
    assert found.findings[0].message == (
        "10 heures au calendrier, 13,75 en réalité : le coût suit ce qui est fait."
    )


def test_each_month_says_whether_it_is_done_or_planned():
    events = [event("a", "2026-11-05"), event("b", "2026-12-05")]
    found = quantities(engagement(ends_on="2026-12-10"), events, {"a": {"actual_end": "22:00"}, "b": {}})
    assert (found.basis, [month.basis for month in found.months]) == (PLANNED, [DONE, PLANNED])


@pytest.mark.parametrize(
    ("days", "shares"),
    [(None, [15, None, 10]), (10, [3, 5, 2]), (3, [1, 1, 1]), (1, [1, 1, 1]), (56, [15, 31, 10])],
)
def test_agreed_days_of_contract_are_shared_over_the_months(days, shares):
    of = engagement(unit="package", starts_on="2026-11-16", ends_on="2027-01-10", paid_days=days)
    assert [month.days for month in quantities(of).months] == shares
