"""The whole outcome as a workbook: budget, variables, pay, price, financing, findings and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.budget.book import BudgetKeys, budget_book
from filage.budget.book_price import price_book
from filage.budget.book_variables import variable_names, variables_book
from filage.budget.sale import scope_of
from filage.facts.production import Pricing
from filage.funding.book import funding_book
from filage.kernel import french
from filage.kernel.table import Cell, Column, Row, Sheet, Workbook, note, text
from filage.payroll.book import CONFIDENCE, pay_book

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filage.review.outcome import Outcome

SEVERITIES = {"blocking": "non conforme", "warning": "à regarder", "info": "pour information"}


def workbook_of(outcome: Outcome) -> Workbook:
    """Return the workbook of an outcome: every figure with the formula that gives it."""
    dossier, budget = outcome.dossier, outcome.budget
    keys = BudgetKeys(dossier, budget, outcome.costs, outcome.travel)
    scope = scope_of(dossier.production.pricing or Pricing())
    return Workbook(
        title=dossier.production.label,
        author=dossier.employer.label,
        on=outcome.on,
        sheets=(
            budget_book(dossier, budget, keys),
            variables_book(dossier, outcome.variables),
            pay_book(outcome.costs),
            price_book(outcome.price_input, outcome.price, budget, keys, scope),
            funding_book(outcome.plan, keys),
            _findings(outcome),
            _sources(outcome),
        ),
        names=variable_names(outcome.variables),
    )


def _findings(outcome: Outcome) -> Sheet:
    columns = (
        Column("Gravité", 16), Column("Constat", 90), Column("Concerne", 30), Column("Source", 44),
        Column("Remède", 44),
    )  # fmt: skip
    rows = [*_found(outcome)] or [note("Rien à signaler sur ce qui a pu être contrôlé.")]
    rows += [
        Row(
            (
                text("non contrôlé"),
                text(f"{item.needs[:1].upper()}{item.needs[1:]}."),
                text(item.rule, "small"),
            )
        )
        for item in outcome.not_checked
    ]
    context = (
        "Ce que le dossier a de contraire à une règle, de douteux ou d’incomplet, le plus grave d’abord."
    )
    return Sheet("Contrôles", context, columns, tuple(rows))


def _found(outcome: Outcome) -> Iterator[Row]:
    for finding in outcome.findings:
        remedies = [
            remedy.label if remedy.cost is None else f"{remedy.label} ({french.signed_euro(remedy.cost)})"
            for remedy in finding.remedies
        ]
        source = text(finding.source.title if finding.source else None)
        yield Row(
            (text(SEVERITIES[finding.severity]), text(finding.message), text(finding.about, "small"), source,
             text(" ; ".join(remedies)))
        )  # fmt: skip


def _sources(outcome: Outcome) -> Sheet:
    columns = (
        Column("Source", 70), Column("Adresse", 60), Column("Vérifiée le", 15), Column("Fiabilité", 20),
        Column("Réserve", 50), Column("Identifiant", 36, printed=False),
    )  # fmt: skip
    rows = tuple(
        Row(
            (text(source.title), text(source.url), Cell(source.checked_on, "day"), text(CONFIDENCE[source.confidence]),
             text(source.warning), text(ident, "small"))
        )
        for ident, source in sorted(outcome.sources().items())
    )  # fmt: skip
    context = "D’où viennent les valeurs légales et les taux utilisés, et quand ils ont été vérifiés."
    return Sheet("Sources", context, columns, rows or (note("Aucune valeur légale n’a servi."),))
