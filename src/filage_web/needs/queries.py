"""What the page of needs shows: lines by department, and the elements nobody looks for yet."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from filage.budget.posts import posts_of
from filage.facts.base import choices, label_of
from filage.facts.budget import BudgetLine
from filage.facts.dossier import Dossier
from filage.facts.people import Company, Person
from filage.facts.script import Element, Need
from filage.kernel.money import ZERO
from filage.kernel.text import fold
from filage.planning.needs import OPEN, SOON, direct_uses, first_uses, origin_of, used_on, without_need
from filage.planning.needs_book import by_department
from filage.review import Outcome

STATES: Final = choices(Need, "state")
CATEGORIES: Final = choices(Element, "category")
EQUIPMENT_POST: Final = "30"


@dataclass(frozen=True, slots=True)
class Line:
    """One need, with the names of what it cites."""

    need: Need
    state: str
    next_state: str
    """The value of the state that follows; empty for the last."""
    next_label: str
    day: date | None
    planned: bool
    """Whether the day comes from the calendar rather than from somebody."""
    status: str
    """breach when late, doubt when soon, empty otherwise."""
    owner: str
    supplier: str
    element: str
    source: str
    source_href: str
    """The page of the writing, the scene or the answer its source stands in."""
    line: str
    line_href: str
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Group:
    """The needs of one department."""

    name: str
    lines: tuple[Line, ...]

    @property
    def estimate(self) -> Decimal:
        """What they are estimated at, in euros."""
        return sum((one.need.estimate for one in self.lines if one.need.estimate is not None), ZERO)


@dataclass(frozen=True, slots=True)
class Pool:
    """The elements of one category that are not a need yet."""

    category: str
    label: str
    elements: tuple[tuple[Element, date | None], ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which needs are shown."""

    state: str = ""
    department: str = ""
    """Folded; empty for all."""

    def keeps(self, need: Need) -> bool:
        """Whether a need is shown."""
        same = not self.department or fold(need.department or "") == self.department
        return same and self.state in ("", need.state)


def kept(dossier: Dossier, chosen: Filter) -> list[Need]:
    """List the needs of a filter."""
    return [need for need in dossier.all(Need) if chosen.keeps(need)]


def groups_of(outcome: Outcome, needs: Iterable[Need], place: Callable[[str], str]) -> list[Group]:
    """Arrange needs by department; `place` gives the page of a fact."""
    dossier = outcome.dossier
    elements, direct = first_uses(dossier), direct_uses(dossier)
    amounts = {row.about: row.amount for row in outcome.budget.rows}
    found = []
    for name, group in by_department(needs).items():
        lines = [
            _line(need, dossier, outcome.on, used_on(need, elements, direct), amounts, place)
            for need in group
        ]
        found.append(Group(name, tuple(lines)))
    return found


def _line(
    need: Need,
    dossier: Dossier,
    today: date,
    use: date | None,
    amounts: dict[str, Decimal],
    place: Callable[[str], str],
) -> Line:
    order = list(STATES)
    following = next(iter(order[order.index(need.state) + 1 :]), "")
    day = need.needed_on or use
    owner, supplier = dossier.find(need.owner, Person), dossier.find(need.supplier, Company)
    element, line = dossier.find(need.element, Element), dossier.find(need.line, BudgetLine)
    return Line(
        need=need,
        state=label_of(need, "state"),
        next_state=following,
        next_label=STATES.get(following, ""),
        day=day,
        planned=need.needed_on is None and day is not None,
        status=_status(need, day, today),
        owner=owner.name() if owner else "",
        supplier=supplier.label if supplier else "",
        element=element.label if element and fold(element.label) != fold(need.label) else "",
        source=origin_of(need, dossier),
        source_href=place(need.source) if need.source else "",
        line=line.label if line else "",
        line_href=place(line.about) if line else "",
        amount=amounts.get(line.about) if line else None,
    )


def _status(need: Need, day: date | None, today: date) -> str:
    if need.state not in OPEN or day is None:
        return ""
    if day < today:
        return "breach"
    return "doubt" if day <= today + timedelta(days=SOON[need.state]) else ""


def pools_of(dossier: Dossier) -> list[Pool]:
    """Group by category the elements that are not a need yet; the roles, which the team holds, come last."""
    days = first_uses(dossier)
    by_category: dict[str, list[tuple[Element, date | None]]] = {}
    for element in without_need(dossier):
        by_category.setdefault(element.category, []).append((element, days.get(element.about)))
    order = [*(key for key in CATEGORIES if key != "cast"), "cast"]
    return [Pool(key, CATEGORIES[key], tuple(by_category[key])) for key in order if key in by_category]


def counts_of(dossier: Dossier) -> dict[str, int]:
    """Count the needs by state."""
    counted = Counter(need.state for need in dossier.all(Need))
    return {state: counted[state] for state in STATES}


def departments_of(dossier: Dossier) -> list[tuple[str, str]]:
    """List the departments named: (folded, as written)."""
    found: dict[str, str] = {}
    for need in dossier.all(Need):
        if need.department:
            found.setdefault(fold(need.department), need.department)
    return sorted((key, name[:1].upper() + name[1:]) for key, name in found.items())


def post_for(dossier: Dossier) -> str:
    """The post a need's cost goes to at first: sets, costumes and equipment, else the first of the production."""
    codes = [post.code for post in posts_of(dossier) if post.phase == "production"]
    return EQUIPMENT_POST if EQUIPMENT_POST in codes else next(iter(codes), EQUIPMENT_POST)
