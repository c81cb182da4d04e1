"""The usual other ways to engage somebody, as changes: grouped, by the month, as a technician, as a permanent."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from filage.facts.team import Engagement, Position
from filage.facts.writing import values_of
from filage.kernel.changes import Change, add, set_
from filage.kernel.errors import BadInput, Problem
from filage.kernel.money import CENT, ZERO, round_half_up
from filage.payroll.alternatives import Variant, cost_alone, gross_for_cost, gross_for_net
from filage.payroll.quantity import HOURS_PER_UNIT
from filage.payroll.terms import ARTISTE, PERMANENT, TECHNICIEN

if TYPE_CHECKING:
    from filage.facts.dossier import Dossier
    from filage.law import Law
    from filage.payroll.engagement import PayCost

GROSS, NET, COST = "gross", "net", "cost"
"""What stays equal from one way to the next."""
HOURS_OF_A_CACHET: Final = Decimal(12)
"""Hours a cachet counts for when it becomes hours: those of unemployment insurance, an estimate."""
_DAY: Final = Decimal(8)
LARGE: Final = Decimal(1_000_000)


def usual_ways(dossier: Dossier, engagement: Engagement, law: Law) -> tuple[Variant, ...]:
    """List the other ways that make sense for an engagement, each paid the same gross in all.

    BadInput when the engagement cannot be costed as it stands.
    """
    position = dossier.find(engagement.position, Position)
    if position is None:
        raise BadInput(Problem("choisissez un emploi", path="position"))
    quantity = cost_alone(dossier, engagement, law).quantity
    found = [*_of_unit(engagement, position, quantity), *_of_status(dossier, engagement, position, quantity)]
    found += _of_terms(engagement)
    return tuple(paid_the_same(dossier, engagement, variant, law) for variant in found)


def _of_unit(engagement: Engagement, position: Position, quantity: Decimal) -> list[Variant]:
    """The same job counted otherwise."""
    about, found = engagement.about, []
    if position.status == ARTISTE and engagement.unit == "cachet":
        other = not engagement.isolated
        word = "Cachets isolés" if other else "Cachets groupés"
        found.append(Variant("isolated" if other else "grouped", word, (_set(about, isolated=other),)))
    hours = _hours(engagement, quantity)
    if engagement.unit != "month" and position.status != TECHNICIEN:
        found.append(Variant("month", "Au mois", (_set(about, unit="month", clear=("quantity", "hours")),)))
    if position.status == TECHNICIEN and engagement.unit != "package" and hours:
        found.append(
            Variant("package", "Au forfait", (_set(about, unit="package", quantity=Decimal(1), hours=hours),))
        )
    if position.status == TECHNICIEN and engagement.unit not in ("hour", "month") and hours:
        found.append(
            Variant("hour", "À l’heure", (_set(about, unit="hour", quantity=hours, clear=("hours",)),))
        )
    if position.status == TECHNICIEN and engagement.unit not in ("day", "month") and hours:
        days = (hours / _DAY).quantize(CENT)
        found.append(
            Variant("day", "À la journée", (_set(about, unit="day", quantity=days, clear=("hours",)),))
        )
    return found


def _of_status(
    dossier: Dossier, engagement: Engagement, position: Position, quantity: Decimal
) -> list[Variant]:
    """The same person under another status: another position, since a position has one status."""
    found = []
    hours = _hours(engagement, quantity)
    if position.status == ARTISTE:
        days = quantity if engagement.unit == "cachet" else (hours or ZERO) / _DAY
        if days:
            paid = _set(engagement.about, unit="day", quantity=days.quantize(CENT), clear=("hours",))
            found.append(under_status(dossier, engagement, position, TECHNICIEN, "Comme technicien", paid))
    elif position.status == TECHNICIEN and hours:
        cachets = max((hours / HOURS_OF_A_CACHET).quantize(Decimal(1), ROUND_HALF_UP), Decimal(1))
        paid = _set(engagement.about, unit="cachet", quantity=cachets, clear=("hours",))
        found.append(under_status(dossier, engagement, position, ARTISTE, "Comme artiste", paid))
    if position.status != PERMANENT:
        paid = _set(
            engagement.about, unit="month", contract_type="cdi", clear=("quantity", "hours", "paid_days")
        )
        found.append(under_status(dossier, engagement, position, PERMANENT, "Comme permanent (CDI)", paid))
    return found


def _of_terms(engagement: Engagement) -> list[Variant]:
    if engagement.dfs:
        return [
            Variant(
                "no-dfs",
                "Sans abattement (DFS)",
                (_set(engagement.about, dfs=False, clear=("dfs_agreed_on",)),),
            )
        ]
    agreed = (_set(engagement.about, dfs_agreed_on=engagement.starts_on),)
    note = "en supposant l’accord écrit du salarié"
    return [Variant("dfs", "Avec abattement (DFS)", (_set(engagement.about, dfs=True),), agreed, note)]


def under_status(
    dossier: Dossier, engagement: Engagement, position: Position, status: str, label: str, paid: Change
) -> Variant:
    """Put an engagement under another status: its position changes when it holds nobody else, else it gets its own.

    `paid` is the change of the engagement itself.
    """
    others = [e for e in dossier.all(Engagement) if e.position == position.about and e.id != engagement.id]
    if position.people == 1 and not others:
        return Variant(status, label, (set_(position.about, status=status), paid))
    ident = _free_id(dossier, f"{position.id}-{status}")
    values = {
        key: value for key, value in values_of(position).items() if key not in ("id", "forecast", "people")
    }
    made = add(f"position/{ident}", **(values | {"status": status}))
    moved = Change(
        op="set", about=paid.about, values={**paid.values, "position": f"position/{ident}"}, clear=paid.clear
    )
    fewer = (set_(position.about, people=str(position.people - 1)),) if position.people > 1 else ()
    return Variant(status, label, (made, *fewer, moved))


def _free_id(dossier: Dossier, wanted: str) -> str:
    base, number, ident = wanted[:60], 2, wanted[:60]
    while dossier.get(f"position/{ident}"):
        ident, number = f"{base}-{number}", number + 1
    return ident


def _hours(engagement: Engagement, quantity: Decimal) -> Decimal | None:
    """The hours an engagement is about, as far as its unit says; None for a package of unknown length."""
    if engagement.hours is not None:
        return engagement.hours * quantity
    if engagement.unit == "cachet":
        return HOURS_OF_A_CACHET * quantity
    each = HOURS_PER_UNIT.get(engagement.unit)
    return None if each is None else (each * quantity).quantize(CENT)


def _set(about: str, clear: tuple[str, ...] = (), **values: Decimal | str | bool | object) -> Change:
    """A change of an engagement, its values written as a file does."""
    return Change(
        op="set", about=about, values={key: _text(value) for key, value in values.items()}, clear=clear
    )


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def paid_the_same(
    dossier: Dossier, engagement: Engagement, variant: Variant, law: Law, equal: str = GROSS
) -> Variant:
    """Return a variant paid so that its gross, its net or its cost in all is the engagement's, to a cent of unit pay.

    `equal` is GROSS, NET or COST. A variant that cannot be costed is returned as it was: its comparison says why.
    """
    try:
        here = cost_alone(dossier, engagement, law)
        after = variant.applied(dossier.with_facts([engagement]))
        changed = after.find(engagement.about, Engagement)
        if changed is None:
            return variant
        pay = _pay(after, changed, here, law, equal)
    except (BadInput, ArithmeticError):
        return variant
    *before, last = variant.changes
    paid = Change(
        op="set", about=last.about, values={**last.values, "unit_pay": _text(pay)}, clear=last.clear
    )
    return replace(variant, changes=(*before, paid))


def _pay(after: Dossier, engagement: Engagement, here: PayCost, law: Law, equal: str) -> Decimal:
    if equal == NET:
        return gross_for_net(after, engagement, here.net, law).unit_pay
    if equal == COST:
        return gross_for_cost(after, engagement, here.employer_cost.value, law).unit_pay
    # what a large pay gives says the units to more places than the quantity shown
    probe = engagement.model_copy(update={"unit_pay": LARGE})
    units = cost_alone(after, probe, law).gross.value / LARGE
    return round_half_up(here.gross.value / units)
