"""The grid of a budget: production, exploitation and income; posts; numbered lines. It only arranges an outcome."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from filage.budget.lines import EXPENSE, RECEIPT, BudgetRow
from filage.budget.posts import posts_of
from filage.facts.base import Fact
from filage.facts.budget import BudgetLine, BudgetPost, LineOverride
from filage.facts.dossier import Dossier
from filage.facts.funding import Funding
from filage.kernel.money import ZERO
from filage.review import Outcome
from filage_web.scenarios.chosen import Chosen

FOLDED_BEYOND: Final = 300
"""Lines above which posts come folded: their rows are asked for one post at a time."""
ALL: Final = "tous"
PARTS: Final = (("production", "Production"), ("exploitation", "Exploitation"))
INCOME_GROUPS: Final = (
    ("financements", "Financements"),
    ("cessions", "Cessions et voyages refacturés"),
    ("recettes", "Autres recettes"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the grid, with what its cells hold when they are edited."""

    number: str
    row: BudgetRow
    seen: int | None
    """The revision of the typed fact behind it, or of its replacement; None when nothing is stored."""
    raw: Mapping[str, str]
    """What an editor opens on, by field: the expression typed, or the amount. What is absent is not editable."""
    override: LineOverride | None = None

    @property
    def is_computed(self) -> bool:
        """Whether the amount follows from facts and was not replaced by hand."""
        return self.row.computed is not None and self.override is None

    @property
    def anchor(self) -> str:
        """Name the row in the page: where a search of the fact leads."""
        return self.row.about.replace("/", "-") if self.row.id.startswith(("line/", "funding/")) else self.key

    @property
    def key(self) -> str:
        """Name the line in the page."""
        return "l-" + self.row.id.replace("/", "-")

    @property
    def gap(self) -> Decimal | None:
        """What a replacement adds to the computed amount."""
        if self.override is None or self.row.computed is None:
            return None
        return self.row.amount - self.row.computed


@dataclass(slots=True)
class Group:
    """A post: its code, its name, its lines."""

    key: str
    code: str
    label: str
    is_open: bool = True
    ident: str = ""
    """The id of its fact; empty for one of the usual posts."""
    lines: list[Line] = field(default_factory=list)

    @property
    def amount(self) -> Decimal:
        """The sum of its lines."""
        return sum((line.row.amount for line in self.lines), ZERO)

    @property
    def committed(self) -> Decimal | None:
        """The sum of what is engaged; None when nothing is."""
        return _sum_of(line.row.committed for line in self.lines)

    @property
    def doubts(self) -> bool:
        """Whether one of its lines is to be checked."""
        return any(is_doubtful(line.row) for line in self.lines)


@dataclass(slots=True)
class Part:
    """Production, exploitation or income, and its posts."""

    key: str
    label: str
    groups: list[Group]

    @property
    def amount(self) -> Decimal:
        """The sum of its posts."""
        return sum((group.amount for group in self.groups), ZERO)

    @property
    def committed(self) -> Decimal | None:
        """The sum of what is engaged; None when nothing is."""
        return _sum_of(group.committed for group in self.groups)


@dataclass(frozen=True, slots=True)
class Grid:
    """The whole table."""

    parts: tuple[Part, ...]
    count: int
    folds: bool
    """Whether posts come folded."""

    def groups(self) -> Iterator[Group]:
        """Every post of every part, in order."""
        for part in self.parts:
            yield from part.groups

    def group(self, key: str) -> Group | None:
        """Find a post by its key."""
        return next((group for group in self.groups() if group.key == key), None)

    def lines(self) -> Iterator[Line]:
        """Every line, in order."""
        for group in self.groups():
            yield from group.lines

    def line(self, ident: str) -> Line | None:
        """Find a line by its id in the outcome."""
        return next((line for line in self.lines() if line.row.id == ident), None)


@dataclass(frozen=True, slots=True)
class Totals:
    """What stays at the bottom: charges, engaged, income, and what remains to be found (negative: a surplus)."""

    expense: Decimal
    committed: Decimal
    income: Decimal
    gap: Decimal
    complete: bool

    @property
    def surplus(self) -> Decimal:
        """What is left once the charges are paid."""
        return -self.gap


def totals_of(outcome: Outcome) -> Totals:
    """Give the totals of an outcome."""
    committed = _sum_of(row.committed for row in outcome.budget.rows if row.side == EXPENSE)
    return Totals(
        expense=outcome.budget.expense,
        committed=committed or ZERO,
        income=outcome.budget.income,
        gap=-outcome.budget.balance,
        complete=outcome.budget.complete,
    )


def grid_of(found: Chosen, opened: str | None = None) -> Grid:
    """Arrange the lines of an outcome; `opened` is the list of open posts of an address, None for the usual."""
    outcome, rows = found.opened.outcome, found.opened.outcome.budget.rows
    folds = len(rows) > FOLDED_BEYOND
    wanted = _wanted(opened, folds=folds)
    overrides = {override.line: override for override in found.dossier.all(LineOverride)}
    by_place: dict[tuple[str, str], list[BudgetRow]] = defaultdict(list)
    for row in rows:
        by_place[_place(row)].append(row)
    parts = [Part(key, label, []) for key, label in PARTS]
    for part in parts:
        for code, label in _posts(found.dossier, part.key, by_place):
            part.groups.append(
                _group(found, part.key, code, label, by_place[part.key, code], overrides, wanted)
            )
    income = [
        _group(found, RECEIPT, code, label, by_place[RECEIPT, code], overrides, wanted)
        for code, label in INCOME_GROUPS
        if by_place[RECEIPT, code]
    ]
    return Grid((*parts, Part(RECEIPT, "Produits", income)), len(outcome.budget.rows), folds)


def _wanted(opened: str | None, *, folds: bool) -> frozenset[str] | None:
    """The posts to open; None for all."""
    if opened == ALL or (opened is None and not folds):
        return None
    return frozenset((opened or "").split(","))


def _place(row: BudgetRow) -> tuple[str, str]:
    if row.side == EXPENSE:
        return row.phase, row.post
    kind = row.about.partition("/")[0]
    return RECEIPT, {"funding": "financements", "contract": "cessions"}.get(kind, "recettes")


def _posts(
    dossier: Dossier, phase: str, by_place: Mapping[tuple[str, str], list[BudgetRow]]
) -> Iterator[tuple[str, str]]:
    """The posts of a phase, in their order, then those that only lines name."""
    known = {post.code: post.label for post in posts_of(dossier)}
    named = [
        post.code for post in posts_of(dossier) if post.phase == phase or by_place.get((phase, post.code))
    ]
    yield from ((code, known[code]) for code in named)
    for place, code in list(by_place):
        if place == phase and code not in known:
            yield code, f"Poste {code}"


def _group(
    found: Chosen,
    part: str,
    code: str,
    label: str,
    rows: list[BudgetRow],
    overrides: Mapping[str, LineOverride],
    wanted: frozenset[str] | None,
) -> Group:
    key = f"{part}-{code}"
    group = Group(key, "" if part == RECEIPT else code, label, wanted is None or key in wanted)
    group.ident = next((post.id for post in found.dossier.all(BudgetPost) if post.code == code), "")
    for rank, row in enumerate(rows, 1):
        group.lines.append(_line(found, number_of(code, rank), row, overrides.get(row.id)))
    return group


def number_of(code: str, rank: int) -> str:
    """Number a line within its post: the third of post 30 is 303."""
    if not code.isdigit():
        return str(rank)
    stem = code[:-1] if code.endswith("0") and len(code) > 1 else code
    return f"{stem}{rank:02d}"


def _line(found: Chosen, number: str, row: BudgetRow, override: LineOverride | None) -> Line:
    fact = found.dossier.get(row.about)
    if isinstance(fact, BudgetLine):
        raw = _raw_of_typed(fact)
    elif isinstance(fact, Funding):
        raw = {"label": fact.label, "amount": f"{fact.amount:f}"}
    else:
        raw = _raw_of_computed(row)
    if override is not None:
        raw = {"amount": f"{row.amount:f}"}
    stored = override.about if override else row.about if _is_stored(fact) else ""
    return Line(number, row, found.loaded.revisions.get(stored), raw, override)


def _is_stored(fact: Fact | None) -> bool:
    return isinstance(fact, (BudgetLine, Funding))


def _raw_of_typed(line: BudgetLine) -> dict[str, str]:
    raw = {"label": line.label}
    if line.share_of:
        return raw | {"rate": f"{line.rate or ZERO:f}"}
    return raw | {
        "quantity": line.quantity,
        "unit_price": line.unit_price or "",
        "committed": "" if line.committed is None else f"{line.committed:f}",
    }


def _raw_of_computed(row: BudgetRow) -> dict[str, str]:
    raw = {"amount": f"{row.amount:f}"}
    if row.quantity:
        raw["quantity"] = f"{row.quantity:f}"
    if row.unit_price:
        raw["unit_price"] = f"{row.unit_price:f}"
    return raw


def is_doubtful(row: BudgetRow) -> bool:
    """Whether the amount rests on something uncertain or missing."""
    return row.confidence == "uncertain" or not row.complete


def _sum_of(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, ZERO) if known else None
