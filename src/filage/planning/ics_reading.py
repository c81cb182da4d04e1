"""Reading a calendar somebody sends: each event proposed with its hours in its zone, and what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, available_timezones

from filage.kernel.errors import BadInput, Problem
from filage.kernel.interval import PARIS, instant
from filage.kernel.text import closest, fold
from filage.planning.ics_lines import read_lines
from filage.planning.ics_repeats import MAX_REPEATS, Unreadable, repeats

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from filage.planning.ics_lines import Component, Property

MAX_EVENTS = 5_000
MAX_TEXT = 300
_KINDS = (
    ("soundcheck", ("balance", "raccord", "soundcheck")),
    ("strike", ("demontage", "strike", "load-out")),
    ("setup", ("montage", "set-up", "load-in")),
    ("rehearsal", ("repetition", "rehearsal", "filage", "italienne", "lecture")),
    ("residency", ("residence", "residency")),
    ("performance", ("representation", "spectacle", "concert", "premiere", "performance", "show")),
    ("shoot", ("tournage", "shoot")),
    ("recording", ("enregistrement", "recording")),
    ("travel", ("voyage", "trajet", "train", "travel", "flight")),
    ("meeting", ("reunion", "rendez-vous", "meeting")),
)
"""The words by which the nature of an event is guessed, to be corrected by whoever imports."""
_OPTIONS = {"TENTATIVE": "option_1", "CANCELLED": "cancelled"}


@dataclass(frozen=True, slots=True)
class ProposedEvent:
    """One event of the file, in its own zone; `problems` say why it cannot be taken, `notes` how it was read.

    Without `start` it lasts whole days, to `end_day` included. `line` is where it stands in the file.
    """

    line: int
    uid: str
    label: str
    type: str
    option: str
    day: date | None
    start: time | None
    end: time | None
    end_day: date | None
    zone: str
    location: str
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether it can become an event."""
        return self.day is not None and not self.problems

    def values(self) -> dict[str, Any]:
        """The fields of the event it would become, without what is absent; the venue is chosen by whoever imports."""
        zone = self.zone if self.zone != PARIS else None
        told = {
            "label": self.label, "type": self.type, "day": self.day, "start": self.start, "end": self.end,
            "end_day": self.end_day, "option": self.option, "zone": zone,
        }  # fmt: skip
        return {key: value for key, value in told.items() if value is not None}


@dataclass(frozen=True, slots=True)
class IcsRead:
    """What a file proposes: its name, its events in the order of the days, and what is said of the whole."""

    title: str
    events: tuple[ProposedEvent, ...]
    notes: tuple[str, ...]


def read_ics(content: bytes, *, file: str = "", zone: str = PARIS, until: date | None = None) -> IcsRead:
    """Read a calendar; a row that cannot be read says why and never hides the others.

    Hours written without a zone are read in `zone`. A repeated event gives one row for each time, up to `until` and
    to 366. BadInput when the file is not an iCalendar, is too large, or holds no event.
    """
    if zone not in available_timezones():
        raise BadInput(Problem(f"fuseau horaire « {zone} » inconnu", expected=f"par exemple {PARIS}"))
    calendar, components = read_lines(content, file)
    own_zone = _known_zone(calendar.text("X-WR-TIMEZONE")) or zone
    moved = _moved(components)
    found: list[ProposedEvent] = []
    for component in components[:MAX_EVENTS]:
        found += _rows(component, own_zone, until, moved)
    if not components:
        raise BadInput(Problem("ce calendrier ne contient aucun événement (VEVENT)", file=file))
    found.sort(key=lambda row: (row.day or date.max, row.start or time(), row.line))
    left = len(components) - MAX_EVENTS
    notes = (f"{left} événements de plus ne sont pas lus : au-delà de {MAX_EVENTS}",) if left > 0 else ()
    return IcsRead(calendar.text("X-WR-CALNAME")[:MAX_TEXT], tuple(found), notes)


@dataclass(frozen=True, slots=True)
class _Moment:
    """A time of the file: a whole day, or a wall time in a zone."""

    day: date
    at: time | None
    zone: str
    note: str = ""


def _rows(
    component: Component, zone: str, until: date | None, moved: set[tuple[str, date]]
) -> list[ProposedEvent]:
    """The rows of one event: one, or one for each time it repeats."""
    one = _one(component, zone)
    rule = component.first("RRULE")
    if rule is None or not one.usable or one.day is None:
        return [one]
    try:
        days, more = repeats(rule.value, one.day, one.start, until, _excluded(component, zone))
    except Unreadable as error:
        return [replace(one, notes=(*one.notes, f"{error} ; seule la première date est proposée"))]
    note = f"se répète : {len(days)} dates" + (
        f", les suivantes au-delà de {MAX_REPEATS} sont laissées" if more else ""
    )
    last = one.end_day - one.day if one.end_day else None
    return [
        replace(one, day=day, end_day=day + last if last else None, notes=(*one.notes, note))
        for day in days
        if (one.uid, day) not in moved
    ]


def _moved(components: Iterable[Component]) -> set[tuple[str, date]]:
    """The dates of repeated events that another row replaces."""
    found = set()
    for component in components:
        told = component.first("RECURRENCE-ID")
        day = _day(told.value) if told else None
        if day:
            found.add((component.text("UID"), day))
    return found


def _excluded(component: Component, zone: str) -> set[date]:
    """The dates a repeated event leaves out."""
    values = [part for one in component.properties.get("EXDATE", []) for part in one.value.split(",")]
    days = set()
    for value in values:
        moment, _problem = _moment(value.strip(), {}, zone)
        if moment:
            days.add(moment.day)
    return days


def _one(component: Component, zone: str) -> ProposedEvent:
    problems: list[str] = []
    start = _read(component.first("DTSTART"), zone, "début", problems)
    end = _read(component.first("DTEND"), zone, "fin", problems)
    if start is None and not problems:
        problems.append("sans date de début (DTSTART)")
    if end is None and start is not None:
        end = _after(start, component.text("DURATION"), problems)
    label = component.text("SUMMARY")[:MAX_TEXT] or "Sans titre"
    made = ProposedEvent(
        line=component.line,
        uid=component.text("UID")[:MAX_TEXT],
        label=label,
        type=kind_of_title(label),
        option=_OPTIONS.get(component.text("STATUS").upper(), "confirmed"),
        day=start.day if start else None,
        start=start.at if start else None,
        end=None,
        end_day=None,
        zone=start.zone if start else zone,
        location=component.text("LOCATION")[:MAX_TEXT],
        problems=tuple(problems),
        notes=(start.note,) if start and start.note else (),
    )
    return _ended(made, start, end) if start and not problems else made


def _ended(made: ProposedEvent, start: _Moment, end: _Moment | None) -> ProposedEvent:
    """The row with its end, told in the zone of its start; a whole-day end of the file is the day after."""
    if start.at is None:
        last = end.day - timedelta(days=1) if end and end.day > start.day else start.day
        return replace(made, end_day=last if last > start.day else None)
    if end is None or end.at is None:
        return _exists(made, start)
    if end.zone != start.zone:
        try:
            local = instant(end.day, end.at, end.zone).astimezone(ZoneInfo(start.zone))
        except BadInput as error:
            return replace(made, problems=(str(error),))
        end = _Moment(local.date(), local.time().replace(tzinfo=None), start.zone)
    if (end.day, end.at) < (start.day, start.at):
        return replace(made, problems=("la fin précède le début",))
    if (end.day, end.at) == (start.day, start.at):
        return _exists(made, start)
    follows = end.day == start.day + timedelta(days=1) and end.at is not None and end.at <= start.at
    end_day = None if end.day == start.day or follows else end.day
    return _exists(replace(made, end=end.at, end_day=end_day), start)


def _exists(made: ProposedEvent, start: _Moment) -> ProposedEvent:
    """The row, refused when its hour does not exist (the night of summer time)."""
    assert start.at is not None
    try:
        instant(start.day, start.at, start.zone)
    except BadInput as error:
        return replace(made, problems=(str(error),))
    except OverflowError:
        return replace(made, problems=("cette date est hors du calendrier",))
    return made


def _read(told: Property | None, zone: str, what: str, problems: list[str]) -> _Moment | None:
    if told is None:
        return None
    moment, problem = _moment(told.value.strip(), told.params, zone)
    if problem:
        problems.append(f"{what} : {problem} (ligne {told.line})")
    return moment


def _moment(value: str, params: Mapping[str, str], zone: str) -> tuple[_Moment | None, str]:
    """A date or a time of the file, or why it cannot be read."""
    if len(value) == len("20261105") or params.get("VALUE", "").upper() == "DATE":
        day = _day(value)
        return (_Moment(day, None, zone), "") if day else (None, f"« {value[:20]} » n’est pas une date")
    try:
        written = value.removesuffix("Z")[:15].ljust(15, "0")
        moment = datetime.strptime(written, "%Y%m%dT%H%M%S").replace(second=0)  # noqa: DTZ007 - a wall time
        if value.endswith("Z"):
            moment = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None, f"« {value[:20]} » n’est pas une date et une heure"
    return _zoned(moment, "" if value.endswith("Z") else params.get("TZID"), zone)


def _zoned(moment: datetime, named: str | None, zone: str) -> tuple[_Moment | None, str]:
    """A wall time in the zone it names (empty: already in `zone`), or why that zone is not one."""
    if not named:
        note = f"heure sans fuseau, lue à l’heure de {zone}" if named is None else ""
        return _Moment(moment.date(), moment.time(), zone, note), ""
    known = _known_zone(named)
    if known is None:
        near = closest(named.rpartition("/")[2], (name.rpartition("/")[2] for name in available_timezones()))
        return None, f"fuseau « {named[:60]} » inconnu" + (f", vouliez-vous {near} ?" if near else "")
    return _Moment(moment.date(), moment.time(), known), ""


def _day(value: str) -> date | None:
    try:
        return date(int(value[:4]), int(value[4:6]), int(value[6:8]))
    except ValueError:
        return None


@cache
def _known_zone(name: str) -> str | None:
    """The IANA name of a zone: as written, at the end of a path some programs write, or in the words of Windows."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    parts = name.strip('" ').lstrip("/").split("/")
    candidates = ["/".join(parts[rank:]) for rank in range(len(parts))]
    known = available_timezones()
    for candidate in candidates:
        if candidate in known:
            return candidate
    windows: Mapping[str, str] = WINDOWS_TO_OLSON
    return windows.get(name)


def _after(start: _Moment, duration: str, problems: list[str]) -> _Moment | None:
    """The end an event of some length has; None when the file gives no length."""
    if not duration:
        return None
    length = _length(duration)
    if length is None:
        problems.append(f"durée « {duration[:20]} » illisible")
        return None
    try:
        if start.at is None:
            return _Moment(start.day + length, None, start.zone)
        ends = instant(start.day, start.at, start.zone) + length
        local = ends.astimezone(ZoneInfo(start.zone))
    except (BadInput, OverflowError):
        return None
    return _Moment(local.date(), local.time().replace(tzinfo=None), start.zone)


def _length(duration: str) -> timedelta | None:
    """A length as the standard writes it: `PT1H40M`, `P2D`, `P1W`."""
    found = re.fullmatch(
        r"\+?P(?:(\d{1,3})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?)?",
        duration.strip().upper(),
    )
    if found is None or not any(found.groups()):
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)


def kind_of_title(title: str) -> str:
    """The nature of an event guessed from its title: `rehearsal`, `performance`…, else `other`."""
    folded = fold(title)
    return next((kind for kind, words in _KINDS if any(word in folded for word in words)), "other")
