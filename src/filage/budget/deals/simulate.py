"""One simulator for every way of selling dates: what each side gets, what is left, after how many tickets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from filage.budget.deals.corealisation import fill_of, tickets_of
from filage.budget.deals.sharing import Shared, fewest, shared
from filage.kernel import step as steps
from filage.kernel.errors import BadInput
from filage.kernel.money import ZERO, round_half_up

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from filage.budget.deals.offer import Offer
    from filage.kernel.step import Step

FILLS = (Decimal("0.3"), Decimal("0.5"), Decimal("0.7"), Decimal("0.9"))
"""The fills at which the risk of every offer is told."""
POINTS = 20
"""Segments of the curve of a result against the fill."""


@dataclass(frozen=True, slots=True)
class Evening:
    """One date: the box office without VAT, what is taken from it, each side's money, the VAT we declare; euros."""

    box_office: Step
    rights: Step
    tax: Step
    income: Step
    venue: Step
    vat: Step


@dataclass(frozen=True, slots=True)
class DealOutcome:
    """An offer worked out for its dates, in euros; `result` is what is left once they are played.

    `above_floor` is what one date brings less its floor and its share of the travel, promotion and rent that are ours.
    `refused` says why it cannot be held at that fill (both minima exceed what there is to share): the figures are None.
    """

    offer: Offer
    evening: Evening | None
    income: Step | None
    venue: Step | None
    vat: Step | None
    cost: Step
    result: Step | None
    per_date: Decimal | None
    above_floor: Decimal | None
    break_even: int | None
    break_even_fill: Decimal | None
    risks: tuple[tuple[Decimal, Decimal | None], ...]
    refused: str = ""


def figures_of(found: DealOutcome) -> dict[str, Step]:
    """Return the figures of an offer for all its dates, by name, each with its reason; none of one that is refused."""
    evening, offer = found.evening, found.offer
    if evening is None or found.income is None or found.result is None:
        return {"cost": found.cost}
    return {
        "box_office": _times(offer, "Recette HT", evening.box_office),
        "rights": _times(offer, "Droits d’auteur", evening.rights),
        "tax": _times(offer, "Taxe sur les spectacles", evening.tax),
        "income": found.income,
        "venue": found.venue or evening.venue,
        "cost": found.cost,
        "result": found.result,
        "vat": found.vat or evening.vat,
    }


def simulate(offer: Offer) -> DealOutcome:
    """Work out an offer at its fill, at four others, and the tickets after which its dates lose nothing."""
    cost = steps.total("Coût des dates", offer.costs)
    risks = tuple((fill, result_at(offer, fill)) for fill in FILLS)
    tickets = fewest(lambda sold: _covered(offer, cost, sold), offer.capacity)
    needed = fill_of(tickets, offer.capacity)
    try:
        evening = evening_of(offer, tickets_of(offer.capacity, offer.fill))
    except BadInput as error:
        told = error.problems[0].message
        return DealOutcome(
            offer, None, None, None, None, cost, None, None, None, tickets, needed, risks, told
        )
    income = income_of(offer, evening)
    venue, vat = _venue(offer, evening), _vat(offer, evening)
    result = steps.difference("Résultat des dates", income, cost)
    each = round_half_up(result.value / offer.dates)
    return DealOutcome(
        offer, evening, income, venue, vat, cost, result, each,
        evening.income.value - round_half_up(cost.value / offer.dates), tickets, needed, risks,
    )  # fmt: skip


def result_at(offer: Offer, fill: Decimal) -> Decimal | None:
    """Return what the dates leave at that fill, in euros; None when the contract cannot be held there."""
    return _result(offer, steps.total("Coût des dates", offer.costs), tickets_of(offer.capacity, fill))


def curve_of(offer: Offer) -> tuple[tuple[Decimal, Decimal | None], ...]:
    """Return the result at each twentieth of the house."""
    fills = [Decimal(n) / POINTS for n in range(POINTS + 1)]
    return tuple((fill, result_at(offer, fill)) for fill in fills)


def _result(offer: Offer, cost: Step, tickets: Step) -> Decimal | None:
    try:
        return income_of(offer, evening_of(offer, tickets)).value - cost.value
    except BadInput:
        return None


def _covered(offer: Offer, cost: Step, tickets: int) -> bool:
    found = _result(offer, cost, steps.given("billets", tickets, unit="billets"))
    return found is not None and found >= 0


def income_of(offer: Offer, evening: Evening) -> Step:
    """Return what the dates bring us: so many evenings, and the partner's contribution of a coproduction."""
    income = _times(offer, "Ce que nous recevons", evening.income)
    if offer.deal.type != "coproduction" or not offer.deal.contribution:
        return income
    brought = steps.given("Apport du coproducteur", offer.deal.contribution, by=offer.about)
    return steps.total("Ce que nous recevons", (income, brought))


def _venue(offer: Offer, evening: Evening) -> Step:
    """What the venue keeps of all the dates: so many evenings, less the travel it pays back."""
    kept = _times(offer, "Part du lieu", evening.venue)
    return steps.difference("Part du lieu", kept, offer.rebilled) if offer.rebilled else kept


def _vat(offer: Offer, evening: Evening) -> Step:
    """The VAT of all the dates; travel that is re-billed bears that of the cession, and both are rounded once."""
    if not offer.rebilled:
        return _times(offer, "TVA à déclarer", evening.vat)
    billed = steps.total("Cession et voyages refacturés", (income_of(offer, evening), offer.rebilled))
    return steps.rounded(steps.product("TVA à déclarer", billed, offer.sale_vat.rate))


def _times(offer: Offer, label: str, step: Step) -> Step:
    return steps.product(label, steps.given("dates", offer.dates, unit="dates"), step)


def evening_of(offer: Offer, tickets: Step) -> Evening:
    """Share one evening as the nature of the offer says; BadInput when both minima exceed what there is to share."""
    return _NATURES[offer.deal.type](offer, tickets)


def _cession(offer: Offer, tickets: Step) -> Evening:
    """The buyer keeps the house, pays our price, the rights on the better base, and the tax."""
    fee = steps.given("Prix de cession HT", offer.deal.fee or ZERO, by=offer.about)
    house = _house(offer, tickets)
    base = steps.greatest("assiette la plus favorable", house.box_office, fee)
    rights = steps.rounded(steps.product("Droits d’auteur", base, offer.terms.rights_rate))
    left = steps.difference("Reste au lieu", house.box_office, rights, house.tax, fee)
    vat = steps.rounded(steps.product("TVA de la cession", fee, offer.sale_vat.rate))
    return Evening(house.box_office, rights, house.tax, fee, left, vat)


def _house(offer: Offer, tickets: Step) -> Shared:
    """The box office without anything to share: no minimum can be refused."""
    return shared(replace(offer.terms, producer_minimum=None, venue_minimum=None), tickets)


def _sharing(offer: Offer, tickets: Step) -> Evening:
    """Rights and tax first, then shares and minima; we bill our side at the rate of the tickets."""
    found = shared(offer.terms, tickets)
    vat = steps.rounded(steps.product("TVA de notre part", found.producer, offer.terms.vat_rate))
    return Evening(found.box_office, found.rights, found.tax, found.producer, found.venue, vat)


def _box_office_share(offer: Offer, tickets: Step) -> Evening:
    """A share of the box office before anything is taken; the venue bears rights and tax."""
    free = steps.given("à la charge du lieu", ZERO, unit="rate")
    found = shared(replace(offer.terms, rights_rate=free, tax_rate=free), tickets)
    taken = _house(offer, tickets)
    left = steps.difference("Reste au lieu", found.venue, taken.rights, taken.tax)
    vat = steps.rounded(steps.product("TVA de notre part", found.producer, offer.terms.vat_rate))
    return Evening(found.box_office, taken.rights, taken.tax, found.producer, left, vat)


def _rental(offer: Offer, tickets: Step) -> Evening:
    """We rent the hall and keep the house: rights and tax are ours, the rent is the venue's."""
    found = _house(offer, tickets)
    rent = steps.given("Loyer", offer.deal.rental or ZERO, by=offer.about)
    return Evening(found.box_office, found.rights, found.tax, found.base, rent, found.vat)


def _promotion(offer: Offer, tickets: Step) -> Evening:
    """We keep the house and pay a local promoter: a share, a minimum, and the expenses agreed."""
    found = shared(offer.terms, tickets)
    return Evening(found.box_office, found.rights, found.tax, found.producer, found.venue, found.vat)


_NATURES: Mapping[str, Callable[[Offer, Step], Evening]] = {
    "cession": _cession,
    "corealisation": _sharing,
    "coproduction": _sharing,
    "box_office": _box_office_share,
    "rental": _rental,
    "promotion": _promotion,
}
