"""Who is called when: performers with their comings, the crew by department, extras."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from filage.kernel import french
from filage.planning.sheets.hours import is_late
from filage.planning.sheets.shape import Column, Row, Section
from filage.planning.sheets.wall import wall

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import time

    from filage.facts.calendar import Event
    from filage.planning.sheets.asked import Asked
    from filage.planning.sheets.index import Index, Presence

EXTRA_STATUS = "figurant"
HALF_COLUMNS = 5
"""A table of no more columns holds in half the width."""
SHOWN_ROLES = 2
"""Of somebody who plays more roles, the longest are named and the others counted."""


@dataclass(frozen=True, slots=True)
class Called:
    """One person's day: the earliest of their calls, the latest of their ends, and what comes between."""

    person: str
    first: Presence
    call: time | None
    end: time | None
    pickup: time | None
    driver: str
    dressing: time | None
    ready: time | None


def called(index: Index, events: Sequence[Event]) -> list[Called]:
    """Everybody's day over the events of a day, in the order of the positions."""
    by_person: dict[str, list[Presence]] = {}
    for one in index.there(events):
        by_person.setdefault(one.person, []).append(one)
    rank = {about: number for number, about in enumerate(index.positions)}
    made = [_called(person, own) for person, own in by_person.items()]
    made.sort(key=lambda one: rank.get(one.first.position.about if one.first.position else "", len(rank)))
    return made


def _called(person: str, own: Sequence[Presence]) -> Called:
    calls = sorted((one for one in own if one.call), key=lambda one: _minutes(one.event, one.call))
    ends = sorted((one for one in own if one.wrap), key=lambda one: _minutes(one.event, one.wrap))
    parts = [one.part for one in own]
    return Called(
        person=person,
        first=calls[0] if calls else own[0],
        call=calls[0].call if calls else None,
        end=ends[-1].wrap if ends else None,
        pickup=_first(part.pickup for part in parts),
        driver=next((part.driver for part in parts if part.driver), ""),
        dressing=_first(part.dressing for part in parts),
        ready=_first(part.ready for part in parts),
    )


def _minutes(event: Event, at: time | None) -> tuple[bool, time | None]:
    return (is_late(event, at) if at else False, wall(at))


def _first(times: Iterable[time | None]) -> time | None:
    return min((wall(at) for at in times if at is not None), default=None)


def of_department(everybody: Iterable[Called], *departments: str) -> list[Called]:
    """Those of some departments, extras left out."""
    return [one for one in everybody if one.first.department in departments and not is_extra(one)]


def is_extra(one: Called) -> bool:
    """Whether somebody is called as an extra."""
    return one.first.position is not None and one.first.position.status == EXTRA_STATUS


def earliest(everybody: Iterable[Called]) -> time | None:
    """The first call of some people."""
    return _first(one.call for one in everybody)


def role_of(index: Index, one: Presence) -> str:
    """The roles somebody plays, else their position."""
    position = one.position
    if position is None:
        return index.people[one.person].trade or ""
    roles = [index.elements[role] for role in position.roles if role in index.elements]
    if len(roles) > SHOWN_ROLES:
        longest = sorted(roles, key=lambda role: -(role.words or 0))[:SHOWN_ROLES]
        shown = ", ".join(role.label for role in roles if role in longest)
        return f"{shown}{french.NBSP}+{len(roles) - SHOWN_ROLES}"
    return ", ".join(role.label for role in roles) or position.label


def show_cast(index: Index, asked: Asked, everybody: Sequence[Called]) -> Section | None:
    """The performers of a show: name, role, arrival, dressing, ready."""
    words = asked.words
    artists = of_department(everybody, "artistic")
    optional = [
        (Column("pickup", words("pickup"), "time"), [words.hour(one.pickup) for one in artists]),
        (Column("call", words("call"), "time"), [words.hour(one.call) for one in artists]),
        (Column("dressing", words("dressing"), "time"), [words.hour(one.dressing) for one in artists]),
        (Column("ready", words("ready"), "time"), [words.hour(one.ready) for one in artists]),
    ]
    kept = [(column, cells) for column, cells in optional if any(cells)]
    rows = tuple(
        Row(
            one.person,
            (index.name(one.person), role_of(index, one.first), *(cells[rank] for _, cells in kept)),
            (one.person,),
        )
        for rank, one in enumerate(artists)
    )
    columns = (
        Column("name", words("name"), "name"), Column("role", words("role")), *(column for column, _ in kept),
    )  # fmt: skip
    return Section("artists", words("artists"), "table", rows, columns, half=True) if rows else None


def show_crew(index: Index, asked: Asked, everybody: Sequence[Called]) -> Section | None:
    """The crew of a show: name, position, arrival, end."""
    words = asked.words
    rows = tuple(
        Row(
            one.person,
            (index.name(one.person), _job(one), words.hour(one.call), words.hour(one.end)),
            (one.person,),
        )
        for one in of_department(everybody, "technical", "production")
    )
    columns = (
        Column("name", words("name"), "name"), Column("job", words("job")),
        Column("call", words("call"), "time"), Column("end", words("end"), "time"),
    )  # fmt: skip
    return Section("crew", words("crew"), "table", rows, columns, half=True) if rows else None


def _job(one: Called) -> str:
    return one.first.position.label if one.first.position else ""


def shoot_cast(index: Index, asked: Asked, everybody: Sequence[Called]) -> Section | None:
    """The performers of a shooting day: number, role, name, pick-up, call, dressing (HMC), on set (PAT), driver."""
    words = asked.words
    rows = []
    for one in of_department(everybody, "artistic"):
        roles = one.first.position.roles if one.first.position else ()
        numbers = ", ".join(str(index.role_numbers[role]) for role in roles if role in index.role_numbers)
        cells = (
            numbers, role_of(index, one.first), index.name(one.person), words.hour(one.pickup),
            words.hour(one.call), words.hour(one.dressing), words.hour(one.ready), words.hour(one.end), one.driver,
        )  # fmt: skip
        rows.append(Row(one.person, cells, (one.person,)))
    columns = (
        Column("number", words("number"), "number"), Column("role", words("role")),
        Column("name", words("name"), "name"), Column("pickup", words("pickup"), "time"),
        Column("call", words("call"), "time"), Column("dressing", words("hmc"), "time"),
        Column("ready", words("pat"), "time"), Column("end", words("end"), "time"),
        Column("driver", words("driver")),
    )  # fmt: skip
    made = without_empty(Section("artists", words("shoot_cast"), "table", tuple(rows), columns))
    return replace(made, half=len(made.columns) <= HALF_COLUMNS) if made else None


def shoot_crew(index: Index, asked: Asked, everybody: Sequence[Called]) -> Section | None:
    """The crew of a shooting day by position: who, when, where."""
    words = asked.words
    rows = tuple(
        Row(
            one.person,
            (
                _job(one),
                index.name(one.person),
                words.hour(one.call),
                words.hour(one.end),
                index.where(one.first.event),
            ),
            (one.person,),
        )
        for one in of_department(everybody, "technical", "production")
    )
    columns = (
        Column("job", words("job")), Column("name", words("name"), "name"), Column("call", words("at"), "time"),
        Column("end", words("end"), "time"), Column("where", words("where")),
    )  # fmt: skip
    made = Section("crew", words("shoot_crew"), "table", rows, columns)
    if len({row.cells[-1] for row in rows}) == 1:  # everybody at the place the head names
        shorter = tuple(replace(row, cells=row.cells[:-1]) for row in rows)
        made = replace(made, rows=shorter, columns=columns[:-1], half=True)
    return made if rows else None


def extras(
    index: Index, asked: Asked, events: Sequence[Event], everybody: Sequence[Called]
) -> Section | None:
    """Extras by position: how many, which, when, dressed how (the needs of the costume department for them)."""
    words = asked.words
    groups: dict[str, list[Called]] = {}
    for one in everybody:
        if is_extra(one) and one.first.position:
            groups.setdefault(one.first.position.about, []).append(one)
    rows = []
    for about, group in groups.items():
        position = index.positions[about]
        costumes = [
            need.label
            for need in index.needs.values()
            if need.element in position.roles and (need.department or "").casefold().startswith("costume")
        ]
        cells = (
            str(max(len(group), position.people)), role_of(index, group[0].first),
            words.hour(earliest(group)), words.listed(costumes),
        )  # fmt: skip
        rows.append(Row(about, cells, tuple(one.person for one in group)))
    wanted = [
        index.elements[about]
        for event in events
        for scene in event.scenes
        if scene in index.scenes
        for about in index.scenes[scene].elements
        if about in index.elements and index.elements[about].category == "extras"
    ]
    held = {role for about in groups for role in index.positions[about].roles}
    rows += [
        Row(element.about, ("", element.label, "", ""))
        for element in {element.about: element for element in wanted}.values()
        if element.about not in held
    ]
    columns = (
        Column("count", words("count"), "number"), Column("kind", words("kind")),
        Column("at", words("at"), "time"), Column("costume", words("costume")),
    )  # fmt: skip
    return without_empty(Section("extras", words("extras"), "table", tuple(rows), columns, half=True))


def without_empty(section: Section) -> Section | None:
    """The same table without the columns nobody fills; None without rows: paper never says « N/A »."""
    if not section.rows:
        return None
    kept = [rank for rank in range(len(section.columns)) if any(row.cells[rank] for row in section.rows)]
    rows = tuple(
        Row(row.id, tuple(row.cells[rank] for rank in kept), row.people, row.mark) for row in section.rows
    )
    columns = tuple(section.columns[rank] for rank in kept)
    return Section(section.id, section.title, section.form, rows, columns, section.half)
