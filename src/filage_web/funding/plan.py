"""The plan as its page reads it: one row per source, three readings, a bar that adds up to the charges."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from filage.facts.dossier import Dossier
from filage.facts.funding import Funding
from filage.funding.catalogue import Piece, pieces_of
from filage.funding.plan import Plan, Source
from filage.kernel.money import ONE, ZERO, share_out

FULL, WEIGHTED, CERTAIN = "plein", "pondere", "certain"
READINGS: Final = (FULL, WEIGHTED, CERTAIN)
GOOD: Final = frozenset({"Signé", "Notifié", "Versé", "Acquis"})


@dataclass(frozen=True, slots=True)
class Money:
    """A source, its sale and its re-billed travel together."""

    about: str
    line: str
    label: str
    nature: str
    state: str
    amount: Decimal
    probability: Decimal
    weighted: Decimal
    received: Decimal

    @property
    def status(self) -> str:
        """The status under which its state is drawn; neutral when neither good nor bad."""
        return "done" if self.state in GOOD else ""

    @property
    def anchor(self) -> str:
        """Name the row in the page."""
        return self.about.replace("/", "-")

    @property
    def kind(self) -> str:
        """The kind of the fact behind it."""
        return self.about.partition("/")[0]

    @property
    def ident(self) -> str:
        """The id of the fact behind it."""
        return self.about.partition("/")[2]


@dataclass(frozen=True, slots=True)
class Block:
    """Certain or probable sources, and their sums."""

    label: str
    sources: tuple[Money, ...]

    @property
    def amount(self) -> Decimal:
        """Their full amounts."""
        return sum((one.amount for one in self.sources), ZERO)

    @property
    def weighted(self) -> Decimal:
        """Their amounts by their probabilities."""
        return sum((one.weighted for one in self.sources), ZERO)

    @property
    def received(self) -> Decimal:
        """What came in."""
        return sum((one.received for one in self.sources), ZERO)


@dataclass(frozen=True, slots=True)
class Bar:
    """The plan in one reading: amounts and shares of the charges (or of the money, when there is more of it)."""

    certain: Decimal
    probable: Decimal
    missing: Decimal
    shares: tuple[Decimal, ...]


def blocks_of(plan: Plan, dossier: Dossier) -> tuple[Block, Block]:
    """Return the certain and the probable sources; the two lines of one sale are read together."""
    merged: dict[str, Money] = {}
    for source in plan.sources:
        one = _money(source, dossier)
        known = merged.get(source.about) if source.about.startswith("contract/") else None
        merged[one.about if known or one.kind == "contract" else source.line] = (
            _with(known, one) if known else one
        )
    found = tuple(merged.values())
    return (
        Block("Certain", tuple(one for one in found if one.probability == ONE)),
        Block("Probable", tuple(one for one in found if one.probability != ONE)),
    )


def _money(source: Source, dossier: Dossier) -> Money:
    funding = dossier.find(source.about, Funding)
    nature = source.nature.lower()
    if funding is not None and funding.scheme and funding.scheme.lower() != nature:
        nature = funding.scheme
    return Money(
        source.about, source.line, source.label, nature, source.state, source.amount, source.probability,
        source.weighted, source.received,
    )  # fmt: skip


def _with(one: Money, other: Money) -> Money:
    main = one if one.line.startswith("cession/") else other
    return Money(
        main.about, main.line, main.label, f"{main.nature} et voyages", main.state, one.amount + other.amount,
        main.probability, one.weighted + other.weighted, one.received + other.received,
    )  # fmt: skip


def bar_of(plan: Plan, reading: str) -> Bar:
    """Read the plan in full, weighted, or with certain money only."""
    counted = {FULL: plan.full, WEIGHTED: plan.weighted, CERTAIN: plan.certain}[reading]
    certain, probable = plan.certain, counted - plan.certain
    missing = max(plan.expense - counted, ZERO)
    parts = (certain, probable, missing)
    return Bar(certain, probable, missing, shares_of(parts))


def shares_of(parts: Iterable[Decimal]) -> tuple[Decimal, ...]:
    """Return parts as fractions of their sum, to a tenth of a per cent, adding up to one."""
    parts = tuple(parts)
    if not sum(parts, ZERO):
        return tuple(ZERO for _ in parts)
    return share_out(ONE, parts, Decimal("0.001"))


@dataclass(frozen=True, slots=True)
class Nature:
    """The money of one nature, and its share of the whole plan."""

    label: str
    amount: Decimal
    share: Decimal

    @property
    def width(self) -> int:
        """The length of its bar, out of a thousand."""
        return int(self.share * 1000)


def natures_of(plan: Plan) -> tuple[Nature, ...]:
    """The sources by nature, the largest first; their shares add up to one."""
    held: dict[str, Decimal] = {}
    for source in plan.sources:
        held[source.nature] = held.get(source.nature, ZERO) + source.amount
    ordered = sorted(held.items(), key=lambda one: (-one[1], one[0]))
    parts = shares_of(amount for _label, amount in ordered)
    return tuple(Nature(label, amount, share) for (label, amount), share in zip(ordered, parts, strict=True))


@dataclass(frozen=True, slots=True)
class Payment:
    """One instalment of a source: when, how much, whether it came or is late, and all that came or will by then."""

    about: str
    source: str
    label: str
    on: date
    amount: Decimal
    received: bool
    late: bool
    condition: str
    so_far: Decimal


def payments_of(dossier: Dossier, today: date) -> tuple[Payment, ...]:
    """Every instalment of the sources not refused, by day, with the running total."""
    parts = sorted(
        ((part, one) for one in dossier.all(Funding) if one.state != "refused" for part in one.instalments),
        key=lambda pair: pair[0].on,
    )
    found, so_far = [], ZERO
    for part, one in parts:
        so_far += part.amount
        late = not part.received and part.on < today
        found.append(
            Payment(
                one.about,
                one.label,
                part.label or "",
                part.on,
                part.amount,
                part.received,
                late,
                part.condition or "",
                so_far,
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Checklist:
    """The pieces one request asks for."""

    funding: Funding
    pieces: tuple[Piece, ...]

    @property
    def gathered(self) -> int:
        """How many are gathered."""
        return sum(one.gathered for one in self.pieces)


def checklists_of(dossier: Dossier) -> tuple[Checklist, ...]:
    """The pieces of every source still to ask, the nearest deposit first."""
    asked = [one for one in dossier.all(Funding) if one.state == "to_ask"]
    asked.sort(key=lambda one: (one.deadline_on or date.max, one.label))
    found = (Checklist(one, pieces_of(one, dossier)) for one in asked)
    return tuple(one for one in found if one.pieces)
