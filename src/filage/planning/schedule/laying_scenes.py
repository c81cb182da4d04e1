"""The scenes a plan lays: how long each one takes, at which moment of the day, and the events that play them now."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from filage.facts.calendar import Event
from filage.facts.script import Scene, Shot
from filage.kernel.text import fold
from filage.planning.schedule.laying_places import Places, set_key
from filage.planning.schedule.laying_problem import ToLay, minutes_of, rounded_up

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import time

    from filage.facts.dossier import Dossier
    from filage.facts.plan import Plan
    from filage.planning.schedule.laying_people import People

WORDS_A_MINUTE = 130
REHEARSED = 12
"""Minutes of rehearsal for a minute said, when nobody gave the time of a scene: our estimate, told as such."""
LEAST_REHEARSED = 20
EVENT_TYPES = {"shoot": ("shoot", "recording"), "rehearse": ("rehearsal",)}
Moment = Literal["", "dawn", "dusk", "evening", "dark"]
Period = Literal["day", "night", "any"]
MOMENTS: tuple[tuple[str, Period, Moment], ...] = (
    (r"aube|lever d|petit matin|petit jour|dawn|sunrise", "day", "dawn"),
    (r"crepuscule|coucher d|tombee|chien et loup|dusk|sunset", "any", "dusk"),
    (r"nuit|night|minuit|midnight", "night", "dark"),
    (r"soir|evening", "night", "evening"),
    (r"jour|day|matin|morning|midi|noon", "day", ""),
)
"""How the moment of a scene is read, the first that fits."""


def moment_of(written: str | None) -> tuple[Period, Moment]:
    """At which period a scene is shot, from the moment the script gives; any when it says nothing we know."""
    text = fold(written or "")
    for pattern, period, moment in MOMENTS:
        if re.search(rf"\b({pattern})", text):
            return period, moment
    return "any", ""


def scenes_to_lay(
    dossier: Dossier,
    plan: Plan,
    played: Sequence[Scene],
    places: Places,
    people: People,
) -> tuple[list[ToLay], list[str]]:
    """The scenes of a plan, long rehearsals cut into services, and what had to be assumed of them."""
    shots = _shots(dossier)
    found: list[ToLay] = []
    guessed: list[str] = []
    estimated: list[str] = []
    nowhere: dict[str, None] = {}
    for scene in played:
        name = scene.number or scene.label
        minutes = _shooting(scene, shots, plan) if plan.type == "shoot" else _rehearsing(scene)
        if plan.type == "rehearse" and scene.minutes is None:
            guessed.append(name)
        if plan.type == "shoot" and scene.estimated and scene.minutes is None:
            estimated.append(name)
        venue = places.of(scene) if plan.type == "shoot" else (plan.venue or "")
        if plan.type == "shoot" and not venue:
            nowhere[scene.set or scene.label] = None
        one = _to_lay(scene, name, minutes, venue, people)
        found += _pieces(one, plan) if plan.type == "rehearse" else [one]
    return found, _assumed(guessed, estimated, list(nowhere))


def _assumed(guessed: list[str], estimated: list[str], nowhere: list[str]) -> list[str]:
    told = []
    if guessed:
        told.append(
            f"Temps de répétition estimé ({REHEARSED} minutes par minute dite, {WORDS_A_MINUTE} mots par minute, "
            f"{LEAST_REHEARSED} minutes au moins) : scènes {_list(guessed)}."
        )
    if estimated:
        told.append(f"Huitièmes estimés, non mesurés : scènes {_list(estimated)}.")
    if nowhere:
        told.append(f"Décors sans lieu, sans déplacement compté : {_list(nowhere)}.")
    return told


def _list(names: list[str], most: int = 12) -> str:
    more = f" et {len(names) - most} autres" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _to_lay(scene: Scene, name: str, minutes: int, venue: str, people: People) -> ToLay:
    period, moment = moment_of(scene.time)
    return ToLay(
        scene=scene.about,
        name=name,
        minutes=rounded_up(minutes),
        eighths=scene.eighths or 0,
        set=set_key(scene),
        venue=venue,
        people=people.of(scene),
        period=period,
        moment=moment,
        exterior=scene.int_ext in ("EXT", "INT/EXT"),
    )


def _shots(dossier: Dossier) -> dict[str, int]:
    """The minutes of the shots of each scene, where every shot of it has its own."""
    minutes: dict[str, list[int | None]] = defaultdict(list)
    for shot in dossier.all(Shot):
        minutes[shot.scene].append(shot.minutes)
    return {
        scene: sum(one for one in each if one)
        for scene, each in minutes.items()
        if all(one is not None for one in each)
    }


def _shooting(scene: Scene, shots: dict[str, int], plan: Plan) -> int:
    """Minutes to shoot a scene: given, else those of its shots, else by its eighths; 0 when nothing says."""
    if scene.minutes is not None:
        return scene.minutes
    return shots.get(scene.about) or (scene.eighths or 0) * plan.minutes_per_eighth


def _rehearsing(scene: Scene) -> int:
    if scene.minutes is not None:
        return scene.minutes
    return max(LEAST_REHEARSED, REHEARSED * (scene.words or 0) // WORDS_A_MINUTE)


def _pieces(one: ToLay, plan: Plan) -> list[ToLay]:
    """A scene longer than the longest service, in equal pieces; a rehearsal knows neither day nor night."""
    lengths = [_length(service.start, service.end) for service in plan.services]
    longest = max(lengths, default=0)
    plain = replace(one, period="any", moment="", exterior=False, set="", venue=plan.venue or "")
    if not longest or one.minutes <= longest:
        return [plain]
    count = -(-one.minutes // longest)
    each = rounded_up(-(-one.minutes // count))
    return [
        replace(plain, piece=f"{n}/{count}", name=f"{one.name} ({n}/{count})", minutes=min(each, longest))
        for n in range(1, count + 1)
    ]


def _length(start: time, end: time) -> int:
    first, last = minutes_of(start), minutes_of(end)
    return (last if last > first else last + 1_440) - first


def owned_events(dossier: Dossier, plan: Plan) -> tuple[Event, ...]:
    """The events a plan lays: those of its sort, within its days, that play scenes or bear its name."""
    return tuple(
        event
        for event in dossier.all(Event)
        if event.type in EVENT_TYPES[plan.type]
        and plan.starts_on <= event.day <= plan.ends_on
        and event.option != "cancelled"
        and (event.scenes or event.id.startswith(f"{plan.id}-"))
    )
