"""Other ways to engage the same person: the pay that gives a net or a budget, and ways compared line by line."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from filage.facts.calendar import Event, Participation
from filage.facts.changing import apply_changes
from filage.facts.dossier import Dossier
from filage.facts.people import Person
from filage.facts.team import Engagement, Position
from filage.facts.venue import Venue
from filage.kernel import french
from filage.kernel.errors import BadInput, Problem
from filage.kernel.money import CENT, ZERO
from filage.kernel.step import CERTAINTIES
from filage.payroll.engagement import PayCost, pay_costs
from filage.payroll.entitlement import Entitlement, declared_work, hours_toward_507
from filage.payroll.quantity import Calendar
from filage.payroll.slip import thresholds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from filage.kernel.changes import Change
    from filage.kernel.step import Source
    from filage.law import Law
    from filage.payroll.slip import Line

LARGEST_TARGET = Decimal(1_000_000)
"""The largest net or cost of one engagement that is searched for, in euros."""
_NEAR = 40
"""Cents of gross, per slip, within which the roundings of thirty lines may hide the lowest one."""
PAID_LEAVE = "conges_spectacles"


@dataclass(frozen=True, slots=True)
class Reached:
    """What one pay per unit gives over the whole engagement, in euros."""

    unit_pay: Decimal
    gross: Decimal
    net: Decimal
    employer_cost: Decimal


@dataclass(frozen=True, slots=True)
class Found:
    """The lowest pay per unit that reaches a target, or the nearest; `others` reach it exactly too, at higher pay."""

    exact: bool
    unit_pay: Decimal
    cost: PayCost
    neighbours: tuple[Reached, ...] = ()
    others: tuple[Decimal, ...] = ()


def cost_alone(dossier: Dossier, engagement: Engagement, law: Law) -> PayCost:
    """Cost one engagement, in the dossier or not yet, without costing the rest of the team.

    `law` is the structure's (`review.law_of_structure`). BadInput when its position is unknown or its pay impossible.
    """
    return _coster(dossier, engagement, law)(engagement.unit_pay)


def gross_for_net(dossier: Dossier, engagement: Engagement, target: Decimal, law: Law) -> Found:
    """Find the lowest pay per unit whose whole engagement leaves `target` euros before income tax.

    When no cent of pay gives it exactly, the pay proposed is the first that leaves more, and both neighbours are given.
    Net may fall at a threshold: higher pays that leave the same net are in `others`. BadInput when out of reach.
    """
    pay = _coster(dossier, engagement, law)
    search = _Search(target, pay, lambda cost: cost.net)
    search.run(_falls(search.first, law))
    return search.found(prefer=-1)


def gross_for_cost(dossier: Dossier, engagement: Engagement, target: Decimal, law: Law) -> Found:
    """Find the lowest pay per unit whose whole engagement costs `target` euros to the employer.

    When no cent of pay gives it exactly, the pay proposed is the last that costs less, and both neighbours are given.
    BadInput when out of reach.
    """
    search = _Search(target, _coster(dossier, engagement, law), lambda cost: cost.employer_cost.value)
    search.run(())
    return search.found(prefer=0)


def _coster(dossier: Dossier, engagement: Engagement, law: Law) -> Callable[[Decimal], PayCost]:
    """Give the function that costs an engagement from its pay per unit, its presence being read once."""
    small = _surroundings(dossier, engagement)
    calendar = Calendar(small)

    def cost(unit_pay: Decimal) -> PayCost:
        paid = engagement.model_copy(update={"unit_pay": unit_pay})
        found = pay_costs(small.with_facts([paid]), law, {}, calendar)
        return next(each for each in found if each.about == engagement.about)

    if not small.find(engagement.position, Position):
        raise BadInput(Problem("choisissez un emploi", path="position"))
    return cost


def _surroundings(dossier: Dossier, engagement: Engagement) -> Dossier:
    """What the pay of an engagement depends on: its structure, its person's engagements and their dates."""
    theirs = [each for each in dossier.all(Engagement) if each.person == engagement.person]
    own = {each.about: each for each in (*theirs, engagement)}
    wanted = {each.position for each in own.values()}
    positions = [
        position.model_copy(update={"forecast": ()})
        for position in dossier.all(Position)
        if position.about in wanted
    ]
    parts = [part for part in dossier.all(Participation) if part.engagement in own]
    events = {event.about: event for part in parts if (event := dossier.find(part.event, Event))}
    person = dossier.find(engagement.person, Person)
    venues = dossier.all(Venue) if events else ()
    people = [person] if person else []
    shared = [dossier.employer, dossier.production, *people, *venues]
    return Dossier.of_facts([*shared, *positions, *own.values(), *events.values(), *parts])


class _Search:
    """The lowest pay per unit, to the cent, whose engagement reaches a target: a bisection, then its cents around."""

    def __init__(
        self, target: Decimal, cost: Callable[[Decimal], PayCost], read: Callable[[PayCost], Decimal]
    ) -> None:
        if target <= ZERO:
            raise BadInput(Problem("le montant visé doit être positif"))
        if target > LARGEST_TARGET:
            raise BadInput(Problem(f"le montant visé dépasse {french.euro(LARGEST_TARGET)}"))
        self.target, self.cost, self.read = target, cost, read
        self._known: dict[Decimal, PayCost] = {}
        self._scans: list[list[Decimal]] = []
        self.first = self.at((target / (_units(cost) or 1)).quantize(CENT, ROUND_CEILING))
        if not self.first.slips:
            raise BadInput([Problem(finding.message.rstrip(".")) for finding in self.first.findings])

    def at(self, unit_pay: Decimal) -> PayCost:
        """Cost the engagement at a pay, once."""
        if unit_pay not in self._known:
            self._known[unit_pay] = self.cost(unit_pay)
        return self._known[unit_pay]

    def value(self, unit_pay: Decimal) -> Decimal:
        """The figure that must reach the target, at a pay."""
        return self.read(self.at(unit_pay))

    def run(self, falls: Iterable[Decimal]) -> None:
        """Look for the target in each range of pay where the figure only grows."""
        top = self._top()
        ends = sorted({end for end in falls if ZERO < end < top} | {top})
        for start, end in zip([ZERO, *ends], ends, strict=False):
            if self.value(end) >= self.target:
                self._scans.append(self._around(self._crossing(start, end)))

    def _top(self) -> Decimal:
        pay = max(self.first.unit_pay, CENT)
        while self.value(pay) < self.target:
            pay *= 2
        return pay

    def _crossing(self, low: Decimal, high: Decimal) -> Decimal:
        while high - low > CENT:
            middle = ((low + high) / 2).quantize(CENT)
            if self.value(middle) < self.target:
                low = middle
            else:
                high = middle
        return high

    def _around(self, pay: Decimal) -> list[Decimal]:
        units = max(self.first.quantity, CENT)
        wide = int((_NEAR * len(self.first.slips) / units).to_integral_value(ROUND_CEILING)) + 2
        return [near for offset in range(-wide, wide + 1) if (near := pay + CENT * offset) > ZERO]

    def found(self, *, prefer: int) -> Found:
        """Give the lowest pay found, else the two nearest: `prefer` is the place of the one to propose."""
        reaching = sorted({pay for scan in self._scans for pay in scan if self.value(pay) == self.target})
        if reaching:
            return Found(True, reaching[0], self.at(reaching[0]), (), tuple(reaching[1:]))
        scan = self._scans[0]
        above = next(pay for pay in scan if self.value(pay) > self.target)
        below = [pay for pay in scan if pay < above][-1:]
        near = (*below, above)
        chosen = near[prefer]
        return Found(False, chosen, self.at(chosen), tuple(_reached(self.at(pay)) for pay in near))


def _units(cost: Callable[[Decimal], PayCost]) -> Decimal:
    return cost(Decimal(1)).quantity


def _reached(cost: PayCost) -> Reached:
    return Reached(cost.unit_pay, cost.gross.value, cost.net, cost.employer_cost.value)


def _falls(cost: PayCost, law: Law) -> set[Decimal]:
    """The pays per unit around which the net of a month falls, to the cent on either side."""
    falls: set[Decimal] = set()
    for monthly in cost.slips:
        beside = sum((extra.value for extra in monthly.extras), ZERO)
        if monthly.units > 0:
            for gross in thresholds(monthly.slip.terms, monthly.slip.presence, law):
                pay = ((gross - beside) / monthly.units).quantize(CENT, ROUND_FLOOR)
                falls |= {pay - CENT, pay, pay + CENT}
    return falls


@dataclass(frozen=True, slots=True)
class Variant:
    """Another way to engage somebody: its name, and the changes that would make it so.

    `supposed` are changes taken for granted while it is costed and that only a person can make (an agreement given).
    """

    key: str
    label: str
    changes: tuple[Change, ...] = ()
    supposed: tuple[Change, ...] = ()
    note: str = ""
    """What is supposed, in words."""

    def applied(self, dossier: Dossier) -> Dossier:
        """The dossier as the variant makes it; BadInput when it does not apply."""
        return apply_changes(dossier, (*self.changes, *self.supposed))


@dataclass(frozen=True, slots=True)
class Way:
    """One way costed: the engagement it gives, or why it cannot be."""

    variant: Variant
    dossier: Dossier
    engagement: Engagement | None
    position: Position | None
    cost: PayCost | None
    refusals: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The key of its variant; empty for the engagement as it stands."""
        return self.variant.key

    @property
    def label(self) -> str:
        """Its name."""
        return self.variant.label

    @property
    def changes(self) -> tuple[Change, ...]:
        """What makes the engagement so."""
        return self.variant.changes

    @property
    def paid_leave(self) -> Decimal | None:
        """What the employer pays to the holiday fund, in euros; None when the holidays are the employer's own."""
        if self.cost is None:
            return None
        paid = [line.amount for line in _lines(self.cost) if line.id == PAID_LEAVE]
        return sum(paid, ZERO) if paid else None


@dataclass(frozen=True, slots=True)
class LineCompared:
    """A contribution in each way, in euros over the whole engagement; None where it is not due."""

    id: str
    label: str
    payer: str
    amounts: tuple[Decimal | None, ...]
    confidences: tuple[str | None, ...]
    source: Source

    @property
    def differences(self) -> tuple[Decimal, ...]:
        """What each other way adds to the first."""
        first, *others = (amount or ZERO for amount in self.amounts)
        return tuple(other - first for other in others)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Ways side by side, the first being the engagement as it stands, and every contribution of any of them."""

    ways: tuple[Way, ...]
    lines: tuple[LineCompared, ...]


def compare_ways(
    dossier: Dossier, engagement: Engagement, variants: Sequence[Variant], law: Law
) -> Comparison:
    """Cost an engagement as it stands, then each variant; a variant that cannot be says why and hides no other.

    `law` is the structure's.
    """
    whole = dossier.with_facts([engagement])
    here = Variant("", "Tel qu’engagé")
    ways = tuple(_way(whole, engagement.about, variant, law) for variant in (here, *variants))
    return Comparison(ways, _compared(ways))


def _way(dossier: Dossier, about: str, variant: Variant, law: Law) -> Way:
    after = dossier
    try:
        after = variant.applied(dossier)
        engagement = _engagement_in(after, about)
        cost = cost_alone(after, engagement, law)
    except BadInput as error:
        said = tuple(problem.message for problem in error.problems)
        return Way(variant, after, None, None, None, said)
    position = after.find(engagement.position, Position)
    refusals = tuple(finding.message for finding in cost.findings if finding.severity == "blocking")
    return Way(variant, after, engagement, position, cost, refusals)


def entitlement_of(way: Way, law: Law) -> Entitlement | None:
    """Count the hours one way alone brings towards unemployment rights, as an estimate; None when it cannot be costed.

    Read on the last day of the engagement; `law` is the structure's.
    """
    if way.engagement is None:
        return None
    alone = {**way.dossier.by_kind, Engagement.kind: {way.engagement.id: way.engagement}}
    work = declared_work(Dossier(alone), way.engagement.person)
    last = max((one.on for one in work), default=way.engagement.ends_on)
    return hours_toward_507(work, last, law)


def _engagement_in(dossier: Dossier, about: str) -> Engagement:
    engagement = dossier.find(about, Engagement)
    if engagement is None:
        raise BadInput(Problem("l’engagement n’existe plus dans cette variante"))
    return engagement


def _lines(cost: PayCost) -> list[Line]:
    return [line for monthly in cost.slips for line in monthly.slip.lines]


def _compared(ways: Sequence[Way]) -> tuple[LineCompared, ...]:
    """Add up each contribution over the slips of each way: the employer's first, as on a slip."""
    found: dict[tuple[str, str], list[list[Line]]] = {}
    for place, way in enumerate(ways):
        for line in _lines(way.cost) if way.cost else ():
            mine = found.setdefault((line.payer, line.id), [[] for _ in ways])
            mine[place].append(line)
    rows = sorted(found.items(), key=lambda each: each[0][0] != "employer")
    return tuple(_row(ident, payer, lines) for (payer, ident), lines in rows)


def _row(ident: str, payer: str, ways: Sequence[Sequence[Line]]) -> LineCompared:
    first = next(lines[0] for lines in ways if lines)
    return LineCompared(
        id=ident,
        label=first.label,
        payer=payer,
        amounts=tuple(sum((line.amount for line in lines), ZERO) if lines else None for lines in ways),
        confidences=tuple(
            CERTAINTIES[max(line.certainty for line in lines)] if lines else None for lines in ways
        ),
        source=first.source,
    )
