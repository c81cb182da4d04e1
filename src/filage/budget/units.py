"""The units that lines count in: those already used, then the usual ones."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml

from filage.facts.budget import BudgetLine

if TYPE_CHECKING:
    from filage.facts.dossier import Dossier


@lru_cache(maxsize=1)
def usual_units() -> tuple[str, ...]:
    """The units proposed to everybody."""
    text = files("filage.data").joinpath("budget/units.yaml").read_text("utf-8")
    return tuple(yaml.safe_load(text))


def units_used(dossier: Dossier) -> tuple[str, ...]:
    """The units of a dossier's lines, the most used first, then the usual ones."""
    used = Counter(line.unit for line in dossier.all(BudgetLine) if line.unit)
    return tuple(dict.fromkeys([*(unit for unit, _ in used.most_common()), *usual_units()]))
