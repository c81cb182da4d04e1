"""How a box office is shared: rights and tax in the contract's order, then shares and guaranteed minima (D16)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.kernel import step as steps
from filage.kernel.errors import BadInput, Problem
from filage.kernel.money import ONE, ZERO

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from filage.kernel.step import Step

BOX_OFFICE, REMAINDER = "box_office", "remainder"
RIGHTS, TAX = "rights", "tax"
LABELS = {RIGHTS: "Droits d’auteur", TAX: "Taxe sur les spectacles"}


@dataclass(frozen=True, slots=True)
class Terms:
    """What a contract says of the money of the house: euros, fractions; `average_price` includes VAT."""

    average_price: Step
    vat_rate: Step
    rights_rate: Step
    tax_rate: Step
    producer_share: Step
    rights_base: str = BOX_OFFICE
    tax_base: str = BOX_OFFICE
    deduction_order: tuple[str, ...] = (RIGHTS, TAX)
    producer_minimum: Step | None = None
    venue_minimum: Step | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """One evening's money: each amount in euros, to the cent; rights, tax and both sides add up to the box office."""

    tickets: Step
    box_office: Step
    vat: Step
    rights: Step
    tax: Step
    base: Step
    producer: Step
    venue: Step


def shared(terms: Terms, tickets: Step) -> Shared:
    """Share the box office of so many tickets; BadInput when both guaranteed minima exceed what there is to share.

    The box office excludes VAT. Each deduction is taken on the box office or on what the ones before it left. A side
    with a minimum gets its share or that minimum, whichever is more; the other side gets what is left, below zero too.
    """
    takings = steps.rounded(steps.product("Recette TTC", tickets, terms.average_price))
    one = steps.given("un", 1, unit="ratio")
    with_vat = steps.total("un et la TVA", (one, terms.vat_rate), unit="ratio")
    exact = steps.quotient("Recette HT", steps.product("Recette TTC", tickets, terms.average_price), with_vat)
    box_office = steps.rounded(exact)
    vat = steps.difference("TVA sur les billets", takings, box_office)
    taken = _deductions(terms, box_office)
    base = steps.difference("À partager", box_office, *(taken[name] for name in terms.deduction_order))
    producer, venue = _sides(terms, base)
    return Shared(tickets, box_office, vat, taken[RIGHTS], taken[TAX], base, producer, venue)


def _deductions(terms: Terms, box_office: Step) -> dict[str, Step]:
    """Rights and tax in the order of the contract, each on its own base."""
    taken: dict[str, Step] = {}
    for name in terms.deduction_order:
        rate = terms.rights_rate if name == RIGHTS else terms.tax_rate
        kind = terms.rights_base if name == RIGHTS else terms.tax_base
        base = box_office
        if kind == REMAINDER and taken:
            base = steps.difference("ce qui reste de la recette", box_office, *taken.values())
        taken[name] = steps.rounded(steps.product(LABELS[name], base, rate))
    return taken


def _sides(terms: Terms, base: Step) -> tuple[Step, Step]:
    """What the producer and the venue get of the base."""
    share = steps.rounded(steps.product("Part du producteur", base, terms.producer_share))
    rest = steps.difference("Part du lieu", base, share)
    producer, venue = terms.producer_minimum, terms.venue_minimum
    if producer is not None and venue is not None and producer.value + venue.value > base.value:
        both = producer.value + venue.value
        raise BadInput(
            Problem(
                f"les deux minimums garantis font {both} €, plus que les {base.value} € à partager",
                path="producer_minimum",
                suggestion="baissez l’un des deux, ou gardez-en un seul",
            )
        )
    if venue is not None and venue.value > rest.value:
        kept = steps.greatest("Part du lieu", rest, venue)
        return steps.difference("Part du producteur", base, kept), kept
    if producer is None:
        return share, rest
    taken = steps.greatest("Part du producteur", share, producer)
    return taken, steps.difference("Part du lieu", base, taken)


def tickets_for(terms: Terms, cost: Decimal, capacity: int) -> int | None:
    """Return the fewest whole tickets whose producer's side covers `cost`, in euros; None above the capacity.

    Numbers of tickets at which both minima exceed what there is to share do not count: the contract cannot be held.
    """

    def covered(tickets: int) -> bool:
        try:
            side = shared(terms, steps.given("billets", tickets, unit="billets")).producer.value
        except BadInput:
            return False
        return side >= cost

    return fewest(covered, capacity)


def fewest(covered: Callable[[int], bool], capacity: int) -> int | None:
    """Return the fewest tickets that cover what must be, more tickets covering no less; None above the capacity."""
    if not covered(capacity):
        return None
    low, high = 0, capacity
    while low < high:
        middle = (low + high) // 2
        if covered(middle):
            high = middle
        else:
            low = middle + 1
    while low > 0 and covered(low - 1):  # tickets of a few cents may round up, then down
        low -= 1
    return low


def plain_terms(  # noqa: PLR0913 - a contract has that many figures
    *,
    average_price: Decimal,
    vat_rate: Decimal = ZERO,
    rights_rate: Decimal = ZERO,
    tax_rate: Decimal = ZERO,
    producer_share: Decimal = ONE,
    rights_base: str = BOX_OFFICE,
    tax_base: str = BOX_OFFICE,
    deduction_order: tuple[str, ...] = (RIGHTS, TAX),
    producer_minimum: Decimal | None = None,
    venue_minimum: Decimal | None = None,
    by: str = "",
) -> Terms:
    """Return terms from typed figures; a minimum of zero is no minimum."""

    def rate(label: str, value: Decimal) -> Step:
        return steps.given(label, value, unit="rate", by=by)

    def minimum(label: str, value: Decimal | None) -> Step | None:
        return steps.given(label, value, by=by) if value else None

    return Terms(
        steps.given("prix moyen du billet, TTC", average_price, by=by), rate("TVA sur les billets", vat_rate),
        rate("taux des droits", rights_rate), rate("taux de la taxe", tax_rate),
        rate("part du producteur", producer_share), rights_base, tax_base, deduction_order,
        minimum("minimum garanti au producteur", producer_minimum),
        minimum("minimum garanti au lieu", venue_minimum),
    )  # fmt: skip
