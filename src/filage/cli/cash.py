"""`filage cash`: the cash plan, and what it becomes when an aid is late, a date cancelled, a source refused."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from filage.cli.shared import DossierFile, Json, On, Scenario, console, print_json, reviewed, safe
from filage.kernel.errors import BadInput, Problem

if TYPE_CHECKING:
    from filage.accounting.cash import CashReading
    from filage.kernel.changes import Change
    from filage.review import Outcome


def cash(  # noqa: PLR0917 - one parameter per option
    file: DossierFile,
    late: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SOURCE[=MOIS]", help="Une aide ou une vente en retard, de trois mois par défaut."
        ),
    ] = None,
    cancel: Annotated[
        list[str] | None, typer.Option(metavar="DATE", help="Une date ou un contrat annulé : event/dole-1.")
    ] = None,
    refuse: Annotated[
        list[str] | None, typer.Option(metavar="SOURCE", help="Une source refusée : funding/adami.")
    ] = None,
    reading: Annotated[
        str, typer.Option(metavar="LECTURE", help="full (plein), weighted (pondéré) ou certain.")
    ] = "full",
    xlsx: Annotated[Path | None, typer.Option(metavar="FILE", help="Écrire le classeur du plan.")] = None,
    pdf: Annotated[Path | None, typer.Option(metavar="FILE", help="Écrire le plan en PDF.")] = None,
    scenario: Scenario = None,
    on: On = None,
    json_: Json = False,
) -> None:
    """Prévoir la trésorerie mois par mois : point bas, relais, ce qui arrive si une aide tarde."""
    from filage.accounting.cash import cash_plan
    from filage.accounting.cash_told import cash_json, cash_workbook
    from filage.accounting.movement import READINGS
    from filage.cli.money import write_workbook
    from filage.law import load_law

    if reading not in READINGS:
        raise BadInput(
            Problem(f"« {reading} » n’est pas une lecture", path="--reading", expected=", ".join(READINGS))
        )
    outcome = _changed(reviewed(file, on, scenario), late or [], cancel or [], refuse or [])
    plan = cash_plan(outcome, load_law(), outcome.on)
    write_workbook(cash_workbook(plan, outcome.dossier, reading), xlsx, pdf)
    if json_:
        print_json(cash_json(plan, outcome.dossier))
    elif xlsx is None and pdf is None:
        _show(plan.readings[reading])


def _changed(outcome: Outcome, late: list[str], cancel: list[str], refuse: list[str]) -> Outcome:
    """Review again after what goes wrong; every wrong name is told at once."""
    from filage.accounting import what_if

    changes: list[Change] = []
    problems: list[Problem] = []
    asked = [(partial(_late, outcome), one) for one in late]
    asked += [(partial(what_if.cancelled, outcome), one) for one in cancel]
    asked += [(partial(what_if.refused, outcome), one) for one in refuse]
    for make, one in asked:
        try:
            changes += make(one)
        except BadInput as error:
            problems.extend(error.problems)
    if problems:
        raise BadInput(problems)
    if not changes:
        return outcome
    from filage.facts.changing import apply_changes
    from filage.law import load_law
    from filage.review import review

    return review(apply_changes(outcome.dossier, changes), load_law(), outcome.on)


def _late(outcome: Outcome, asked: str) -> tuple[Change, ...]:
    from filage.accounting.what_if import LATE_MONTHS, late

    about, _, months = asked.partition("=")
    if months and not (months.isdecimal() and 0 < int(months) <= 60):  # noqa: PLR2004 - five years
        raise BadInput(
            Problem(f"« {months} » n’est pas un nombre de mois", path="--late", expected="de 1 à 60")
        )
    return late(outcome, about, int(months) if months else LATE_MONTHS, outcome.on)


def _show(read: CashReading) -> None:
    from rich.table import Table

    from filage.accounting.cash_told import lowest_words
    from filage.kernel import french

    table = Table()
    for title in ("Mois", "Ouverture", "Encaissements", "Décaissements", "Clôture"):
        table.add_column(title, justify="left" if title == "Mois" else "right")
    for month in read.months:
        sums = (month.opening, month.received, month.paid, month.closing)
        table.add_row(french.month(month.month), *(french.number(one, 2) for one in sums))
    out = console()
    out.print(table)
    out.print(safe(lowest_words(read)))
