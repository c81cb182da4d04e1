"""`filage follow`: every line of the budget followed to its final cost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from filage.cli.shared import DossierFile, Json, On, Scenario, console, print_json, reviewed, safe

if TYPE_CHECKING:
    from filage.accounting.follow import Amounts, FollowUp


def follow(
    file: DossierFile,
    xlsx: Annotated[Path | None, typer.Option(metavar="FILE", help="Écrire le classeur du suivi.")] = None,
    pdf: Annotated[Path | None, typer.Option(metavar="FILE", help="Écrire le suivi en PDF.")] = None,
    scenario: Scenario = None,
    on: On = None,
    json_: Json = False,
) -> None:
    """Suivre le budget : initial, révisé, engagé, dépensé, payé, coût final estimé, écart."""
    from filage.accounting import follow as following
    from filage.accounting.follow_told import follow_json, follow_workbook
    from filage.cli.money import write_workbook

    outcome = reviewed(file, on, scenario)
    found = following.follow(outcome, outcome.on)
    write_workbook(follow_workbook(found, outcome.dossier), xlsx, pdf)
    if json_:
        print_json(follow_json(found, outcome.dossier))
    elif xlsx is None and pdf is None:
        _show(found)


def _show(found: FollowUp) -> None:
    from rich.table import Table

    from filage.accounting.follow_told import COLUMNS
    from filage.kernel import french

    def cells(amounts: Amounts) -> list[str]:
        return [french.number(getattr(amounts, name), 0) for name in COLUMNS]

    table = Table()
    table.add_column("Poste")
    for label in COLUMNS.values():
        table.add_column(label, justify="right", min_width=7)
    for post in found.posts:
        table.add_row(safe(f"{post.code} {post.label}"), *cells(post.amounts))
    table.add_section()
    table.add_row("Total", *cells(found.amounts))
    table.add_row("dont imprévus", *cells(found.contingency))
    out = console()
    out.print(table)
    if found.to_assign:
        out.print(f"À affecter : {french.euro(found.to_assign)} de dépenses sans ligne.")
    for line in found.lines:
        if line.needs_reason:
            out.print(
                safe(f"{line.row.label} : {french.signed_euro(line.amounts.variance)}, sans raison écrite.")
            )
