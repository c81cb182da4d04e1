"""The tax credits as read: one file per credit under `data/credits`, with the law it comes from and its doubts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from filage.funding.scheme_data import Condition
from filage.kernel.step import Source


@dataclass(frozen=True, slots=True)
class CreditData:
    """One tax credit: rates as fractions, ceilings in euros, what enters its base, unit caps, conditions, doubts.

    `per_minute` gives, by kind of work, the most the credit may be a minute: up to a cost a minute, so much.
    """

    id: str
    short: str
    label: str
    article: str
    forms: tuple[str, ...]
    until: date | None
    rate: Decimal
    rate_small: Decimal | None
    rate_by_form: Mapping[str, Decimal]
    ceiling_costs: Decimal | None
    ceiling_work: Decimal | None
    ceiling_company: Decimal | None
    per_minute: Mapping[str, tuple[tuple[Decimal | None, Decimal], ...]]
    base: tuple[str, ...]
    base_share: Decimal | None
    least_base: Mapping[str, Decimal]
    caps: Mapping[str, Decimal]
    performers_at_minimum: bool
    france: bool
    conditions: tuple[Condition, ...]
    sources: tuple[Source, ...]
    caps_source: Source
    doubts: tuple[str, ...]
    checked_on: date

    @property
    def source(self) -> Source:
        """Where its rates were read."""
        return self.sources[0]

    def in_force(self, day: date) -> bool:
        """Whether the bound read still covers a day."""
        return self.until is None or day <= self.until


@cache
def credits_known() -> Mapping[str, CreditData]:
    """Every tax credit of the data files, by id."""
    folder = files("filage.data").joinpath("credits")
    read = [_credit(one.read_text("utf-8")) for one in folder.iterdir() if one.name.endswith(".yaml")]
    return {one.id: one for one in sorted(read, key=lambda credit: credit.id)}


def credits_for(form: str) -> tuple[CreditData, ...]:
    """The tax credits that concern a kind of production."""
    return tuple(one for one in credits_known().values() if form in one.forms)


def _credit(text: str) -> CreditData:
    data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  (both are safe)
    ident, checked_on, confidence = data["id"], date.fromisoformat(data["checked_on"]), data["confidence"]
    warning = data["doubts"][0] if data["doubts"] else ""
    sources = tuple(
        Source(f"credits.{ident}.{n}", f"{data['article']} ; {one['title']}" if n == 0 else one["title"],
               one.get("url", ""), checked_on, confidence, warning)
        for n, one in enumerate(data["sources"])
    )  # fmt: skip
    return CreditData(
        id=ident,
        short=data["short"],
        label=data["label"],
        article=data["article"],
        forms=tuple(data["forms"]),
        until=date.fromisoformat(data["until"]) if "until" in data else None,
        rate=Decimal(data["rate"]),
        rate_small=_amount(data, "rate_small"),
        rate_by_form=_amounts(data.get("rate_by_form", {})),
        ceiling_costs=_amount(data, "ceiling_costs"),
        ceiling_work=_amount(data, "ceiling_work"),
        ceiling_company=_amount(data, "ceiling_company"),
        per_minute={
            form: tuple(_stair(row) for row in rows) for form, rows in data.get("per_minute", {}).items()
        },
        base=tuple(data["base"]),
        base_share=_amount(data, "base_share"),
        least_base=_amounts(data.get("least_base", {})),
        caps=_amounts(data["caps"]),
        performers_at_minimum=data.get("performers_at_minimum", False),
        france=data["france"],
        conditions=tuple(
            Condition(
                row["check"],
                row["text"],
                {k: v for k, v in row.items() if k not in ("check", "text")},
                confidence,
            )
            for row in data["conditions"]
        ),
        sources=sources,
        caps_source=Source(
            f"credits.{ident}.caps", data["caps_source"], "", checked_on, data["caps_confidence"]
        ),
        doubts=tuple(data["doubts"]),
        checked_on=checked_on,
    )


def _amount(data: Mapping[str, Any], name: str) -> Decimal | None:
    return Decimal(data[name]) if name in data else None


def _amounts(data: Mapping[str, str]) -> dict[str, Decimal]:
    return {name: Decimal(value) for name, value in data.items()}


def _stair(row: list[str | None]) -> tuple[Decimal | None, Decimal]:
    under, cap = row
    return (None if under is None else Decimal(under), Decimal(cap or 0))
