"""A pay slip shown on a terminal: every line with its source, then what it costs, what it leaves, what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.cli.cost_missing import missing_of
from filage.cli.shared import console, safe
from filage.kernel import french

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from filage.payroll.contract import ContractCost
    from filage.payroll.inverse import Inverse
    from filage.payroll.slip import Line, Slip

DOUBTFUL = "[yellow]à vérifier[/yellow]"


def show(found: Inverse[ContractCost]) -> None:
    """Print the slips, and the neighbours when no gross gives exactly what was asked."""
    out, cost = console(), found.slip
    sources = list(dict.fromkeys(_cited(line) for line in cost.lines))
    for slip in cost.slips:
        out.print(lines_table(slip, sources))
        if len(cost.slips) > 1:
            gross, employer, net = (french.euro(amount) for amount in slip.totals)
            out.print(f"Brut {gross}, coût {employer}, net {net}\n")
    _show_totals(out, cost)
    _show_others(out, found)
    out.print()
    for number, source in enumerate(sources, 1):
        out.print(f"[{number}] {source}", markup=False, style="dim")


def _cited(line: Line) -> str:
    return " — ".join(part for part in (line.source.title, line.source.url) if part)


def _show_totals(out: Console, cost: ContractCost) -> None:
    totals = cost.totals
    incomplete = "" if cost.complete else "   [bold yellow]incomplet[/bold yellow]"
    out.print(f"Salaire brut      {french.euro(totals.gross)}")
    out.print(f"[bold]Coût employeur    {french.euro(totals.employer_cost)}[/bold]{incomplete}")
    out.print(f"[bold]Net avant impôt   {french.euro(totals.net_before_tax)}[/bold]")
    for missing in missing_of(cost.missing):
        out.print(f"Il manque : {safe(missing['label'])} ; à donner : {safe(missing['how'])}.")
    for assumption in dict.fromkeys(step.rule for step in cost.assumed):
        out.print(f"Supposé : {safe(assumption)}.")


def _show_others(out: Console, found: Inverse[ContractCost]) -> None:
    if not found.exact:
        out.print("Aucun brut ne donne exactement ce montant ; les plus proches :")
        for neighbour in found.neighbours:
            gross, cost, net = (french.euro(amount) for amount in neighbour.totals)
            out.print(f"  brut {gross}, coût {cost}, net {net}")
    if found.others:
        others = ", ".join(french.euro(other) for other in found.others)
        out.print(f"Le même montant est aussi atteint avec un brut de {others}.")


def lines_table(slip: Slip, sources: list[str]) -> Table:
    """The lines of a slip, employer and employee side by side, each with the number of its source."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(
        title=f"Bulletin au droit du {french.day(slip.terms.day)}",
        title_justify="left",
        box=SIMPLE_HEAD,
        pad_edge=False,
    )
    table.add_column("Rubrique")
    for title in ("Base", "Taux", "Employeur", "Salarié", "Source"):
        table.add_column(title, justify="right", no_wrap=True)
    for line in slip.lines:
        table.add_row(*_cells(line), f"\\[{sources.index(_cited(line)) + 1}]")
    return table


def _cells(line: Line) -> tuple[str, ...]:
    label = f"{line.label} {line.tranche}" if line.tranche else line.label
    doubt = f"\n{DOUBTFUL}" if line.confidence == "uncertain" else ""
    amount = french.number(line.amount, 2)
    rate = french.percent(line.rate) if line.rate is not None else ""
    sides = (amount, "") if line.payer == "employer" else ("", amount)
    return (safe(label) + doubt, french.number(line.base, 2), rate, *sides)
