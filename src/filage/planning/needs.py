"""What must be found: where needs come from, the day each is needed, and which are late."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from filage.facts.calendar import Event
from filage.facts.intent import Answer, Mark
from filage.facts.script import Element, Need, Scene
from filage.kernel import french
from filage.kernel.changes import set_
from filage.kernel.finding import Deadline, Finding, Remedy
from filage.kernel.text import fold
from filage.script.played import played_scenes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from filage.facts.dossier import Dossier

DEPARTMENTS: Final[Mapping[str, str]] = {
    "cast": "distribution",
    "extras": "figuration",
    "props": "accessoires",
    "set": "décoration",
    "costume": "costumes",
    "makeup": "maquillage et coiffure",
    "vehicle": "régie",
    "animal": "régie",
    "stunt": "cascades",
    "effect": "effets",
    "music": "musique",
    "sound": "son",
    "video": "vidéo",
    "equipment": "technique",
    "child": "production",
    "intimacy": "mise en scène",
    "safety": "sécurité",
}
"""Who usually looks for an element of each category: proposed, and changed as one works."""
OPEN: Final = frozenset({"to_find", "quoted"})
USED_IN: Final = frozenset({"shoot", "performance", "recording"})
"""Where what a scene needs must be there for good."""
SOON: Final[Mapping[str, int]] = {"to_find": 14, "quoted": 7}
"""How many days before it is needed a need still open is told, by state."""


def first_uses(dossier: Dossier) -> dict[str, date]:
    """The day of the first event, not cancelled, that shows or films each element's scenes: `element/id` → day.

    One rehearses with what there is: rehearsals do not count. A performance that names no scene plays them all.
    """
    days: dict[str, list[date]] = defaultdict(list)
    for event in dossier.all(Event):
        if event.type in USED_IN and event.option != "cancelled":
            for about in event.scenes:
                days[about].append(event.day)
            if event.type == "performance" and not event.scenes:
                days[""].append(event.day)
    played = {one.scene.about for one in played_scenes(dossier)} if days[""] else set()
    uses: dict[str, date] = {}
    for scene in dossier.all(Scene):
        known = [*days.get(scene.about, ()), *(days[""] if scene.about in played else ())]
        for element in scene.elements if known else ():
            uses[element] = min(uses.get(element, known[0]), *known)
    return uses


def direct_uses(dossier: Dossier) -> dict[str, date]:
    """The day of the first event, not cancelled, that names each need: `need/id` → day."""
    days: dict[str, date] = {}
    for event in dossier.all(Event):
        if event.option != "cancelled":
            for about in event.needs:
                days[about] = min(event.day, days.get(about, event.day))
    return days


def used_on(need: Need, elements: Mapping[str, date], needs: Mapping[str, date]) -> date | None:
    """The first planned day that uses a need, by itself or by its element; None when nothing is planned."""
    known = [day for day in (needs.get(need.about), elements.get(_element_of(need))) if day is not None]
    return min(known, default=None)


def _element_of(need: Need) -> str:
    return need.element or ""


def without_need(dossier: Dossier) -> list[Element]:
    """The elements that are not yet a need, in the order of the dossier."""
    known = {need.element for need in dossier.all(Need)}
    return [element for element in dossier.all(Element) if element.about not in known]


def need_of(element: Element, dossier: Dossier, day: date | None) -> dict[str, Any]:
    """The values of the need an element becomes: to find, in its usual department, for its first planned day."""
    usual = DEPARTMENTS.get(element.category, "production")
    spelled = {fold(need.department): need.department for need in dossier.all(Need) if need.department}
    values: dict[str, Any] = {
        "label": element.label,
        "element": element.about,
        "department": spelled.get(fold(usual), usual),
        "state": "to_find",
    }
    return values | ({"needed_on": day.isoformat()} if day else {})


def origin_of(need: Need, dossier: Dossier) -> str:
    """The words a need comes from: a passage, or a question and its answer; empty when nobody said."""
    if mark := dossier.find(need.source, Mark):
        return f"« {mark.passage} »"
    if answer := dossier.find(need.source, Answer):
        return f"{answer.question} « {answer.text} »"
    return ""


def need_deadlines(dossier: Dossier) -> list[Deadline]:
    """The day by which each need still open must be found: the one written, else its first planned use."""
    elements, direct = first_uses(dossier), direct_uses(dossier)
    return [
        Deadline(day, f"Trouver : {need.label}", need.about, "besoins")
        for need in dossier.all(Need)
        if need.state in OPEN and (day := need.needed_on or used_on(need, elements, direct))
    ]


def need_findings(dossier: Dossier, today: date) -> list[Finding]:
    """Needs late, needed soon and still open, or wanted after the day they are used."""
    elements, direct = first_uses(dossier), direct_uses(dossier)
    found: list[Finding] = []
    for need in dossier.all(Need):
        if need.state not in OPEN:
            continue
        use = used_on(need, elements, direct)
        day = need.needed_on or use
        if need.needed_on and use and use < need.needed_on:
            found.append(_after_use(need, need.needed_on, use))
            day = use
        if day is None:
            continue
        state = "à trouver" if need.state == "to_find" else "sur devis"
        if day < today:
            words = f"{need.label} : il le fallait le {french.day(day)}, et c’est encore {state}."
            found.append(Finding("need.late", "warning", need.about, words, subject="late"))
        elif day <= today + timedelta(days=SOON[need.state]):
            words = f"{need.label} : il le faut le {french.day(day)}, et c’est encore {state}."
            found.append(Finding("need.soon", "warning", need.about, words, subject="soon"))
    return found


def _after_use(need: Need, wanted: date, use: date) -> Finding:
    """A need whose scene was moved ahead of the day it is wanted."""
    words = f"{need.label} : attendu le {french.day(wanted)}, mais il sert dès le {french.day(use)}."
    remedy = Remedy(
        f"Le demander pour le {french.day(use)}", None, (set_(need.about, needed_on=use.isoformat()),)
    )
    return Finding("need.after_use", "warning", need.about, words, remedies=(remedy,))
