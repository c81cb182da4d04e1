"""One person's own hours, from their private link: see what was planned, say what was done, validate, disagree."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from filage.facts.dossier import Dossier
from filage.kernel.changes import Change
from filage.payroll.hours import CONTESTED, VALIDATED, Shift, Week, days_of, shifts_of, validated, weeks_of
from filage_web.participants.sheet import UNSAID
from filage_web.payroll.forms import HoursForm
from filage_web.payroll.pages import State, state_of, validable

LONGEST: Final = 500
"""Characters of a disagreement."""


@dataclass(frozen=True, slots=True)
class OwnShift:
    """One of the person's shifts, with what they can do about it."""

    shift: Shift
    state: State
    revision: int
    form: HoursForm
    can_validate: bool
    can_write: bool
    validated: bool
    contested: bool


@dataclass(frozen=True, slots=True)
class OwnWeek:
    """One week of the person, latest first."""

    week: Week
    shifts: tuple[OwnShift, ...]
    to_validate: int


def own_shifts(dossier: Dossier, person: str) -> tuple[Shift, ...]:
    """The shifts of a person that they are told of, in the order of days."""
    shifts = shifts_of(dossier, person=f"person/{person}")
    return tuple(shift for shift in shifts if shift.event.option not in UNSAID)


def own_weeks(
    dossier: Dossier, person: str, today: date, revisions: dict[str, int], refused: HoursForm | None = None
) -> list[OwnWeek]:
    """Draw a person's weeks up, the latest first; nothing is asked of what is still to come."""
    found = []
    for week in weeks_of(days_of(own_shifts(dossier, person))):
        shifts = tuple(_own(s, today, revisions, refused) for day in week.days for s in day.shifts)
        if week.monday <= today:
            found.append(OwnWeek(week, shifts, sum(validable(own.shift, today) for own in shifts)))
    return found[::-1]


def _own(shift: Shift, today: date, revisions: dict[str, int], refused: HoursForm | None) -> OwnShift:
    is_past = shift.day <= today
    is_refused = refused is not None and refused.shift.part.id == shift.part.id
    return OwnShift(
        shift=shift,
        state=state_of(shift),
        revision=revisions.get(shift.part.about, 0),
        form=refused if refused is not None and is_refused else HoursForm(shift=shift),
        can_validate=is_past and shift.held is not None and shift.state != VALIDATED,
        can_write=is_past,
        validated=shift.state == VALIDATED,
        contested=shift.state == CONTESTED,
    )


def week_changes(dossier: Dossier, person: str, monday: date, today: date) -> list[Change]:
    """The changes that validate all that can be in a week."""
    for week in weeks_of(days_of(own_shifts(dossier, person))):
        if week.monday == monday:
            shifts = [shift for day in week.days for shift in day.shifts if validable(shift, today)]
            return [change for shift in shifts if (change := validated(shift, today)) is not None]
    return []
