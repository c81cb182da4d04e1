"""The lines understood, made facts: new ones, known ones updated as decided, with chapters, fundings, remarks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal

from filage.budget.importing.columns import bare
from filage.budget.importing.known import Known
from filage.budget.importing.pay import position_values
from filage.budget.importing.places import Placing
from filage.budget.importing.posts import Posts
from filage.budget.importing.shape import Left, Line, Reading, Refusal
from filage.budget.importing.words import is_charges, nature_told, unit_told
from filage.budget.posts import INCOME
from filage.facts.budget import BudgetLine
from filage.facts.funding import CERTAIN_STATES, Funding
from filage.facts.people import Person
from filage.facts.reading import fact_of_values
from filage.facts.scalars import canonical_decimal
from filage.kernel.changes import Change, add, set_
from filage.kernel.errors import BadInput
from filage.kernel.expression import ExpressionError, names_in
from filage.kernel.money import ZERO
from filage.planning.fresh_ids import FreshIds

if TYPE_CHECKING:
    from filage.facts.base import Fact
    from filage.facts.dossier import Dossier

Decision = Literal["mine", "file", "both"]
"""For a line the production knows otherwise: keep its own, take the file's, keep both."""
State = Literal["new", "same", "moved"]
_DAY: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
DECISIONS: Final = ("mine", "file", "both")


@dataclass(frozen=True, slots=True)
class Entry:
    """What becomes of a line: the fact it is or changes, its chapter, and the amount known before in euros."""

    line: Line
    state: State
    about: str
    post: str
    becomes: str
    before: Decimal | None = None
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would write: every change, and what becomes of each line; nothing is written by it."""

    reading: Reading
    changes: tuple[Change, ...]
    entries: tuple[Entry, ...]
    refusals: tuple[Refusal, ...]
    left: tuple[Left, ...]
    choosing: Decision

    @property
    def moved(self) -> tuple[Entry, ...]:
        """The lines the production knows with other values."""
        return tuple(entry for entry in self.entries if entry.state == "moved")


def plan_import(
    reading: Reading,
    dossier: Dossier,
    *,
    decisions: Mapping[int, Decision] | None = None,
    choosing: Decision = "file",
) -> Plan:
    """Say what importing a reading into a dossier would write; `decisions` by row, `choosing` for the others."""
    return _Planner(reading, dossier, decisions or {}, choosing).plan()


class _Planner:
    """Goes through the lines once, giving each its fact."""

    def __init__(
        self, reading: Reading, dossier: Dossier, decisions: Mapping[int, Decision], choosing: Decision
    ) -> None:
        self.reading, self.dossier = reading, dossier
        self.decisions, self.choosing = decisions, choosing
        self.ids, self.known = FreshIds(dossier), Known(dossier)
        self.posts, self.placing = Posts(dossier, reading), Placing(reading.lines)
        self.people = {bare(one.name()): one.about for one in dossier.all(Person)}
        self.changes: list[Change] = []
        self.details: list[Change] = []
        self.entries: list[Entry] = []
        self.refusals: list[Refusal] = [*reading.refusals]
        self.left: list[Left] = [*reading.left]

    def plan(self) -> Plan:
        """Plan every line; one that no fact can hold is refused, the others go on."""
        computes = self.reading.choices.pay == "computed"
        for line in self.reading.lines:
            if computes and is_charges(line.label) and line.side == "expense":
                reason = "cotisations : Filage les calcule avec les salaires"
                self.left.append(Left(line.row, line.label, reason))
                continue
            if _is_computed(line):
                reason = "ligne que Filage calcule : elle suit ses faits, pas le fichier"
                self.left.append(Left(line.row, line.label, reason))
                continue
            try:
                self._plan(line)
            except BadInput as error:
                said = " ; ".join(f"{one.message} ({one.expected})" for one in error.problems)
                remedy = "corrigez la ligne dans votre tableur, puis déposez-le de nouveau"
                self.refusals.append(Refusal(line.row, line.cell, line.label, said, remedy))
        changes = (*self.posts.changes(), *self.changes, *self.details)
        refusals = tuple(sorted(self.refusals, key=lambda one: one.row))
        left = tuple(sorted(self.left, key=lambda one: one.row))
        return Plan(self.reading, changes, tuple(self.entries), refusals, left, self.choosing)

    def _plan(self, line: Line) -> None:
        unit = unit_told(line.unit) or unit_told(line.label)
        if self.reading.choices.pay == "computed" and (values := position_values(line, unit)):
            self._add("position", line, values, "calculé, cotisations comprises")
        elif line.side == "income" and not line.valued and (nature := self._nature(line)):
            self._write("funding", line, _funding(line, nature) | self._note(line), "financement")
        else:
            values = _line(line) | self._note(line) | _to_confirm(line)
            self._write("budget_line", line, values, _becomes(line))

    def _nature(self, line: Line) -> str:
        """The nature of a funding: that of the one it is, else the one its words tell; empty for a sale."""
        known = self.dossier.find(line.ident, Funding) if line.ident else None
        return known.nature if known else nature_told(line.label)

    def _write(self, kind: str, line: Line, values: dict[str, Any], becomes: str) -> None:
        """Add a line, or settle it with the one the dossier already has."""
        mine = self.known.like(kind, line)
        if mine is None:
            self._add(kind, line, values, becomes)
            return
        post = self.posts.label_of(getattr(mine, "post", INCOME))
        fact = _checked(mine.about, {**_given(mine), **values})
        worth = self.known.worth(mine)
        if _same(mine, fact, alike=worth is not None and worth == line.amount):
            self.entries.append(Entry(line, "same", mine.about, post, becomes, line.amount))
            return
        decision = self.decisions.get(line.row, "mine" if follows(mine) or _is_off(line) else self.choosing)
        about = mine.about
        if decision == "both":
            about = self._new(kind, line, values)
        elif decision == "file":
            self.changes.append(
                set_(mine.about, clear=_SHARE if _is_share(mine) else (), **_moved(mine, fact))
            )
            self._detail(line, mine.about)
        self.entries.append(Entry(line, "moved", about, post, becomes, worth, decision))

    def _add(self, kind: str, line: Line, values: dict[str, Any], becomes: str) -> None:
        about = self._new(kind, line, values)
        post = (
            self.posts.label_of(self.posts.of(line))
            if line.side == "expense"
            else self.posts.label_of(INCOME)
        )
        self.entries.append(Entry(line, "new", about, post, becomes))

    def _new(self, kind: str, line: Line, values: dict[str, Any]) -> str:
        about = self.ids.take(kind, line.label)
        if kind != "funding":
            values = {**values, "post": self.posts.of(line)}
        if kind == "position" and line.phase == "exploitation":
            values["post_exploitation"] = values.pop("post")
        _checked(about, values)
        self.changes.append(add(about, **values))
        self._detail(line, about)
        return about

    def _detail(self, line: Line, about: str) -> None:
        """Keep what a line says beside its amount: owner, day of payment, place in a funder's form."""
        kind, _, ident = about.partition("/")
        row = f"line/{ident}" if kind == "budget_line" else about
        if kind == "position" or self.known.detail(row):
            return
        values: dict[str, Any] = {"owner": self._owner(line), "places": self.placing.of(line)}
        if on := _day(line.date):
            values["due"] = [{"on": on, "amount": canonical_decimal(line.amount)}]
        values = {name: value for name, value in values.items() if value}
        if values:
            detail = self.ids.take("line_detail", line.label)
            self.details.append(add(detail, line=row, **values))

    def _owner(self, line: Line) -> str | None:
        return self.people.get(bare(line.owner)) if line.owner else None

    def _note(self, line: Line) -> dict[str, str]:
        """What the line says and no field holds: its remark, an owner nobody knows, a date that is no day."""
        owner = f"Responsable : {line.owner}" if line.owner and not self._owner(line) else ""
        date = f"Date : {line.date}" if line.date and not _day(line.date) else ""
        note = " · ".join(one for one in (line.note, owner, date) if one)
        return {"note": note} if note else {}


def _is_computed(line: Line) -> bool:
    """Whether the identifier is that of a computed line of an export: pay, a journey, a sale."""
    kind, slash, _ = line.ident.partition("/")
    return bool(slash) and kind not in ("line", "budget_line", "funding")


def _is_off(line: Line) -> bool:
    """Whether a line of an export counts for nothing, as one of a group switched off: its own sum stays."""
    return bool(line.ident) and not line.amount


def _line(line: Line) -> dict[str, Any]:
    values: dict[str, Any] = {
        "label": line.label, "side": line.side, "phase": line.phase, "quantity": line.quantity,
        "unit": line.unit, "unit_price": canonical_decimal(line.unit_price), "account": line.account,
        "vat_rate": _text(line.vat_rate), "committed": _text(line.committed), "valued": line.valued,
    }  # fmt: skip
    if not line.priced:
        del values["unit_price"]
    return {name: value for name, value in values.items() if value not in ("", None, False)}


def _to_confirm(line: Line) -> dict[str, str]:
    """What is expected is not certain: an income that no state says signed counts half, one refused for nothing."""
    if line.side != "income" or line.valued or line.state in CERTAIN_STATES:
        return {}
    return {"probability": "0" if line.state == "refused" else "0.5"}


def _becomes(line: Line) -> str:
    if line.valued:
        return "apport en nature"
    return "produit à confirmer, compté pour moitié" if "probability" in _to_confirm(line) else "ligne"


def _funding(line: Line, nature: str) -> dict[str, Any]:
    values = {
        "label": line.label, "nature": nature, "amount": canonical_decimal(line.amount),
        "state": line.state or "to_ask", "phase": line.phase, "account": line.account,
    }  # fmt: skip
    return {name: value for name, value in values.items() if value}


def _day(text: str) -> str:
    """A day written 14/03/2026, as a file writes it; empty when it is none."""
    found = _DAY.fullmatch(text.strip())
    try:
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat() if found else ""
    except ValueError:
        return ""


def _text(number: Decimal | None) -> str | None:
    return None if number is None else canonical_decimal(number)


def _checked(about: str, values: Mapping[str, Any]) -> Fact:
    """Make the fact, so that what it refuses is told now."""
    kind, _, ident = about.partition("/")
    return fact_of_values(kind, {"id": ident, **values})


def _given(fact: Fact) -> dict[str, Any]:
    return {name: value for name, value in fact.model_dump(exclude_none=True).items() if name != "id"}


_SHARE: Final = ("share_of", "share_except", "rate")


def _is_share(fact: Fact) -> bool:
    return isinstance(fact, BudgetLine) and bool(fact.share_of)


def follows(fact: Fact) -> bool:
    """Whether a line follows variables or other lines: a sum from a file replaces it only when one says so."""
    if not isinstance(fact, BudgetLine):
        return False
    try:
        named = names_in(fact.quantity) | names_in(fact.unit_price or "0")
    except ExpressionError:
        return True
    return bool(fact.share_of or named)


_COMPARED = (
    "label",
    "amount",
    "quantity",
    "unit_price",
    "unit",
    "account",
    "vat_rate",
    "committed",
    "valued",
)

_BESIDE_SUM = ("label", "vat_rate", "committed", "valued")


def _same(mine: Fact, theirs: Fact, *, alike: bool) -> bool:
    """Whether both say the same; of lines that come to the same sum, how it is written does not matter."""
    names = _BESIDE_SUM if alike else _COMPARED
    return all(getattr(mine, name, None) == getattr(theirs, name, None) for name in names)


def _moved(mine: Fact, theirs: Fact) -> dict[str, Any]:
    """The values that differ, as a file writes them; the chapter and the state stay what the production says."""
    written = theirs.model_dump(mode="json", exclude_none=True)
    return {
        name: written[name]
        for name in _COMPARED
        if name in written and getattr(mine, name, None) != getattr(theirs, name, None)
    }


def summary(plan: Plan) -> Mapping[str, int]:
    """How many lines are new, the same, moved, refused and left."""
    counts: dict[str, int] = defaultdict(int)
    for entry in plan.entries:
        counts[entry.state] += 1
        counts["computed"] += entry.about.startswith("position/")
        counts["doubts"] += bool(entry.line.doubts)
    return {**counts, "refused": len(plan.refusals), "left": len(plan.left), "lines": len(plan.entries)}


def moves_of(plan: Plan) -> Mapping[str, Decimal]:
    """What the lines of a plan add to the expenses and to the incomes, in euros, without any review."""
    moves: dict[str, Decimal] = {"expense": ZERO, "income": ZERO}
    for entry in plan.entries:
        added = entry.state == "new" or entry.decision == "both"
        replaced = entry.decision == "file" and entry.before is not None
        if not entry.line.valued and (added or replaced):
            moves[entry.line.side] += entry.line.amount - (ZERO if added else entry.before or ZERO)
    return moves
