"""`filage corealisation`: what each side of a coréalisation gets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from filage.cli.shared import Json, console, file_json, print_json

if TYPE_CHECKING:
    from rich.table import Table

    from filage.budget.deals.corealisation import CorealisationOutcome


def corealisation(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="La jauge et le contrat, en JSON ; « - » : l’entrée standard."),
    ],
    json_: Json = False,
) -> None:
    """Partager la recette d’une coréalisation, et chercher le nombre de billets à l’équilibre."""
    from filage.budget.deals.corealisation import corealisation_json, corealisation_of, read_corealisation

    given = read_corealisation(file_json(file))
    found = corealisation_of(given)
    if json_:
        print_json(corealisation_json(found))
        return
    out = console()
    out.print(_table(found))
    if given.date_cost is not None:
        out.print(_break_even(found))


def _table(found: CorealisationOutcome) -> Table:
    from rich.table import Table

    from filage.kernel import french

    table = Table(box=None)
    table.add_column("Coréalisation")
    table.add_column("Montant", justify="right")
    shared = found.shared
    rows = (
        ("Recette hors taxe", shared.box_office), ("Droits d’auteur", shared.rights),
        ("Taxe sur les spectacles", shared.tax), ("À partager", shared.base),
        ("Au producteur", shared.producer), ("Au lieu", shared.venue),
    )  # fmt: skip
    for label, step in rows:
        table.add_row(label, french.euro(step.value))
    return table


def _break_even(found: CorealisationOutcome) -> str:
    from filage.kernel import french

    if found.break_even_tickets is None or found.break_even_fill is None:
        return "À l’équilibre : jamais, même à guichets fermés."
    tickets = "billet" if found.break_even_tickets <= 1 else "billets"
    return f"À l’équilibre : {found.break_even_tickets} {tickets}, {french.percent(found.break_even_fill)} de la jauge."
