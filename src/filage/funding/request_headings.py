"""The headings of a request and of the report that answers it: data, in the order of the form they look like."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from datetime import date

APPLICATION, REPORT = "application", "report"


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading: what is asked, the named proposal that may answer it, the area where its facts are written."""

    id: str
    label: str
    help: str = ""
    proposal: str = ""
    where: str = ""
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Headings under one title; `pairs` when they are read as a list of short answers."""

    id: str
    label: str
    headings: tuple[Heading, ...]
    pairs: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """The form a document looks like, where its layout was read, and how sure that is."""

    label: str
    form: str
    source: str
    checked_on: date
    confidence: str
    warning: str
    sections: tuple[Section, ...]

    def heading(self, ident: str) -> Heading | None:
        """The heading of an id, None when the form has none."""
        found = (one for section in self.sections for one in section.headings if one.id == ident)
        return next(found, None)


@cache
def form_of(purpose: str) -> Form:
    """Return the form of an `application` or of a `report`."""
    text = files("filage.data").joinpath(f"requests/{purpose}.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    sections = tuple(
        Section(
            one["id"],
            one["label"],
            tuple(Heading(**given) for given in one["headings"]),
            one.get("pairs", False),
        )
        for one in data["sections"]
    )
    return Form(
        data["label"], data["form"], data["source"], data["checked_on"], data["confidence"],
        data["warning"].strip(), sections,
    )  # fmt: skip
