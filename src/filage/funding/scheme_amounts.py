"""What an aid may amount to, where its rule says how: named formulas over a production, each with its reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from filage.kernel import step as steps
from filage.kernel.money import ZERO

if TYPE_CHECKING:
    from filage.funding.scheme_data import Asked, SchemeData
    from filage.funding.situation import Situation
    from filage.kernel.step import Source, Step
    from filage.payroll.engagement import PayCost

Formula = Callable[["Situation", "Asked", "Source"], "Step | None"]
_COUNTED_TO = {"cachet": "cachet", "service": "service", "month": "month"}


def amount_of(data: SchemeData, situation: Situation) -> Step | None:
    """The amount a scheme's formula gives, in euros; None without a formula, or without what it needs."""
    formula = FORMULAS.get(data.formula.get("name", ""))
    found = formula(situation, data.formula, data.source) if formula else None
    return None if found is None else steps.rounded(found)


def _read(label: str, value: object, source: Source, unit: str = "EUR") -> Step:
    return steps.law(label, Decimal(str(value)), source, unit=unit)


def _within(found: Step, asked: Asked, source: Source) -> Step:
    """Hold an amount under the ceiling of the aid."""
    if asked.get("ceiling") is None:
        return found
    return steps.least(found.label, found, _read("Plafond de l’aide", asked["ceiling"], source))


def _fixed(_situation: Situation, asked: Asked, source: Source) -> Step:
    return _read("Forfait", asked["amount"], source)


def _ceiling(_situation: Situation, asked: Asked, source: Source) -> Step:
    return _read("Plafond de l’aide", asked["ceiling"], source)


def _share_of_budget(situation: Situation, asked: Asked, source: Source) -> Step | None:
    if not situation.expense.value:
        return None
    rate = _read("Part du budget au plus", asked["rate"], source, "rate")
    return _within(steps.product("Part du budget", situation.expense, rate), asked, source)


def _public_room(situation: Situation, asked: Asked, source: Source) -> Step | None:
    """What public money may still come under the ceiling of the public share."""
    if not situation.expense.value:
        return None
    share = _read("Argent public au plus", asked["share"], source, "rate")
    allowed = steps.product("Argent public possible", situation.expense, share)
    room = steps.difference("Place qui reste", allowed, situation.amount_of(("public",)))
    return _within(steps.greatest("Place qui reste", room, steps.given("rien", ZERO)), asked, source)


def _performers_gross(situation: Situation, asked: Asked, source: Source) -> Step | None:
    """A share of the performers' gross pay, each unit counted up to its ceiling, and a sum per performance."""
    if not situation.performers:
        return None
    gross = [_counted_gross(cost, asked, source) for cost in situation.performers]
    rate = _read("Part des salaires bruts", asked["rate"], source, "rate")
    parts = [steps.product("Part des salaires", steps.total("Salaires bruts comptés", gross), rate)]
    if asked.get("per_performance"):
        number = steps.given("Représentations", len(situation.performances), unit="représentations")
        parts.append(
            steps.product("Par représentation", number, _read("Forfait", asked["per_performance"], source))
        )
    return _within(steps.total("Aide estimée", parts), asked, source)


def _counted_gross(cost: PayCost, asked: Asked, source: Source) -> Step:
    """The gross pay of one engagement as the aid counts it: its units, each up to the ceiling of its kind."""
    ceiling = asked.get(_COUNTED_TO.get(cost.unit, ""))
    if ceiling is None or cost.unit_pay <= Decimal(str(ceiling)):
        return steps.relabelled(cost.gross, cost.label)
    units = steps.given("Unités", cost.quantity * cost.people, unit=cost.unit)
    capped = steps.product("Unités au plafond", units, _read("Brut compté au plus", ceiling, source))
    return steps.least(cost.label, capped, cost.gross)


def _performers_cost(situation: Situation, asked: Asked, source: Source) -> Step | None:
    """A share of what the performers cost, charges included."""
    if not situation.performers:
        return None
    cost = steps.total(
        "Masse salariale chargée",
        [steps.relabelled(one.employer_cost, one.label) for one in situation.performers],
    )
    rate = _read("Part au plus", asked["rate"], source, "rate")
    return _within(steps.product("Aide au plus", cost, rate), asked, source)


FORMULAS: Mapping[str, Formula] = {
    "fixed": _fixed,
    "ceiling": _ceiling,
    "share_of_budget": _share_of_budget,
    "public_room": _public_room,
    "performers_gross": _performers_gross,
    "performers_cost": _performers_cost,
}
AT_MOST = frozenset({"ceiling", "share_of_budget", "public_room", "performers_cost"})
"""The formulas that give the most an aid can be, not what it would be."""
