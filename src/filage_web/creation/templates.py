"""What the template of a kind brings, part by part, and the changes that bring what is ticked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from filage.budget.posts import posts_of
from filage.budget.template import template, template_facts, template_phases, template_values
from filage.facts.base import Fact, Part
from filage.facts.budget import BudgetLine, BudgetPost, Variable
from filage.facts.dossier import Dossier
from filage.facts.script import Need
from filage.facts.task import Task
from filage.facts.team import Position
from filage.facts.writing import values_of
from filage.kernel import french
from filage.kernel.changes import Change, add
from filage.kernel.expression import ExpressionError, names_in

PHASES: Final = "etapes"
"""The box of the phases, which belong to the production itself."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a template brings."""

    key: str
    label: str
    detail: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """A part of a template: its name and its items."""

    title: str
    items: tuple[Item, ...]


def brings(kind: str, start: date) -> list[Bundle]:
    """List what a template brings, part by part; its variables and chapters follow what uses them."""
    facts = template_facts(kind, start)
    posts = {post.code: post.label for post in posts_of(Dossier.of_facts(_posts(facts)))}
    phases = template_phases(kind, start)
    dates = " ; ".join(
        f"{one.label}, {french.day(one.starts_on)} – {french.day(one.ends_on)}" for one in phases
    )
    bundles = [
        Bundle(_("Étapes"), (Item(PHASES, _("Le calendrier des étapes"), dates),)),
        Bundle(
            _("Équipe à pourvoir"), tuple(_position(fact) for fact in facts if isinstance(fact, Position))
        ),
        Bundle(
            _("Lignes de budget, à chiffrer"),
            tuple(
                Item(fact.about, fact.label, posts.get(fact.post, fact.post))
                for fact in facts
                if isinstance(fact, BudgetLine)
            ),
        ),
        Bundle(
            _("Besoins"),
            tuple(
                Item(fact.about, fact.label, fact.department or "")
                for fact in facts
                if isinstance(fact, Need)
            ),
        ),
        Bundle(
            _("Obligations du métier"),
            tuple(Item(fact.about, fact.label, fact.note or "") for fact in facts if isinstance(fact, Task)),
        ),
    ]
    return [bundle for bundle in bundles if bundle.items]


def _position(position: Position) -> Item:
    people = f"{position.people} × " if position.people > 1 else ""
    return Item(position.about, f"{people}{position.label}", "")


def _posts(facts: Iterable[Fact]) -> list[Fact]:
    return [fact for fact in facts if isinstance(fact, BudgetPost)]


def values_brought(kind: str, start: date, chosen: frozenset[str]) -> dict[str, Any]:
    """What the production itself takes: its phases when they are ticked, the performances expected."""
    values = template_values(kind, start)
    if PHASES not in chosen:
        values.pop("phases", None)
    if not any(about.startswith(("position/", "budget_line/")) for about in chosen):
        values.pop("pricing", None)  # the expected performances are a variable that nothing brings
    return {name: _written(value) for name, value in values.items()}


def _written(value: Any) -> Any:
    if isinstance(value, (tuple, list)):
        return [_written(one) for one in value]
    if isinstance(value, Part):
        return value.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    return value


def changes_brought(kind: str, start: date, chosen: frozenset[str]) -> list[Change]:
    """The additions that bring what is ticked, with the variables and chapters it uses."""
    facts = template_facts(kind, start)
    kept = [fact for fact in facts if fact.about in chosen]
    used = _named(kept, template(kind).performances)
    variables = {fact.name_text: fact for fact in facts if isinstance(fact, Variable)}
    waiting = list(used)
    while waiting:
        variable = variables.get(waiting.pop())
        fresh = _names(variable.value) - used if variable else frozenset()
        used |= fresh
        waiting += fresh
    posts = _posts(facts) if any(isinstance(fact, (BudgetLine, Position)) for fact in kept) else []
    brought = [*posts, *(fact for name, fact in variables.items() if name in used), *kept]
    return [add(fact.about, **_values(fact, phases=PHASES in chosen)) for fact in brought]


def _values(fact: Fact, *, phases: bool) -> dict[str, Any]:
    values = {name: value for name, value in values_of(fact).items() if name != "id"}
    if isinstance(fact, Task) and not phases:
        values.pop("phase", None)
    return values


def _named(facts: Iterable[Fact], performances: str | None) -> set[str]:
    """The variables that these facts name."""
    texts: list[str] = []
    for fact in facts:
        if isinstance(fact, BudgetLine):
            texts += [fact.quantity, fact.unit_price or "0"]
        if isinstance(fact, Position):
            texts += [text for one in fact.forecast for text in (one.quantity, one.unit_pay)]
    if performances and texts:
        texts.append(performances)
    return {name for text in texts for name in _names(text)}


def _names(text: str) -> frozenset[str]:
    try:
        return names_in(text)
    except ExpressionError:
        return frozenset()
