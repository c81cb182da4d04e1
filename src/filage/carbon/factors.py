"""Emission factors of journeys, nights and meals: data with their sources, in kilograms of CO2 equivalent a unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from filage.kernel import step as steps
from filage.kernel.step import Source

if TYPE_CHECKING:
    from filage.kernel.step import Step

KILOGRAMS = "kg CO2e"


@dataclass(frozen=True, slots=True)
class Factor:
    """What one unit emits, for one mode of travel up to a distance in kilometres (None: any)."""

    label: str
    unit: str
    value: Decimal
    mode: str
    up_to: Decimal | None
    source: Source

    def step(self) -> Step:
        """The factor as a reason, with its source."""
        return steps.law(self.label, self.value, self.source, unit=f"kg CO2e/{self.unit}")


def factor_of(mode: str, distance: Decimal | None = None) -> Factor | None:
    """Return the factor of a mode at a distance in kilometres; None when no figure is known for that mode."""
    for factor in factors():
        if factor.mode == mode and (factor.up_to is None or (distance or Decimal(0)) <= factor.up_to):
            return factor
    return None


@lru_cache(maxsize=1)
def factors() -> tuple[Factor, ...]:
    """Return every factor, the nearest band of a mode first."""
    tree = yaml.safe_load(files("filage.data").joinpath("carbon/travel.yaml").read_text("utf-8"))
    return tuple(_factor(row, tree) for row in tree["factors"])


def _factor(row: dict[str, Any], tree: dict[str, Any]) -> Factor:
    origin = tree["sources"][row["source"]]
    code = f", fiche {row['code']}" if "code" in row else ""
    warning = row.get("warning") or origin.get("warning", "")
    source = Source(
        id=f"carbon.{row['id']}",
        title=f"{origin['title']}{code}",
        url=origin["url"],
        checked_on=date.fromisoformat(tree["checked_on"]),
        confidence="uncertain" if row.get("warning") else origin["confidence"],
        warning=warning,
    )
    bound = row.get("up_to")
    return Factor(
        row["label"], row["unit"], Decimal(str(row["value"])), row["mode"], None if bound is None else Decimal(bound),
        source,
    )  # fmt: skip
