"""The hours of a day: what events, their moments, journeys and meals make of it, in one order."""

from __future__ import annotations

from collections import Counter
from datetime import time
from typing import TYPE_CHECKING

from filage.kernel.text import fold
from filage.planning.kinds import event_word, kind_of
from filage.planning.sheets.lines import Line, rows_of
from filage.planning.sheets.meals import is_meal, meal_detail, meal_lines
from filage.planning.sheets.scene_hours import effect_of, players, scene_of
from filage.planning.sheets.shape import Section
from filage.planning.sheets.travel import leg_lines, stay_lines
from filage.planning.sheets.wall import wall
from filage.planning.sheets.words import small

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from filage.facts.calendar import Event, Moment
    from filage.facts.script import Scene
    from filage.planning.sheets.asked import Asked
    from filage.planning.sheets.index import Index, Presence

NIGHT_UNTIL = time(5)
"""Before five, a time told in an event of the afternoon or evening belongs to the night after."""
NOON = time(12)
SHOWN_NAMES = 4
"""More people than this are counted, not named."""
_ENDS = ("fin de journee", "end of day", "wrap")
"""Words by which a moment already tells the end of the day."""
_COUNTED = {"artistic": "some_artists", "technical": "some_technical"}


def hours_section(index: Index, asked: Asked, day: date, events: Sequence[Event]) -> Section:
    """Everything of the day that has an hour: for all, or for one person with their own comings and goings."""
    words = asked.words
    there = [one for one in index.there(events) if asked.person in (None, one.person)]
    team = {one.person for one in index.there(events)}
    lines = [line for event in events for line in event_lines(index, asked, event, team)]
    lines += leg_lines(index, asked, day, events)
    lines += meal_lines(index, asked, day, {line.what for line in lines})
    lines += stay_lines(index, asked, day)
    lines = [line for line in lines if asked.for_all(line.people)]
    if asked.department:
        kept = {one.person for one in index.there(events) if one.department == asked.department}
        lines = [line for line in lines if not line.people or kept.intersection(line.people)]
    if asked.person:
        lines = [*_own_lines(index, asked, there, lines), *lines]  # at one hour, arriving comes first
    elif not any(event.moments for event in events):
        lines += _shared_breaks(asked, index.there(events), lines)
    if there and not any(fold(line.what) in _ENDS for line in lines):
        lines += _end_line(asked, there)
    title = words("your_day") if asked.person else words("hours")
    return Section("hours", title, "hours", rows_of(lines))


def is_late(event: Event, at: time) -> bool:
    """Whether a time told in an event falls after midnight of its day."""
    plain, start = wall(at), wall(event.start)
    if start is None or plain >= start:
        return False
    end = wall(event.end)
    overnight = end is not None and (end <= start or (event.end_day or event.day) > event.day)
    if overnight and end is not None and plain <= end:
        return True
    return start >= NOON and plain < NIGHT_UNTIL


def event_lines(index: Index, asked: Asked, event: Event, team: set[str]) -> Iterator[Line]:
    """An event's own line, unless one of its moments stands at its start, then its moments; `team` is that day's."""
    there = index.presences.get(event.about, [])
    if asked.person and there and asked.person not in {one.person for one in there}:
        return
    starts = {moment.at for moment in event.moments}
    if event.start is not None and event.start not in starts:
        yield Line(
            about=event.about,
            at=event.start,
            until=event.end,
            what=event_title(index, asked, event),
            detail=asked.words.listed(
                [_option(asked, event), _who(index, asked, there, _people_of(there), team)]
            ),
            people=_people_of(there),
            mark=_mark(event),
        )
    own_call = next((one.call for one in there if one.person == asked.person), None)
    for moment in event.moments:
        before = own_call is not None and wall(moment.at) < own_call and not is_late(event, moment.at)
        if moment.who or not before:
            yield _moment_line(index, asked, event, moment, there, team)


def _people_of(there: Sequence[Presence]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.person for one in there))


def _mark(event: Event) -> str:
    if event.option in ("option_1", "option_2"):
        return "option"
    return "key" if event.type in ("performance", "shoot", "recording") else ""


def _option(asked: Asked, event: Event) -> str:
    """« 1re option », and since when it has lapsed; nothing when the event is sure."""
    if event.option not in ("option_1", "option_2"):
        return ""
    option = asked.words(event.option)
    if event.option_until and event.option_until < asked.today:
        return asked.words(
            "option_lapsed", option=option, day=asked.words.day(event.option_until, year=False)
        )
    return option


def event_title(index: Index, asked: Asked, event: Event) -> str:
    """How a sheet calls an event; a performance says how long it lasts when the production knows."""
    title = event.label or event_kind(index, asked, event)
    minutes = index.production.duration if event.type == "performance" else None
    return f"{title}, {length(asked, minutes, index.production.interval)}" if minutes else title


def event_kind(index: Index, asked: Asked, event: Event) -> str:
    """The nature of an event in the words of the trade."""
    if asked.words.language == "fr":
        return event_word(event, index.production.form)
    return asked.words(f"event_{event.type}")


def length(asked: Asked, minutes: int, interval: int | None) -> str:
    """« 1 h 40 sans entracte »."""
    words = asked.words
    if interval:
        return words("with_interval", length=words.minutes(minutes), interval=words.minutes(interval))
    return words("without_interval", length=words.minutes(minutes))


def _moment_line(
    index: Index, asked: Asked, event: Event, moment: Moment, there: Sequence[Presence], team: set[str]
) -> Line:
    scene = None if moment.who else scene_of(index, event, moment)
    people = _asked_for(moment, there)
    detail = moment.told or ""
    if scene is not None:
        detail = detail or asked.words.listed([scene.set or "", effect_of(scene)])
    elif people:
        named = _who(index, asked, there, people, team)
        counted = not asked.person and len(people) > SHOWN_NAMES
        detail = detail if counted and detail else asked.words.listed([named, detail])
    elif moment.key and not detail and not asked.person:
        detail = asked.words("whole_team")
    if asked.own and is_meal(moment.label):
        detail = meal_detail(index, asked, detail)
    return Line(
        about=f"{event.about}/{fold(moment.label)}",
        at=moment.at,
        until=moment.until,
        what=moment.label,
        detail=detail,
        people=people or (_on_set(index, scene, there) if scene else ()) or _people_of(there),
        mark="key" if moment.key else "",
        late=is_late(event, moment.at),
    )


def _on_set(index: Index, scene: Scene, there: Sequence[Presence]) -> tuple[str, ...]:
    """Those whom a scene keeps busy: who plays in it, and the crew; everybody when nobody is known to play."""
    playing = players(index, scene)
    busy = [one.person for one in there if one.person in playing or one.department != "artistic"]
    return tuple(dict.fromkeys(busy)) if {*playing} & {*busy} else ()


def _asked_for(moment: Moment, there: Sequence[Presence]) -> tuple[str, ...]:
    """The people a moment names, those of a position included; nobody in particular when it names nobody."""
    found: list[str] = []
    for who in moment.who:
        if who.startswith("position/"):
            found += [one.person for one in there if one.position and one.position.about == who]
        else:
            found.append(who)
    return tuple(dict.fromkeys(found))


def _who(
    index: Index, asked: Asked, there: Sequence[Presence], people: tuple[str, ...], team: set[str]
) -> str:
    """People in few words: everybody, a department, a few given names, else their number."""
    words = asked.words
    if asked.person:
        return ""
    if team <= set(people) and len(people) > 1:
        return words("whole_team")
    if len(people) <= SHOWN_NAMES:
        return words.listed([index.short(person) for person in people])
    kinds = {one.department for one in there if one.person in people}
    kind = kinds.pop() if len(kinds) == 1 else ""
    return words(_COUNTED.get(kind, "some_people"), count=len(people))


def _own_lines(index: Index, asked: Asked, there: Sequence[Presence], lines: Sequence[Line]) -> list[Line]:
    """One person's pick-up, arrival, dressing, set time and breaks: what the day's own lines do not say."""
    words = asked.words
    found: list[Line] = []
    told = {line.at for line in lines}
    first = min(there, key=lambda one: str(one.call or "99"), default=None)
    for one in there:
        part, event = one.part, one.event
        if part.pickup:
            detail = part.driver or ""
            found.append(Line("own/pickup", part.pickup, words("your_pickup"), detail, mark="own"))
        if one is first and one.call and event.type != "travel":
            access = _first_sentence(index, event)
            found.append(Line("own/call", one.call, words("your_call"), access, mark="own"))
        if part.dressing and part.dressing not in told:
            found.append(Line("own/dressing", part.dressing, words("your_dressing"), mark="own"))
        if part.ready and part.ready not in told:
            found.append(Line("own/ready", part.ready, words("your_ready"), mark="own"))
        found += [
            Line("own/break", pause.start, words("break"), until=pause.end, late=is_late(event, pause.start))
            for pause in part.breaks
            if pause.start not in told
        ]
    return found


def _first_sentence(index: Index, event: Event) -> str:
    venue = index.venue_of(event)
    access = (venue.access or "") if venue else ""
    return small(access.split(". ")[0].rstrip("."))


def _shared_breaks(asked: Asked, there: Sequence[Presence], lines: Sequence[Line]) -> list[Line]:
    """Breaks that half of the people or more take together, unless a line already stands at that hour."""
    told = {line.at for line in lines}
    counted = Counter((pause.start, pause.end) for one in there for pause in one.part.breaks)
    return [
        Line("break", start, asked.words("break"), until=end)
        for (start, end), count in counted.items()
        if 2 * count >= len(there) and start not in told
    ]


def _end_line(asked: Asked, there: Sequence[Presence]) -> list[Line]:
    """The end of the day: the last to leave."""
    ends = [(is_late(one.event, one.wrap), one.wrap, one) for one in there if one.wrap]
    if not ends:
        return []
    late, wrap, _one = max(ends, key=lambda end: (end[0], end[1]))
    words = asked.words
    return [Line("end", wrap, words("your_end") if asked.person else words("day_ends"), late=late)]


def trade_word(index: Index, asked: Asked, key: str, label: str) -> str:
    """A word that the kind of production changes (`director`), else the word of the sheets."""
    if asked.words.language == "fr":
        return kind_of(index.production.form).words.get(key) or asked.words(label)
    return asked.words(label)
