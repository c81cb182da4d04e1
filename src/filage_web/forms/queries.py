"""What a form's references may point at, named as the trade would."""

from collections import Counter
from collections.abc import Collection, Iterable
from functools import cached_property

from filage.budget.chapters import PHASES
from filage.budget.lines import EXPENSE, BudgetRow
from filage.budget.posts import posts_of
from filage.budget.units import units_used
from filage.facts.base import Fact
from filage.facts.budget import BudgetLine
from filage.facts.calendar import Event
from filage.facts.dossier import Dossier
from filage.facts.employer import Employer
from filage.facts.intent import Answer, Mark
from filage.facts.kinds import BY_KIND, SHARED
from filage.facts.people import Person
from filage.facts.script import Element, Scene
from filage.facts.team import Engagement, Position
from filage.facts.venue import Space, Venue
from filage.kernel import french
from filage.kernel.text import fold
from filage.planning.conflicts import event_name
from filage.script.played import PLAYERS
from filage_web.accounts.models import Structure
from filage_web.forms import proposals
from filage_web.forms.shapes import Shape
from filage_web.store.models import Row


def name_of(fact: Fact, dossier: Dossier) -> str:  # noqa: PLR0911 - one line per kind that says more than its name
    """Name a fact for somebody who must tell it from its sisters: an engagement by its person and job."""
    if isinstance(fact, Engagement):
        person = dossier.find(fact.person, Person)
        position = dossier.find(fact.position, Position)
        return f"{person.name() if person else fact.person}, {fact.label or (position.label if position else '')}"
    if isinstance(fact, Event):
        venue = dossier.find(fact.venue, Venue)
        hour = f" {french.clock(fact.start)}" if fact.start else ""
        when = french.day(fact.day, year=False) + hour
        name = f"{fact.label}, {when}" if fact.label else f"{event_name(fact)}{hour}"
        return f"{name}, {venue.label}" if venue else name
    if isinstance(fact, Venue):
        return f"{fact.label}, {fact.city}" if fact.city else fact.label
    if isinstance(fact, Space):
        venue = dossier.find(fact.venue, Venue)
        return f"{fact.label}, {venue.label}" if venue else fact.label
    if isinstance(fact, Mark):
        return f"« {_short(fact.passage)} »"
    if isinstance(fact, Answer):
        return f"{_short(fact.question)} « {_short(fact.text)} »"
    if fact.private:
        return fact.title
    return fact.name()


def _numbered(scene: Scene) -> str:
    return f"{scene.number} · {scene.label}" if scene.number else scene.label


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= SHORT else f"{words[:SHORT].rsplit(' ', 1)[0]}…"


SHORT = 60
POST_FIELDS = ("post", "post_exploitation", "share_of")


class Choices:
    """Everything a production may refer to: its own facts, and all of its structure's shared ones."""

    rows: Iterable[BudgetRow] = ()
    """The lines of the budget, for what may be put on a computed one."""

    def __init__(self, structure: Structure, dossier: Dossier, rows: Iterable[BudgetRow] = ()) -> None:
        self.structure, self.dossier, self.rows = structure, dossier, rows

    @cached_property
    def _shared(self) -> dict[str, list[tuple[str, str]]]:
        """The structure's shared facts by kind, in one query."""
        rows = Row.objects.filter(structure=self.structure, production=None).exclude(kind="person_private")
        found: dict[str, list[tuple[str, str]]] = {}
        for kind, ident, label in rows.order_by("sort", "pk").values_list("kind", "ident", "label"):
            known = self.dossier.by_kind.get(kind, {}).get(ident)
            name = name_of(known, self.dossier) if known else label
            found.setdefault(kind, []).append((f"{kind}/{ident}", name))
        return found

    def of(self, kinds: Iterable[str]) -> list[tuple[str, str]]:
        """List the facts of some kinds as (reference, name), by name (events by day)."""
        found: list[tuple[str, str]] = []
        for kind in kinds:
            if kind in SHARED:
                found += self._shared.get(kind, [])
            elif kind == "event":
                events = sorted(self.dossier.all(Event), key=lambda one: (one.day, str(one.start or "")))
                found += [(event.about, name_of(event, self.dossier)) for event in events]
            elif kind == "scene":
                found += [(scene.about, _numbered(scene)) for scene in self.dossier.all(Scene)]
            elif kind in BY_KIND:
                facts = self.dossier.by_kind.get(kind, {}).values()
                named = [(fact.about, name_of(fact, self.dossier)) for fact in facts]
                found += sorted(named, key=lambda pair: fold(pair[1]))
        return found

    def referred(self, shape: Shape, kept: Collection[str] = ()) -> list[tuple[str, str]]:
        """List what a reference may name: roles held are roles and extras; what is already named stays."""
        found = self.of(shape.kinds)
        if (shape.name, shape.kinds) != ("roles", ("element",)):
            return found
        played = {one.about for one in self.dossier.all(Element) if one.category in PLAYERS}
        return [pair for pair in found if pair[0] in played or pair[0] in kept]

    def proposed(self, shape: Shape) -> list[tuple[str, str]]:  # noqa: PLR0911 - one line per field
        """List the texts a field proposes, with their names: posts of the budget, values and derogations of the law."""
        if shape.name == "parameter":
            return list(proposals.parameters())
        if shape.name == "agreements":
            return list(proposals.agreements(next((one.idcc for one in self.dossier.all(Employer)), None)))
        if shape.name == "authorised":
            return list(proposals.authorisations())
        if shape.name == "catalogue":
            return list(proposals.schemes(self.dossier))
        if shape.name == "credit" and shape.holds == "text":
            return list(proposals.tax_credits(self.dossier))
        if shape.name == "share_except":
            return [
                (f"line/{line.id}", line.label)
                for line in self.dossier.all(BudgetLine)
                if line.side == EXPENSE and not line.valued  # all that a share of charges counts
            ]
        if shape.name == "row" and shape.holds == "text":
            return _computed(self.rows)
        if shape.name == "unit" and shape.holds == "text":
            return [(unit, unit) for unit in units_used(self.dossier)]
        if shape.holds != "text" or shape.name not in POST_FIELDS:
            return []
        return [(post.code, f"{post.code} · {post.label}") for post in posts_of(self.dossier)]


def _computed(rows: Iterable[BudgetRow]) -> list[tuple[str, str]]:
    """The computed lines that money goes out for, by name; those of one name are told apart by their phase."""
    spent = [row for row in rows if row.side == EXPENSE and not row.id.startswith("line/")]
    named = Counter(row.label for row in spent)
    return [
        (row.id, f"{row.label}, {PHASES[row.phase].lower()}" if named[row.label] > 1 else row.label)
        for row in spent
    ]


def taken_ids(structure: Structure, dossier: Dossier, kind: str) -> set[str]:
    """List the ids a new fact of a kind may not take."""
    if kind not in SHARED:
        return set(dossier.by_kind.get(kind, {}))
    rows = Row.objects.filter(structure=structure, production=None, kind=kind)
    return set(rows.values_list("ident", flat=True))
