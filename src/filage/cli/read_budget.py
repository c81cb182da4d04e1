"""`filage read-budget`: what Filage understands of a budget kept in a spreadsheet; nothing is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from filage.cli.shared import Json, console, file_bytes, print_json, safe
from filage.kernel.errors import BadInput, Problem

if TYPE_CHECKING:
    from rich.console import Console

    from filage.budget.importing.columns import ColumnMap
    from filage.budget.importing.grid import Sheet
    from filage.budget.importing.shape import Reading

SpreadsheetFile = Annotated[
    Path, typer.Argument(metavar="FILE", help="Le tableur : XLSX, XLS, ODS, CSV ; « - » : l’entrée standard.")
]


def read_budget(
    file: SpreadsheetFile,
    sheet: Annotated[
        str | None,
        typer.Option(metavar="NOM", help="La feuille ; sinon celle qui ressemble le plus à un budget."),
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option(
            metavar="RÔLES",
            help="Ce que chaque colonne contient, de A à la dernière : code,label,skip,amount.",
        ),
    ] = None,
    header: Annotated[
        int | None, typer.Option(min=0, metavar="N", help="La ligne des en-têtes ; 0 : aucune.")
    ] = None,
    keep: Annotated[
        Literal["amount", "product"],
        typer.Option(help="Ce qui compte quand le montant n’est pas quantité × prix."),
    ] = "amount",
    json_: Json = False,
) -> None:
    """Lire un budget tenu dans un tableur : lignes, totaux comparés, refus."""
    from filage.budget.importing.read import chosen_sheet
    from filage.budget.importing.shape import Choices
    from filage.budget.importing.understand import understand
    from filage.budget.importing.workbook import read_workbook

    sheets = read_workbook(file_bytes(file), name=file.name)
    chosen = chosen_sheet(sheets, sheet, name=file.name)
    mapping = _mapping(chosen, columns, header)
    found = understand(chosen, mapping, Choices(keep=keep), file=file.name)
    if json_:
        from filage.budget.importing.told import reading_json

        print_json(reading_json(found, [one.name for one in sheets]))
    else:
        _show(console(), found)


def _mapping(sheet: Sheet, columns: str | None, header: int | None) -> ColumnMap:
    from filage.budget.importing.columns import ROLES, ColumnMap, known_again, recognise
    from filage.kernel.text import closest

    recognised = recognise(sheet)
    row = recognised.header if header is None else header
    if columns is None:
        return ColumnMap(row, recognised.roles)
    given = tuple(name.strip() for name in columns.split(","))
    problems = []
    for name in given:
        if name not in ROLES:
            near = closest(name, ROLES)
            hint = f"vouliez-vous « {near} » ?" if near else f"rôles : {', '.join(ROLES)}"
            problems.append(
                Problem(f"« {name} » n’est pas un rôle de colonne", path="--columns", suggestion=hint)
            )
    if problems:
        raise BadInput(problems)
    return known_again(ColumnMap(row, given), sheet, row)


def _show(out: Console, found: Reading) -> None:
    from filage.budget.importing.columns import ROLES
    from filage.budget.importing.grid import letters
    from filage.kernel.french import euro, signed_euro

    kept, refused = len(found.lines), len(found.refusals)
    out.print(
        f"[bold]{safe(found.file)}[/bold] · feuille {safe(found.sheet)} · {kept} lignes, {refused} refusées"
    )
    told = (
        f"{letters(rank)} {ROLES[role].lower()}"
        for rank, role in enumerate(found.mapping.roles)
        if role != "skip"
    )
    out.print(f"Colonnes : {safe(', '.join(told))}")
    for line in found.lines:
        doubts = f" ({' ; '.join(line.doubts)})" if line.doubts else ""
        out.print(f"{line.row:>6}  {safe(line.label)} · {euro(line.amount)}{safe(doubts)}")
    for one in found.refusals:
        out.print(
            f"{one.row:>6}  refusée, {safe(one.label)} : {safe(one.reason)} ({one.cell} : {safe(one.remedy)})"
        )
    for check in found.checks:
        gap = f", écart {signed_euro(check.difference)}" if check.difference else ""
        out.print(f"{check.row:>6}  total {safe(check.label)} : {euro(check.stated)}{gap}")
    out.print(f"Charges {euro(found.total('expense'))} · produits {euro(found.total('income'))}")
