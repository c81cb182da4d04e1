"""What a reader must know of a heading or a line before relying on it: one text, one number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.budget.views.places import BY_WORDS
from filage.kernel import french
from filage.kernel.text import sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from filage.budget.views.laying import Branch, Entry, LaidOut

DOUBTFUL = "Intitulé reconstitué d’après l’usage : à vérifier sur le modèle en vigueur."
CUSTOM = "Intitulé d’usage ou propre à Filage, absent du modèle officiel."
GUESSED = "Placée d’après son libellé : à vérifier."
UNCERTAIN = "Montant à vérifier : il dépend d’une valeur que Filage n’a pas lue dans un texte en vigueur."
INCOMPLETE = "Montant incomplet : un taux manque."
UNPLACED = "Sans place dans cette présentation : elle compte dans le total, sous aucun intitulé."

SHORT = {UNCERTAIN: "à vérifier", GUESSED: "place à vérifier", INCOMPLETE: "incomplet : un taux manque"}
"""How a line of a workbook says what a note says in full."""


def branch_notes(branch: Branch) -> tuple[str, ...]:
    """Return what must be known of a heading that holds something."""
    if branch.is_empty:
        return ()
    node = branch.node
    told = ((node.doubtful, DOUBTFUL), (node.custom, CUSTOM), (not node.code, UNPLACED))
    return tuple(text for true, text in told if true)


def entry_notes(entry: Entry) -> tuple[str, ...]:
    """Return what must be known of a line."""
    row = entry.row
    told = [GUESSED] if entry.how == BY_WORDS else []
    if row.override is not None:
        computed = french.euro(row.step.value)
        told.append(
            sentence(f"{row.label} : remplacé à la main, le calcul donne {computed} : {row.override}")
        )
    if not row.complete:
        told.append(INCOMPLETE)
    if row.confidence == "uncertain":
        told.append(UNCERTAIN)
    return tuple(told)


def numbered(laid: LaidOut) -> Mapping[str, int]:
    """Return every note of a presentation with its number, in the order a reader meets them."""
    found: dict[str, int] = {}
    for part in laid.parts:
        for branch in part.every():
            for text in branch_notes(branch):
                found.setdefault(text, len(found) + 1)
            for entry in branch.entries:
                for text in entry_notes(entry):
                    found.setdefault(text, len(found) + 1)
    return found
