"""The catalogue of schemes as read: one file per scheme under `data/schemes`, the structure's own beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from filage.kernel.step import Source

if TYPE_CHECKING:
    from collections.abc import Iterable
    from importlib.resources.abc import Traversable

    from filage.facts.funding import Scheme as OwnScheme

BY_HAND = "by_hand"
Asked = Mapping[str, Any]
"""What a condition asks, by name: `at_least`, `at_most`, `by_form`…"""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a scheme: its words, the named check that computes it, and what is asked."""

    check: str
    text: str
    asked: Asked
    confidence: str


@dataclass(frozen=True, slots=True)
class SchemeData:
    """One scheme: who gives, to whom, how much, when, on which conditions, from which sources.

    `forms` are the kinds of production concerned, all when empty; `amount` is said in words, `formula` names what
    computes it; `deadlines` are the days read, past ones included; `researched` is false for a name without its rules.
    """

    id: str
    body: str
    label: str
    nature: str
    forms: tuple[str, ...]
    who: str
    amount: str
    formula: Asked
    conditions: tuple[Condition, ...]
    calendar: str
    deadlines: tuple[date, ...]
    pieces: tuple[str, ...]
    obligations: tuple[str, ...]
    report: str
    sources: tuple[Source, ...]
    checked_on: date | None
    confidence: str
    doubt: str = ""
    researched: bool = True
    own: bool = False

    @property
    def name(self) -> str:
        """How it is called in a plan: who gives, then the scheme."""
        return f"{self.body} : {self.label}" if self.body else self.label

    @property
    def source(self) -> Source:
        """The main source, for a figure or a finding; without one, the catalogue itself."""
        if self.sources:
            return self.sources[0]
        return Source(f"schemes.{self.id}", "Catalogue : à relever", "", self.checked_on, self.confidence)

    def concerns(self, form: str) -> bool:
        """Whether it is meant for this kind of production."""
        return not self.forms or form in self.forms

    def next_deadlines(self, today: date) -> tuple[date, ...]:
        """The days of deposit still to come, the nearest first."""
        return tuple(sorted(day for day in self.deadlines if day >= today))


@cache
def schemes() -> Mapping[str, SchemeData]:
    """Every scheme of the catalogue, by id."""
    found = (
        scheme(one.name.removesuffix(".yaml")) for one in _folder().iterdir() if one.name[-5:] == ".yaml"
    )
    return {one.id: one for one in sorted((each for each in found if each), key=lambda each: each.id)}


@cache
def scheme(ident: str) -> SchemeData | None:
    """One scheme of the catalogue; None when there is none of that id."""
    if not ident.replace("_", "").isalnum():
        return None
    file = _folder().joinpath(f"{ident}.yaml")
    return _scheme(file.read_text("utf-8")) if file.is_file() else None


def catalogue(own: Iterable[OwnScheme]) -> Mapping[str, SchemeData]:
    """The catalogue and the structure's own schemes; on one id, the structure's own wins."""
    return {**schemes(), **{one.id: own_scheme(one) for one in own}}


def own_scheme(fact: OwnScheme) -> SchemeData:
    """A scheme the structure wrote, read like those of the catalogue; without source or day, to be checked."""
    confidence = "one_source" if fact.source and fact.checked_on else "uncertain"
    asked: list[tuple[str, str, Asked]] = []
    if fact.public_ceiling is not None:
        asked.append(
            (
                "public_share",
                "Argent public : un plafond, cette aide comprise.",
                {"at_most": fact.public_ceiling},
            )
        )
    if fact.performances:
        asked.append(
            (
                "performances",
                f"{fact.performances} représentations au moins.",
                {"at_least": fact.performances},
            )
        )
    asked += [(BY_HAND, text, {}) for text in fact.conditions]
    formula: dict[str, Any] = {}
    if fact.share_of_budget is not None:
        formula = {"name": "share_of_budget", "rate": fact.share_of_budget, "ceiling": fact.highest}
    elif fact.highest is not None:
        formula = {"name": "ceiling", "ceiling": fact.highest}
    address = fact.source or ""
    url = address if address.startswith("http") else ""
    sources = (
        (Source(fact.about, f"Structure : {address}", url, fact.checked_on, confidence),) if address else ()
    )
    return SchemeData(
        id=fact.id, body=fact.body, label=fact.label, nature=fact.nature, forms=fact.forms, who="", amount="",
        formula=formula, conditions=tuple(Condition(*one, confidence) for one in asked), calendar="",
        deadlines=fact.deadlines, pieces=fact.pieces, obligations=(), report="", sources=sources,
        checked_on=fact.checked_on, confidence=confidence, own=True,
        doubt="" if confidence != "uncertain" else "Source ou jour de lecture absent.",
    )  # fmt: skip


def _folder() -> Traversable:
    return files("filage.data").joinpath("schemes")


def _scheme(text: str) -> SchemeData:
    data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  (both are safe)
    checked_on = date.fromisoformat(data["checked_on"])
    confidence, doubt = data["confidence"], data.get("doubt", "")
    return SchemeData(
        id=data["id"],
        body=data["body"],
        label=data["label"],
        nature=data["nature"],
        forms=tuple(data["forms"]),
        who=data.get("who", ""),
        amount=data.get("amount", ""),
        formula=data.get("formula", {}),
        conditions=tuple(_condition(one, confidence) for one in data["conditions"]),
        calendar=data.get("calendar", ""),
        deadlines=tuple(date.fromisoformat(one) for one in data.get("deadlines", ())),
        pieces=tuple(data.get("pieces", ())),
        obligations=tuple(data.get("obligations", ())),
        report=data.get("report", ""),
        sources=tuple(
            Source(
                f"schemes.{data['id']}.{n}", one["title"], one.get("url", ""), checked_on, confidence, doubt
            )
            for n, one in enumerate(data["sources"])
        ),
        checked_on=checked_on,
        confidence=confidence,
        doubt=doubt,
        researched=data["status"] == "ok",
    )


def _condition(row: dict[str, Any], confidence: str) -> Condition:
    asked = {key: value for key, value in row.items() if key not in ("check", "text", "confidence")}
    return Condition(row["check"], row["text"], asked, row.get("confidence", confidence))
