"""Variants of a dossier: differences only."""

from __future__ import annotations

from typing import Annotated

from filage.facts.base import Choice, Fact, RefTo, many, maybe, say
from filage.facts.scalars import Text
from filage.kernel.changes import Change


class Scenario(Fact):
    """What would be different: changes over a base, kept until adopted or dropped."""

    kind = "scenario"
    title = "Scénario"
    collection = "scenarios"

    label: Text = say("Nom")
    purpose: Text | None = maybe("À quoi il répond")
    base: Annotated[str, RefTo("scenario")] | None = maybe(
        "Part de", "Un autre scénario ; absent : la référence."
    )
    use: Annotated[str, Choice(variant="Variante", plan_b="Plan B")] = say("Usage", default="variant")
    changes: tuple[Change, ...] = many("Différences")
