"""`filage build`: the files a production sends out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from filage.cli.errors import progress
from filage.cli.shared import DossierFile, Json, On, Scenario, print_json, reviewed


def build(
    file: DossierFile,
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="DIR", help="Le dossier du disque où écrire ; créé s’il manque."
        ),
    ],
    on: On = None,
    scenario: Scenario = None,
    json_: Json = False,
) -> None:
    """Produire les documents d’un dossier : budget en tableur, dossier de production, calendrier, résultats, index."""
    progress("Relecture du dossier…")
    outcome = reviewed(file, on, scenario)
    from filage.documents.build import build as build_files
    from filage.facts.scenario import Scenario as ScenarioFact

    named = outcome.dossier.find(f"scenario/{scenario}", ScenarioFact) if scenario else None
    built = build_files(
        outcome, output, lambda name: progress(f"{name}…"), scenario=named.label if named else ""
    )
    if json_:
        print_json(
            {
                "production": outcome.dossier.production.id,
                "on": outcome.on.isoformat(),
                "files": [
                    {
                        "name": made.name,
                        "path": str(made.path),
                        "label": made.label,
                        "media_type": made.media_type,
                        "size": made.size,
                        "sha256": made.sha256,
                    }
                    for made in built
                ],
            }
        )
        return
    for made in built:
        typer.echo(f"{made.path}  {made.label}")
