"""An outcome shown on a terminal: what it costs, what it sells for, what is wrong, what is due."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from filage.cli.shared import console, safe
from filage.kernel import french

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console
    from rich.table import Table

    from filage.budget.price import PriceOutcome
    from filage.kernel.finding import Finding
    from filage.review import Outcome

SEVERITIES = {
    "blocking": ("bold red", "Bloquant"),
    "warning": ("yellow", "À voir"),
    "info": ("dim", "Pour information"),
}
NEXT_DEADLINES = 5


def show(outcome: Outcome) -> None:
    """Print the summary of a review."""
    out = console()
    out.print(f"[bold]{safe(outcome.dossier.production.name())}[/bold] · relu le {french.day(outcome.on)}\n")
    _show_budget(out, outcome)
    if outcome.price is not None:
        out.print(prices_table(outcome.price))
        out.print(break_even(outcome.price) + "\n")
    show_findings(out, outcome.findings)
    _show_not_checked(out, outcome)
    _show_deadlines(out, outcome)
    _show_documents(out, outcome)


def _show_budget(out: Console, outcome: Outcome) -> None:
    budget = outcome.budget
    incomplete = "" if budget.complete else "   [bold yellow]incomplet[/bold yellow]"
    engaged = sum((cost.employer_cost.value for cost in outcome.engaged), start=budget.expense * 0)
    rows = [
        ("Charges", budget.expense, incomplete),
        ("  dont équipe engagée", engaged, ""),
        ("Produits", budget.income, ""),
        ("Solde", budget.balance, ""),
    ]
    if outcome.plan.gap > 0:
        rows.append(("À trouver", outcome.plan.gap, ""))
    width = max(len(french.euro(amount)) for _, amount, _ in rows)
    for label, amount, mark in rows:
        out.print(f"{label:<24}{french.euro(amount):>{width}}{mark}")
    out.print()


def prices_table(price: PriceOutcome) -> Table:
    """The price of each series."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(
        title="Prix de cession, par date puis par série",
        title_justify="left",
        box=SIMPLE_HEAD,
        pad_edge=False,
    )
    for title in ("Dates", "Coût", "Prix", "Série", "Avec VHR", "TTC"):
        table.add_column(title, justify="right", no_wrap=True)
    for one in price.prices:
        amounts = (one.unit_cost.value, one.unit_price, one.total, one.with_vhr, one.including_vat)
        table.add_row(str(one.performances), *(french.euro(amount) for amount in amounts))
    return table


def break_even(price: PriceOutcome) -> str:
    """How many dates pay the creation back."""
    if price.break_even is None:
        return "Aucun nombre de dates n’équilibre à ce prix."
    dates = "date" if price.break_even == 1 else "dates"
    return f"À l’équilibre : {price.break_even} {dates}."


def show_findings(out: Console, findings: Iterable[Finding]) -> None:
    """Print findings, worst first, each with its remedies."""
    for finding in findings:
        style, name = SEVERITIES[finding.severity]
        out.print(f"[{style}]{name}[/{style}] {safe(finding.message)} [dim]{safe(finding.about)}[/dim]")
        for remedy in finding.remedies:
            cost = f" ({french.signed_euro(remedy.cost)})" if remedy.cost is not None else ""
            out.print(f"    → {safe(remedy.label)}{cost}")


def _show_not_checked(out: Console, outcome: Outcome) -> None:
    if outcome.not_checked:
        out.print("\n[bold]Non vérifié[/bold]")
        for item in outcome.not_checked:
            out.print(f"  {safe(item.rule)} : {safe(item.needs)}")


def _show_deadlines(out: Console, outcome: Outcome) -> None:
    coming = [deadline for deadline in outcome.deadlines if deadline.on >= outcome.on][:NEXT_DEADLINES]
    if coming:
        out.print("\n[bold]Prochaines échéances[/bold]")
        for deadline in coming:
            out.print(f"  {french.day(deadline.on)}  {safe(deadline.label)}")


def _show_documents(out: Console, outcome: Outcome) -> None:
    if outcome.documents:
        states = Counter(document.state for document in outcome.documents)
        counted = ", ".join(f"{count} « {state} »" for state, count in states.most_common())
        out.print(f"\n[bold]Documents[/bold] {safe(counted)}")
