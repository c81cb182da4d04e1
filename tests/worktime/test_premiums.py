"""Premiums at their edges: summer time, weeks, seasons, what replaces what, the most an hour may be raised."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from filage.kernel.errors import BadInput
from filage.worktime.premium_case import POPULATIONS, Hired, Told
from filage.worktime.premium_kinds import CONDITIONS
from filage.worktime.premium_rules import KINDS, premiums, premiums_of, read_premium
from filage.worktime.premiums import premium_hours
from filage.worktime.shift import Circumstance, Setting, Worker
from support.premium_cases import shift

ELIE = Worker("elie", status="technicien")


def given(shifts, idcc=None, told=None, worker=ELIE, **setting):
    return premium_hours(shifts, [worker], Setting(idcc=idcc, **setting), told)


def hours(found, rule):
    return [(line.hours, line.rate) for line in found.due if line.rule == rule]


def test_the_night_summer_time_begins_is_an_hour_shorter():
    # 28 to 29 March 2026: 22:00-06:00 on the clock is 7 h; the night of the law, 0:00-7:00, holds 5 of them.
    found = given([shift("elie", date(2026, 3, 28), "22:00", "06:00", "setup")])
    assert hours(found, "CT-NUIT-PLAGE") == [(Decimal(5), Decimal(0))]


def test_the_night_summer_time_ends_is_an_hour_longer():
    found = given([shift("elie", date(2026, 10, 24), "22:00", "06:00", "setup")])
    assert hours(found, "CT-NUIT-PLAGE") == [(Decimal(7), Decimal(0))]


def test_a_window_that_begins_at_an_hour_skipped_begins_at_the_next():
    # 1285, 1:00-6:00: on 29 March 2:00 does not exist, so four hours pass.
    found = given([shift("elie", date(2026, 3, 29), "00:30", "06:00", "setup")], "1285")
    assert hours(found, "1285-NUIT-15") == [(Decimal(4), Decimal("0.15"))]


def test_a_sunday_of_twenty_five_hours_counts_its_hours():
    found = given([shift("elie", date(2026, 10, 25), "00:00", "08:00", "shoot")], "3097")
    assert hours(found, "3097-TECH-DIM") == [(Decimal(9), Decimal(1))]


def test_work_over_midnight_from_sunday_to_monday_belongs_to_two_weeks():
    week = [shift("elie", date(2026, 3, 9) + timedelta(days=n), "09:00", "16:00", "setup") for n in range(5)]
    night = shift("elie", date(2026, 3, 15), "22:00", "02:00", "setup")
    found = given([*week, night])
    # 35 h and 2 h on Sunday evening; the 2 h after midnight open the next week.
    assert [(line.on, line.hours) for line in found.due if line.rule == "CT-HS-25"] == [
        (date(2026, 3, 9), Decimal(2))
    ]


def test_only_the_part_of_a_shift_on_sunday_is_raised():
    found = given([shift("elie", date(2026, 5, 16), "20:00", "04:00", "setup")], "3097")
    assert hours(found, "3097-TECH-DIM") == [(Decimal(4), Decimal(1))]


def test_the_first_of_may_goes_from_midnight_to_midnight():
    found = given([shift("elie", date(2026, 4, 30), "22:00", "03:00", "setup")])
    assert [(line.on, line.hours) for line in found.due if line.rule == "CT-1MAI-DOUBLE"] == [
        (date(2026, 5, 1), Decimal(3))
    ]


def test_twenty_minutes_three_times_make_an_hour():
    shifts = [
        shift("elie", date(2026, 3, 9) + timedelta(days=n), "09:00", "17:20", "setup", ["12:00", "13:00"])
        for n in range(3)
    ] + [shift("elie", date(2026, 3, 12 + n), "09:00", "15:30", "setup") for n in range(2)]
    # 3 x 7 h 20 + 2 x 6 h 30 = 35 h exactly
    assert hours(given(shifts), "CT-HS-25") == []


def test_a_convention_takes_the_place_of_the_code():
    shifts = [shift("elie", date(2026, 5, 18 + n), "08:00", "18:00", "setup") for n in range(4)]
    rules = {line.rule for line in given(shifts, "3097").due}
    assert rules == {"3097-TECH-HS"}
    assert {line.rule for line in given(shifts, "1285").due} == {"CT-HS-25"}


def test_an_artist_of_the_cinema_keeps_the_code():
    shifts = [shift("elie", date(2026, 5, 18 + n), "08:00", "18:00", "setup") for n in range(4)]
    found = given(shifts, "3097", worker=Worker("elie", status="artiste"))
    assert {line.rule for line in found.due} == {"CT-HS-25"}


def test_an_hour_is_never_raised_beyond_the_cap_of_the_convention():
    # A Sunday of 12 h of shoot: 100 % for Sunday, so the eleventh and twelfth hours get nothing more.
    found = given([shift("elie", date(2026, 5, 17), "07:00", "20:00", "shoot", ["12:00", "13:00"])], "3097")
    assert hours(found, "3097-TECH-10E-H") == [(Decimal(2), Decimal(1))]
    assert hours(found, "3097-TECH-DIM") == [(Decimal(10), Decimal(1))]
    assert hours(found, "3097-TECH-NUIT") == []


def test_night_fills_what_is_left_under_the_cap():
    # Six days of 8 h 30, the last one at night: 51 h, the last three at 75 % and at 50 % for the night.
    days = [
        shift("elie", date(2026, 5, 18 + n), "08:00", "17:30", "shoot", ["12:00", "13:00"]) for n in range(5)
    ]
    night = shift("elie", date(2026, 5, 23), "14:30", "23:00", "shoot")
    found = given([*days, night], "3097")
    assert hours(found, "3097-TECH-NUIT") == [(Decimal(1), Decimal("0.25"))]
    assert hours(found, "3097-TECH-HS") == [
        (Decimal(8), Decimal("0.25")), (Decimal(5), Decimal("0.5")), (Decimal(3), Decimal("0.75")),
    ]  # fmt: skip


def test_the_premium_of_the_span_is_set_against_overtime():
    # Four days of 9 h over 11 h: 36 h. The 36th hour is beyond the eighth of its day: 25 % once, not twice.
    shifts = [
        shift("elie", date(2026, 3, 9 + n), "09:00", "20:00", "setup", ["13:00", "15:00"]) for n in range(4)
    ]
    found = given(shifts, "3090", annex="4")
    assert hours(found, "3090-A4-AMPL10-25") == [(Decimal(1), Decimal("0.25"))] * 4
    assert hours(found, "CT-HS-25") == [(Decimal(1), Decimal(0))]


def test_travel_that_counts_makes_overtime():
    tour = (Circumstance("tour", date(2026, 3, 1), date(2026, 3, 31)),)
    work = [shift("elie", date(2026, 3, 9 + n), "09:00", "16:00", "setup") for n in range(5)]
    travel = shift("elie", date(2026, 3, 14), "09:00", "13:00", "travel")
    found = given([*work, travel], "1285", circumstances=tour)
    # 35 h and 2 + 1 h of travel
    assert hours(found, "CT-HS-25") == [(Decimal(3), Decimal("0.25"))]
    assert hours(given([*work, travel], "3090"), "CT-HS-25") == []


def test_overlapping_shifts_count_once():
    shifts = [shift("elie", date(2026, 3, 9 + n), "09:00", "16:00", "setup") for n in range(5)]
    twice = shift("elie", date(2026, 3, 9), "10:00", "14:00", "meeting")
    assert hours(given([*shifts, twice]), "CT-HS-25") == []


def test_a_day_of_a_short_engagement_leaves_the_weekly_overtime():
    told = Told(advertising=False, hired=(Hired("elie", date(2026, 5, 18), date(2026, 5, 21), "day"),))
    shifts = [
        shift("elie", date(2026, 5, 18 + n), "08:00", "19:00", "shoot", ["12:00", "13:00"]) for n in range(4)
    ]
    assert hours(given(shifts, "3097", told), "3097-TECH-HS") == []
    assert hours(given(shifts, "3097"), "3097-TECH-HS") == [(Decimal(5), Decimal("0.25"))]


def test_nothing_is_said_of_somebody_who_does_not_work():
    found = given([], "3090")
    assert (found.due, found.not_checked) == ((), ())


def test_what_nobody_told_is_listed_never_taken_for_nothing_due():
    found = given([shift("elie", date(2026, 3, 10), "20:00", "22:00", "performance")], "3090")
    assert {need.rule for need in found.not_checked} == {
        "3090-A4-25REP",
        "3090-A4-AMPL10-25",
        "3090-A4-ROADS-4H",
    }


def test_every_kind_of_premium_is_used():
    assert {premium.kind for premium in premiums()} == set(KINDS)


def test_a_bad_file_tells_everything_wrong_at_once():
    text = "label: x\nconvention: '9999'\nkind: nigth\npopulation: everyone\nbogus: 1\nconfidence: sure\n"
    with pytest.raises(BadInput) as caught:
        read_premium("X", text)
    assert [problem.message for problem in caught.value.problems] == [
        "« bogus » inconnu",
        "« parameters » manque",
        "« basis » manque",
        "« sources » manque",
        "« checked_on » manque",
        "convention « 9999 » inconnue : code_travail, 1285, 3090, 2642, 3097",
        "nature « nigth » inconnue ; vouliez-vous night ?",
        "confidence : confirmed, one_source, uncertain",
    ]


def test_a_parameter_that_is_not_a_number_says_so():
    text = (
        "label: x\nconvention: '1285'\npopulation: everyone\nkind: sunday\nparameters: {rate: 25 %}\nbasis: art. 1\n"
        "sources: [{title: t, url: u}]\nconfidence: one_source\nchecked_on: 2026-11-22\n"
    )
    with pytest.raises(BadInput) as caught:
        read_premium("X", text)
    assert [problem.message for problem in caught.value.problems] == [
        "paramètre « rate » : un nombre simple est attendu : 35, 0.25"
    ]


def test_every_population_and_condition_named_in_the_files_exists():
    assert {premium.population for premium in premiums()} <= set(POPULATIONS)
    named = {window.when for p in premiums() for window in p.parameters.get("windows", ())}
    named |= {p.parameters["when"] for p in premiums() if "when" in p.parameters}
    assert {name.removeprefix("not_") for name in named} - {""} == set(CONDITIONS)
    ids = {premium.id for premium in premiums()}
    assert {name for premium in premiums() for name in premium.replaces} <= ids


def test_a_rest_of_nine_hours_exactly_begins_another_day():
    # 3090: 9 h of work in each of two spans; joined in one day, the second would be beyond the eighth hour.
    evening = shift("elie", date(2026, 3, 10), "15:00", "23:00", "setup")
    morning = shift("elie", date(2026, 3, 11), "08:00", "10:00", "setup")
    assert hours(given([evening, morning], "3090", annex="4"), "3090-A4-AMPL10-25") == []
    sooner = shift("elie", date(2026, 3, 11), "07:59", "10:00", "setup")
    assert len(hours(given([evening, sooner], "3090", annex="4"), "3090-A4-AMPL10-25")) == 1


def test_a_premium_gives_nothing_before_it_begins():
    [rule] = [premium for premium in premiums() if premium.id == "CT-1MAI-DOUBLE"]
    later = rule._replace(starts_on=date(2026, 5, 2))
    day = [shift("elie", date(2026, 5, 1), "09:00", "12:00", "setup")]
    assert len(premium_hours(day, [ELIE], Setting(), rules=[rule]).due) == 1
    assert premium_hours(day, [ELIE], Setting(), rules=[later]).due == ()
    same = rule._replace(starts_on=date(2026, 5, 1))
    assert len(premium_hours(day, [ELIE], Setting(), rules=[same]).due) == 1


@pytest.mark.parametrize("idcc", [None, "1285", "3090", "2642", "3097", "0000"])
def test_the_premiums_of_a_convention_are_those_whose_id_begins_with_its_number(idcc):
    assert premiums_of(idcc) == tuple(p for p in premiums() if p.convention in ("code_travail", idcc))
