"""The order played after a new version: it follows the text where it followed it, and keeps what was moved by hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from filage.facts.script import Played, RunningOrder

Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Moves:
    """What becomes of scenes (`scene/id`): to add, to mark cut, to let go, and those that come back."""

    new: Collection[str]
    cut: Collection[str]
    gone: Collection[str]
    back: Collection[str]


Parts = Mapping[str, tuple[str | None, str | None]]
"""The part each text puts a scene in, the former one first."""


def new_entries(
    order: RunningOrder | None, moves: Moves, *, before: Sequence[str], after: Sequence[str], parts: Parts
) -> list[Entry]:
    """Return the places of the order played, as file values; a part named by hand is kept.

    `before` and `after` are the scenes in the order of each text, `before` empty when it is not at hand.
    """
    entries = [_carried(entry_of(played), moves, parts) for played in (order.scenes if order else ())]
    entries = [entry for entry in entries if entry["scene"] not in moves.gone]
    played = [entry["scene"] for entry in entries]
    known, still = set(before), set(played)
    in_text = [scene for scene in played if scene in known]
    if in_text and in_text == [scene for scene in before if scene in still]:
        entries = _following(entries, [scene for scene in after if scene in still])
    for rank, scene in enumerate(after):
        if scene in moves.new:
            _insert(entries, _added(scene, parts), after[:rank])
    return entries


def entry_of(played: Played) -> Entry:
    """One place of an order as file values."""
    return played.model_dump(mode="json", exclude_none=True, exclude_defaults=True)


def _added(scene: str, parts: Parts) -> Entry:
    part = parts.get(scene, (None, None))[1]
    return {"scene": scene} | ({"part": part} if part else {})


def _carried(entry: Entry, moves: Moves, parts: Parts) -> Entry:
    """One place carried over: cut when its scene is, in its new part unless somebody named it."""
    if entry["scene"] in moves.cut:
        return {**entry, "state": "cut"}
    if entry["scene"] in moves.back:
        return {key: value for key, value in entry.items() if key != "state"}
    old, new = parts.get(entry["scene"], (None, None))
    if new != old and entry.get("part") == old:
        entry = {key: value for key, value in entry.items() if key != "part"} | ({"part": new} if new else {})
    return entry


def _following(entries: list[Entry], wanted: Sequence[str]) -> list[Entry]:
    """Put the places in the order of the text; one the text does not name stays after what came before it."""
    by_scene = {entry["scene"]: entry for entry in entries}
    found = [by_scene[scene] for scene in wanted]
    named = set(wanted)
    for rank, entry in enumerate(entries):
        if entry["scene"] not in named:
            _insert(found, entry, [one["scene"] for one in entries[:rank]])
    return found


def _insert(entries: list[Entry], entry: Entry, earlier: Sequence[str]) -> None:
    """Insert a place after the nearest of those that come before it; first when there is none."""
    places = {one["scene"]: rank for rank, one in enumerate(entries)}
    near = next((places[scene] for scene in reversed(earlier) if scene in places), -1)
    entries.insert(near + 1, entry)
