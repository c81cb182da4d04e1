"""The running sheet (conducteur): one line a sequence, times added up from the durations, cues by department."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from filage.facts.script import Cue, RunningOrder
from filage.kernel import french
from filage.kernel.errors import BadInput, Problem
from filage.kernel.text import closest
from filage.planning.sheets.calls import without_empty
from filage.planning.sheets.head import footer_of, person_name
from filage.planning.sheets.lacking import lacking
from filage.planning.sheets.pairs import sections
from filage.planning.sheets.shape import Column, KeyHour, Row, Section, Sheet
from filage.planning.sheets.wall import wall
from filage.script.duration import clock

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from filage.facts.script import Played, Scene
    from filage.planning.sheets.asked import Asked
    from filage.planning.sheets.index import Index

CUE_COLUMNS = ("picture", "sound", "light", "video", "music", "presenter", "set", "other")
"""Departments in the order of the columns of a broadcast running sheet."""
STAGE = ("theatre", "dance", "circus", "street", "opera")
"""Forms that are run cue by cue."""


def keys(index: Index) -> tuple[str, ...]:
    """The running orders of the dossier, by id."""
    return tuple(order.id for order in index.dossier.all(RunningOrder) if order.scenes)


@dataclass(frozen=True, slots=True)
class Timed:
    """One sequence and its times, in seconds from the start; None after a length nobody knows.

    `done` is the sum of what was really taken up to its end, None when one was not noted.
    """

    place: Played
    scene: Scene
    number: str
    starts: int | None
    seconds: int | None
    ends: int | None
    done: int | None


def timed(index: Index, order: RunningOrder, state: str = "kept") -> list[Timed]:
    """Add up the durations of the sequences of one state, in the order played.

    After a length nobody knows, no time is known any more: an empty cell, never a wrong hour.
    """
    found: list[Timed] = []
    starts: int | None = 0
    done: int | None = 0
    for place in order.scenes:
        scene = index.scenes.get(place.scene)
        if scene is None or place.state != state:
            continue
        ends = _plus(starts, scene.seconds)
        done = _plus(done, place.seconds_done)
        number = scene.number or str(len(found) + 1)
        found.append(Timed(place, scene, number, starts, scene.seconds, ends, done))
        starts = ends
    return found


def _plus(total: int | None, more: int | None) -> int | None:
    return None if total is None or more is None else total + more


def content(index: Index, asked: Asked) -> Sheet:
    """Build the running sheet of a running order; with a department, its cues alone. BadInput if unknown.

    A stage show has its cues one by one after its sequences; anything else has a column for each department.
    """
    order = index.dossier.find(f"running_order/{asked.key}", RunningOrder)
    if order is None:
        near = closest(asked.key, keys(index))
        raise BadInput(
            Problem(
                f"« {asked.key} » n’est pas un ordre joué",
                suggestion=f"vouliez-vous {near} ?" if near else "",
            )
        )
    words = asked.words
    kept = timed(index, order)
    cues = _cues(index)
    made = (
        [_cue_table(asked, order, kept, cues)]
        if asked.department
        else [
            _table(index, asked, order, kept, cues, "sequences"),
            *(
                _table(index, asked, order, timed(index, order, state), cues, state)
                for state in ("spare", "cut")
            ),
            _cue_table(asked, order, kept, cues) if _is_staged(index) else None,
        ]
    )
    return Sheet(
        document=asked.document, key=asked.key, language=words.language, public=asked.public,
        company=index.company, production=index.production.label,
        name=words.listed([words("running_sheet"), _department(asked)]), title=index.production.label,
        when=order.label, person=asked.person, person_name=person_name(index, asked), department=asked.department,
        hours=_key_hours(asked, order, kept), sections=sections(*made),
        people=_people(index, kept), footer=footer_of(index, asked), landscape=not asked.department,
        missing=_missing(index, asked, order, kept, cues),
    )  # fmt: skip


def _is_staged(index: Index) -> bool:
    """Whether the show is called cue by cue, as on a stage."""
    return index.production.form in STAGE


def _department(asked: Asked) -> str:
    return asked.words(f"cue_{asked.department}") if asked.department else ""


def _cues(index: Index) -> dict[str, list[Cue]]:
    found: dict[str, list[Cue]] = {}
    for cue in index.dossier.all(Cue):
        found.setdefault(cue.scene, []).append(cue)
    for own in found.values():
        own.sort(key=lambda cue: (cue.at is None, cue.at or 0))
    return found


def _clock(start: time | None, seconds: int | None) -> str:
    """A time of day so many seconds after the start; only what is known."""
    if start is None or seconds is None:
        return ""
    moment = datetime.combine(date(2000, 1, 1), wall(start)) + timedelta(seconds=seconds)
    return f"{moment:%H:%M:%S}" if moment.second or start.second else f"{moment:%H:%M}"


def _table(
    index: Index, asked: Asked, order: RunningOrder, lines: Sequence[Timed], cues: dict[str, list[Cue]],
    ident: str,
) -> Section | None:  # fmt: skip
    """One line a sequence: its times, who is on, and what each department does."""
    words = asked.words
    running = ident == "sequences"
    shown = () if _is_staged(index) else CUE_COLUMNS
    rows = []
    for line in lines:
        own = cues.get(line.scene.about, [])
        done = line.place.seconds_done
        cells = (
            line.number,
            _clock(order.starts_at, line.starts) if running else "",
            clock(line.seconds) if line.seconds is not None else "",
            clock(line.ends) if running and line.ends else "",
            line.place.title or line.scene.label,
            _speakers(index, line.scene),
            line.scene.set or "",
            *(_told(own, department) for department in shown),
            line.scene.note or "" if not asked.public else "",
            clock(done) if done is not None else "",
            _drift(line) if running else "",
        )
        rows.append(Row(line.scene.about, cells, _players(index, line.scene), "" if running else ident))
    columns = (
        Column("number", words("number"), "name"), Column("start", words("start"), "time"),
        Column("duration", words("duration"), "time"), Column("cumulated", words("cumulated"), "time"),
        Column("sequence", words("sequence"), "name"), Column("speakers", words("speakers")),
        Column("stage_place", words("stage_place")),
        *(Column(department, words(f"cue_{department}")) for department in shown),
        Column("notes", words("notes")), Column("done", words("done"), "time"), Column("drift", words("drift"), "time"),
    )  # fmt: skip
    return without_empty(Section(ident, words(ident), "table", tuple(rows), columns))


def _told(cues: Iterable[Cue], department: str) -> str:
    """The cues of one department in a cell: number and action."""
    return " ; ".join(
        " ".join(part for part in (cue.number, cue.label) if part)
        for cue in cues
        if cue.department == department
    )


def _drift(line: Timed) -> str:
    """How late one is at the end of a sequence, by the lengths really taken."""
    if line.done is None or line.ends is None:
        return ""
    late = line.done - line.ends
    return f"+{clock(late)}" if late > 0 else f"{french.MINUS}{clock(-late)}" if late < 0 else "0:00"


def _players(index: Index, scene: Scene) -> tuple[str, ...]:
    held = {
        role: engagement.person
        for engagement in index.engagements.values()
        if (position := index.positions.get(engagement.position))
        for role in position.roles
    }
    return tuple(dict.fromkeys(held[about] for about in scene.elements if about in held))


def _speakers(index: Index, scene: Scene) -> str:
    """The roles of a sequence, as the text names them."""
    return ", ".join(
        index.elements[about].label
        for about in scene.elements
        if about in index.elements and index.elements[about].category == "cast"
    )


def _cue_table(
    asked: Asked, order: RunningOrder, lines: Sequence[Timed], cues: dict[str, list[Cue]]
) -> Section | None:
    """The cues, of one department when asked, one a line: number, when, sequence, mark, action, department."""
    words = asked.words
    rows = [
        Row(
            cue.about,
            (
                cue.number or "", _clock(order.starts_at, _at(line, cue)),
                f"{line.number}. {line.place.title or line.scene.label}", cue.mark or "", cue.label,
                "" if asked.department else words(f"cue_{cue.department}"),
            ),
        )
        for line in lines
        for cue in cues.get(line.scene.about, [])
        if asked.department in (None, cue.department)
    ]  # fmt: skip
    columns = (
        Column("number", words("cue_number"), "name"), Column("start", words("at"), "time"),
        Column("sequence", words("sequence")), Column("mark", words("cue_mark")),
        Column("action", words("cue_action"), "name"), Column("department", words("department")),
    )  # fmt: skip
    return without_empty(Section("cues", words("cues"), "table", tuple(rows), columns))


def _at(line: Timed, cue: Cue) -> int | None:
    return None if line.starts is None or cue.at is None else line.starts + cue.at


def _key_hours(asked: Asked, order: RunningOrder, kept: Sequence[Timed]) -> tuple[KeyHour, ...]:
    words = asked.words
    total = kept[-1].ends if kept else None
    done = kept[-1].done if kept else None
    told = [
        ("start_key", words.hour(order.starts_at)),
        ("end_key", _clock(order.starts_at, total) if total else ""),
        ("planned_length", clock(total) if total else ""),
        ("done_length", clock(done) if done else ""),
    ]
    return tuple(KeyHour(words(key), value) for key, value in told if value)


def _people(index: Index, kept: Sequence[Timed]) -> tuple[str, ...]:
    """Those on stage, then everybody engaged on the technical side."""
    crew = [
        engagement.person
        for engagement in index.engagements.values()
        if (position := index.positions.get(engagement.position)) and position.department == "technical"
    ]
    return tuple(dict.fromkeys([*(person for line in kept for person in _players(index, line.scene)), *crew]))


def _missing(
    index: Index, asked: Asked, order: RunningOrder, kept: Sequence[Timed], cues: dict[str, list[Cue]]
) -> tuple[str, ...]:
    words = asked.words
    unknown = sum(1 for line in kept if line.seconds is None)
    durations = (words("field_durations", count=unknown),) if unknown else ()
    rest = lacking(
        words,
        {
            "starts_at": order.starts_at,
            "speakers": any(_speakers(index, line.scene) for line in kept),
            "stage_place": any(line.scene.set for line in kept),
            "cues": any(cues.get(line.scene.about) for line in kept),
        },
    )
    return (*rest[:1], *durations, *rest[1:]) if not order.starts_at else (*durations, *rest)
