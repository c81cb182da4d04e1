"""A page of a production: its facts and what follows from them, opened once, and the shell told of it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from filage.facts.calendar import Event
from filage.facts.dossier import Dossier
from filage.facts.funding import Funding
from filage.facts.people import Person
from filage.facts.scenario import Scenario
from filage.facts.script import Need, Scene
from filage.facts.team import Engagement
from filage.facts.venue import Venue
from filage.kernel.finding import Finding
from filage.kernel.money import ZERO
from filage.review import Outcome
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest
from filage_web.accounts.roles import EDIT
from filage_web.navigation import AREA_OF_KIND, AREAS, Badge, place_of, present
from filage_web.store.outcomes import Opened, open_production
from filage_web.store.sheets import stale_count

STATUS: Final = {"blocking": "breach", "warning": "doubt"}
NAMED: Final = 4
"""People named in a finding that says the same of several."""
LABELS: Final = {area.key: area.label for area in AREAS}


@dataclass(frozen=True, slots=True)
class Titled:
    """What the top bar says of a production."""

    id: str
    title: str
    subtitle: str


def open_page(request: MemberRequest, *, scenario: str | None = None) -> Opened:
    """Open the production of a page; the top bar and the navigation say what it holds."""
    opened = open_production(request.structure, request.production_id or "", scenario=scenario)
    production = opened.dossier.production
    request.production = Titled(production.id, production.label, production.season or "")  # type: ignore[attr-defined]
    request.badges = badges_of(opened.outcome)  # type: ignore[attr-defined]
    stale = 0 if scenario else stale_count(request.structure, production.id, opened.dossier, clock.today())
    if stale:
        request.badges["sheets"] = Badge(stale, "stale")  # type: ignore[attr-defined]
    return opened


def badges_of(outcome: Outcome) -> dict[str, Badge]:
    """Count, by area, what is wrong; where nothing is, what there is."""
    dossier = outcome.dossier
    counts = {
        "script": len(dossier.all(Scene)),
        "needs": len([need for need in dossier.all(Need) if need.state in ("to_find", "quoted")]),
        "venues": len(dossier.all(Venue)),
        "planning": len([event for event in dossier.all(Event) if event.type == "performance"]),
        "funding": len(dossier.all(Funding)),
        "scenarios": len(dossier.all(Scenario)),
    }
    badges = {key: Badge(number) for key, number in counts.items() if number}
    for severity in ("warning", "blocking"):
        wrong: dict[str, int] = {}
        for finding in outcome.findings:
            if finding.severity == severity and (key := area_of(finding)):
                wrong[key] = wrong.get(key, 0) + 1
        badges |= {key: Badge(number, STATUS[severity]) for key, number in wrong.items()}
    return badges


BY_CODE: Final = {
    "calendar": "planning",
    "funding": "funding",
    "budget": "budget",
    "team": "team",
    "price": "price",
    "worktime": "planning",
    "payroll": "team",
    "law": "law",
    "follow": "follow",
}
VIEWS: Final = {"planning": "?vue=ressources", "law": "?montrer=doutes"}
"""The view of an area's page that shows what a finding speaks of, when its fact stands elsewhere."""


def area_of(finding: Finding) -> str:
    """Name the area where a finding is put right; empty when it is the structure's affair."""
    kind = finding.about.partition("/")[0]
    return BY_CODE.get(finding.code.partition(".")[0]) or AREA_OF_KIND.get(kind, "")


@dataclass(frozen=True, slots=True)
class Offered:
    """A way out ready to draw; `href` shows its effect before anything is written, empty for what is done by hand."""

    label: str
    cost: Decimal | None
    href: str
    rank: int
    """Its place among the ways out of its finding."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A finding ready to draw: what is wrong, why, how to get out of it, where to put it right."""

    severity: str
    fact: str
    because: str
    remedies: tuple[Offered, ...]
    href: str
    link: str
    people: str = ""
    """Who, when it says the same of several people."""
    places: tuple[int, ...] = ()
    """The places of its findings in the list drawn."""


def finding_key(finding: Finding) -> str:
    """A short name for a finding in an address: the same one as long as the finding is."""
    return hashlib.sha256("\n".join(finding.key).encode()).hexdigest()[:16]


def _where(request: MemberRequest, finding: Finding, key: str) -> str:
    """The place of the fact; the area's page when the fact itself stands in another area."""
    slug, production = request.structure.slug, request.production_id or ""
    if key == AREA_OF_KIND.get(finding.about.partition("/")[0], "") or key not in {
        area.key for area in present()
    }:
        return place_of(slug, production, finding.about)
    page = reverse(f"{key}:page", args=[slug, production])
    return page + VIEWS.get(key, "")


def corrected(request: MemberRequest, finding: Finding) -> Corrected:
    """Draw a finding up, with the way to the page that puts it right."""
    return _drawn(request, [finding], finding.message)


def together(request: MemberRequest, findings: Iterable[Finding], dossier: Dossier) -> list[Corrected]:
    """Draw findings up, those that say the same of several people as one, with their names."""
    alike: dict[tuple[str, str, str], list[tuple[int, str, Finding]]] = {}
    for place, finding in enumerate(findings):
        who = _person_of(finding.about, dossier)
        text = finding.message
        text = without_name(text, who)
        alike.setdefault((finding.severity, finding.code, text), []).append((place, who, finding))
    drawn = []
    for (_severity, _code, text), same in alike.items():
        several = len(same) > 1
        one = _drawn(request, [f for _, _, f in same], text if several else same[0][2].message)
        names = _names(who for _, who, _ in same) if several else ""
        drawn.append(replace(one, people=names, places=tuple(place for place, _, _ in same)))
    return drawn


def without_name(text: str, who: str) -> str:
    """What a message says of somebody, once they are named beside it."""
    for start in (f"{who}, ", f"{who} est à la fois "):
        if who and text.startswith(start):
            said = text.removeprefix(f"{who}, ").removeprefix(f"{who} est ")
            return _capital(said)
    return text


def _person_of(about: str, dossier: Dossier) -> str:
    """The name of the person a finding is about, through their engagement if need be."""
    engagement = dossier.find(about, Engagement)
    person = dossier.find(engagement.person if engagement else about, Person)
    return person.name() if person else ""


def _names(names: Iterable[str]) -> str:
    """Name who is concerned, once each; beyond a few, count."""
    known = list(dict.fromkeys(name for name in names if name))
    if len(known) <= NAMED:
        return ", ".join(known)
    more = len(known) - NAMED + 1
    return _("%(names)s et %(more)s autres") % {"names": ", ".join(known[: NAMED - 1]), "more": more}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _drawn(request: MemberRequest, findings: list[Finding], text: str) -> Corrected:
    first = findings[0]
    key = area_of(first)
    return Corrected(
        severity=first.severity,
        fact=text,
        because=first.source.title if first.source else "",
        remedies=_offered(request, findings),
        href=_where(request, first, key),
        link=str(LABELS.get(key, _("Corriger"))),
    )


def _offered(request: MemberRequest, findings: list[Finding]) -> tuple[Offered, ...]:
    """The ways out; those of several findings that say the same are taken together, at their cost together."""
    name = "-".join(finding_key(finding) for finding in findings)
    place = (request.structure.slug, request.production_id or "")
    found = []
    for rank, remedy in enumerate(findings[0].remedies):
        same = [one.remedies[rank] for one in findings if rank < len(one.remedies)]
        if len(same) < len(findings) or any(one.label != remedy.label for one in same):
            continue
        changes = [change for one in same for change in one.changes]
        may = changes and all(request.may(EDIT, change.kind) for change in changes)
        costs = [one.cost for one in same if one.cost is not None]
        cost = sum(costs, ZERO) if len(costs) == len(same) else None
        href = reverse("preview:remedy", args=[*place, name, rank]) if may else ""
        found.append(Offered(remedy.label, cost, href, rank))
    return tuple(found)
