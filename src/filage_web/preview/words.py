"""Facts, fields and changes said in French, for the sheet, the conflict page and the history's line."""

from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal
from typing import Any

from filage.facts.base import Fact
from filage.facts.calendar import Event, Participation
from filage.facts.dossier import Dossier
from filage.facts.employer import OwnRate
from filage.facts.kinds import BY_KIND
from filage.kernel import french
from filage.kernel.changes import Change
from filage.law import load_law
from filage_web.forms.queries import name_of
from filage_web.forms.shapes import Shape, shapes_of
from filage_web.preview.counts import noun

NOTHING = "–"
ARROW = " → "
HELPERS = frozenset({"participation", "person", "company", "venue", "space", "position"})
"""Kinds that a change often brings along with what it is about."""


def value_words(shape: Shape, value: Any, dossier: Dossier) -> str:  # noqa: C901, PLR0911 - one line per kind of value
    """Write the value of a field as a reader expects it."""
    if value is None or value == ():
        return NOTHING
    if isinstance(value, tuple):
        return ", ".join(value_words(shape, one, dossier) for one in value)
    if shape.holds == "choice":
        return (shape.choices or {}).get(str(value), str(value))
    if shape.holds == "reference":
        fact = dossier.get(str(value))
        return name_of(fact, dossier) if fact else str(value)
    if shape.holds == "rate":
        return french.percent(value)
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Decimal):
        return french.quantity(value, shape.unit)
    if isinstance(value, date):
        return french.day(value)
    if isinstance(value, time):
        return french.clock(value)
    if isinstance(value, OwnRate):
        return _own_rate(value)
    if shape.part is not None:
        inner = (value_words(each, getattr(value, each.name), dossier) for each in shapes_of(shape.part))
        return " · ".join(text for text in inner if text != NOTHING)
    return str(value)


def _own_rate(rate: OwnRate) -> str:
    """Write a value of the structure's own by the name of what it stands for."""
    law = load_law()
    if rate.parameter not in law:
        return f"{rate.parameter} : {rate.value}"
    known = law[rate.parameter]
    value = french.percent(rate.value) if known.unit == "rate" else french.quantity(rate.value, known.unit)
    until = f" au {french.day(rate.ends_on)}" if rate.ends_on else ""
    return f"{known.label} : {value}, dès le {french.day(rate.starts_on)}{until} ({rate.source})"


def field_changes(before: Fact | None, after: Fact | None, dossier: Dossier) -> list[tuple[str, str, str]]:
    """List the fields that differ: title, before, after."""
    model = type(after or before)
    found = []
    for shape in shapes_of(model):  # type: ignore[arg-type]
        was = getattr(before, shape.name, None)
        now = getattr(after, shape.name, None)
        if was != now and shape.name != "id":
            if isinstance(was, tuple) and isinstance(now, tuple):  # what stays in a list is not told again
                was, now = tuple(v for v in was if v not in now), tuple(v for v in now if v not in was)
            found.append((shape.title, value_words(shape, was, dossier), value_words(shape, now, dossier)))
    return found


def when_words(event: Event) -> str:
    """Say when an event is: « sam. 14 nov., 20:00 »."""
    hour = f", {french.clock(event.start)}" if event.start else ""
    return french.day(event.day, year=False) + hour


def title_of(changes: Iterable[Change], before: Dossier, after: Dossier) -> tuple[str, str]:
    """Say what a list of changes does: a title, and the line under it."""
    changes = list(changes)
    told = [change for change in changes if change.kind not in HELPERS]
    main = next(iter(told or [change for change in changes if change.kind != "participation"]), changes[0])
    about = (event_of(changes, before, after) if main.kind == Participation.kind else "") or main.about
    old, new = before.get(about), after.get(about)
    more = len([change for change in changes if change.kind == main.kind]) - 1 if about == main.about else 0
    if isinstance(old, Event) and isinstance(new, Event) and not more:
        return _of_event(old, new)
    fact, dossier = (new, after) if new else (old, before)
    kind = BY_KIND[main.kind].title.lower() if main.kind in BY_KIND else main.kind
    name = name_of(fact, dossier) if fact else main.id
    verb = {"add": "Ajouter", "set": "Modifier", "remove": "Retirer"}[main.op]
    title = f"{verb} : {kind} {name}" if kind.lower() not in name.lower() else f"{verb} : {name}"
    return title, f"et {more} autre{'s' if more > 1 else ''} {noun(main.kind, more)}" if more > 0 else ""


def event_of(changes: Iterable[Change], before: Dossier, after: Dossier) -> str:
    """The one event that several changes of dates and of who takes part are about; empty when there is none."""
    changes = list(changes)
    found = {change.about for change in changes if change.kind == Event.kind}
    for change in changes:
        part = after.find(change.about, Participation) or before.find(change.about, Participation)
        found |= {part.event} if part else set()
    about = next(iter(found), "")
    one_part = len(changes) == 1 and changes[0].kind == Participation.kind and changes[0].op == "set"
    alone = len(found) == 1 and not one_part
    return about if alone and before.find(about, Event) and after.find(about, Event) else ""


def _of_event(old: Event, new: Event) -> tuple[str, str]:
    name = new.label or _kind_of_event(new)
    if new.option == "cancelled" and old.option != "cancelled":
        return f"Annuler : {name}", when_words(old)
    if (old.day, old.start) != (new.day, new.start):
        return f"Déplacer : {name}", when_words(old) + ARROW + when_words(new)
    return f"Modifier : {name}", when_words(new)


def _kind_of_event(event: Event) -> str:
    shape = next(shape for shape in shapes_of(Event) if shape.name == "type")
    return (shape.choices or {}).get(event.type, event.type).lower()
