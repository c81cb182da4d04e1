"""Casting: each role becomes a position to fill, and the days somebody is wanted for it are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from filage.facts.calendar import Event
from filage.facts.plan import Plan
from filage.facts.script import Element, Scene
from filage.facts.team import Engagement, Position
from filage.kernel.changes import Change, add
from filage.script.played import PLAYERS

if TYPE_CHECKING:
    from datetime import date

    from filage.facts.dossier import Dossier

_GROUPS = {
    "theatre": "dramatic",
    "street": "dramatic",
    "dance": "dancer",
    "circus": "circus",
    "opera": "lyric",
    "concert": "musician",
    "phonogram": "musician",
    "fiction": "interpreter",
    "short_film": "interpreter",
    "documentary": "interpreter",
    "music_video": "interpreter",
    "tv_show": "interpreter",
}
"""The population of an artist, by kind of production; absent where the trade does not say."""


def position_values(label: str, role: str, form: str, *, category: str = "cast") -> dict[str, Any]:
    """Return the values of the position that holds one role (`element/id`) in a kind of production."""
    extra = category == "extras"
    group = "extra" if extra else _GROUPS.get(form)
    values: dict[str, Any] = {
        "label": label,
        "status": "figurant" if extra else "artiste",
        "department": "artistic",
        "roles": [role],
    }
    return values | ({"job_group": group} if group else {})


def positions_for(roles: Iterable[Change], form: str) -> Iterator[Change]:
    """Give each role that is added its position to fill; other elements need none."""
    for role in roles:
        if role.kind == "element" and role.values.get("category", "cast") in PLAYERS:
            values = position_values(
                str(role.values["label"]), role.about, form, category=str(role.values.get("category", "cast"))
            )
            yield add(f"position/{role.id}", **values)


def position_of(dossier: Dossier, role: str) -> Position | None:
    """Return the position that holds a role: one that still lacks people first, else the first one."""
    held = [position for position in dossier.all(Position) if role in position.roles]
    filled = {(one.position, one.person) for one in dossier.all(Engagement)}
    counts = {about: sum(position == about for position, _ in filled) for about in (p.about for p in held)}
    return next((one for one in held if counts[one.about] < one.people), held[0] if held else None)


def days_wanted(dossier: Dossier, roles: Iterable[str], today: date) -> tuple[date, date] | None:
    """Return the first and last day somebody is wanted for roles: from today, else whenever.

    The days their scenes are planned, else the work plan’s; None when neither is known.
    """
    wanted = set(roles)
    scenes = {scene.about for scene in dossier.all(Scene) if wanted.intersection(scene.elements)}
    days = sorted(
        event.day
        for event in dossier.all(Event)
        if event.option != "cancelled" and scenes.intersection(event.scenes)
    )
    coming = [day for day in days if day >= today] or days
    if coming:
        return coming[0], coming[-1]
    plans = sorted(dossier.all(Plan), key=lambda plan: (plan.ends_on < today, plan.starts_on))
    return (plans[0].starts_on, plans[0].ends_on) if plans else None


def uncast(dossier: Dossier) -> tuple[Element, ...]:
    """List the roles nobody is engaged for."""
    engaged = {one.position for one in dossier.all(Engagement)}
    held = {role for one in dossier.all(Position) if one.about in engaged for role in one.roles}
    return tuple(one for one in dossier.all(Element) if one.category == "cast" and one.about not in held)
