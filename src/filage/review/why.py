"""Why an amount: the tree of steps behind any line of an outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.kernel import step as steps
from filage.kernel.errors import FilageError
from filage.kernel.text import closest

if TYPE_CHECKING:
    from collections.abc import Callable

    from filage.kernel.step import Step
    from filage.review.outcome import Outcome


class UnknownLine(FilageError):
    """No line of that id in the outcome; the closest is named."""


def why(outcome: Outcome, line: str) -> Step:
    """Return the reason of a line; UnknownLine names the closest.

    Lines: every budget line (`pay/marie-tournee/exploitation`, `line/decor`), `engagement/ID`, `engagement/ID/net`,
    `engagement/ID/gross`, `total/expense|income|balance`, `price/N`, `price/plateau|setup|amortisation`,
    `variable/NAME`.
    """
    row = outcome.budget.by_id().get(line)
    if row is not None:
        return _row_reason(row.step, row.override, row.shown)
    for find in (_of_engagement, _of_totals, _of_price, _of_variable):
        step = find(outcome, line)
        if step is not None:
            return step
    known = [
        *outcome.budget.by_id(),
        *(cost.about for cost in outcome.costs),
        *_TOTALS,
        *_price_lines(outcome),
    ]
    near = closest(line, known)
    message = f"« {line} » n’est pas une ligne de ce dossier" + (f" ; vouliez-vous {near} ?" if near else "")
    raise UnknownLine(message)


def _row_reason(step: Step, reason: str | None, amount: object) -> Step:
    if reason is None:
        return step
    by_hand = steps.given(f"{step.label}, remplacé à la main", str(amount), by=reason)
    return steps.total(step.label, [by_hand])


def _of_engagement(outcome: Outcome, line: str) -> Step | None:
    about, _, detail = line.removesuffix("/net").removesuffix("/gross"), "", line.rpartition("/")[2]
    for cost in outcome.costs:
        if cost.about == about:
            return {"net": cost.net_before_tax, "gross": cost.gross}.get(detail, cost.employer_cost)
    return None


_TOTALS = ("total/expense", "total/income", "total/balance")


def _of_totals(outcome: Outcome, line: str) -> Step | None:
    if line not in _TOTALS:
        return None
    sides = {
        side: steps.total(
            label,
            [
                steps.given(row.label, row.amount, by=row.id)
                for row in outcome.budget.rows
                if row.side == side
            ],
        )
        for side, label in (("expense", "Charges"), ("income", "Produits"))
    }
    name = line.partition("/")[2]
    return sides.get(name) or steps.difference("Solde", sides["income"], sides["expense"])


def _price_lines(outcome: Outcome) -> list[str]:
    if outcome.price is None:
        return []
    return [
        "price/plateau",
        "price/setup",
        "price/amortisation",
        *(f"price/{p.performances}" for p in outcome.price.prices),
    ]


def _of_price(outcome: Outcome, line: str) -> Step | None:
    if outcome.price is None or outcome.price_input is None or line not in _price_lines(outcome):
        return None
    name = line.partition("/")[2]
    given = outcome.price_input
    parts: dict[str, Callable[[], Step]] = {
        "plateau": lambda: given.plateau_cost,
        "setup": lambda: given.setup_cost,
        "amortisation": lambda: outcome.price.amortisation if outcome.price else given.setup_cost,
    }
    if name in parts:
        return parts[name]()
    price = next(p for p in outcome.price.prices if str(p.performances) == name)
    margin = steps.given("Marge et structure sur le prix", price.unit_price - price.unit_cost.value)
    return steps.total(f"Prix de cession, série de {name}", [price.unit_cost, margin])


def _of_variable(outcome: Outcome, line: str) -> Step | None:
    return outcome.variables.get(line.removeprefix("variable/")) if line.startswith("variable/") else None
