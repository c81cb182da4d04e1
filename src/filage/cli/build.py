"""`filage build`: the documents of a production, in one folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from filage.cli.shared import DossierFile, Json, On, Scenario, print_json, reviewed

if TYPE_CHECKING:
    from filage.documents.build import BuiltFile


def build(
    file: DossierFile,
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="DIR", help="Le dossier du disque où écrire ; créé s’il n’existe pas."
        ),
    ],
    on: On = None,
    scenario: Scenario = None,
    json_: Json = False,
) -> None:
    """Produire les documents d’un dossier : budget, dossier de production, calendrier, résultats, index."""
    from dataclasses import replace

    from filage.documents.build import build as build_files

    outcome = reviewed(file, on, scenario)
    # what is sent out says nothing private, whatever the review needed to know
    outcome = replace(outcome, dossier=outcome.dossier.without_private())
    built = build_files(outcome, output, _silent if json_ else _told, scenario=_label(outcome, scenario))
    if json_:
        print_json({"folder": str(output), "files": [_file_json(one) for one in built]})
    else:
        typer.echo(f"{len(built)} fichiers dans {output} ; ouvrez {output / 'index.html'}")


def _label(outcome: Any, scenario: str | None) -> str:
    """The name of the scenario, as its readers know it."""
    fact = outcome.dossier.get(f"scenario/{scenario}") if scenario else None
    return fact.name() if fact else ""


def _told(name: str) -> None:
    typer.echo(f"{name}…", err=True)


def _silent(_name: str) -> None:
    pass


def _file_json(built: BuiltFile) -> dict[str, Any]:
    return {
        "name": built.name,
        "label": built.label,
        "media_type": built.media_type,
        "size": built.size,
        "sha256": built.sha256,
    }
