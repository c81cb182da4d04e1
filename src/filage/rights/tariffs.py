"""Tariffs of authors’ rights and of the tax on shows, as data: base, payer, rate, source and doubts of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from filage.kernel import step as steps
from filage.kernel.step import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from filage.kernel.step import Step

RIGHTS, TAX, NEIGHBOURING, CONTRIBUTION = "rights", "tax", "neighbouring", "contribution"
PARIS = "75"


@dataclass(frozen=True, slots=True)
class Tariff:
    """One tariff: `rate` a fraction of its base, or None when only the organisation knows it."""

    id: str
    label: str
    organisation: str
    kind: str
    forms: tuple[str, ...]
    where: str
    base: str
    rate: Decimal | None
    payer: str
    basis: str
    note: str
    source: Source

    def step(self) -> Step | None:
        """Return its rate with its source; None when it must be asked."""
        if self.rate is None:
            return None
        return steps.law(f"{self.organisation}, {self.label.lower()}", self.rate, self.source, unit="rate")


WHERE: Mapping[str, Callable[[str | None], bool]] = {
    "anywhere": lambda _department: True,
    "paris": lambda department: department == PARIS,
    "outside_paris": lambda department: department != PARIS,
}
"""Where a tariff holds, from the department of the venue; an unknown one is taken as outside Paris."""

BASES: Mapping[str, str] = {
    "best": "la plus favorable de la billetterie HT et du prix de cession HT, frais d’approche compris",
    "box_office": "la billetterie HT",
    "tickets_or_fee": "la billetterie HT ; le prix de cession HT si l’entrée est gratuite",
    "assessed": "l’assiette des droits",
    "rights": "le montant brut HT des droits",
    "sacem": "les droits Sacem",
}
"""What a tariff is taken on, in words."""


@cache
def tariffs() -> Mapping[str, Tariff]:
    """Return every tariff of the data, by id."""
    folder = files("filage.data").joinpath("rights")
    names = sorted(one.name for one in folder.iterdir() if one.name.endswith(".yaml"))
    return {
        name.removesuffix(".yaml"): _tariff(
            name.removesuffix(".yaml"), folder.joinpath(name).read_text("utf-8")
        )
        for name in names
    }


def usual(form: str, department: str | None = None) -> tuple[Tariff, ...]:
    """Return the tariffs that such a production seems to fall under in that department, rights first."""
    order = (RIGHTS, TAX, NEIGHBOURING, CONTRIBUTION)
    found = [one for one in tariffs().values() if form in one.forms and WHERE[one.where](department)]
    return tuple(sorted(found, key=lambda one: (order.index(one.kind), one.rate is None, one.id)))


def _tariff(ident: str, text: str) -> Tariff:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data: dict[str, Any] = yaml.load(text, Loader=loader)  # noqa: S506  (both are safe)
    source = Source(
        f"rights.{ident}", data["source"], data["url"], date.fromisoformat(data["checked_on"]),
        data["confidence"], data.get("warning", ""),
    )  # fmt: skip
    rate = data.get("rate")
    return Tariff(
        ident, data["label"], data["organisation"], data["kind"], tuple(data["forms"]), data["where"],
        data["base"], None if rate is None else Decimal(rate), data["payer"], data["basis"],
        data.get("note", ""), source,
    )  # fmt: skip
