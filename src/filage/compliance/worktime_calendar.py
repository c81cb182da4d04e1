"""The calendar of a production as the rules of working time see it: shifts, workers, setting.

Hours done count once entered, else those planned (`payroll.hours`); the kind of an event says the kind of work
(`worktime.event_kinds`). What is cancelled or only being thought of is left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from filage.facts.calendar import Event
from filage.facts.people import Person, PersonPrivate
from filage.facts.team import Engagement, Position
from filage.kernel.errors import BadInput
from filage.kernel.interval import Interval, span
from filage.payroll.hours import shifts_of
from filage.worktime.shift import PREPARATION, Circumstance, Setting, Shift, Worker

if TYPE_CHECKING:
    from filage.facts.dossier import Dossier
    from filage.payroll.hours import Shift as Presence
    from filage.planning.conflicts import Shift as Busy

PLAIN_WORK = "meeting"
"""What somebody does in another production, which only says when."""
FULL_TIME = 35


@dataclass(frozen=True, slots=True)
class Worktime:
    """A calendar as the rules see it: shifts, who works them, under which setting, and where each one comes from."""

    shifts: tuple[Shift, ...]
    workers: tuple[Worker, ...]
    setting: Setting
    presences: Mapping[Shift, Presence]


def worktime_of(
    dossier: Dossier, busy: Iterable[Busy] = (), born: Iterable[tuple[str, date]] = ()
) -> Worktime:
    """Return the shifts of a production, the people who work them and their setting.

    `busy` holds what the same people do in the structure's other productions, `born` the birth days known elsewhere, by
    `person/id`.
    """
    presences = {
        shift: one
        for one in shifts_of(dossier)
        if one.worked is not None
        for shift in _around_show(one.worked, one)
    }
    people = {shift.person for shift in presences}
    elsewhere = tuple(
        Shift(one.person, one.interval, PLAIN_WORK, event=one.event) for one in busy if one.person in people
    )
    return Worktime(
        (*presences, *elsewhere),
        tuple(_workers(dossier, presences, dict(born))),
        _setting(dossier),
        presences,
    )


def shift_of(presence: Presence) -> Shift:
    """A presence of this calendar as the rules see it, whole."""
    assert presence.worked is not None
    return presence.worked


def _around_show(whole: Shift, presence: Presence) -> list[Shift]:
    """A presence as the rules see it; around a show, what precedes and follows it is preparation."""
    show = _show(presence) if presence.event.type == "performance" else None
    if show is None or not whole.interval.overlaps(show):
        return [whole]
    inside = _inside(show, whole.interval)
    if not inside:
        return [whole]
    cuts = sorted({whole.interval.start, whole.interval.end, *inside})
    return [
        replace(
            whole,
            interval=Interval(start, end),
            kind=whole.kind if show.start <= start < show.end else PREPARATION,
            breaks=tuple(
                _within(pause, start, end) for pause in whole.breaks if pause.overlaps(Interval(start, end))
            ),
        )
        for start, end in pairwise(cuts)
    ]


def _show(presence: Presence) -> Interval | None:
    """When the show itself is played, by the event's own hours."""
    event = presence.event
    if event.start is None or event.end is None:
        return None
    try:
        return span(event.day, event.start, event.end, presence.zone, event.end_day)
    except BadInput:
        return None


def _inside(show: Interval, whole: Interval) -> list[datetime]:
    return [moment for moment in (show.start, show.end) if whole.start < moment < whole.end]


def _within(pause: Interval, start: datetime, end: datetime) -> Interval:
    return Interval(max(pause.start, start), min(pause.end, end))


def _workers(
    dossier: Dossier, presences: Mapping[Shift, Presence], born: Mapping[str, date]
) -> Iterable[Worker]:
    called = {person.about: person.name() for person in dossier.all(Person)}
    birth = {one.person: one.born_on for one in dossier.all(PersonPrivate) if one.born_on}
    engagements: dict[str, list[Engagement]] = defaultdict(list)
    for engagement in dossier.all(Engagement):
        engagements[engagement.person].append(engagement)
    worked: dict[str, Counter[str]] = defaultdict(Counter)
    for shift, presence in presences.items():
        positions = worked[shift.person]
        if presence.engagement is not None:
            positions[presence.engagement.position] += 1
    for about, positions in worked.items():
        own = engagements.get(about, [])
        position = _main_position(dossier, positions, own)
        status = position.status if position else ""
        yield Worker(
            id=about,
            name=called.get(about, about),
            status=status,
            job=(position.job or position.label) if position else "",
            job_group=(position.job_group or "") if position else "",
            born_on=birth.get(about) or born.get(about),
            permanent=status == "permanent",
            full_time=status == "permanent"
            and all((one.weekly_hours or FULL_TIME) >= FULL_TIME for one in own),
            authorised=tuple(dict.fromkeys(rule for one in own for rule in one.authorised)),
        )


def _main_position(dossier: Dossier, used: Counter[str], own: list[Engagement]) -> Position | None:
    """The position somebody works most under: rests and weeks run across all of them."""
    most = used.most_common(1)[0][0] if used else (own[0].position if own else None)
    return dossier.find(most, Position)


def _setting(dossier: Dossier) -> Setting:
    production, employer = dossier.production, dossier.employer
    return Setting(
        idcc=employer.idcc,
        annex=production.annex,
        circumstances=tuple(
            Circumstance(one.type, one.starts_on, one.ends_on) for one in production.circumstances
        ),
        premiere_on=premiere_of(dossier),
        holiday_zone=employer.holiday_zone,
        agreements=employer.agreements,
    )


def premiere_of(dossier: Dossier) -> date | None:
    """The day of the première: the event that says so, else the first performance."""
    shows = [e for e in dossier.all(Event) if e.type == "performance" and e.option != "cancelled"]
    named = [event.day for event in shows if event.premiere]
    return min(named or [event.day for event in shows], default=None)
