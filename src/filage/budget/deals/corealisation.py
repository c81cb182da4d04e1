"""The file of `filage corealisation`: a house, a contract, and what each side gets (D16)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from filage.budget.deals.sharing import (
    BOX_OFFICE,
    REMAINDER,
    RIGHTS,
    TAX,
    Shared,
    Terms,
    plain_terms,
    shared,
    tickets_for,
)
from filage.budget.price import SHOW_VAT
from filage.budget.reading import Figures, figures_of
from filage.kernel import step as steps
from filage.kernel.errors import Problem
from filage.kernel.money import ONE, ZERO, round_half_up

if TYPE_CHECKING:
    from filage.kernel.step import Step

KEYS = (
    "capacity", "fill", "average_price", "vat_rate", "rights_rate", "tax_rate", "rights_base", "tax_base",
    "deduction_order", "producer_share", "producer_minimum", "venue_minimum", "date_cost",
)  # fmt: skip
BASES = (BOX_OFFICE, REMAINDER)
FOUR_DECIMALS = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Corealisation:
    """A house and the contract that shares its money; `date_cost` in euros, what the date costs the producer."""

    capacity: int
    fill: Decimal
    terms: Terms
    date_cost: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CorealisationOutcome:
    """What each side gets, and the tickets after which the producer's side covers the date; None above capacity."""

    shared: Shared
    break_even_tickets: int | None
    break_even_fill: Decimal | None


def corealisation_of(given: Corealisation) -> CorealisationOutcome:
    """Share the house and search the break-even; BadInput when both minima exceed what there is to share."""
    found = shared(given.terms, tickets_of(given.capacity, given.fill))
    if given.date_cost is None:
        return CorealisationOutcome(found, None, None)
    tickets = tickets_for(given.terms, given.date_cost, given.capacity)
    return CorealisationOutcome(found, tickets, fill_of(tickets, given.capacity))


def tickets_of(capacity: int, fill: Decimal) -> Step:
    """Return the tickets expected: the house times its fill, not rounded since it is a mean over evenings."""
    house = steps.given("jauge", capacity, unit="places")
    return steps.product(
        "Billets attendus", house, steps.given("remplissage", fill, unit="rate"), unit="billets"
    )


def fill_of(tickets: int | None, capacity: int) -> Decimal | None:
    """Return that number of tickets as a fraction of the house; an empty need fills nothing, even without seats."""
    if tickets is None:
        return None
    return round_half_up(Decimal(tickets) / capacity, FOUR_DECIMALS) if capacity else ZERO


def corealisation_json(outcome: CorealisationOutcome) -> dict[str, Any]:
    """Return the published shape: amounts are text with two decimals, the fill a fraction with four."""
    found = outcome.shared
    fill = outcome.break_even_fill
    names = ("box_office", "base", "producer", "venue", "rights", "tax")
    return {name: f"{round_half_up(getattr(found, name).value):.2f}" for name in names} | {
        "break_even_tickets": outcome.break_even_tickets,
        "break_even_fill": None if fill is None else f"{fill:.4f}",
    }


def read_corealisation(values: Any) -> Corealisation:
    """Read the file of `filage corealisation`; BadInput lists everything wrong in it."""
    read = figures_of(values, "capacity, fill, average_price, producer_share, …")
    read.refuse_unknown(KEYS)
    capacity = read.count("capacity", least=0, what="places", required=True)
    fill = read.fraction("fill", required=True, whole=True)
    average = read.amount("average_price", required=True)
    share = read.fraction("producer_share", required=True, whole=True)
    vat = read.fraction("vat_rate")
    rights, tax = (read.fraction(key) or ZERO for key in ("rights_rate", "tax_rate"))
    if rights + tax > ONE:
        read.problems.append(
            Problem("les droits et la taxe prennent plus que la recette", path="rights_rate")
        )
    rights_base, tax_base = (read.choice(key, BASES, BOX_OFFICE) for key in ("rights_base", "tax_base"))
    order = _order(read)
    producer, venue, cost = (
        _if_given(read, key) for key in ("producer_minimum", "venue_minimum", "date_cost")
    )
    read.check()
    terms = plain_terms(
        average_price=average or ZERO, vat_rate=SHOW_VAT if vat is None else vat, rights_rate=rights,
        tax_rate=tax, producer_share=share or ZERO, deduction_order=order,
        rights_base=rights_base, tax_base=tax_base, producer_minimum=producer, venue_minimum=venue,
    )  # fmt: skip
    return Corealisation(capacity or 0, fill or ZERO, terms, cost)


def _if_given(read: Figures, key: str) -> Decimal | None:
    """A figure that may be absent or null: there is none."""
    return None if read.values.get(key) is None else read.amount(key)


def _order(read: Figures) -> tuple[str, ...]:
    value = read.values.get("deduction_order", [RIGHTS, TAX])
    if isinstance(value, list) and len(value) == 2 and set(map(str, value)) == {RIGHTS, TAX}:  # noqa: PLR2004
        return tuple(value)
    read.problems.append(
        Problem(
            "l’ordre des déductions est refusé",
            path="deduction_order",
            expected='["rights", "tax"] ou ["tax", "rights"]',
        )
    )
    return (RIGHTS, TAX)
