"""Whatever people write, the calendar's checks and the retro-planning answer: nothing they may type stops them."""

import contextlib
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from filage.facts.calendar import Availability, DayTemplate, Event, Participation, Vehicle
from filage.facts.changing import apply_changes
from filage.facts.script import Scene
from filage.facts.task import Task
from filage.facts.travel import Leg
from filage.facts.venue import Venue
from filage.kernel.changes import set_
from filage.kernel.errors import BadInput
from filage.planning.blocks import apply_template, copy_block, left_out, shift_block, template_of
from filage.planning.conflicts import conflicts
from filage.planning.task_findings import tasks_reviewed
from support.dossiers import small
from support.generated_facts import dossiers

TODAY = date(2026, 10, 12)
RELAXED = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
CALENDAR = dossiers(Event, Participation, Venue, Scene, Availability, Leg, Vehicle, most=6)


@RELAXED
@given(CALENDAR)
def test_conflicts_are_found_and_told(dossier):
    for finding in conflicts(dossier, (), TODAY):
        assert finding.about
        assert finding.message.endswith(".")


@RELAXED
@given(dossiers(Task, Event, most=6))
def test_tasks_are_planned(dossier):
    findings, deadlines = tasks_reviewed(dossier, TODAY)
    assert all(finding.message.endswith(".") for finding in findings)
    assert all(deadline.label for deadline in deadlines)


@RELAXED
@given(dossiers(Event, Participation, Leg, DayTemplate, most=5), st.integers(-800, 800))
def test_blocks_move_and_are_copied_or_refused_in_words(dossier, days):
    events = [event.about for event in dossier.all(Event)]
    left_out(dossier, events)
    for asked in (
        lambda: shift_block(dossier, events, days),
        lambda: copy_block(dossier, events, days),
        lambda: apply_template(dossier, "day_template/x", [TODAY]),
        lambda: template_of(dossier, dossier.all(Event)[0].day, "Un jour"),
    ):
        with contextlib.suppress(BadInput):
            apply_changes(dossier, asked())


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("hours", [("20:00", "02:00"), ("00:10", "01:00"), ("20:00", "22:00")])
def test_a_slip_of_the_year_is_told_and_stops_nothing(day, hours):
    dossier = small(
        set_("venue/ecluse", curfew="22:00", outdoors="true"),
        set_("event/premiere", day=day, start=hours[0], end=hours[1], type="setup"),
    )
    conflicts(dossier, (), TODAY)
    for days in (-1, 1):
        with contextlib.suppress(BadInput):
            apply_changes(dossier, shift_block(dossier, ["event/premiere"], days))
            apply_changes(dossier, copy_block(dossier, ["event/premiere"], days))
