"""What the budget may really cost: each line drawn ten thousand times within its range, and added up.

A range is triangular: its lowest, its most likely (the amount of the line) and its highest value are the figures a
person knows, and it does not make extremes rarer than they say, as a bell would. Lines of one block move together (one
draw for all), blocks apart. A reserve (contingency) is money kept for overruns: it is in the budget and in no cost.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from zlib import crc32

from filage.budget.lines import EXPENSE
from filage.facts.budget import BudgetLine
from filage.kernel.errors import BadInput, Problem
from filage.kernel.money import ZERO, round_half_up
from filage.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from filage.budget.lines import Budget, BudgetRow
    from filage.facts.dossier import Dossier

    Draws = NDArray[np.float64]

TOGETHER = {
    "apart": "Chaque ligne varie seule",
    "group": "Les lignes d’un groupe varient ensemble",
    "post": "Les lignes d’un poste varient ensemble",
    "all": "Toutes les lignes varient ensemble",
}
ORIGINS = {
    "quote": "Devis", "estimate": "Estimations", "typed": "Autres lignes saisies",
    "forecast": "Paie pas encore engagée", "computed": "Autres lignes calculées",
}  # fmt: skip
"""The lines a default range may be given to, by how sure they are."""
PERCENTILES = (5, 10, 25, 50, 75, 90, 95)
BINS = 24
MOST_DRAWS = 1_000_000
_EURO, _SHARE = Decimal(1), Decimal("0.001")
_RESERVE_WORDS = ("imprevu", "alea", "contingen")


@dataclass(frozen=True, slots=True)
class RiskChoices:
    """What the user chose: draws, seed, default ranges (fractions by origin), what moves together, a target in euros.

    No default range is taken unless it is named here. `reserves` are line ids; None: the shares of posts called
    contingency.
    """

    draws: int = 10_000
    seed: int = 1
    spread: tuple[tuple[str, Decimal], ...] = ()
    together: str = "apart"
    target: Decimal | None = None
    reserves: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Range:
    """A line that may vary, in euros: at least, most likely, at most; `basis` is `own` or the origin of a default."""

    row: BudgetRow
    low: Decimal
    amount: Decimal
    high: Decimal
    basis: str


@dataclass(frozen=True, slots=True)
class Weight:
    """How much of the uncertainty one line carries: a fraction of the variance of the total."""

    range: Range
    share: Decimal


@dataclass(frozen=True, slots=True)
class Bin:
    """Draws whose cost lies from `low` to `high`, in euros."""

    low: Decimal
    high: Decimal
    count: int


@dataclass(frozen=True, slots=True)
class Risk:
    """Where the cost may fall, in whole euros; chances are fractions to the thousandth.

    `inside` is the chance that the cost, reserves apart, stays within the budget, reserves included.
    """

    choices: RiskChoices
    budget: Decimal
    reserve: Decimal
    reserves: tuple[str, ...]
    mean: Decimal
    deviation: Decimal
    percentiles: tuple[tuple[int, Decimal], ...]
    inside: Decimal
    inside_target: Decimal | None
    bins: tuple[Bin, ...]
    weights: tuple[Weight, ...]
    certain: Decimal
    notices: tuple[str, ...] = ()


def risk_of(dossier: Dossier, budget: Budget, choices: RiskChoices | None = None) -> Risk:
    """Draw the cost of a budget; same arguments, same result. BadInput lists the choices that cannot be used."""
    import numpy as np

    choices = choices or RiskChoices()
    _check(choices)
    rows = [row for row in budget.rows if row.side == EXPENSE and row.counts]
    kept = set(_reserves(dossier, rows) if choices.reserves is None else choices.reserves)
    reserves = tuple(row.id for row in rows if row.id in kept)
    reserve = sum((row.amount for row in rows if row.id in kept), ZERO)
    notices: list[str] = []
    ranges = list(_ranges(dossier, [row for row in rows if row.id not in kept], choices, notices))
    blocks = _blocks(ranges, choices.together)

    offset = np.zeros(choices.draws)
    for drawn, _ in _drawn(blocks, choices):
        offset += drawn
    expected = budget.expense - reserve
    room = float(reserve)
    cost = offset + float(expected)
    return Risk(
        choices=choices,
        budget=budget.expense,
        reserve=reserve,
        reserves=reserves,
        mean=_euros(float(cost.mean())),
        deviation=_euros(float(offset.std())),
        percentiles=tuple((p, _euros(float(np.percentile(cost, p)))) for p in PERCENTILES),
        inside=_chance(offset, room),
        inside_target=None if choices.target is None else _chance(offset, float(choices.target - expected)),
        bins=_bins(cost) if ranges else (Bin(_euros(float(expected)), _euros(float(expected)), choices.draws),),
        weights=tuple(sorted(_weights(blocks, choices, offset), key=lambda one: (-one.share, one.range.row.id))),
        certain=expected - sum((one.amount for one in ranges), ZERO),
        notices=tuple(notices),
    )  # fmt: skip


def _check(choices: RiskChoices) -> None:
    problems = []
    if not 1 <= choices.draws <= MOST_DRAWS:
        problems.append(Problem(f"{choices.draws} tirages : il en faut de 1 à {MOST_DRAWS}", path="draws"))
    if choices.seed < 0:
        problems.append(Problem("la graine est un entier positif", path="seed"))
    if choices.together not in TOGETHER:
        problems.append(
            Problem(
                f"« {choices.together} » ne dit pas ce qui varie ensemble",
                path="together",
                expected=", ".join(TOGETHER),
            )
        )
    for origin, rate in choices.spread:
        if origin not in ORIGINS:
            problems.append(
                Problem(
                    f"« {origin} » n’est pas une origine de ligne", path="spread", expected=", ".join(ORIGINS)
                )
            )
        if not 0 <= rate <= 10:  # noqa: PLR2004 - ten times the amount
            problems.append(Problem(f"une fourchette de ± {rate} : une fraction de 0 à 10", path="spread"))
    if problems:
        raise BadInput(problems)


def _reserves(dossier: Dossier, rows: Iterable[BudgetRow]) -> Iterator[str]:
    """The shares of posts that are contingency by their name."""
    for row in rows:
        line = dossier.find(row.about, BudgetLine)
        if line is not None and line.share_of and any(word in fold(line.label) for word in _RESERVE_WORDS):
            yield row.id


def _ranges(
    dossier: Dossier, rows: Iterable[BudgetRow], choices: RiskChoices, notices: list[str]
) -> Iterator[Range]:
    """The lines that may vary: by their own range, else by the default chosen for their origin."""
    spread = dict(choices.spread)
    for row in rows:
        basis = "own"
        if row.low is not None or row.high is not None:
            low = row.amount if row.low is None else row.low
            high = row.amount if row.high is None else row.high
            if not low <= row.amount <= high:
                notices.append(
                    f"{row.label} : le montant n’est pas dans sa fourchette ; elle est élargie jusqu’à lui."
                )
            low, high = min(low, high, row.amount), max(low, high, row.amount)
        else:
            basis = _origin(dossier, row)
            around = abs(row.amount) * spread.get(basis, ZERO)
            low, high = row.amount - around, row.amount + around
        if low < high:
            yield Range(row, low, row.amount, high, basis)


def _origin(dossier: Dossier, row: BudgetRow) -> str:
    line = dossier.find(row.about, BudgetLine)
    if line is not None:
        return line.reliability
    return "forecast" if row.id.startswith("forecast/") else "computed"


def _blocks(ranges: Sequence[Range], together: str) -> Mapping[str, list[Range]]:
    """The lines that move together, by the name of their block."""
    names: dict[str, Callable[[BudgetRow], str]] = {
        "apart": lambda row: row.id,
        "group": lambda row: row.group or row.id,
        "post": lambda row: f"post/{row.phase}/{row.post}",
        "all": lambda _row: "all",
    }
    blocks: dict[str, list[Range]] = defaultdict(list)
    for one in ranges:
        blocks[names[together](one.row)].append(one)
    return blocks


def _drawn(blocks: Mapping[str, list[Range]], choices: RiskChoices) -> Iterator[tuple[Draws, Range]]:
    """What each line costs above its amount, draw by draw.

    A block draws from the seed and its name: the same whatever the other lines, so that two budgets compare.
    """
    import numpy as np

    for name, ranges in blocks.items():
        level = np.random.default_rng([choices.seed, crc32(name.encode())]).random(choices.draws)
        for one in ranges:
            yield _triangular(level, float(one.low - one.amount), float(one.high - one.amount)), one


def _triangular(level: Draws, below: float, above: float) -> Draws:
    """The values at these levels of a triangle from `below` (≤ 0) to `above` (≥ 0), most likely at zero."""
    import numpy as np

    width = above - below
    rising = below + np.sqrt(level * width * -below)
    falling = above - np.sqrt((1 - level) * width * above)
    found: Draws = np.where(level * width < -below, rising, falling)
    return found


def _weights(blocks: Mapping[str, list[Range]], choices: RiskChoices, offset: Draws) -> Iterator[Weight]:
    """The part of each line in the variance of the total: its covariance with it; the parts add up to one."""
    centred = offset - offset.mean()
    variance = float(centred @ centred)
    for drawn, one in _drawn(blocks, choices):
        part = float((drawn - drawn.mean()) @ centred) / variance if variance else 0.0
        yield Weight(one, round_half_up(Decimal(repr(part)), _SHARE))


def _bins(cost: Draws) -> tuple[Bin, ...]:
    """The draws in classes of equal width, from the least to the most."""
    import numpy as np

    counts, edges = np.histogram(cost, bins=BINS)
    bounds = [_euros(float(edge)) for edge in edges]
    return tuple(Bin(bounds[i], bounds[i + 1], int(count)) for i, count in enumerate(counts))


def _chance(offset: Draws, room: float) -> Decimal:
    """The fraction of draws that leave this room, to a thousandth of a cent."""
    inside = int((offset <= room + 1e-5).sum())
    return round_half_up(Decimal(inside) / len(offset), _SHARE)


def _euros(value: float) -> Decimal:
    return round_half_up(Decimal(repr(value)), _EURO)
