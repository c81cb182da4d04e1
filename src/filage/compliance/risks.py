"""Risks of the scenes planned (weapon, fire, height, child…): what must be prepared, by when, and what is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from filage.compliance.risk_data import Preparation, Risk, Situation, risk, risks
from filage.facts.calendar import Event
from filage.facts.script import Element, Need, Scene
from filage.facts.team import Engagement, Position
from filage.kernel import french
from filage.kernel.changes import add
from filage.kernel.finding import Deadline, Finding, Remedy
from filage.kernel.text import fold
from filage.script.played import played_scenes
from filage.script.risks import risk_labels, risks_of

if TYPE_CHECKING:
    from datetime import date

    from filage.facts.dossier import Dossier

AREA = "besoins"
DONE, BOOKED = "done", "booked"
_LONGEST_ID = 64
_STATES = {"to_find": "à trouver", "quoted": "devis reçu", "booked": "réservé", "done": "en place"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One preparation asked for by one element on its first date: the need that stands for it, if any."""

    element: Element
    risk: str
    preparation: Preparation
    day: date
    event: str
    need: Need | None

    @property
    def is_done(self) -> bool:
        """Whether it is in place."""
        return self.need is not None and self.need.state == DONE

    @property
    def due_on(self) -> date:
        """The day by which it should be asked for."""
        return self.preparation.due_on(self.day)

    def is_late(self, today: date) -> bool:
        """Whether a rule is no longer kept in time; what is booked is on its way."""
        started = self.need is not None and self.need.state == BOOKED
        return self.preparation.obligation and not started and self.preparation.late_on(self.day) < today


def risk_findings(dossier: Dossier, today: date) -> tuple[list[Finding], list[Deadline]]:
    """Return what the risks of the scenes planned still ask for, and by when.

    Each element with a risk is told once per risk, for its first date still to come. A need tied to the element and
    said to be in place settles a preparation; one that is only looked for does not.
    """
    findings: list[Finding] = []
    deadlines: list[Deadline] = []
    by_risk: dict[tuple[str, str], list[Asked]] = defaultdict(list)
    for asked in preparations_asked(dossier, today):
        if not asked.is_done:
            by_risk[asked.element.about, asked.risk].append(asked)
    for missing in by_risk.values():
        findings.append(_finding(missing, today))
        deadlines += [_deadline(asked) for asked in missing if asked.need is None and asked.due_on >= today]
    return findings, deadlines


def preparations_asked(dossier: Dossier, today: date) -> Iterator[Asked]:
    """Yield everything the risks ask for, done or not, element by element, on their first date from today."""
    dates = _dates(dossier, today)
    risky = [one for one in dossier.all(Element) if one.about in dates and risks_of(one)]
    if not risky:
        return
    needs: dict[str, list[Need]] = defaultdict(list)
    for own in dossier.all(Need):
        needs[own.element or ""].append(own)
    authorised = _authorised(dossier)
    for element in risky:
        taken: set[str] = set()
        for name in risks_of(element):
            for preparation in risk(name).preparations if name in risks() else ():
                date_of = _first(
                    preparation, risk(name), element, dates[element.about], dossier.production.form
                )
                if date_of is None or preparation.held in _held(date_of, authorised):
                    continue
                need = _need_of(preparation, element, needs[element.about], taken)
                yield Asked(element, name, preparation, date_of.event.day, date_of.event.about, need)


def need_id(preparation: Preparation, element: Element) -> str:
    """Return the id of the need that stands for a preparation of an element."""
    return f"{preparation.id}-{element.id}"[:_LONGEST_ID].rstrip("-")


@dataclass(frozen=True, slots=True)
class _Date:
    """One date and the scenes of it that need an element."""

    event: Event
    scenes: tuple[Scene, ...]


def _dates(dossier: Dossier, today: date) -> Mapping[str, list[_Date]]:
    """The dates from today on which each element is needed; a performance that names no scene plays them all."""
    played = [one.scene for one in played_scenes(dossier)]
    found: dict[str, list[_Date]] = defaultdict(list)
    for event in sorted(dossier.all(Event), key=lambda one: (one.day, one.type != "performance", one.about)):
        if event.option == "cancelled" or event.day < today:
            continue
        whole = event.type == "performance" and not event.scenes
        named = (dossier.find(about, Scene) for about in event.scenes)
        needing: dict[str, list[Scene]] = defaultdict(list)
        for scene in played if whole else [scene for scene in named if scene]:
            for element in dict.fromkeys(scene.elements):
                needing[element].append(scene)
        for element, held in needing.items():
            found[element].append(_Date(event, tuple(held)))
    return found


def _first(
    preparation: Preparation, about: Risk, element: Element, dates: Iterable[_Date], form: str
) -> _Date | None:
    """The first date that asks for a preparation; no rehearsal does when the risk only exists on set or on stage."""
    for one in dates:
        if one.event.type == "rehearsal" and not about.rehearsed:
            continue
        if preparation.applies(Situation(form, one.event.type == "performance", element)):
            return one
    return None


def _held(date_of: _Date, authorised: Mapping[str, set[str]]) -> set[str]:
    """The authorisations of those who play on a date."""
    return {rule for scene in date_of.scenes for role in scene.elements for rule in authorised.get(role, ())}


def _authorised(dossier: Dossier) -> Mapping[str, set[str]]:
    """The authorisations held by those who play each role."""
    positions = {position.about: position for position in dossier.all(Position)}
    found: dict[str, set[str]] = defaultdict(set)
    for engagement in dossier.all(Engagement):
        position = positions.get(engagement.position)
        for role in position.roles if position and engagement.authorised else ():
            found[role].update(engagement.authorised)
    return found


def _need_of(
    preparation: Preparation, element: Element, needs: Iterable[Need], taken: set[str]
) -> Need | None:
    """The need that stands for a preparation: made for it, or recognised by its words; each stands for one only."""
    wanted = need_id(preparation, element)
    free = [need for need in needs if need.id not in taken]
    found = next((need for need in free if need.id == wanted), None) or next(
        (
            need
            for need in free
            if any(word in fold(need.label.replace("’", "'")) for word in preparation.words)
        ),
        None,
    )
    if found is not None:
        taken.add(found.id)
    return found


def _finding(missing: list[Asked], today: date) -> Finding:
    """One finding for one element and one risk: what is missing, the most pressing first."""
    missing = sorted(missing, key=lambda one: (not one.preparation.obligation, one.due_on))
    first = missing[0]
    day = min(asked.day for asked in missing)
    late = any(asked.is_late(today) for asked in missing)
    must = any(asked.preparation.obligation for asked in missing)
    told = " ; ".join(_told(asked, today) for asked in missing)
    label = risk_labels()[first.risk].lower()
    message = f"« {first.element.label} » ({label}), prévu le {french.day(day)} : {told}."
    if present := risk(first.risk).present:
        message += f" Présence à prévoir : {' ; '.join(present)}."
    about, source, subject = first.element.about, first.preparation.source, first.risk
    remedies = tuple(_remedy(asked) for asked in missing if asked.need is None)
    if late:
        return Finding("risk.late", "warning", about, message, source, remedies, subject)
    if must:
        return Finding("risk.to_prepare", "info", about, message, source, remedies, subject)
    return Finding("risk.advised", "info", about, message, source, remedies, subject)


def _told(asked: Asked, today: date) -> str:
    """« accord écrit du lieu (exploitant du lieu, avant le …) »."""
    preparation = asked.preparation
    label = preparation.label[0].lower() + preparation.label[1:]
    kind = "" if preparation.obligation else "conseillé : "
    doubt = ", à vérifier" if preparation.source.confidence == "uncertain" else ""
    if asked.need is not None:
        return f"{kind}{label} ({_STATES[asked.need.state]}{doubt})"
    day = french.day(asked.due_on, year=False)
    when = f"à demander avant le {day}" if asked.due_on >= today else f"à demander depuis le {day}"
    return f"{kind}{label} ({when} : {preparation.ask}{doubt})"


def _remedy(asked: Asked) -> Remedy:
    preparation = asked.preparation
    values: dict[str, Any] = {
        "label": preparation.label,
        "department": preparation.department,
        "element": asked.element.about,
        "needed_on": asked.day.isoformat(),
        "note": f"{preparation.detail} ({preparation.basis})",
    }
    about = f"need/{need_id(preparation, asked.element)}"
    return Remedy(f"Ajouter le besoin « {preparation.label} »", changes=(add(about, **values),))


def _deadline(asked: Asked) -> Deadline:
    preparation = asked.preparation
    detail = f"{preparation.basis} ; {preparation.ask}"
    return Deadline(
        asked.due_on, f"{preparation.label} : {asked.element.label}", asked.element.about, AREA, detail
    )
