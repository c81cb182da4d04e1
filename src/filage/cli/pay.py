"""`filage pay`: the month's pay of a structure, ready for whoever makes the payslips."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from filage.cli.shared import Json, On, print_json
from filage.kernel.errors import BadInput, Problem

if TYPE_CHECKING:
    from datetime import date

    from filage.payroll.preparation import Paid, Preparation


def pay(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="Les dossiers des productions d’une même structure.")
    ],
    month: Annotated[str, typer.Option(metavar="AAAA-MM", help="Le mois à payer.")],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "--out", "-o", metavar="DIR", help="Le dossier du disque où écrire les fichiers."
        ),
    ] = None,
    with_private: Annotated[
        bool,
        typer.Option("--with-private", help="Avec naissance, NIR, adresse et IBAN, pour qui fait la paie."),
    ] = False,
    on: On = None,
    json_: Json = False,
) -> None:
    """Préparer la paie d’un mois : personnes, dates, cachets, heures, brut, indemnités, AEM, Congés Spectacles."""
    from filage import __version__
    from filage.cli.today import today
    from filage.documents.pay_preparation import pay_files, write_files
    from filage.law import load_law
    from filage.review.pay_contents import pay_contents

    day = on or today()
    paid, dossiers = _paid(files, day)
    prepared = _prepared(paid, dossiers, month, with_private=with_private)
    written: tuple[str, ...] = ()
    if output:
        written = write_files(pay_files(pay_contents(prepared, paid, load_law(), day), __version__), output)
    if json_:
        print_json(_shape(prepared, output, written))
        return
    _tell(prepared, output, written)


def _paid(files: list[Path], day: date) -> tuple[list[Paid], list[Any]]:
    """Review every file, private data apart; BadInput when they are not of one structure."""
    from filage.cli.shared import file_dossiers
    from filage.law import load_law
    from filage.review import review
    from filage.review.pay_contents import paid_of

    dossiers = file_dossiers(*files)
    employers = {dossier.employer.about for dossier in dossiers}
    if len(employers) > 1:
        said = f"ces dossiers sont de structures différentes : {', '.join(sorted(employers))}"
        raise BadInput(Problem(said, suggestion="préparez la paie d’une structure à la fois"))
    outcomes = [review(dossier.without_private(), load_law(), day) for dossier in dossiers]
    return [paid_of(outcome, load_law()) for outcome in outcomes], dossiers


def _prepared(paid: list[Paid], dossiers: list[Any], month: str, *, with_private: bool) -> Preparation:
    from filage.facts.people import PersonPrivate
    from filage.payroll.preparation import preparation

    known = {one.person: one for dossier in dossiers for one in dossier.all(PersonPrivate)}
    return preparation(paid, month, known if with_private else None)


def _shape(prepared: Preparation, output: Path | None, written: tuple[str, ...]) -> dict[str, Any]:
    from filage.payroll.preparation_json import preparation_json

    return {
        **preparation_json(prepared),
        "folder": str(output) if output else None,
        "files": list(written),
    }


def _tell(prepared: Preparation, output: Path | None, written: tuple[str, ...]) -> None:
    from rich.table import Table

    from filage.cli.shared import console, safe
    from filage.kernel import french
    from filage.payroll.preparation import NO_PAYSLIP

    table = Table(title=f"{prepared.company}, {french.month(prepared.month)}", title_justify="left", box=None)
    for name in ("Personne", "Production", "Emploi", "Quantité", "Brut", "À régler"):
        table.add_column(name, justify="right" if name in ("Quantité", "Brut") else "left")
    for row in prepared.rows:
        points = sum(finding.severity != "info" for finding in row.findings)
        table.add_row(
            safe(row.person.name()), safe(row.title), safe(row.position.label),
            french.number(row.units) if row.units is not None else "–",
            french.euro(row.gross) if row.gross is not None else "refusé", str(points) if points else "prêt",
        )  # fmt: skip
    shown = console()
    shown.print(table)
    totals = prepared.totals
    shown.print(
        f"{totals.rows} lignes, {prepared.ready} prêtes, {totals.refused} refusées ; brut {french.euro(totals.gross)}."
    )
    shown.print(NO_PAYSLIP)
    if output:
        shown.print(f"{len(written)} fichiers dans {safe(output)}")
