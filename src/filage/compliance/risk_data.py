"""What each risk asks for, as data: one file per risk under `data/risks`, each preparation with its source."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from filage.facts.script import Element
from filage.kernel.step import Source
from filage.kernel.text import fold

_FILMED = frozenset({"fiction", "documentary", "short_film", "music_video", "captation", "tv_show"})
_BLADES = (
    "couteau", "canif", "opinel", "cran d'arret", "epee", "fleuret", "rapiere", "sabre", "machette", "poignard",
    "dague", "hache", "matraque", "rasoir", "lame", "knife", "sword", "dagger", "axe", "razor", "rapier",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Situation:
    """What a condition looks at: the kind of production, whether a public is there, the element."""

    form: str
    audience: bool
    element: Element


CONDITIONS: Mapping[str, Callable[[Situation], bool]] = {
    "filmed": lambda one: one.form in _FILMED,
    "live": lambda one: one.form not in _FILMED,
    "audience": lambda one: one.audience,
    # a blade is named as one; anything else called a weapon may fire
    "firearm": lambda one: not any(blade in _name(one.element) for blade in _BLADES),
}
"""The conditions the files may name, all of which must hold."""


def _name(element: Element) -> str:
    return fold(f"{element.label} {element.source or ''}".replace("’", "'"))


@dataclass(frozen=True, slots=True)
class Preparation:
    """One thing to prepare: what, with whom, `days` before the date (`latest` when the text itself sets a limit).

    `obligation` tells a rule from a recommendation; `words` recognise a need that is already this one; `held` is the
    authorisation that settles it.
    """

    id: str
    label: str
    detail: str
    ask: str
    department: str
    days: int
    latest: int
    obligation: bool
    when: tuple[str, ...]
    words: tuple[str, ...]
    held: str
    basis: str
    source: Source

    def applies(self, situation: Situation) -> bool:
        """Whether it is asked for in this situation."""
        return all(CONDITIONS[name](situation) for name in self.when)

    def due_on(self, day: date) -> date:
        """The day by which it should be asked for."""
        return day - timedelta(days=self.days)

    def late_on(self, day: date) -> date:
        """The day after which it is late: the limit of the text when there is one."""
        return day - timedelta(days=self.latest)


@dataclass(frozen=True, slots=True)
class Risk:
    """One risk: who must be there, what must be prepared; `rehearsed` when a rehearsal already runs it."""

    id: str
    rehearsed: bool
    present: tuple[str, ...]
    preparations: tuple[Preparation, ...]


def risk(ident: str) -> Risk:
    """Return what one risk (a value of `Element.risks`) asks for."""
    return risks()[ident]


@cache
def risks() -> Mapping[str, Risk]:
    """Every risk the files describe, by id."""
    folder = files("filage.data").joinpath("risks")
    read = [_risk(one.read_text("utf-8")) for one in folder.iterdir() if one.name.endswith(".yaml")]
    return {one.id: one for one in sorted(read, key=lambda found: found.id)}


def _risk(text: str) -> Risk:
    data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  (both are safe)
    checked_on = date.fromisoformat(data["checked_on"])
    return Risk(
        data["id"],
        data["rehearsed"],
        tuple(data["present"]),
        tuple(_preparation(one, data["id"], checked_on) for one in data["preparations"]),
    )


def _preparation(row: dict[str, Any], risk: str, checked_on: date) -> Preparation:
    source = Source(
        f"risks.{risk}.{row['id']}", row["source"], row.get("url", ""), checked_on, row["confidence"]
    )
    return Preparation(
        id=row["id"],
        label=row["label"],
        detail=row["detail"],
        ask=row["ask"],
        department=row["department"],
        days=row["days"],
        latest=row.get("latest", row["days"]),
        obligation=row["obligation"],
        when=tuple(row["when"]),
        words=tuple(fold(word) for word in row["words"]),
        held=row.get("held", ""),
        basis=row["basis"],
        source=source,
    )
