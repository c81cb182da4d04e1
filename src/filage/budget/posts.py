"""The chapters of a budget and where a computed line goes when nobody said."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml

from filage.facts.budget import BudgetPost

if TYPE_CHECKING:
    from filage.facts.dossier import Dossier

_TEAM = {"artistic": "10", "technical": "20", "production": "50"}
PLATEAU, TRAVEL, CREATION_TRAVEL, INCOME = "70", "80", "40", "produits"


@lru_cache(maxsize=1)
def _default_posts() -> tuple[BudgetPost, ...]:
    text = files("filage.data").joinpath("budget/posts.yaml").read_text("utf-8")
    return tuple(BudgetPost(id=f"p{post['code']}", **post) for post in yaml.safe_load(text))


def posts_of(dossier: Dossier) -> tuple[BudgetPost, ...]:
    """Return the chapters of a dossier in order: its own, else the usual ones of live performance."""
    return dossier.all(BudgetPost) or _default_posts()


def pay_post(department: str, phase: str, own: str | None) -> str:
    """The chapter of a pay line."""
    return own or (PLATEAU if phase == "exploitation" else _TEAM[department])


def travel_post(phase: str, own: str | None) -> str:
    """The chapter of a travel line."""
    return own or (TRAVEL if phase == "exploitation" else CREATION_TRAVEL)
