"""Children’s roles held by people whose age nobody knows: what would not be checked is said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from filage.kernel.finding import Finding, Remedy
from filage.script.probable_children import probable_children

if TYPE_CHECKING:
    from datetime import date

    from filage.facts.dossier import Dossier


def child_findings(dossier: Dossier, born: Iterable[tuple[str, date]] = ()) -> list[Finding]:
    """Say, once a person and a role, that the hours of a probable child are not checked; `born` as for working time."""
    return [
        Finding(
            "worktime.probable_child",
            "warning",
            child.person,
            f"{child.name}, rôle d’enfant probable ({child.label}) : donnez sa date de naissance, "
            "ses horaires ne sont pas contrôlés.",
            remedies=(Remedy(f"Donner la date de naissance de {child.name}"),),
        )
        for child in probable_children(dossier, born)
    ]
