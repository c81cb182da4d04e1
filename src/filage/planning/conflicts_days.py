"""Days worth a look: public holidays and Sundays of the calendar, told once for the whole production."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.facts.calendar import Event
from filage.facts.venue import Venue
from filage.geo.cities import city_named
from filage.geo.public_holidays import is_holiday_somewhere, public_holiday
from filage.kernel import french
from filage.kernel.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from filage.facts.dossier import Dossier

SUNDAY, SHOWN = 6, 6
"""Days named at most."""


def day_findings(dossier: Dossier, today: date | None = None) -> list[Finding]:
    """Name, once, the public holidays and the Sundays on which something is planned from today on."""
    venues = {venue.about: venue for venue in dossier.all(Venue)}
    holidays: dict[date, str] = {}
    sundays: dict[date, None] = {}
    for event in dossier.all(Event):
        if event.option == "cancelled" or (today is not None and event.day < today):
            continue
        name = _holiday(event.day, venues.get(event.venue or ""))
        if name is not None:
            holidays[event.day] = name
        elif event.day.weekday() == SUNDAY:
            sundays[event.day] = None
    about = dossier.production.about if holidays or sundays else ""
    found = []
    if holidays:
        told = [f"{french.day(day)} ({name})" for day, name in sorted(holidays.items())]
        message = f"Le calendrier prévoit du travail {_on(told, 'un jour férié', 'jours fériés')}."
        found.append(Finding("calendar.public_holiday", "info", about, message, subject="public_holidays"))
    if sundays:
        told = [french.day(day) for day in sorted(sundays)]
        message = f"Le calendrier prévoit du travail {_on(told, 'un dimanche', 'dimanches')}."
        found.append(Finding("calendar.sunday", "info", about, message, subject="sundays"))
    return found


def _holiday(day: date, venue: Venue | None) -> str | None:
    """The public holiday a day is where it takes place; towns are looked up only for days that some of them keep."""
    if not is_holiday_somewhere(day):
        return None
    return public_holiday(day, department_of(venue) if venue else "")


def department_of(venue: Venue) -> str:
    """The code of the department of a venue, where its town tells; empty when it does not."""
    city = city_named(venue.city) if venue.city and venue.country.upper() == "FR" else None
    return city.department if city else ""


def _on(days: Iterable[str], one: str, several: str) -> str:
    """« un jour férié : … » or « 3 jours fériés : …, … et 4 autres »."""
    told = list(days)
    shown = ", ".join(told[:SHOWN])
    if len(told) > SHOWN:
        shown += f" et {len(told) - SHOWN} autres"
    return f"{one} : {shown}" if len(told) == 1 else f"{len(told)} {several} : {shown}"
