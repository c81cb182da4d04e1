"""Places: one space taken twice, noise after the curfew, exteriors without light."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import time
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from filage.facts.base import label_of
from filage.facts.calendar import Event
from filage.facts.script import Scene
from filage.facts.venue import Space, Venue
from filage.geo.daylight import Daylight, daylight
from filage.geo.places import place_of
from filage.kernel import french
from filage.kernel.errors import BadInput
from filage.kernel.finding import Finding, Remedy
from filage.kernel.interval import Interval, elapsed_hours, instant, later_day, local_day
from filage.kernel.text import fold
from filage.planning.shifts import event_interval, event_name, zone_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from filage.facts.dossier import Dossier

TAKES_THE_PLACE = frozenset({"performance", "rehearsal", "shoot", "recording"})
"""What needs a place to itself; a set-up or a meeting may go on beside it."""
QUIET = frozenset({"travel", "meeting", "promotion", "mediation", "post_production", "other", "residency"})
NEEDS_SIGHT = frozenset({"setup", "strike", "rehearsal", "soundcheck"})
"""Work that, outdoors, needs daylight or working lights; a show brings its own."""
MORNING = time(6)
DAY_WORDS = ("jour", "journee", "matin", "apres", "midi", "day", "morning", "afternoon", "noon")
NIGHT_WORDS = ("nuit", "night", "minuit", "midnight")
MINUTES_PER_EIGHTH = 12
_WORD = re.compile(r"[a-z]+")


def place_findings(dossier: Dossier) -> list[Finding]:
    """Return what the places of the calendar do not allow."""
    venues = {venue.about: venue for venue in dossier.all(Venue)}
    timed: list[tuple[Event, Interval]] = []
    for event in dossier.all(Event):
        if event.option == "cancelled":
            continue
        try:
            interval = event_interval(event, zone_of(event, venues))
        except BadInput:
            continue  # told elsewhere: a time that cannot be
        if interval is not None:
            timed.append((event, interval))
    found = _taken_twice(dossier, timed, venues)
    for event, interval in timed:
        venue = venues.get(event.venue or "")
        if venue is not None:
            found += _after_curfew(event, interval, venue, zone_of(event, venues))
    return [*found, *_without_light(dossier, timed, venues)]


def _taken_twice(
    dossier: Dossier, timed: Iterable[tuple[Event, Interval]], venues: Mapping[str, Venue]
) -> list[Finding]:
    """Two events that need the same space at once; spaces told apart do not clash."""
    spaces = {space.about: space.label for space in dossier.all(Space)}
    by_place: dict[str, list[tuple[Event, Interval]]] = defaultdict(list)
    for event, interval in timed:
        if event.venue and event.type in TAKES_THE_PLACE:
            by_place[event.venue].append((event, interval))
    found = []
    for about, taken in by_place.items():
        taken.sort(key=lambda one: (one[1], one[0].id))
        for rank, (event, interval) in enumerate(taken):
            for other, later in taken[rank + 1 :]:
                if later.start >= interval.end:
                    break
                if event.space is None or other.space is None or event.space == other.space:
                    same = event.space is not None and event.space == other.space
                    name = venues[about].label if about in venues else about
                    if same:
                        name = f"{name}, {spaces.get(event.space or '', '')}"
                    found.append(_both(name, event, other, about, told=same))
    return found


def _both(name: str, event: Event, other: Event, about: str, *, told: bool) -> Finding:
    advice = "" if told else " Dites dans quel espace se tient chacun s’il y en a plusieurs."
    message = f"{name} est pris à la fois par « {event_name(event)} » et par « {event_name(other)} ».{advice}"
    return Finding("calendar.venue_overlap", "warning", about, message)


def _after_curfew(event: Event, interval: Interval, venue: Venue, zone: str) -> list[Finding]:
    if venue.curfew is None or event.type in QUIET:
        return []
    quiet = _quiet(interval, venue.curfew, zone)
    if quiet is None:
        return []
    if interval.start >= quiet.start:
        return [_during_curfew(event, interval, venue, zone)]
    late = elapsed_hours(quiet.start, interval.end)
    end = interval.end.astimezone(ZoneInfo(zone))
    message = (
        f"« {event_name(event)} » finit à {end:%H:%M}, {_told(late)} après le couvre-feu de {venue.label} "
        f"({french.clock(venue.curfew)})."
    )
    remedies = (
        Remedy(f"Avancer de {_told(late)}, ou finir à {french.clock(venue.curfew)}"),
        Remedy("Demander une dérogation au lieu ou à la mairie"),
    )
    return [Finding("calendar.curfew", "warning", event.about, message, remedies=remedies)]


def _during_curfew(event: Event, interval: Interval, venue: Venue, zone: str) -> Finding:
    start = interval.start.astimezone(ZoneInfo(zone))
    assert venue.curfew is not None
    message = (
        f"« {event_name(event)} » commence à {start:%H:%M}, pendant le couvre-feu de {venue.label} "
        f"({french.clock(venue.curfew)} à {french.clock(MORNING)})."
    )
    remedies = (
        Remedy(f"Commencer à {french.clock(MORNING)} au plus tôt"),
        Remedy("Demander une dérogation au lieu ou à la mairie"),
    )
    return Finding("calendar.curfew", "warning", event.about, message, remedies=remedies)


def _quiet(interval: Interval, curfew: time, zone: str) -> Interval | None:
    """The first quiet hours that an event meets; None when it ends before. Quiet lasts until six."""
    first = local_day(interval.start, zone)
    for days in (-1, 0, 1):
        try:
            day = later_day(first, days)
            starts = instant(day, curfew, zone)
            ends = instant(day if curfew < MORNING else later_day(day, 1), MORNING, zone)
        except BadInput:
            continue
        if interval.start < ends and starts < interval.end:
            return Interval(starts, ends)
    return None


def _without_light(
    dossier: Dossier, timed: Iterable[tuple[Event, Interval]], venues: Mapping[str, Venue]
) -> list[Finding]:
    scenes = {scene.about: scene for scene in dossier.all(Scene)}
    found = []
    for event, interval in timed:
        outside = [scene for about in event.scenes if (scene := scenes.get(about)) and is_exterior(scene)]
        venue = venues.get(event.venue or "")
        if venue is None or not (outside or venue.outdoors):
            continue
        light = _light(event, venue, zone_of(event, venues))
        if light is None:
            continue
        told = _of_scenes(event, interval, light, outside, scenes) if event.scenes else None
        if told is None and venue.outdoors and event.type in NEEDS_SIGHT:
            told = _of_work(event, interval, light, venue)
        if told is not None:
            found.append(told)
    return found


def _light(event: Event, venue: Venue, zone: str) -> Daylight | None:
    place = place_of(venue)
    return daylight(event.day, place.point, zone) if place else None


def is_exterior(scene: Scene) -> bool:
    """Whether a scene is shot outdoors, at least in part."""
    return scene.int_ext in ("EXT", "INT/EXT")


def moment_of(scene: Scene) -> str:
    """`day`, `night` or nothing told (dawn, dusk, later…)."""
    words = _WORD.findall(fold(scene.time or ""))
    if any(word.startswith(NIGHT_WORDS) for word in words):
        return "night"
    return "day" if any(word.startswith(DAY_WORDS) for word in words) else ""


def _of_scenes(
    event: Event, interval: Interval, light: Daylight, outside: list[Scene], scenes: Mapping[str, Scene]
) -> Finding | None:
    """Exteriors by day need daylight; by night, they need the sun down. Interiors fill the other hours."""
    day = [scene for scene in outside if moment_of(scene) == "day"]
    night = [scene for scene in outside if moment_of(scene) == "night"]
    lit = _shared(interval, light.interval)
    dark = interval.hours - lit
    inside = len(event.scenes) > len(outside) or any(about not in scenes for about in event.scenes)
    if day and lit < _needed(day, interval.hours, alone=not inside and not night):
        return _finding(event, light, day, lit, "de jour", "fait jour")
    if night and dark < _needed(night, interval.hours, alone=not inside and not day):
        return _finding(event, light, night, dark, "de nuit", "fait nuit")
    return None


def _needed(scenes: Iterable[Scene], whole: Decimal, *, alone: bool = False) -> Decimal:
    """Hours of light some scenes need: the whole event when it holds nothing else, else what they are known to take."""
    if alone:
        return whole
    minutes = sum(scene.minutes or (scene.eighths or 0) * MINUTES_PER_EIGHTH for scene in scenes)
    return min(Decimal(minutes) / 60, whole)


def _finding(
    event: Event, light: Daylight, scenes: list[Scene], lit: Decimal, what: str, state: str
) -> Finding:
    names = ", ".join(scene.number or scene.label for scene in scenes[:4]) + ("…" if len(scenes) > 4 else "")  # noqa: PLR2004
    message = (
        f"« {event_name(event)} » : il ne {state} que {_told(lit)} pour les extérieurs {what} ({names}). "
        f"{_sun(light)}"
    )
    return Finding(
        "calendar.daylight",
        "warning",
        event.about,
        message,
        remedies=(Remedy("Déplacer l’heure, ou les scènes"),),
    )


def _of_work(event: Event, interval: Interval, light: Daylight, venue: Venue) -> Finding | None:
    dark = interval.hours - _shared(interval, Interval(light.dawn, light.dusk))
    if dark <= 0:
        return None
    message = (
        f"« {event_name(event)} » ({label_of(event, 'type').lower()}) est en plein air à {venue.label} : "
        f"{_told(dark)} dans l’obscurité, prévoir un éclairage de travail. {_sun(light)}"
    )
    return Finding("calendar.dark_work", "info", event.about, message)


def _sun(light: Daylight) -> str:
    return f"Lever du soleil à {light.sunrise:%H:%M}, coucher à {light.sunset:%H:%M}."


def _told(hours: Decimal) -> str:
    return french.minutes(int(hours * 60))


def _shared(one: Interval, other: Interval) -> Decimal:
    start, end = max(one.start, other.start), min(one.end, other.end)
    return elapsed_hours(start, end) if start < end else Decimal(0)
