"""The chapter of each line of a file: its own heading, a chapter of that name, else the usual one its words name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from filage.budget.importing.columns import bare
from filage.budget.importing.words import usual_post
from filage.budget.posts import INCOME, posts_of
from filage.facts.budget import BudgetLine, BudgetPost
from filage.facts.team import Engagement, Position
from filage.kernel.changes import Change, add

if TYPE_CHECKING:
    from filage.budget.importing.shape import Line, Reading
    from filage.facts.dossier import Dossier

TO_SORT: Final = "00"
TO_SORT_LABEL: Final = "À ranger"


class Posts:
    """Gives each line its chapter's code, and the chapters to add."""

    def __init__(self, dossier: Dossier, reading: Reading) -> None:
        self._own = bool(dossier.all(BudgetPost))
        self._known = {post.code: post for post in posts_of(dossier)}
        self._by_name = {bare(post.label): post.code for post in posts_of(dossier)}
        self._taken = {post.id for post in posts_of(dossier)}
        self._fresh: dict[str, tuple[str, str]] = {}
        self._codes: dict[str, str] = {}
        self._given = reading.posts
        self._bare = not any(dossier.all(kind) for kind in (BudgetLine, Position, Engagement))
        self._used: set[str] = set()

    def of(self, line: Line) -> str:
        """The code of the chapter of a line."""
        code = self._of(line)
        self._used.add(code)
        return code

    def _of(self, line: Line) -> str:
        if line.side == "income":
            return INCOME
        if line.post:
            return self._headed(line.post, line.phase)
        usual = usual_post(line.label, line.phase)
        if usual in self._known:
            return usual
        return self._add(TO_SORT, TO_SORT_LABEL, line.phase) if TO_SORT not in self._known else TO_SORT

    def _headed(self, heading: str, phase: str) -> str:
        said = bare(heading)
        if said in self._by_name:
            return self._by_name[said]
        if said not in self._codes:
            self._codes[said] = self._add(self._free(self._given.get(heading, "")), heading, phase)
        return self._codes[said]

    def _free(self, wanted: str) -> str:
        if wanted and wanted not in self._known and wanted not in self._fresh and len(wanted) < 12:  # noqa: PLR2004
            return wanted
        number = 1
        while str(number) in self._known or str(number) in self._fresh:
            number += 1
        return str(number)

    def _add(self, code: str, label: str, phase: str) -> str:
        self._fresh.setdefault(code, (label, phase))
        return code

    def label_of(self, code: str) -> str:
        """The name of a chapter."""
        if code == INCOME:
            return "Produits"
        if code in self._fresh:
            return self._fresh[code][0]
        return self._known[code].label if code in self._known else f"Poste {code}"

    def changes(self) -> list[Change]:
        """The chapters to add; the usual ones become the production's own with the first (as in the budget's page)."""
        if not self._fresh:
            return []
        usual = [] if self._own else [*self._known.values()]
        usual = [post for post in usual if post.code in self._used] if self._bare else usual
        kept = [add(post.about, code=post.code, label=post.label, phase=post.phase) for post in usual]
        taken = set(self._taken)
        for code, (label, phase) in self._fresh.items():
            kept.append(add(f"budget_post/{self._id(code, taken)}", code=code, label=label, phase=phase))
        return kept

    @staticmethod
    def _id(code: str, taken: set[str]) -> str:
        base = "p" + "".join(letter if letter.isalnum() else "-" for letter in code.lower())
        ident, rank = base, 1
        while ident in taken:
            rank += 1
            ident = f"{base}-{rank}"
        taken.add(ident)
        return ident
