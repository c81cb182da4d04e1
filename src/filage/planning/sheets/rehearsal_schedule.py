"""The rehearsal schedule (tableau de service) of a week: who, when, where, which scenes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from filage.kernel.errors import BadInput, Problem
from filage.planning.sheets.asked import week_key, week_of
from filage.planning.sheets.calls import without_empty
from filage.planning.sheets.head import footer_of, person_name
from filage.planning.sheets.hours import event_kind
from filage.planning.sheets.lacking import lacking
from filage.planning.sheets.pairs import sections
from filage.planning.sheets.place import contacts_section
from filage.planning.sheets.shape import Column, Row, Section, Sheet

if TYPE_CHECKING:
    from datetime import date

    from filage.facts.calendar import Event
    from filage.planning.sheets.asked import Asked
    from filage.planning.sheets.index import Index

SERVICES = (
    "rehearsal",
    "residency",
    "recording",
    "soundcheck",
    "setup",
    "performance",
    "mediation",
    "promotion",
    "meeting",
)
SHOWN_NAMES = 8


def keys(index: Index) -> tuple[str, ...]:
    """The weeks with a rehearsal, a residency or a recording."""
    return tuple(
        dict.fromkeys(
            week_key(day)
            for day, events in index.by_day.items()
            if any(event.type in ("rehearsal", "residency", "recording") for event in events)
        )
    )


def content(index: Index, asked: Asked) -> Sheet:
    """Build the schedule of a week; BadInput when nothing is called that week."""
    monday, sunday = week_of(asked.key)
    days = [monday + timedelta(days=number) for number in range(7)]
    lines = [(day, event) for day in days for event in index.by_day.get(day, []) if event.type in SERVICES]
    if not lines:
        raise BadInput(Problem(f"aucun service la semaine {asked.key}", expected=", ".join(keys(index)[:8])))
    words = asked.words
    rows = tuple(row for day, event in lines if (row := _row(index, asked, day, event)) is not None)
    columns = (
        Column("day", words("day"), "name"), Column("from_to", words("from_to"), "time"), Column("what", words("what")),
        Column("where", words("where")), Column("which_scenes", words("which_scenes")), Column("who", words("who")),
    )  # fmt: skip
    table = without_empty(Section("services", words("rehearsals"), "table", rows, columns))
    people = tuple(dict.fromkeys(person for row in rows for person in row.people))
    return Sheet(
        document=asked.document, key=asked.key, language=words.language, public=asked.public,
        company=index.company, production=index.production.label, name=words("rehearsal_schedule"),
        title=index.production.label,
        when=words("week_of", first=words.day(monday, year=False), last=words.day(sunday)),
        day=monday, person=asked.person, person_name=person_name(index, asked), department=asked.department,
        sections=sections(table, contacts_section(index, asked, None)), people=people,
        footer=footer_of(index, asked),
        missing=lacking(
            words,
            {
                "hours": all(event.start for _, event in lines),
                "places": all(event.venue for _, event in lines),
                "scenes": any(event.scenes for _, event in lines),
                "people": all(index.presences.get(event.about) for _, event in lines),
            },
        ),
    )  # fmt: skip


def _row(index: Index, asked: Asked, day: date, event: Event) -> Row | None:
    """One service; None when the reader is not called to it."""
    words = asked.words
    there = [
        one for one in index.presences.get(event.about, []) if asked.department in (None, one.department)
    ]
    people = tuple(dict.fromkeys(one.person for one in there))
    if asked.person and people and asked.person not in people:
        return None
    if asked.department and not people:
        return None
    scenes = [index.scenes[about] for about in event.scenes if about in index.scenes]
    option = words(event.option) if event.option in ("option_1", "option_2") else ""
    cells = (
        words.day(day, year=False), _span(index, asked, event),
        words.listed([event.label or event_kind(index, asked, event), option]),
        index.where(event), ", ".join(scene.number or scene.label for scene in scenes), _who(index, asked, people),
    )  # fmt: skip
    return Row(
        event.about if event.day == day else f"{event.about}/{day}", cells, people, "option" if option else ""
    )


def _span(index: Index, asked: Asked, event: Event) -> str:
    """From when to when: one person's own call when it differs."""
    words = asked.words
    own = next((one for one in index.presences.get(event.about, []) if one.person == asked.person), None)
    start, end = (own.call, own.wrap) if own else (event.start, event.end)
    return "–".join(words.hour(at) for at in (start, end) if at)


def _who(index: Index, asked: Asked, people: tuple[str, ...]) -> str:
    if asked.person or not people:
        return ""
    everybody = {engagement.person for engagement in index.engagements.values()}
    if len(people) > SHOWN_NAMES and everybody <= set(people):
        return asked.words("whole_team")
    return ", ".join(index.short(person) for person in people)
