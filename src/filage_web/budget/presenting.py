"""A presentation as its page draws it: headings inside headings, lines folded under them, notes numbered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.urls import reverse
from django.utils.http import urlencode

from filage.budget.views import Branch, BudgetView, Entry, LaidOut, Part
from filage.budget.views.notes import branch_notes, entry_notes, numbered
from filage.budget.views.places import BY_WORDS, CHOSEN
from filage_web.scenarios.chosen import Chosen

EM: Final = "\u2003"
MOST_LINES: Final = 600
"""Beyond it, a page shows the lines of the headings one opens, not all at once."""


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line under a heading: its amount, how it came there, where it explains itself and where it is changed."""

    id: str
    label: str
    amount: Decimal
    whole: Decimal | None
    status: str
    why: str
    panel: str
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the tree; `more` leads to its lines when the page does not hold them."""

    code: str
    label: str
    depth: int
    amount: Decimal
    share: Decimal | None
    notes: tuple[int, ...]
    lines: tuple[ShownLine, ...]
    headings: tuple["Heading", ...]
    blank: bool
    doubtful: bool
    opened: bool
    count: int
    more: str

    @property
    def anchor(self) -> str:
        """Its name in the page."""
        return anchor_of(self.code)

    @property
    def is_flat(self) -> bool:
        """Whether there is nothing to unfold."""
        return not self.lines and not self.headings and not self.more


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the page: its tree, its total and where it explains itself, what has no place."""

    part: Part
    headings: tuple[Heading, ...]
    why: str
    """Empty for contributions in kind, which are in no total of the budget."""


class Tree:
    """Draws the sides of a presentation."""

    def __init__(self, found: Chosen, laid: LaidOut, opened: Iterable[str] = ()) -> None:
        self.found, self.laid = found, laid
        self.notes: Mapping[str, int] = numbered(laid)
        self.opened = frozenset(opened)
        entries = sum(len(branch.entries) for part in laid.parts for branch in part.every())
        self.holds_all = entries <= MOST_LINES
        self._place = (found.structure.slug, found.production)

    @property
    def sides(self) -> list[Side]:
        """Every side that has something to show."""
        return [
            Side(
                part,
                tuple(self._heading(part, branch, 0) for branch in part.branches if self._shows(branch)),
                "" if part.valued else self._why(f"total/{part.side}"),
            )
            for part in self.laid.parts
        ]

    def _shows(self, branch: Branch) -> bool:
        return self.laid.view.shows_empty or not branch.is_empty

    def _heading(self, part: Part, branch: Branch, depth: int) -> Heading:
        held = self.holds_all or branch.node.code in self.opened
        notes = [self.notes[text] for text in branch_notes(branch)]
        return Heading(
            code=branch.node.code,
            label=branch.node.label,
            depth=depth,
            amount=branch.shown,
            share=None if branch.is_empty else part.share(branch),
            notes=tuple(notes),
            lines=tuple(self.line(entry) for entry in branch.entries) if held else (),
            headings=tuple(
                self._heading(part, child, depth + 1) for child in branch.children if self._shows(child)
            ),
            blank=branch.is_empty,
            doubtful=branch.node.doubtful,
            opened=depth == 0 or branch.node.code in self.opened,
            count=len(branch.entries),
            more="" if held or not branch.entries else self._more(branch.node.code),
        )

    def _more(self, code: str) -> str:
        asked = {"presentation": self.laid.view.id, "ouverts": code, **self._scenario}
        return f"?{urlencode(asked)}#{anchor_of(code)}"

    @property
    def _scenario(self) -> dict[str, str]:
        return {"scenario": self.found.ident} if self.found.scenario else {}

    def _why(self, line: str) -> str:
        return reverse("why:page", args=[*self._place, line]) + self.found.query

    def line(self, entry: Entry) -> ShownLine:
        """A line, with its addresses."""
        row = entry.row
        status = {CHOSEN: "hand", BY_WORDS: "doubt"}.get(entry.how, "")
        panel = reverse("budget:line", args=self._place)
        return ShownLine(
            row.id,
            entry.label,
            entry.amount,
            entry.whole,
            status,
            self._why(row.id),
            f"{panel}?{urlencode({'line': row.id, **self._scenario})}",
            tuple(self.notes[text] for text in entry_notes(entry)),
        )


def anchor_of(code: str) -> str:
    """Name a heading in the page."""
    return f"place-{code.replace('.', '-')}"


def places_of(view: BudgetView, side: str, *, valued: bool) -> list[tuple[str, str]]:
    """The headings a line of one side may stand under: code, and name set in by its depth."""
    depths: dict[str, int] = {}
    found = []
    for node in view.nodes:
        depths[node.code] = 0 if node.parent is None else depths[node.parent] + 1
        if (node.side, node.valued) == (side, valued):
            found.append((node.code, f"{EM * depths[node.code]}{node.code} {node.label}"))
    return found
