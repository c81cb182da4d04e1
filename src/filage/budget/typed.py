"""Lines typed by people: quantity × unit price over named variables, with the VAT that cannot be recovered."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from filage.budget.lines import EXPENSE, BudgetRow
from filage.facts.budget import BudgetLine, Variable
from filage.kernel import step as steps
from filage.kernel.expression import ExpressionError, evaluate, names_in
from filage.kernel.finding import Finding
from filage.kernel.money import ONE, ZERO
from filage.kernel.text import sentence

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from filage.facts.dossier import Dossier
    from filage.kernel.step import Step

VALUED_ACCOUNTS = {EXPENSE: "86", "income": "87"}
"""The account of a contribution in kind when nobody said: its use, its origin."""
_NAMED = 4
TOO_LARGE = 10**15
"""Euros from which the amount of a line is refused."""
_LARGE = "quantité × prix unitaire donne un nombre trop grand"


def typed_rows(
    dossier: Dossier, variables: Mapping[str, Step]
) -> tuple[list[BudgetRow], list[BudgetLine], list[Finding]]:
    """Return typed lines, the lines that are a share of posts (computed after the others), and findings."""
    rows, shares, findings, unpriced = [], [], [], []
    for line in dossier.all(BudgetLine):
        if line.vat_kept and line.vat_rate is None:
            findings.append(_without_vat_rate(line))
        if line.share_of:
            shares.append(line)
            continue
        if line.unit_price is None:
            unpriced.append(line.label)
        try:
            is_constant = not names_in(line.quantity) and not names_in(line.unit_price or "0")
            rows.append(_constant_row(line) if is_constant else _quantity_times_price(line, variables))
        except ExpressionError as error:
            findings.append(_unreadable(line, error, dossier, variables))
    return rows, shares, [*findings, *_to_price(unpriced, dossier)]


def _to_price(labels: list[str], dossier: Dossier) -> list[Finding]:
    """Say which lines have no price yet: the total is understated by as much."""
    if not labels:
        return []
    more = f" et {len(labels) - _NAMED} autres" if len(labels) > _NAMED else ""
    counted = "1 ligne reste" if len(labels) == 1 else f"{len(labels)} lignes restent"
    message = (
        f"{counted} à chiffrer : {', '.join(labels[:_NAMED])}{more}. Le total ne compte pas encore leur prix."
    )
    return [Finding("budget.to_price", "info", dossier.production.about, message, subject="to_price")]


@lru_cache(maxsize=20_000)
def _constant_row(line: BudgetLine) -> BudgetRow:
    """The row of a line that uses no variable: kept, since it changes only with the line."""
    return _quantity_times_price(line, {})


def _quantity_times_price(line: BudgetLine, variables: Mapping[str, Step]) -> BudgetRow:
    quantity = evaluate(line.quantity, variables, label="quantité", unit=line.unit or "")
    price = evaluate(line.unit_price or "0", variables, label="prix unitaire", unit="EUR")
    amount = steps.rounded(with_vat(line, steps.product(line.label, quantity, price)))
    if abs(amount.value) >= TOO_LARGE:
        raise ExpressionError(_LARGE)
    return typed_row(line, amount, quantity.value, price.value)


def with_vat(line: BudgetLine, net: Step) -> Step:
    """The amount of a line with the VAT that cannot be recovered; the amount itself when it can."""
    if not line.vat_kept or line.vat_rate is None:
        return net
    rate = steps.given("taux de TVA", line.vat_rate, unit="rate", by=line.about)
    return steps.total(line.label, [net, steps.product("TVA non récupérable", net, rate)])


def typed_row(line: BudgetLine, amount: Step, quantity: Decimal | None, price: Decimal | None) -> BudgetRow:
    """The row of a typed line; a contribution in kind stands aside of totals."""
    valued = line.valued
    return BudgetRow(
        id=f"line/{line.id}", label=line.label, about=line.about, side=line.side, phase=line.phase, post=line.post,
        account=line.account or (VALUED_ACCOUNTS[line.side] if valued else None),
        amount=ZERO if valued else amount.value, computed=amount.value if line.share_of else None,
        basis="part" if line.share_of else "saisi", step=amount, quantity=quantity, unit=line.unit or "",
        unit_price=price, committed=line.committed, in_price=line.per_performance,
        aside=amount.value if valued else ZERO, valued=valued, vat_rate=line.vat_rate, vat_kept=line.vat_kept,
        note=line.note, probability=ONE if line.probability is None else line.probability,
    )  # fmt: skip


def _unreadable(
    line: BudgetLine, error: ExpressionError, dossier: Dossier, variables: Mapping[str, Step]
) -> Finding:
    """The finding of a line that cannot be computed; a variable at fault itself is named as such."""
    broken = _broken_names(line, dossier, variables)
    cause = f"{', '.join(broken)} ne se calcule pas : corrigez cette variable" if broken else str(error)
    return Finding("budget.expression", "blocking", line.about, sentence(f"{line.label} : {cause}"))


def _broken_names(line: BudgetLine, dossier: Dossier, variables: Mapping[str, Step]) -> list[str]:
    """The variables of the dossier that a line cites and that have no value."""
    try:
        cited = names_in(line.quantity) | names_in(line.unit_price or "0")
    except ExpressionError:
        return []
    defined = {variable.name_text for variable in dossier.all(Variable)}
    return sorted(name for name in cited & defined if name not in variables)


def _without_vat_rate(line: BudgetLine) -> Finding:
    message = f"{line.label} : TVA comptée sans taux ; saisissez-le, ou dites que la TVA se récupère."
    return Finding("budget.vat_rate_missing", "warning", line.about, message)
