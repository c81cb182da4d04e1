"""`filage schema`: the JSON Schema of a dossier, for editors and other programs."""

from __future__ import annotations

from filage.cli.shared import print_json


def schema() -> None:
    """Écrire le schéma JSON d’un dossier."""
    from filage.facts.schema import dossier_schema

    print_json(dossier_schema())
