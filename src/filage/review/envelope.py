"""A target envelope: the smallest sets of things to give up that reach it, each reviewed, with what it loses."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nlargest
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING

from filage.facts.calendar import Event
from filage.facts.changing import apply_changes
from filage.facts.people import Person
from filage.facts.script import Need
from filage.facts.team import Engagement, Position
from filage.facts.venue import Venue
from filage.kernel import french
from filage.kernel.errors import BadInput, Problem
from filage.kernel.money import ZERO
from filage.review.context import Context
from filage.review.levers import levers_of
from filage.review.run import review

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from filage.facts.dossier import Dossier
    from filage.law import Law
    from filage.review.levers import Lever
    from filage.review.outcome import Outcome

    Tell = Callable[[int, int, int], bool]
    """Told the reviews done, those allowed and the ways found; False asks to stop with what is found."""

MEASURES = {
    "cost": "le coût",
    "price": "le prix de cession d’une date",
    "gap": "ce qui reste à trouver",
}
MOST_REVIEWS = 400
LARGEST = 3
_COMBINED = 60
"""Levers combined with others: those that save the most alone."""
_NAMED = 4


@dataclass(frozen=True, slots=True)
class Target:
    """A measure (`MEASURES`) not to exceed, in euros."""

    measure: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Loss:
    """What a way gives up, in words; `kind` is dates, people, needs, income, lines or findings."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Way:
    """A set of levers that reaches the target, none of which can be spared: what it comes to, what it loses."""

    levers: tuple[Lever, ...]
    value: Decimal
    losses: tuple[Loss, ...]
    weight: tuple[int, ...]
    """Dates, people and needs lost, then findings added: what ways of one size are sorted by."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """The ways to a target, smallest first, then those that lose least.

    `now` is the measure today, `lowest` the lowest met, `left` the sets that were not tried (0: every set was, up to
    `largest` levers).
    """

    target: Target
    now: Decimal | None
    levers: tuple[Lever, ...]
    ways: tuple[Way, ...]
    lowest: Decimal | None
    reviews: int
    left: int
    largest: int

    @property
    def reached(self) -> bool:
        """Whether nothing needs to be given up."""
        return self.now is not None and self.now <= self.target.amount


def envelope(  # noqa: PLR0913 - what a search depends on
    dossier: Dossier,
    law: Law,
    today: date,
    target: Target,
    *,
    levers: Sequence[Lever] | None = None,
    context: Context = Context(),  # noqa: B008 - frozen and empty
    most_reviews: int = MOST_REVIEWS,
    largest: int = LARGEST,
    tell: Tell | None = None,
) -> Envelope:
    """Search the sets of levers that bring a measure down to the target; every set is reviewed, none is guessed.

    Sets are tried by size, then those whose levers save the most alone first; `most_reviews` bounds the work and
    `left` says what it left out. Without `levers`, those of `levers_of`. BadInput when the target cannot be read.
    """
    _check(target, most_reviews, largest)
    before = review(dossier, law, today, context)
    levers = tuple(levers_of(before) if levers is None else levers)
    now = measured(before, target)
    search = _Search(before, law, context, target, levers, most_reviews, tell)
    if now is None or now > target.amount:
        search.run(largest)
    ways = sorted(search.ways, key=lambda way: (len(way.levers), way.weight, -way.value, _ids(way.levers)))
    return Envelope(target, now, levers, tuple(ways), search.lowest, search.reviews, search.left, largest)


def measured(outcome: Outcome, target: Target) -> Decimal | None:
    """The measure of an outcome, in euros; None when there is no price."""
    if target.measure == "cost":
        return outcome.budget.expense
    if target.measure == "gap":
        return outcome.plan.gap
    return outcome.price.prices[0].unit_price if outcome.price else None


def _check(target: Target, most_reviews: int, largest: int) -> None:
    problems = []
    if target.measure not in MEASURES:
        problems.append(
            Problem(f"« {target.measure} » ne se vise pas", path="measure", expected=", ".join(MEASURES))
        )
    if most_reviews < 1:
        problems.append(Problem("il faut au moins une relecture", path="reviews"))
    if largest < 1:
        problems.append(Problem("un ensemble compte au moins un renoncement", path="size"))
    if problems:
        raise BadInput(problems)


class _Search:
    """The sets tried, and what they gave."""

    def __init__(
        self,
        before: Outcome,
        law: Law,
        context: Context,
        target: Target,
        levers: Sequence[Lever],
        most: int,
        tell: Tell | None,
    ) -> None:
        self.before, self.law, self.context, self.target = before, law, context, target
        self.levers, self.most, self.tell = levers, most, tell
        self.ways: list[Way] = []
        self.lowest: Decimal | None = measured(before, target)
        self.reviews = self.left = 0
        self._reaching: list[frozenset[int]] = []
        self._saved: dict[int, Decimal] = {}

    def run(self, largest: int) -> None:
        """Try every lever alone, then sets of two and more that hold no set that reaches the target already."""
        going = True
        for size in range(1, min(largest, len(self.levers)) + 1):
            sets = list(self._sets(size))
            for rank, chosen in enumerate(sets):
                going = going and self.reviews < self.most and self._told()
                if not going:
                    self.left += len(sets) - rank
                    break
                self._try(chosen)

    def _sets(self, size: int) -> Iterator[tuple[int, ...]]:
        """The sets of one size worth trying, the most promising first."""
        known = range(len(self.levers))
        if size == 1:
            yield from ((index,) for index in known)
            return
        kept = known if len(known) <= _COMBINED else nlargest(_COMBINED, known, key=self._alone)
        self.left += comb(len(known), size) - comb(len(kept), size)
        found = [
            chosen
            for chosen in combinations(sorted(kept), size)
            if not any(reaching.issubset(chosen) for reaching in self._reaching)
        ]
        yield from sorted(found, key=lambda chosen: -sum(self._alone(index) for index in chosen))

    def _alone(self, index: int) -> Decimal:
        return self._saved.get(index, ZERO)

    def _told(self) -> bool:
        return self.tell is None or self.tell(self.reviews, self.most, len(self.ways))

    def _try(self, chosen: tuple[int, ...]) -> None:
        levers = tuple(self.levers[index] for index in chosen)
        try:
            changed = apply_changes(
                self.before.dossier, [change for lever in levers for change in lever.changes]
            )
            after = review(changed, self.law, self.before.on, self.context)
        except BadInput:
            return  # levers that undo one another, or facts that others still need: no way through here
        self.reviews += 1
        value, now = measured(after, self.target), measured(self.before, self.target)
        if value is None:
            return
        if len(chosen) == 1 and now is not None:
            self._saved[chosen[0]] = now - value
        self.lowest = value if self.lowest is None else min(self.lowest, value)
        if value <= self.target.amount:
            self._reaching.append(frozenset(chosen))
            losses, weight = _losses(self.before, after)
            self.ways.append(Way(levers, value, losses, weight))


def _ids(levers: Iterable[Lever]) -> tuple[str, ...]:
    return tuple(lever.id for lever in levers)


# --- what is lost -------------------------------------------------------------------------------------------


def _losses(before: Outcome, after: Outcome) -> tuple[tuple[Loss, ...], tuple[int, ...]]:
    """What an outcome no longer has, in words, and the counts that ways are sorted by."""
    dates, people, needs = _dates_lost(before, after), _people_lost(before, after), _needs_lost(before, after)
    old = {(finding.code, finding.about) for finding in before.findings}
    added = (f for f in after.findings if (f.code, f.about) not in old and f.severity != "info")
    new = list({finding.message: finding for finding in added}.values())
    losses = [
        *_listed("dates", ("date", "dates"), dates),
        *_listed("people", ("personne", "personnes"), people),
        *_listed("needs", ("besoin", "besoins"), needs),
    ]
    income = before.budget.income - after.budget.income
    if income > 0:
        losses.append(Loss("income", f"{french.euro(income)} de recettes en moins"))
    losses += [Loss("lines", words) for words in _lines_lost(before, after)]
    if new:
        said = " ".join(finding.message for finding in new[:2])
        more = f" et {len(new) - 2} autres" if len(new) > 2 else ""  # noqa: PLR2004 - two are enough to judge
        losses.append(Loss("findings", f"Constats de plus : {said}{more}"))
    blocking = sum(finding.severity == "blocking" for finding in new)
    return tuple(losses), (len(dates), len(people), len(needs), blocking, len(new))


def _listed(kind: str, words: tuple[str, str], names: Sequence[str]) -> Iterator[Loss]:
    if names:
        more = f" et {len(names) - _NAMED} autres" if len(names) > _NAMED else ""
        word = words[len(names) > 1]
        yield Loss(kind, f"{len(names)} {word} : {', '.join(names[:_NAMED])}{more}")


def _dates_lost(before: Outcome, after: Outcome) -> list[str]:
    kept = {event.about for event in after.dossier.all(Event) if event.option != "cancelled"}
    lost = []
    for event in before.dossier.all(Event):
        if event.type == "performance" and event.option != "cancelled" and event.about not in kept:
            venue = before.dossier.find(event.venue, Venue)
            lost.append(french.day(event.day) + (f" {venue.label}" if venue else ""))
    return lost


def _people_lost(before: Outcome, after: Outcome) -> list[str]:
    """Engagements and places in positions that are gone, by name."""
    lost = []
    kept = {engagement.about for engagement in after.dossier.all(Engagement)}
    for engagement in before.dossier.all(Engagement):
        if engagement.about not in kept:
            person = before.dossier.find(engagement.person, Person)
            lost.append(person.name() if person else engagement.id)
    for position in before.dossier.all(Position):
        now = after.dossier.find(position.about, Position)
        places = position.people if position.forecast else 0
        left = now.people if now is not None and now.forecast else 0
        lost += [position.label] * max(0, places - left)
    return lost


def _needs_lost(before: Outcome, after: Outcome) -> list[str]:
    kept = {need.about for need in after.dossier.all(Need)}
    off = {f"line/{row.about.partition('/')[2]}" for row in after.budget.rows if row.off}
    return [
        need.label
        for need in before.dossier.all(Need)
        if need.about not in kept or (need.line and f"line/{need.line.partition('/')[2]}" in off)
    ]


def _lines_lost(before: Outcome, after: Outcome) -> Iterator[str]:
    """The five lines typed by people that lose the most."""
    rows = after.budget.by_id()
    moved = []
    for row in before.budget.rows:
        if row.side != "expense" or row.basis != "saisi":
            continue
        now = rows[row.id].amount if row.id in rows else ZERO
        if now < row.amount:
            moved.append((row.amount - now, row.label, row.amount, now))
    for _, label, was, now in sorted(moved, key=lambda one: (-one[0], one[1]))[:5]:
        yield f"{label} : {french.euro(now)} au lieu de {french.euro(was)}"
