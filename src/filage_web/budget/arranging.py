"""The lines of an outcome arranged as the grid shows them: by part, then by post, numbered."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from filage.budget.lines import EXPENSE, RECEIPT, BudgetRow
from filage.budget.posts import INCOME, posts_of
from filage.budget.typed import TOO_LARGE
from filage.facts.budget import BudgetGroup, BudgetLine, BudgetPost, LineOverride
from filage.facts.dossier import Dossier
from filage.facts.funding import Funding
from filage.kernel import step as steps
from filage.kernel.expression import ExpressionError, evaluate
from filage.kernel.money import ONE, ZERO
from filage_web.budget.grid import Grid, Group, Line, Part
from filage_web.budget.search import EVERYTHING, Search
from filage_web.scenarios.chosen import Chosen

FOLDED_BEYOND: Final = 300
"""Lines above which posts come folded: their rows are asked for one post at a time."""
ALL: Final = "tous"
VALUED: Final = "nature"
PARTS: Final = (("production", "Production"), ("exploitation", "Exploitation"))
INCOME_GROUPS: Final = (
    ("financements", "Financements"),
    ("cessions", "Cessions et voyages refacturés"),
    ("recettes", "Autres recettes"),
)
VALUED_GROUPS: Final = (("86", "Emplois", EXPENSE), ("87", "Contributions reçues", RECEIPT))


class Lines:
    """Makes the lines of one dossier."""

    def __init__(self, found: Chosen) -> None:
        self.dossier, self.revisions = found.dossier, found.loaded.revisions
        self.variables = found.opened.outcome.variables
        self.overrides = {override.line: override for override in found.dossier.all(LineOverride)}
        self.groups = {group.about: group.label for group in found.dossier.all(BudgetGroup)}

    def seen(self, row: BudgetRow) -> int | None:
        """The revision of what is stored behind a row."""
        override = self.overrides.get(row.id)
        if override is not None:
            return self.revisions.get(override.about)
        return self.revisions.get(row.about) if row.id.startswith(("line/", "funding/")) else None

    def line(self, number: str, row: BudgetRow) -> Line:
        """The line of a row."""
        override = self.overrides.get(row.id)
        fact = self.dossier.get(row.about)
        if override is not None:
            raw = {"amount": f"{row.shown:f}"}
        elif isinstance(fact, BudgetLine):
            raw = _raw_of_typed(fact)
        elif isinstance(fact, Funding):
            raw = {"label": fact.label, "amount": f"{fact.amount:f}"}
        else:
            raw = _raw_of_computed(row)
        faults = self._faults(fact) if isinstance(fact, BudgetLine) and not row.complete else {}
        return Line(number, row, self.seen(row), raw, override, faults, self.groups.get(row.group or "", ""))

    def _faults(self, line: BudgetLine) -> dict[str, str]:
        """What is wrong in the cells of a line that cannot be computed."""
        wrong = {}
        product = ONE
        for field in ("quantity", "unit_price"):
            try:
                product *= evaluate(getattr(line, field) or "0", self.variables).value
            except (ExpressionError, ArithmeticError) as error:
                text = str(error) or "ce calcul n’a pas de résultat"
                wrong[field] = text[:1].upper() + text[1:]
        if not wrong and abs(product) >= TOO_LARGE:
            wrong["unit_price"] = "Quantité × prix unitaire donne un nombre trop grand"
        return wrong


def grid_of(found: Chosen, opened: str | None = None, search: Search = EVERYTHING) -> Grid:
    """Arrange the lines of an outcome; `opened` is the list of open posts of an address, None for the usual."""
    rows = [*_engaging(found), *_uncomputed(found)]
    folds = len(rows) > FOLDED_BEYOND and not search
    wanted = _wanted(None if search else opened, folds=folds)
    by_place: dict[tuple[str, str], list[BudgetRow]] = defaultdict(list)
    for row in rows:
        by_place[_place(row)].append(row)
    make = _Posts(found.dossier, Lines(found), by_place, wanted, search)
    parts = [Part(key, label, list(make.posts(key))) for key, label in PARTS]
    parts.append(Part(RECEIPT, "Produits", list(make.income())))
    parts.append(Part(VALUED, "Contributions en nature, hors totaux", list(make.valued()), counts=False))
    return Grid(tuple(parts), len(rows), folds, make.lines, search)


def _engaging(found: Chosen) -> Iterator[BudgetRow]:
    """The rows with what they engage, as the follow-up counts it: orders included, unsigned contracts left out."""
    committed = found.committed
    for row in found.opened.outcome.budget.rows:
        amount = committed.get(row.id) if row.side == EXPENSE and not row.valued else row.committed
        yield row if amount == row.committed else replace(row, committed=amount)


def _uncomputed(found: Chosen) -> list[BudgetRow]:
    """The typed lines that the review could not compute: they are shown, with what is wrong in their cells."""
    if not any(finding.code == "budget.expression" for finding in found.opened.outcome.findings):
        return []
    known = {row.id for row in found.opened.outcome.budget.rows}
    lost = [line for line in found.dossier.all(BudgetLine) if f"line/{line.id}" not in known]
    return [_row_of(line) for line in lost]


def _row_of(line: BudgetLine) -> BudgetRow:
    step = steps.given(line.label, ZERO, by=line.about)
    return BudgetRow(
        id=f"line/{line.id}", label=line.label, about=line.about, side=line.side, phase=line.phase, post=line.post,
        account=line.account, amount=ZERO, computed=None, basis="saisi", step=step, unit=line.unit or "",
        committed=line.committed, complete=False, valued=line.valued, note=line.note,
    )  # fmt: skip


def _wanted(opened: str | None, *, folds: bool) -> frozenset[str] | None:
    """The posts to open; None for all."""
    if opened == ALL or (opened is None and not folds):
        return None
    return frozenset((opened or "").split(","))


def _place(row: BudgetRow) -> tuple[str, str]:
    if row.valued:
        return VALUED, "86" if row.side == EXPENSE else "87"
    if row.side == EXPENSE:
        return row.phase, row.post
    kind = row.about.partition("/")[0]
    return RECEIPT, {"funding": "financements", "contract": "cessions"}.get(kind, "recettes")


class _Posts:
    """Makes the posts of each part."""

    def __init__(
        self,
        dossier: Dossier,
        lines: Lines,
        by_place: Mapping[tuple[str, str], list[BudgetRow]],
        wanted: frozenset[str] | None,
        search: Search,
    ) -> None:
        self.dossier, self.lines, self.by_place = dossier, lines, by_place
        self.wanted, self.search = wanted, search
        self.idents = {post.code: post.id for post in dossier.all(BudgetPost)}

    def posts(self, phase: str) -> Iterator[Group]:
        """The posts of a phase, in their order, then those that only lines name."""
        known = {post.code: post.label for post in posts_of(self.dossier)}
        for post in posts_of(self.dossier):
            if post.phase == phase or self.by_place.get((phase, post.code)):
                yield from self._kept(phase, post.code, post.label, {"phase": phase, "post": post.code})
        for place, code in list(self.by_place):
            if place == phase and code not in known:
                yield from self._kept(phase, code, f"Poste {code}", {"phase": phase, "post": code})

    def income(self) -> Iterator[Group]:
        """Grants, sales, and what else comes in."""
        for code, label in INCOME_GROUPS:
            if self.by_place.get((RECEIPT, code)):
                typed = {"side": RECEIPT, "post": INCOME} if code == "recettes" else {}
                yield from self._kept(RECEIPT, code, label, typed)

    def valued(self) -> Iterator[Group]:
        """Contributions in kind: their use and their origin."""
        if not any(self.by_place.get((VALUED, code)) for code, _label, _side in VALUED_GROUPS):
            return
        for code, label, side in VALUED_GROUPS:
            yield from self._kept(VALUED, code, label, {"side": side, "post": code, "valued": "true"})

    def _kept(self, part: str, code: str, label: str, adds: Mapping[str, str]) -> Iterator[Group]:
        key = f"{part}-{code}"
        group = Group(
            key=key,
            code="" if part == RECEIPT else code,
            label=label,
            rows=self.by_place.get((part, code), []),
            maker=self.lines,
            is_open=self.wanted is None or key in self.wanted,
            ident=self.idents.get(code, "") if part in ("production", "exploitation") else "",
            adds=adds,
            search=self.search,
        )
        if not self.search or group.shown:
            yield group


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
    raw = {"amount": f"{row.shown:f}"}
    if row.quantity:
        raw["quantity"] = f"{row.quantity:f}"
    if row.unit_price:
        raw["unit_price"] = f"{row.unit_price:f}"
    return raw
