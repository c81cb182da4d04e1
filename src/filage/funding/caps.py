"""Ceilings of public money: those of the aids in the plan, those of the trade, and the usual reference."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from filage.funding.catalogue import scheme_of
from filage.kernel import step as steps
from filage.kernel.step import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filage.funding.situation import Situation
    from filage.kernel.step import Step


@dataclass(frozen=True, slots=True)
class Cap:
    """A ceiling on public money: its rate, what it holds for, its source; `usual` is a reference and binds nobody."""

    id: str
    label: str
    rate: Decimal
    forms: tuple[str, ...]
    scope: str
    source: Source
    usual: bool = False


@dataclass(frozen=True, slots=True)
class CapSeen:
    """A ceiling and the share of a plan; `about` is the source of the plan it comes with, else the production."""

    cap: Cap
    share: Step
    room: Step
    about: str

    @property
    def passed(self) -> bool:
        """Whether public money is over it."""
        return self.share.value > self.cap.rate


@cache
def caps() -> tuple[Cap, ...]:
    """The ceilings of the data file, in its order."""
    text = files("filage.data").joinpath("funding/caps.yaml").read_text("utf-8")
    return tuple(_cap(row) for row in yaml.safe_load(text))


def caps_of(situation: Situation) -> tuple[CapSeen, ...]:
    """The ceilings that bear on a plan, the aids' own first; the usual reference only when there is no other."""
    if not situation.expense.value:
        return ()
    found = {(cap.label, cap.rate): (cap, about) for cap, about in _own_caps(situation)}
    form, about = situation.form, situation.dossier.production.about
    for cap in caps():
        if form in cap.forms and cap.rate not in {rate for _label, rate in found}:
            found[cap.label, cap.rate] = (cap, about)
    if not found:
        found = {(cap.label, cap.rate): (cap, about) for cap in caps() if cap.usual}
    public = situation.amount_of(("public",))
    return tuple(_seen(cap, about, public, situation.expense) for cap, about in found.values())


def _own_caps(situation: Situation) -> Iterator[tuple[Cap, str]]:
    """The ceilings that the schemes asked in the plan set."""
    for funding in situation.fundings:
        data = scheme_of(funding, situation.dossier)
        for one in data.conditions if data else ():
            if data and one.check == "public_share":
                rate = Decimal(str(one.asked["at_most"]))
                yield (
                    Cap(f"scheme/{data.id}", data.name, rate, data.forms, one.text, data.source),
                    funding.about,
                )


def _seen(cap: Cap, about: str, public: Step, expense: Step) -> CapSeen:
    share = steps.rounded(steps.quotient("Part d’argent public", public, expense, unit="rate"), "rate4")
    ceiling = steps.law("Argent public au plus", cap.rate, cap.source, unit="rate")
    allowed = steps.product("Argent public possible", expense, ceiling)
    return CapSeen(cap, share, steps.difference("Place qui reste", allowed, public), about)


def _cap(row: dict[str, Any]) -> Cap:
    checked_on = date.fromisoformat(row["checked_on"])
    source = Source(f"funding.caps.{row['id']}", row["source"], row["url"], checked_on, row["confidence"])
    return Cap(
        row["id"],
        row["label"],
        Decimal(row["rate"]),
        tuple(row["forms"]),
        row["scope"],
        source,
        row.get("usual", False),
    )
