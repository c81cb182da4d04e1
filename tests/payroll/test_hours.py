"""Hours planned, done and validated, by person and day, across midnight and summer time."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest

from filage.facts.calendar import Break
from filage.facts.changing import apply_changes
from filage.kernel.changes import set_
from filage.kernel.errors import BadInput
from filage.payroll import hours
from support.dossiers import small

PREMIERE = "2026-11-05 20:00-22:00"


def shift_of(dossier, part: str = "dana-1") -> hours.Shift:
    return next(shift for shift in hours.shifts_of(dossier) if shift.part.id == part)


def after(dossier, *changes):
    return apply_changes(dossier, changes)


def with_shift(**values):
    return after(small(), set_("participation/dana-1", **values))


def test_planned_hours_are_those_of_the_event_unless_the_person_has_their_own() -> None:
    assert shift_of(small()).planned.hours == 2
    assert shift_of(with_shift(call="18:00", wrap="23:30")).planned.hours == Decimal("5.5")


def test_hours_done_replace_planned_ones_and_the_difference_says_by_how_much() -> None:
    done = shift_of(with_shift(actual_start="19:00", actual_end="22:30"))
    assert (done.planned.hours, done.actual.hours, done.difference, done.state) == (
        2, Decimal("3.5"), Decimal("1.5"), hours.ENTERED,
    )  # fmt: skip


def test_an_end_alone_keeps_the_planned_start() -> None:
    assert shift_of(with_shift(actual_end="23:00")).actual.text() == "20:00-23:00"


def test_pauses_are_taken_off_once_even_past_midnight() -> None:
    night = with_shift(
        actual_start="20:00", actual_end="03:00",
        actual_breaks=[{"start": "00:00", "end": "00:30"}, {"start": "00:15", "end": "00:45"}],
    )  # fmt: skip
    assert shift_of(night).actual.hours == Decimal("6.25")


@pytest.mark.parametrize(("day", "expected"), [("2026-03-28", 7), ("2026-10-24", 9), ("2026-11-05", 8)])
def test_a_night_of_summer_time_change_counts_the_hours_that_pass(day: str, expected: int) -> None:
    moved = after(small(), set_("event/premiere", day=day))
    shift = shift_of(after(moved, set_("participation/dana-1", actual_start="22:00", actual_end="06:00")))
    assert shift.actual.hours == expected


def test_a_time_that_does_not_exist_gives_no_hours_and_cannot_be_entered() -> None:
    moved = after(small(), set_("event/premiere", day="2026-03-29"))
    impossible = after(moved, set_("participation/dana-1", actual_start="02:30", actual_end="06:00"))
    assert shift_of(impossible).actual is None
    with pytest.raises(BadInput, match="heure d’été"):
        hours.entered(shift_of(moved), time(2, 30), time(6))


def test_overlapping_shifts_of_a_day_count_once() -> None:
    twice = after(small(), set_("event/montage", day="2026-11-05", start="19:00", end="21:00"))
    day = next(
        day for day in hours.days_of(hours.shifts_of(twice, person="person/elie")) if len(day.shifts) > 1
    )
    assert (day.planned, len(day.shifts)) == (3, 2)


def test_a_journey_is_listed_and_is_not_work_done() -> None:
    gone = after(small(), set_("event/montage", type="travel"))
    day = hours.days_of(hours.shifts_of(gone, person="person/elie"))[0]
    assert (len(day.shifts), day.planned, day.held) == (1, 0, 0)


def test_what_is_cancelled_or_only_thought_of_has_no_hours() -> None:
    off = after(small(), set_("event/premiere", option="cancelled"), set_("event/dole-1", option="draft"))
    assert [shift.part.id for shift in hours.shifts_of(off, person="person/dana")] == ["dana-3"]


def test_validating_writes_planned_hours_as_done_and_keeps_what_was_validated() -> None:
    dossier = small()
    said = after(dossier, hours.validated(shift_of(dossier), date(2026, 11, 6)))
    part = shift_of(said).part
    assert (part.actual_start, part.validated_on, part.validated_as) == (
        time(20), date(2026, 11, 6), PREMIERE,
    )  # fmt: skip
    assert shift_of(said).state == hours.VALIDATED


@pytest.mark.parametrize(
    "later",
    [
        set_("participation/dana-1", actual_end="23:00"),
        set_("participation/dana-1", actual_breaks=[{"start": "21:00", "end": "21:20"}]),
        set_("event/premiere", day="2026-11-06"),
    ],
)
def test_a_change_by_production_after_validation_asks_for_it_again(later) -> None:
    dossier = small()
    said = after(dossier, hours.validated(shift_of(dossier), date(2026, 11, 6)))
    assert shift_of(after(said, later)).state == hours.STALE


def test_a_planned_time_that_moves_after_validation_changes_nothing_validated() -> None:
    dossier = small()
    said = after(dossier, hours.validated(shift_of(dossier), date(2026, 11, 6)))
    assert shift_of(after(said, set_("event/premiere", start="21:00"))).state == hours.VALIDATED


def test_a_validation_is_taken_back_and_a_disagreement_says_why() -> None:
    dossier = small()
    said = after(dossier, hours.validated(shift_of(dossier), date(2026, 11, 6)))
    back = after(said, hours.withdrawn(shift_of(said)))
    assert shift_of(back).state == hours.ENTERED
    against = after(said, hours.contested(shift_of(said), "Fini à 23 h 30."))
    assert (shift_of(against).state, shift_of(against).part.validated_on) == (hours.CONTESTED, None)
    assert shift_of(after(against, hours.settled(shift_of(against)))).state == hours.ENTERED
    assert shift_of(after(against, hours.validated(shift_of(against), date(2026, 11, 7)))).state == (
        hours.VALIDATED
    )


def test_a_pause_outside_the_shift_is_refused_all_at_once() -> None:
    outside = (Break(start=time(18), end=time(18, 30)), Break(start=time(21, 30), end=time(22, 30)))
    with pytest.raises(BadInput) as refused:
        hours.entered(shift_of(small()), time(20), time(22), outside)
    assert len(refused.value.problems) == 2


def test_nothing_can_be_validated_without_hours() -> None:
    bare = after(small(), set_("event/premiere", clear=("start", "end")))
    assert (shift_of(bare).state, hours.validated(shift_of(bare), date(2026, 11, 6))) == (hours.UNTIMED, None)


def test_weeks_begin_on_monday_and_the_record_adds_up() -> None:
    record = hours.record_of([small()], "person/elie", "2026-11")
    assert [(week.monday, week.held) for week in record.weeks] == [
        (date(2026, 11, 2), 11), (date(2026, 11, 9), 4),
    ]  # fmt: skip
    assert (record.held, record.planned, record.jobs, record.validated) == (
        15,
        15,
        ("régie générale",),
        False,
    )


def test_the_record_of_a_month_without_hours_is_empty_and_not_validated() -> None:
    record = hours.record_of([small()], "person/elie", "2026-12")
    assert (record.days, record.held, record.validated) == ((), 0, False)


def test_a_week_that_overflows_the_month_keeps_its_whole_total_and_the_month_its_own() -> None:
    moved = after(small(), set_("event/montage", day="2026-10-31"), set_("event/premiere", day="2026-11-01"))
    october = hours.record_of([moved], "person/elie", "2026-10")
    november = hours.record_of([moved], "person/elie", "2026-11")
    assert [(week.monday, week.held) for week in october.weeks] == [(date(2026, 10, 26), 11)]
    assert (october.held, november.held, november.weeks[0].held) == (9, 6, 11)


def test_hours_of_two_productions_of_one_employer_are_one_record() -> None:
    other = after(small(), set_("production/petite", label="Autre forme"))
    record = hours.record_of([small(), other], "person/elie", "2026-11")
    assert (record.productions, record.held) == (("Petite forme", "Autre forme"), 15)
    assert hours.people_in([small(), other], "2026-11") == ("person/dana", "person/elie")


def test_a_change_makes_again_only_the_shifts_it_touches() -> None:
    dossier = small()
    kept, moved = (
        hours.shifts_of(dossier, person="person/dana"),
        after(dossier, set_("event/premiere", start="19:00")),
    )
    now = {shift.part.id: shift for shift in hours.shifts_of(moved, person="person/dana")}
    again = {shift.part.id for shift in kept if now[shift.part.id] is not shift}
    assert again == {shift.part.id for shift in kept if shift.part.event == "event/premiere"} != set(now)
    hours.shifts_of(small())  # forgets: everything is made again, and says the same
    assert list(now.values()) == list(hours.shifts_of(moved, person="person/dana"))
