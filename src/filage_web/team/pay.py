"""What an engagement would cost, from what one knows of it: its gross, the net wanted, or the employer's budget."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from filage.facts.calendar import Event, Participation
from filage.facts.dossier import Dossier
from filage.facts.people import Person
from filage.facts.team import Engagement, Position
from filage.kernel.errors import FilageError
from filage.kernel.money import ONE
from filage.law import load_law
from filage.payroll.engagement import PayCost, pay_costs, presence_in, terms_of
from filage.payroll.inverse import Inverse, lowest_gross
from filage.payroll.quantity import Calendar, MonthUnits
from filage.payroll.slip import Slip, cost_slip
from filage.review import law_of_structure

GROSS, NET, COST = "gross", "net", "cost"
KNOWN: Final = {GROSS: "brut", NET: "net voulu", COST: "coût employeur"}
READ: Final[dict[str, Callable[[Slip], Decimal]]] = {
    NET: lambda slip: slip.net_before_tax.value,
    COST: lambda slip: slip.employer_cost.value,
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One unit of pay computed, and the whole engagement when its quantity is known."""

    unit: Slip
    whole: PayCost | None
    inverse: Inverse | None

    @property
    def employee(self) -> Decimal:
        """What the employee's contributions take."""
        return self.unit.net_before_tax.value - self.unit.gross.value

    @property
    def employer(self) -> Decimal:
        """What the employer's contributions add."""
        return self.unit.employer_cost.value - self.unit.gross.value


def slip_of_one(dossier: Dossier, engagement: Engagement, position: Position) -> Callable[[Decimal], Slip]:
    """Give the function that computes the slip of one unit from its gross."""
    law = law_of_structure(dossier.employer, load_law())
    day = engagement.ends_on
    month = MonthUnits(f"{day:%Y-%m}", ONE, ((engagement.phase, ONE),), day, day, day)
    terms = terms_of(dossier.employer, position, engagement, day)
    presence = presence_in(month, engagement, engagement.unit, position.status, engagement.hours)
    return lambda gross: cost_slip(terms, gross, presence, law)


def gross_for(
    dossier: Dossier, engagement: Engagement, position: Position, known: str, target: Decimal
) -> Inverse:
    """Find the gross of one unit that gives a net or a cost; BadInput when it cannot be reached."""
    return lowest_gross(target, slip_of_one(dossier, engagement, position), READ[known])


def figure_of(
    dossier: Dossier, engagement: Engagement, position: Position, known: str, target: Decimal
) -> Figure:
    """Compute one unit and the whole; FilageError says why not."""
    inverse = None
    gross = target
    if known in READ:
        inverse = gross_for(dossier, engagement, position, known, target)
        gross = inverse.slip.gross.value
    unit = slip_of_one(dossier, engagement, position)(gross.quantize(Decimal("0.01")))
    return Figure(unit, whole_cost(dossier, engagement, position, gross), inverse)


def whole_cost(
    dossier: Dossier, engagement: Engagement, position: Position, gross: Decimal
) -> PayCost | None:
    """Cost the engagement alone, with its own quantity or its dates; None when neither is known."""
    paid = engagement.model_copy(update={"unit_pay": gross})
    parts = [part for part in dossier.all(Participation) if part.engagement == engagement.about]
    events = [event for part in parts if (event := dossier.find(part.event, Event))]
    people = [person for person in (dossier.find(engagement.person, Person),) if person]
    alone = position.model_copy(update={"forecast": ()})
    unique = {event.about: event for event in events}
    small = Dossier.of_facts(
        [dossier.employer, dossier.production, *people, alone, paid, *unique.values(), *parts]
    )
    law = law_of_structure(dossier.employer, load_law())
    try:
        costs = pay_costs(small, law, {}, Calendar(small))
    except FilageError:
        return None
    found = next((cost for cost in costs if cost.about == engagement.about), None)
    return found if found and found.quantity else None


def usual_terms(dossier: Dossier, today: date) -> dict[str, str]:
    """What a new engagement begins with: the dates and the budget of the phase under way, else of the next."""
    phases = sorted(dossier.production.phases, key=lambda phase: phase.starts_on)
    coming = next((phase for phase in phases if phase.ends_on >= today), None)
    if coming is None:
        return {"starts_on": today.isoformat(), "ends_on": today.isoformat()}
    return {
        "starts_on": coming.starts_on.isoformat(),
        "ends_on": coming.ends_on.isoformat(),
        "phase": coming.budget,
    }
