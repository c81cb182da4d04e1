"""What a day is for everybody: a public holiday, school holidays."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from filage.geo.public_holidays import public_holiday
from filage.worktime.holidays import is_school_holiday


@dataclass(frozen=True, slots=True)
class Mark:
    """What is said of a day: the name of the public holiday, whether schools are closed in the zone."""

    holiday: str = ""
    school: bool = False


def marks_of(days: Iterable[date], zone: str | None) -> dict[date, Mark]:
    """Say what each day is; a day like any other is left out."""
    found = {}
    for day in days:
        mark = Mark(public_holiday(day) or "", is_school_holiday(day, zone) is True)
        if mark.holiday or mark.school:
            found[day] = mark
    return found
