"""Where a line stands in a presentation: the place chosen by hand, else the first rule it meets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.budget.lines import EXPENSE
from filage.budget.posts import posts_of
from filage.budget.views.pieces import GROSS, PAID, WHOLE
from filage.budget.views.view import plain, view_named, views
from filage.facts.budget import BudgetPost, LineDetail
from filage.facts.contract import Contract
from filage.facts.funding import Funding
from filage.facts.people import Company
from filage.facts.team import Engagement, Position
from filage.kernel.errors import BadInput
from filage.kernel.finding import Finding
from filage.kernel.text import closest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from filage.budget.lines import BudgetRow
    from filage.budget.views.pieces import Piece
    from filage.budget.views.view import BudgetView, Node, PlacingRule
    from filage.facts.dossier import Dossier

CHOSEN, BY_RULE, BY_WORDS = "chosen", "rule", "words"
HOW = {
    CHOSEN: "placée à la main",
    BY_RULE: "d’après son origine",
    BY_WORDS: "d’après son libellé, à vérifier",
}


@dataclass(frozen=True, slots=True)
class Traits:
    """What rules may look at in a line."""

    traits: Mapping[str, str]
    text: str
    chapter: str


class Placer:
    """Places the lines of one dossier in one presentation."""

    def __init__(self, view: BudgetView, dossier: Dossier) -> None:
        self.view = view
        self.dossier = dossier
        self._posts = {post.code: post.label for post in posts_of(dossier)}
        self._usual_posts = not dossier.all(BudgetPost)
        self._near: dict[tuple[object, ...], tuple[tuple[PlacingRule, Node], ...]] = {}

    def place(self, piece: Piece) -> tuple[Node | None, str]:
        """Return the node of a piece, None when no rule fits, and how it was found."""
        seen = self._traits(piece.row)
        traits = {**seen.traits, "part": _part_of(piece)}
        near = self._rules_near(piece.row, traits)
        for text in dict.fromkeys((seen.text, seen.chapter)):
            for rule, node in near:
                if rule.words is None or rule.words.search(text):
                    named = (rule.words is not None and "department" not in traits) or text is not seen.text
                    return node, BY_WORDS if named else BY_RULE
        return None, ""

    def _rules_near(self, row: BudgetRow, traits: Mapping[str, str]) -> tuple[tuple[PlacingRule, Node], ...]:
        """The rules a line meets but for its words, with their nodes; worked out once for lines of the same traits."""
        key = (row.side, row.valued, row.phase, *traits.items())
        if key not in self._near:
            reached = ((rule, self._reached(rule, row, traits)) for rule in self.view.rules)
            self._near[key] = tuple((rule, node) for rule, node in reached if node is not None)
        return self._near[key]

    def _reached(self, rule: PlacingRule, row: BudgetRow, traits: Mapping[str, str]) -> Node | None:
        """The node of a rule when the line meets it, but for its words, and may stand there."""
        for key, wanted in rule.conditions:
            found = traits.get(key, "")
            if not (found.startswith(wanted) if key == "account" else found in wanted) or not found:
                return None
        node = self.view.by_code[rule.to] if rule.to else self.view.holding(traits.get("account", ""))
        if node is None or fits(node, row):
            return None
        return node if node.phase in (None, row.phase) else None

    def _traits(self, row: BudgetRow) -> Traits:
        traits = {"origin": row.id.partition("/")[0], "account": row.account or ""}
        if self._usual_posts:
            traits["post"] = row.post
        words = [row.label]
        fact = self.dossier.get(row.about)
        position = self.dossier.find(fact.position, Position) if isinstance(fact, Engagement) else fact
        if isinstance(position, Position):
            traits |= {"department": position.department, "status": position.status}
            words.append(position.label)
        if isinstance(fact, Contract):
            traits["account"] = fact.account or ""
        if isinstance(fact, Funding):
            traits |= {"nature": fact.nature, "account": fact.account or ""}
            company = self.dossier.find(fact.company, Company)
            words += [fact.scheme or "", fact.catalogue or "", company.label if company else ""]
        return Traits(traits, plain(" ".join(words)), plain(self._posts.get(row.post, "")))


def _part_of(piece: Piece) -> str:
    """What a rule calls a part of a pay line; a pay line that is not split goes with the gross pay."""
    if piece.part != WHOLE:
        return piece.part
    return GROSS if piece.row.id.startswith(PAID) else ""


def place_of(row: BudgetRow, view: BudgetView) -> str | None:
    """The code chosen by hand for a line in a presentation, whether it exists or not."""
    for place in row.places:
        name, _, code = place.partition(":")
        if name == view.id:
            return code
    return None


def fits(node: Node, row: BudgetRow) -> str:
    """Return why a line cannot stand at a node; nothing when it can."""
    if node.side != row.side:
        return "est du côté des charges" if node.side == EXPENSE else "est du côté des produits"
    if node.valued != row.valued:
        return (
            "est réservé aux contributions en nature"
            if node.valued
            else "n’est pas une contribution en nature"
        )
    return ""


def misplaced(view: BudgetView, code: str, row: BudgetRow) -> str:
    """Return what is wrong with a place chosen by hand, with the nearest code; nothing when it is right."""
    node = view.by_code.get(code)
    if node is None:
        return f"{row.label} : {_no_such_code(view, code)}"
    wrong = fits(node, row)
    return f"{row.label} : « {code} » ({node.label}) {wrong} dans {view.short}." if wrong else ""


def place_findings(dossier: Dossier) -> list[Finding]:
    """Return a finding for each place that names no presentation, or no heading of it."""
    return [
        Finding("budget.unknown_place", "warning", detail.about, message)
        for detail in dossier.all(LineDetail)
        for message in _unknown_places(detail)
    ]


def _unknown_places(detail: LineDetail) -> Iterator[str]:
    for place in detail.places:
        name, _, code = place.partition(":")
        try:
            view = view_named(name)
        except BadInput:
            near = closest(name, [view.id for view in views()])
            hint = f" Vouliez-vous {near} ?" if near else ""
            yield f"{detail.line} : « {name} » n’est pas une présentation du budget.{hint}"
            continue
        if code not in view.by_code:
            yield f"{detail.line} : {_no_such_code(view, code)}"


def _no_such_code(view: BudgetView, code: str) -> str:
    near = closest(code, view.by_code) or next((c for c in view.by_code if c.startswith(code[:2])), None)
    hint = f" Vouliez-vous {near}, {view.by_code[near].label} ?" if near else ""
    return f"« {code} » n’existe pas dans {view.short}.{hint}"
