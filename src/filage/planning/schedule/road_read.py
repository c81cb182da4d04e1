"""A tour read from a dossier: its performances, kilometres between places, and the rests that the texts ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache

from filage.facts.calendar import Event
from filage.facts.dossier import Dossier
from filage.facts.team import Engagement, Position
from filage.facts.venue import Venue
from filage.geo.distance import Point, road_km
from filage.geo.places import place_named, place_of, why_unknown
from filage.geo.travel_time import travel_time
from filage.kernel.errors import BadInput, Problem
from filage.kernel.interval import Interval, instant
from filage.planning.schedule.laying_people import setting_of
from filage.planning.schedule.laying_problem import MINUTES_A_DAY, minutes_of, wall_of
from filage.planning.schedule.road import HOME, SETTLED, Road, Stop
from filage.worktime.check import check_worktime
from filage.worktime.shift import Setting, Shift, Worker

DEFAULT_START, DEFAULT_LENGTH = 20 * 60, 120
STEP = 30
FIRST_LEAVE = 6 * 60
METRICS = ("rest_after_travel", "daily_rest")
MOST_STOPS = 60
Km = Mapping[tuple[str, str], int]


def road_of(
    dossier: Dossier,
    *,
    first: date | None = None,
    last: date | None = None,
    km: Km | None = None,
    minutes: Km | None = None,
) -> Road:
    """The tour of a dossier: performances not cancelled, in their places; options may move from `first` to `last`.

    Those days are, unless given, the first and last performance. `km` and `minutes` by pairs of `venue/id` (the base is
    the empty text) replace the estimates by road. BadInput says every place that is not known.
    """
    events = [one for one in dossier.all(Event) if one.type == "performance" and one.option != "cancelled"]
    problems = _problems(dossier, events)
    if problems:
        raise BadInput(problems)
    days = [event.day for event in events]
    start, end = first or min(days), last or max(days)
    stops = tuple(_stop(event, start, end) for event in sorted(events, key=lambda one: (one.day, one.id)))
    points = _points(dossier, stops)
    lengths = _pairs(points, _km) | dict(km or {})
    times = _pairs(points, _minutes) | dict(minutes or {})
    apart = _apart(dossier, stops, times)
    names = {venue.about: venue.label for venue in dossier.all(Venue)} | {HOME: _base(dossier)}
    return Road(stops, lengths, times, apart, _warnings(dossier, stops), names)


def _problems(dossier: Dossier, events: list[Event]) -> list[Problem]:
    if not events:
        advice = "ajoutez des représentations au calendrier"
        return [Problem("aucune date à ordonner", "events", suggestion=advice)]
    if len(events) > MOST_STOPS:
        return [Problem(f"{len(events)} dates", "events", expected=f"au plus {MOST_STOPS}")]
    found = [
        Problem(
            "cette représentation n’a pas de lieu", f"{event.about}.venue", suggestion="donnez-lui un lieu"
        )
        for event in events
        if event.venue is None
    ]
    venues = {event.venue for event in events}
    found += [
        Problem(
            f"{venue.label} : {why_unknown(venue)}", venue.about, suggestion="donnez latitude et longitude"
        )
        for venue in dossier.all(Venue)
        if venue.about in venues and place_of(venue) is None
    ]
    base = _base(dossier)
    if not base or place_named(base) is None:
        message = f"le départ, {base or 'la ville de la structure'}, n’est pas situé"
        found.append(Problem(message, "employer.city", suggestion="donnez la ville de la structure"))
    return found


def _base(dossier: Dossier) -> str:
    return dossier.employer.city or ""


def _stop(event: Event, first: date, last: date) -> Stop:
    settled = event.locked or event.option in SETTLED
    start = minutes_of(event.start) if event.start else DEFAULT_START
    end = minutes_of(event.end) if event.end else start + DEFAULT_LENGTH
    return Stop(
        event.about,
        event.label or event.id,
        event.venue or "",
        event.day,
        event.day if settled else min(first, event.day),
        event.day if settled else max(last, event.day),
        start,
        end if end > start else end + MINUTES_A_DAY,
        event.option,
        event.option_until,
    )


def _points(dossier: Dossier, stops: tuple[Stop, ...]) -> dict[str, Point]:
    wanted = {stop.venue for stop in stops}
    found = {
        venue.about: place.point
        for venue in dossier.all(Venue)
        if venue.about in wanted and (place := place_of(venue)) is not None
    }
    base = place_named(_base(dossier))
    return found | ({HOME: base.point} if base else {})


def _pairs(points: Mapping[str, Point], measure: Callable[[Point, Point], int]) -> dict[tuple[str, str], int]:
    return {
        (one, other): 0 if one == other else measure(points[one], points[other])
        for one in points
        for other in points
    }


def _km(one: Point, other: Point) -> int:
    return round(road_km(one, other))


def _minutes(one: Point, other: Point) -> int:
    time = travel_time(one, other, "van")
    return time.minutes if time else 0


def _warnings(dossier: Dossier, stops: tuple[Stop, ...]) -> tuple[str, ...]:
    """What the kilometres rest on, and what this answer leaves out."""
    rough = []
    wanted = {stop.venue for stop in stops}
    for venue in dossier.all(Venue):
        place = place_of(venue) if venue.about in wanted else None
        if place is not None and not place.exact:
            rough.append(venue.label)
    told = [
        "Kilomètres estimés par la route, en fourgon ; les émissions de CO2e ne sont pas encore comptées."
    ]
    if rough:
        told.append(f"Situés au centre de leur ville : {', '.join(rough)}.")
    return tuple(told)


def _apart(dossier: Dossier, stops: tuple[Stop, ...], times: Km) -> dict[tuple[int, int], int]:
    """The fewest days between two dates: the rest after one, the journey, the rest before the other."""
    worker, setting = _somebody(dossier), setting_of(dossier)
    day = stops[0].day
    found = {}
    for early, one in enumerate(stops):
        for late, other in enumerate(stops):
            journey = times[one.venue, other.venue]
            hours = (one.start, one.end, other.start, other.end)
            found[early, late] = 1 if _next_day(hours, journey, worker, setting, day) else 2
    return found


def _somebody(dossier: Dossier) -> Worker:
    """Somebody of the tour, for whom rests are asked: the first position engaged."""
    for engagement in dossier.all(Engagement):
        position = dossier.find(engagement.position, Position)
        if position is not None:
            return Worker(
                "asked", status=position.status, job=position.job or "", job_group=position.job_group or ""
            )
    return Worker("asked", status="artiste", job_group="dramatic")


@lru_cache(maxsize=4_096)
def _next_day(
    hours: tuple[int, int, int, int], journey: int, worker: Worker, setting: Setting, day: date
) -> bool:
    """Whether one can play one evening, leave the next morning and play that evening, by the rules of rest."""
    if not journey:
        return True
    began, ended, starts, ends = hours
    evening = _shift(day, began - MINUTES_A_DAY, ended - MINUTES_A_DAY, "performance")
    for leaves in range(FIRST_LEAVE, starts - journey + 1, STEP):
        shifts = [
            evening,
            _shift(day, leaves, leaves + journey, "travel"),
            _shift(day, starts, ends, "performance"),
        ]
        report = check_worktime(shifts, [worker], setting)
        if not any(
            breach.severity == "blocking" and breach.limit.asked.metric in METRICS
            for breach in report.breaches
        ):
            return True
    return False


def _shift(day: date, start: int, end: int, kind: str) -> Shift:
    def at(minute: int) -> datetime:
        days, rest = divmod(minute, MINUTES_A_DAY)
        return instant(day + timedelta(days=days), wall_of(rest))

    return Shift("asked", Interval(at(start), at(end)), kind)
