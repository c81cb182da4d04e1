"""The storyboard: the shots of each scene with their frames, put in order, timed, moved to another scene."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.http import QueryDict

from filage.facts.dossier import Dossier
from filage.facts.script import Scene, Shot
from filage.kernel.changes import Change, add, remove, set_
from filage.script.played import played_scenes
from filage_web.script.texts import base_name

_PARTS: Final = re.compile(r"(\d+)")
_LONGEST: Final = 2_000
_MOST_MINUTES: Final = 1_440


@dataclass(slots=True)
class Frame:
    """One shot as the page draws it."""

    shot: Shot
    number: str
    label: str
    size: str
    minutes: str
    image: bool
    """Whether its image is there."""
    missing: str
    """The name of an image that is not there any more."""
    scene: str = ""
    """Its scene as one names it: its number, else its id."""
    lost: bool = False
    """Whether the scene typed is none."""
    problem: str = ""


@dataclass(slots=True)
class Strip:
    """The shots of one scene, in their order."""

    scene: Scene
    number: str
    title: str
    frames: list[Frame] = field(default_factory=list)

    @property
    def key(self) -> str:
        """How one names the scene: its number, else its id."""
        return self.number or self.scene.id

    @property
    def minutes(self) -> int:
        """What its shots take together."""
        return sum(int(frame.minutes) for frame in self.frames if frame.minutes.isdigit())


@dataclass(slots=True)
class Board:
    """The whole storyboard."""

    strips: list[Strip]
    problems: list[str] = field(default_factory=list)

    @property
    def frames(self) -> list[Frame]:
        """Every shot."""
        return [frame for strip in self.strips for frame in strip.frames]

    @property
    def drawn(self) -> list[Strip]:
        """The scenes that have shots."""
        return [strip for strip in self.strips if strip.frames]

    @property
    def without(self) -> list[Frame]:
        """The shots whose image is not there."""
        return [frame for frame in self.frames if not frame.image]

    @property
    def minutes(self) -> int:
        """What all shots take together."""
        return sum(strip.minutes for strip in self.strips)


def board_of(dossier: Dossier, files: Collection[str]) -> Board:
    """Draw the storyboard up: scenes in the order played, then the others."""
    strips = {
        one.scene.about: Strip(one.scene, one.scene.number or "", one.title) for one in played_scenes(dossier)
    }
    for scene in dossier.all(Scene):
        strips.setdefault(scene.about, Strip(scene, scene.number or "", scene.label))
    for shot in sorted(dossier.all(Shot), key=_place):
        if shot.scene in strips:
            strip = strips[shot.scene]
            strip.frames.append(_frame(shot, strip.key, files))
    return Board(list(strips.values()))


def _place(shot: Shot) -> tuple[list[tuple[int, str]], str]:
    """« 10/2 » comes before « 10/10 »; a shot without number comes last."""
    parts = _PARTS.split((shot.number or "\N{REPLACEMENT CHARACTER}").casefold())
    return [
        (int(part), "") if part.isdigit() else (-1 if not part else 10**9, part) for part in parts
    ], shot.id


def _frame(shot: Shot, scene: str, files: Collection[str]) -> Frame:
    name = base_name(shot.file or "")
    there = bool(name) and name in files
    minutes = str(shot.minutes) if shot.minutes is not None else ""
    return Frame(
        shot,
        shot.number or "",
        shot.label or "",
        shot.size or "",
        minutes,
        there,
        "" if there else name,
        scene,
    )


def typed_board(board: Board, data: QueryDict) -> tuple[Change, ...]:
    """Read the form back: order, words, minutes, scene of each shot; what is wrong is written on its shot."""
    by_id = {frame.shot.id: frame for frame in board.frames}
    sent = [by_id[ident] for ident in dict.fromkeys(data.getlist("shot")) if ident in by_id]
    named = {key.casefold(): strip.scene.id for strip in board.strips for key in (strip.scene.id, strip.key)}
    for frame in sent:
        _read(frame, data, named)
    board.problems = [frame.problem for frame in sent if frame.problem]
    if board.problems:
        return ()
    verb, _colon, ident = data.get("action", "").partition(":")
    if verb == "remove" and ident in by_id:
        return (remove(by_id[ident].shot.about),)
    scenes = {strip.scene.id: strip.scene for strip in board.strips}
    before = {strip.scene.id: [frame.shot.id for frame in strip.frames] for strip in board.strips}
    after: dict[str, list[str]] = {scene: [] for scene in before}
    rest = [frame for frame in board.frames if frame.shot.id not in data.getlist("shot")]
    for frame in [*sent, *rest]:
        after[named[frame.scene.casefold()]].append(frame.shot.id)
    _step(after, verb, ident)
    changes = []
    for scene, idents in after.items():
        renumber = idents != before[scene]
        for rank, one in enumerate(idents, 1):
            number = shot_number(scenes[scene], rank) if renumber else by_id[one].shot.number
            if change := _change(by_id[one], scenes[scene], number):
                changes.append(change)
    return tuple(changes)


def _read(frame: Frame, data: Mapping[str, Any], named: Mapping[str, str]) -> None:
    ident = frame.shot.id
    frame.scene = str(data.get(f"scene-{ident}", frame.scene)).strip()
    frame.lost = frame.scene.casefold() not in named
    frame.label = str(data.get(f"label-{ident}", frame.label)).strip()[:_LONGEST]
    frame.size = str(data.get(f"size-{ident}", frame.size)).strip()[:200]
    frame.minutes = str(data.get(f"minutes-{ident}", frame.minutes)).strip()
    if frame.lost:
        known = "le numéro d’une scène de la liste"
        frame.problem = f"Plan {frame.number} : « {frame.scene} » n’est pas une scène. Écrivez {known}."
    elif frame.minutes and not (frame.minutes.isascii() and frame.minutes.isdigit()):
        frame.problem = (
            f"Plan {frame.number} : « {frame.minutes} » n’est pas un nombre de minutes. Écrivez 40."
        )
    elif frame.minutes and int(frame.minutes) > _MOST_MINUTES:
        frame.problem = f"Plan {frame.number} : {frame.minutes} minutes, c’est plus d’un jour."


def _step(order: dict[str, list[str]], verb: str, ident: str) -> None:
    """Move one shot by one place within its scene."""
    for idents in order.values():
        if ident in idents and verb in ("up", "down"):
            place = idents.index(ident)
            other = place + (-1 if verb == "up" else 1)
            if 0 <= other < len(idents):
                idents[place], idents[other] = idents[other], idents[place]
            return


def shot_number(scene: Scene, rank: int) -> str:
    """Number a shot by its scene: « 10/2 »."""
    return f"{scene.number or scene.id}/{rank}"


def _change(frame: Frame, scene: Scene, number: str | None) -> Change | None:
    told = {
        "scene": scene.about,
        "number": number,
        "label": frame.label or None,
        "size": frame.size or None,
        "minutes": frame.minutes or None,
    }
    old = frame.shot
    was = {name: getattr(old, name) for name in told} | {
        "minutes": None if old.minutes is None else str(old.minutes)
    }
    values = {name: value for name, value in told.items() if value is not None and value != was[name]}
    clear = tuple(name for name, value in told.items() if value is None and was[name] is not None)
    return set_(old.about, clear, **values) if values or clear else None


def shots_with(board: Board, scene: Scene, names: list[str], taken: set[str]) -> tuple[Change, ...]:
    """Give images to the shots of a scene that have none, in their order, then make a shot of each one left."""
    frames = next((strip.frames for strip in board.strips if strip.scene.about == scene.about), [])
    bare = [frame.shot for frame in frames if not frame.image]
    filled = [set_(shot.about, file=name) for shot, name in zip(bare, names, strict=False)]
    return (*filled, *_new_shots(scene, len(frames), names[len(filled) :], taken))


def _new_shots(scene: Scene, rank: int, names: list[str], taken: set[str]) -> Iterator[Change]:
    for name in names:
        rank += 1
        base = f"{scene.id}-{rank}"
        found = (base if extra == 1 else f"{base}-{extra}" for extra in range(1, 100_000))
        ident = next(one for one in found if one not in taken)
        taken.add(ident)
        yield add(f"shot/{ident}", scene=scene.about, number=shot_number(scene, rank), file=name)
