"""What a dossier already holds of the lines of a file: by identifier, else by label, side and phase."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from filage.budget.importing.columns import bare
from filage.facts.budget import BudgetLine, LineDetail
from filage.facts.funding import Funding
from filage.kernel.expression import ExpressionError, constant
from filage.kernel.money import round_half_up

if TYPE_CHECKING:
    from filage.budget.importing.shape import Line
    from filage.facts.base import Fact
    from filage.facts.dossier import Dossier


class Known:
    """Finds the fact a line already is; each is found once, so that two lines of a name are two lines."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._found: set[str] = set()
        self._by_label: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
        for line in dossier.all(BudgetLine):
            self._by_label[("budget_line", bare(line.label), line.side, line.phase)].append(line)
        for funding in dossier.all(Funding):
            self._by_label[("funding", bare(funding.label))].append(funding)
        self._details = {detail.line for detail in dossier.all(LineDetail)}

    def like(self, kind: str, line: Line) -> Fact | None:
        """The fact of the dossier that a line of the file is."""
        if line.ident and (fact := self._named(kind, line.ident)):
            return fact
        key = (
            (kind, bare(line.label)) if kind == "funding" else (kind, bare(line.label), line.side, line.phase)
        )
        free = [fact for fact in self._by_label.get(key, ()) if fact.about not in self._found]
        worth = [fact for fact in free if self.worth(fact) == line.amount]
        found = next(iter(worth or free), None)
        if found is not None:
            self._found.add(found.about)
        return found

    def _named(self, kind: str, ident: str) -> Fact | None:
        fact = self._dossier.get(f"{kind}/{ident.rpartition('/')[2]}")
        if fact is None or fact.about in self._found:
            return None
        self._found.add(fact.about)
        return fact

    def detail(self, row: str) -> bool:
        """Whether a line already has its details."""
        return row in self._details

    @staticmethod
    def worth(fact: Fact) -> Decimal | None:
        """What a fact of the dossier comes to in euros; None when it depends on variables."""
        if isinstance(fact, Funding):
            return fact.amount
        if not isinstance(fact, BudgetLine) or fact.share_of:
            return None
        try:
            quantity, price = plain(fact.quantity), plain(fact.unit_price or "0")
        except ExpressionError:
            return None
        return None if quantity is None or price is None else round_half_up(quantity * price)


def plain(text: str) -> Decimal | None:
    """The value of an expression that names no variable: `2 * 5`."""
    from filage.kernel.expression import evaluate, names_in

    found = constant(text)
    if found is None and not names_in(text):
        return evaluate(text, {}).value
    return found
