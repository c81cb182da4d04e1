"""Journeys and nights of a day: where to meet, what to take, where to sleep; a room is told to who sleeps in it."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from filage.facts.travel import Freight, Leg, Stay
from filage.kernel import french
from filage.planning.sheets.lines import Line
from filage.planning.sheets.shape import Column, Row, Section
from filage.planning.sheets.wall import wall
from filage.planning.sheets.words import small

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from filage.facts.calendar import Event
    from filage.planning.sheets.asked import Asked
    from filage.planning.sheets.index import Index

_CLOCK = re.compile(r"\b([01]?\d|2[0-3])\s?[:hH]\s?([0-5]\d)\b")


def legs_of(index: Index, day: date) -> list[Leg]:
    """The journeys of a day: their own day, else that of their event."""
    found = []
    for leg in index.dossier.all(Leg):
        event = index.events.get(leg.event or "")
        if (leg.day or (event.day if event else None)) == day:
            found.append(leg)
    return found


def leg_lines(index: Index, asked: Asked, day: date, events: Sequence[Event]) -> Iterator[Line]:
    """Where to meet and what leaves when; a journey of named passengers concerns them and who drives."""
    words = asked.words
    for leg in legs_of(index, day):
        people = travellers(index, leg, events)
        if leg.meeting_at:
            where, _, detail = (leg.meeting_point or "").partition(",")
            what = f"{words('meet')} {where}".strip()
            detail = detail.strip() or (
                "" if leg.departs else words("to", origin=leg.origin, destination=leg.destination)
            )
            yield Line(f"{leg.about}/meeting", leg.meeting_at, what, detail, people=people)
        if leg.departs:
            arrives = words("arrives", at=words.hour(leg.arrives)) if leg.arrives else ""
            detail = words.listed([arrives, _reference(asked, leg), _vehicle(index, leg)])
            what = words("travel_to", mode=words(f"mode_{leg.mode}"), place=leg.destination)
            yield Line(leg.about, leg.departs, what, detail, people=people, mark="key")


def travellers(index: Index, leg: Leg, events: Sequence[Event]) -> tuple[str, ...]:
    """Who a journey concerns; when it names nobody, those of its event."""
    named = [*leg.passengers, *([leg.driver] if leg.driver else [])]
    if named:
        return tuple(dict.fromkeys(named))
    concerned = [event for event in events if event.about == leg.event] or events
    return tuple(dict.fromkeys(one.person for one in index.there(concerned)))


def _reference(asked: Asked, leg: Leg) -> str:
    """The train, the flight or the booking; never in a public version: a booking opens with its code."""
    return "" if asked.public else leg.reference or ""


def _vehicle(index: Index, leg: Leg) -> str:
    vehicle = index.vehicles.get(leg.vehicle or "")
    return vehicle.label if vehicle else ""


def journey_minutes(leg: Leg) -> int | None:
    """How long a journey lasts by its times on the clock; past midnight when it arrives before it leaves."""
    if leg.departs is None or leg.arrives is None:
        return None
    start, end = (datetime.combine(date(2000, 1, 1), wall(at)) for at in (leg.departs, leg.arrives))
    if end <= start:
        end += timedelta(days=1)
    return int((end - start).total_seconds() // 60)


def transport_section(index: Index, asked: Asked, day: date, events: Sequence[Event]) -> Section | None:
    """What moves that day: vehicle, driver, route, time; for one person, the journeys they make."""
    words = asked.words
    rows = []
    for leg in legs_of(index, day):
        people = travellers(index, leg, events)
        if not asked.for_all(people):
            continue
        vehicle = index.vehicles.get(leg.vehicle or "")
        distance = words("distance", km=french.number(leg.distance_km)) if leg.distance_km else ""
        minutes = journey_minutes(leg)
        route = words("to", origin=leg.origin, destination=leg.destination)
        cells = (
            words.listed([_vehicle(index, leg) or words(f"mode_{leg.mode}"), _seats(asked, vehicle)]),
            index.short(leg.driver or "") or _reference(asked, leg),
            words.listed([route, distance, words.minutes(minutes) if minutes else ""]),
            words.hour(leg.meeting_at or leg.departs),
        )
        rows.append(Row(leg.about, cells, people))
    used = {leg.vehicle for leg in legs_of(index, day)}
    loading = _loading(index, asked, events)
    rows += [
        Row(about, (words.listed([vehicle.label, _seats(asked, vehicle)]), "", "", ""))
        for about in dict.fromkeys(vehicle for event in loading for vehicle in event.vehicles)
        if (vehicle := index.vehicles.get(about)) and about not in used
    ]
    here = {event.about for event in loading}
    rows += [
        Row(freight.about, (freight.vehicle or "", "", freight.label, ""))
        for freight in index.dossier.all(Freight)
        if freight.event in here
    ]
    columns = (
        Column("vehicle", words("vehicle")),
        Column("driver", words("driver_or_ticket")),
        Column("route", words("route")),
        Column("at", words("at"), "time"),
    )
    return Section("transport", words("transport"), "table", tuple(rows), columns) if rows else None


def _loading(index: Index, asked: Asked, events: Sequence[Event]) -> list[Event]:
    """The events whose vehicles and freight the reader is told: all, or those where they are of the crew."""
    return [
        event
        for event in events
        if asked.person is None
        or any(
            one.person == asked.person and one.department != "artistic"
            for one in index.presences.get(event.about, ())
        )
    ]


def _seats(asked: Asked, vehicle: object) -> str:
    seats, licence = getattr(vehicle, "seats", None), getattr(vehicle, "licence", None)
    if not seats:
        return ""
    return (
        asked.words("seats", seats=seats, licence=licence)
        if licence
        else asked.words("only_seats", seats=seats)
    )


def stays_of(index: Index, night: date) -> list[Stay]:
    """The lodgings where one sleeps that night: from the first event to the night before the last, and those added."""
    found = []
    for stay in index.dossier.all(Stay):
        days = [index.events[about].day for about in stay.events if about in index.events]
        if not days:
            continue
        first = min(days) - timedelta(days=stay.nights_before)
        last = max(days) + timedelta(days=stay.nights_after - 1)
        if first <= night <= max(last, first):
            found.append(stay)
    return found


def own_stays(stays: Iterable[Stay], person: str | None) -> list[Stay]:
    """The lodgings of one person: those whose rooms name them, else those whose rooms name nobody."""
    stays = list(stays)
    if person is None:
        return stays
    named = [stay for stay in stays if any(person in room.people for room in stay.rooms)]
    return named or [stay for stay in stays if not stay.rooms]


def stay_lines(index: Index, asked: Asked, day: date) -> Iterator[Line]:
    """The arrival at the hotel, when its note of arrival gives an hour; never in a public version."""
    if asked.public:
        return
    for stay in own_stays(stays_of(index, day), asked.person):
        if found := _CLOCK.search(stay.check_in or ""):
            at = time(int(found[1]), int(found[2]))
            yield Line(stay.about, at, _stay_name(stay) or asked.words("hotel"), stay.check_in or "")


def _stay_name(stay: Stay) -> str:
    """How a lodging is called; one of which nothing is known bears the name of its budget line, which is not one."""
    known = stay.address or stay.contact or stay.check_in or stay.breakfast or stay.rooms
    return (stay.label or "") if known else ""


def lodging_section(index: Index, asked: Asked, day: date) -> Section | None:
    """Where one sleeps that night; address, keys, telephone and rooms are left out of a public version.

    Rooms: all of them on the team's private version, only their own on one person's.
    """
    words = asked.words
    rows: list[Row] = []
    for stay in own_stays(stays_of(index, day), asked.person):
        told = [("hotel", _stay_name(stay) or words("lodging_untold"))]
        if not asked.public:
            breakfast = small(stay.breakfast or "")
            told += [
                ("address", stay.address or ""), ("keys", stay.check_in or ""), ("breakfast_told", breakfast),
                ("hotel_phone", stay.contact or ""),
            ]  # fmt: skip
            told.append(("room" if asked.person else "rooms", _rooms(index, asked, stay)))
        rows += [Row(f"{stay.about}/{key}", (words(key), value)) for key, value in told if value]
    return Section("lodging", words("lodging"), "pairs", tuple(rows), half=True) if rows else None


def _rooms(index: Index, asked: Asked, stay: Stay) -> str:
    """Every room with who sleeps in it, or one person's own with whom they share it."""
    words = asked.words
    if asked.person is None:
        return " ; ".join(words.colon(room.label, _names(index, asked, room.people)) for room in stay.rooms)
    own = next((room for room in stay.rooms if asked.person in room.people), None)
    if own is None:
        return ""
    others = _names(index, asked, [one for one in own.people if one != asked.person])
    return words("room_with", room=own.label, names=others) if others else own.label


def _names(index: Index, asked: Asked, people: Iterable[str]) -> str:
    return asked.words.listed([index.name(one) for one in people])
