"""A presentation of the budget as a workbook: one page to read first, the presentation, and the lines it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.budget.book import BudgetKeys, budget_book
from filage.budget.book_variables import variable_names, variables_book
from filage.budget.views import lay_out
from filage.budget.views.book import view_sheet
from filage.budget.views.side_by_side import compared_sheet
from filage.budget.views.top_sheet import top_sheet, top_sheet_page
from filage.kernel.table import Workbook
from filage.payroll.book import pay_book

if TYPE_CHECKING:
    from filage.budget.views import BudgetView, LaidOut
    from filage.budget.views.paper import Paper
    from filage.budget.views.side_by_side import SideBySide
    from filage.review.outcome import Outcome


def laid_out(outcome: Outcome, view: BudgetView) -> LaidOut:
    """Lay the budget of an outcome out in a presentation."""
    return lay_out(view, outcome.dossier, outcome.budget, outcome.costs)


def view_workbook(outcome: Outcome, view: BudgetView) -> Workbook:
    """Return the workbook of a presentation: every amount a formula, down to variables and pay slips."""
    laid = laid_out(outcome, view)
    keys = BudgetKeys(outcome.dossier, outcome.budget, outcome.costs, outcome.travel)
    return Workbook(
        title=outcome.dossier.production.label,
        author=outcome.dossier.employer.label,
        on=outcome.on,
        sheets=(
            top_sheet_page(top_sheet(laid), laid),
            view_sheet(laid, keys),
            budget_book(outcome.dossier, outcome.budget, keys),
            variables_book(outcome.dossier, outcome.variables),
            pay_book(outcome.costs),
        ),
        names=variable_names(outcome.variables),
    )


def compared_workbook(found: SideBySide, paper: Paper) -> Workbook:
    """Return budgets side by side as a workbook under the head of the first."""
    return Workbook(title=paper.title, author=paper.company, on=paper.on, sheets=(compared_sheet(found),))
