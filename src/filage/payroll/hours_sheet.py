"""The décompte individuel as a page shows it: every day and the total of every week, one person a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from filage.kernel import french
from filage.kernel.interval import month_key
from filage.payroll.hours import SOURCE, STATE_WORDS, VALIDATED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from filage.payroll.hours import Day, Record, Shift, Times, Week

NOTHING = "–"


def hours_sheet(records: Sequence[Record]) -> dict[str, Any]:
    """Return the records of one month written in French, ready to set."""
    month = french.month(records[0].month) if records else ""
    return {
        "title": f"Décompte individuel, {month}",
        "source": SOURCE,
        "records": [_record(record) for record in records],
    }


def _record(record: Record) -> dict[str, Any]:
    return {
        "name": record.name,
        "company": record.company,
        "month": french.month(record.month),
        "jobs": ", ".join(record.jobs),
        "productions": ", ".join(record.productions),
        "planned": french.duration(record.planned),
        "held": french.duration(record.held),
        "validated": record.validated,
        "weeks": [_week(week, record.month) for week in record.weeks],
    }


def _week(week: Week, month: str) -> dict[str, Any]:
    return {
        "label": f"Semaine du {french.day(week.monday)}",
        "planned": french.duration(week.planned),
        "held": french.duration(week.held),
        "days": [_day(day, outside=month_key(day.day) != month) for day in week.days],
    }


def _day(day: Day, *, outside: bool) -> dict[str, Any]:
    return {
        "day": french.day(day.day, year=False),
        "outside": outside,
        "hours": french.duration(day.held),
        "shifts": [_shift(shift) for shift in day.shifts],
    }


def _shift(shift: Shift) -> dict[str, Any]:
    return {
        "what": shift.what,
        "planned": _times(shift.planned),
        "done": _times(shift.actual),
        "breaks": ", ".join(
            f"{french.clock(pause.start)}-{french.clock(pause.end)}"
            for pause in (shift.held.breaks if shift.held else ())
        ),
        "hours": french.duration(shift.held.hours) if shift.held else NOTHING,
        "journey": shift.is_journey,
        "state": STATE_WORDS[shift.state],
        "sure": shift.state == VALIDATED,
        "on": french.day(shift.part.validated_on)
        if shift.part.validated_on and shift.state == VALIDATED
        else "",
    }


def _times(times: Times | None) -> str:
    return f"{french.clock(times.start)} – {french.clock(times.end)}" if times else NOTHING
