"""The order played, as its page edits it: rows moved, named, timed, kept in reserve or cut."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Any, Final

from django.http import QueryDict

from filage.facts.base import choices
from filage.facts.dossier import Dossier
from filage.facts.script import Cue, Played, RunningOrder, Scene
from filage.facts.writing import values_of
from filage.kernel.changes import Change, add, set_
from filage.script.duration import clock, seconds_of
from filage_web.forms.french_input import time as read_time

STATES: Final = choices(Played, "state")
_LONGEST: Final = 200
_DAY: Final = 24 * 3600


@dataclass(slots=True)
class Row:
    """One place of the order as the page draws it."""

    index: int
    """Its place in the order as it is stored: what the form sends back."""
    scene: Scene
    title: str
    part: str
    state: str
    length: str
    """How long it lasts, as typed or as the trade writes it; empty when nobody said."""
    seconds: int | None = None
    at: str = ""
    """The hour, or the time since the beginning, at which it starts; empty when it is not played."""
    cues: int = 0
    problem: str = ""


@dataclass(slots=True)
class Sheet:
    """The whole order: its rows, the scenes it leaves out, how long it lasts."""

    order: RunningOrder
    rows: list[Row]
    apart: list[Scene]
    starts_at: str = ""
    problems: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Seconds of what is played and timed."""
        return sum(row.seconds or 0 for row in self.rows if row.state == "kept")

    @property
    def length(self) -> str:
        """The total as the trade writes it."""
        return clock(self.total)

    @property
    def ends_at(self) -> str:
        """The hour of the end, when the beginning is known and every row is timed."""
        if not self.order.starts_at or self.untimed:
            return ""
        return _hour(self.order.starts_at, self.total)

    @property
    def untimed(self) -> int:
        """How many rows are played and not timed."""
        return sum(row.state == "kept" and row.seconds is None for row in self.rows)

    @property
    def parts(self) -> list[str]:
        """The parts already named."""
        return list(dict.fromkeys(row.part for row in self.rows if row.part))


def sheet_of(dossier: Dossier, order: RunningOrder) -> Sheet:
    """Draw the order up with its times."""
    cues: dict[str, int] = {}
    for cue in dossier.all(Cue):
        cues[cue.scene] = cues.get(cue.scene, 0) + 1
    rows = []
    for index, played in enumerate(order.scenes):
        if scene := dossier.find(played.scene, Scene):
            length = clock(scene.seconds) if scene.seconds is not None else ""
            row = Row(
                index, scene, played.title or "", played.part or "", played.state, length, scene.seconds
            )
            row.cues = cues.get(scene.about, 0)
            rows.append(row)
    _time(rows, order.starts_at)
    held = {played.scene for played in order.scenes}
    apart = [scene for scene in dossier.all(Scene) if scene.about not in held]
    return Sheet(order, rows, apart, order.starts_at.strftime("%H:%M") if order.starts_at else "")


def _time(rows: list[Row], starts_at: time | None) -> None:
    spent: int | None = 0
    for row in rows:
        if row.state != "kept":
            continue
        if spent is not None:
            row.at = _hour(starts_at, spent) if starts_at else clock(spent)
        spent = None if spent is None or row.seconds is None else spent + row.seconds


def _hour(starts_at: time, seconds: int) -> str:
    at = (starts_at.hour * 3600 + starts_at.minute * 60 + starts_at.second + seconds) % _DAY
    return f"{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}"


def typed_order(sheet: Sheet, data: QueryDict) -> tuple[Change, ...]:
    """Read the form back into the changes it asks for; what is wrong is written on its row, with no change at all."""
    rows = _in_order(sheet, data)
    for row in rows:
        _read_row(row, data)
    sheet.rows = rows
    _read_lengths(sheet)
    starts_at = _read_start(sheet, data)
    if sheet.problems:
        return ()
    _act(rows, sheet, data.get("action", ""))
    changes = _timed(sheet, data)
    if (change := _ordered(sheet, starts_at)) is not None:
        changes.append(change)
    return tuple(changes)


def _in_order(sheet: Sheet, data: QueryDict) -> list[Row]:
    """The rows in the order the form sent them; one it does not name keeps its place at the end."""
    by_index = {str(row.index): row for row in sheet.rows}
    sent = [by_index.pop(index) for index in dict.fromkeys(data.getlist("row")) if index in by_index]
    return [*sent, *by_index.values()]


def _read_row(row: Row, data: Mapping[str, Any]) -> None:
    if f"title-{row.index}" not in data:
        return
    row.title = str(data[f"title-{row.index}"]).strip()[:_LONGEST]
    row.part = str(data.get(f"part-{row.index}", "")).strip()[:_LONGEST]
    state = str(data.get(f"state-{row.index}", row.state))
    row.state = state if state in STATES else row.state
    row.length = str(data.get(f"length-{row.index}", "")).strip()


def _read_lengths(sheet: Sheet) -> None:
    for row in sheet.rows:
        row.seconds = seconds_of(row.length) if row.length else None
        if row.length and row.seconds is None:
            row.problem = f"« {row.length} » n’est pas une durée. Écrivez 3:45, 3 min 45 ou 1:05:00."
        elif row.seconds is not None and row.seconds > _DAY:
            row.problem = f"« {row.length} » dépasse 24 heures."
    sheet.problems += [row.problem for row in sheet.rows if row.problem]


def _read_start(sheet: Sheet, data: Mapping[str, Any]) -> str:
    sheet.starts_at = str(data.get("starts_at", sheet.starts_at)).strip()
    try:
        return read_time(sheet.starts_at) if sheet.starts_at else ""
    except ValueError as error:
        sheet.problems.append(str(error))
        return ""


def _act(rows: list[Row], sheet: Sheet, action: str) -> None:
    """Do what one button asks besides saving: move a row, take it away, bring a scene in."""
    verb, _colon, what = action.partition(":")
    if verb == "add":
        scene = next((one for one in sheet.apart if one.id == what), None)
        if scene:
            rows.append(Row(-1, scene, "", rows[-1].part if rows else "", "kept", "", scene.seconds))
        return
    place = next((rank for rank, row in enumerate(rows) if str(row.index) == what), None)
    if place is None:
        return
    if verb == "remove":
        del rows[place]
    elif verb in ("up", "down"):
        other = place + (-1 if verb == "up" else 1)
        if 0 <= other < len(rows):
            rows[place], rows[other] = rows[other], rows[place]


def _timed(sheet: Sheet, data: QueryDict) -> list[Change]:
    changes: dict[str, Change] = {}
    for row in sheet.rows:
        if f"length-{row.index}" in data and row.seconds != row.scene.seconds:
            about = row.scene.about
            told = row.seconds is not None
            changes[about] = set_(about, seconds=str(row.seconds)) if told else set_(about, ("seconds",))
    return list(changes.values())


def _ordered(sheet: Sheet, starts_at: str) -> Change | None:
    old = values_of(sheet.order)
    kept = old.get("scenes", [])
    scenes = [_played(row, kept) for row in sheet.rows]
    values: dict[str, Any] = {}
    if scenes != kept:
        values["scenes"] = scenes
    was = sheet.order.starts_at.strftime("%H:%M") if sheet.order.starts_at else ""
    if starts_at[:5] != was and starts_at:
        values["starts_at"] = starts_at
    clear = ("starts_at",) if was and not starts_at else ()
    return set_(sheet.order.about, clear, **values) if values or clear else None


def _played(row: Row, kept: list[dict[str, Any]]) -> dict[str, Any]:
    """What a row says, over what its place already held."""
    values = dict(kept[row.index]) if 0 <= row.index < len(kept) else {"scene": row.scene.about}
    given = {"title": row.title, "part": row.part, "state": "" if row.state == "kept" else row.state}
    for name, value in given.items():
        values.pop(name, None)
        if value:
            values[name] = value
    return values


def first_order(dossier: Dossier, label: str) -> tuple[Change, ...]:
    """Make the order of a production that has none: every scene, as the text gives them."""
    taken = set(dossier.by_kind.get("running_order", {}))
    ident = next(name for rank in range(1, 1_000) if (name := f"ordre-{rank}") not in taken)
    scenes = [{"scene": scene.about} for scene in dossier.all(Scene)]
    made = add(f"running_order/{ident}", label=label, scenes=scenes)
    return (made, set_(dossier.production.about, running_order=made.about))
