"""`filage why`: where an amount comes from, step by step, down to the text of law."""

from __future__ import annotations

from typing import Annotated

import typer

from filage.cli.shared import DossierFile, Json, On, Scenario, print_json, reviewed


def why(
    file: DossierFile,
    line: Annotated[
        str,
        typer.Argument(
            metavar="LINE", help="Une ligne (« why » de filage review --json) : pay/…, total/balance…"
        ),
    ],
    on: On = None,
    scenario: Scenario = None,
    json_: Json = False,
) -> None:
    """Dire d’où vient un montant, jusqu’au texte de loi."""
    from filage.kernel.explain import as_json, outline
    from filage.review import why as reason_of
    from filage.review.outcome import source_json

    step = reason_of(reviewed(file, on, scenario), line)
    if json_:
        sources = {ident: source_json(source) for ident, source in sorted(step.all_sources().items())}
        print_json({"line": line, "reason": as_json(step), "sources": sources})
        return
    for text in outline(step):
        typer.echo(text)
