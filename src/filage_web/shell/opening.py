"""A page of a production: its facts and what follows from them, opened once, and the shell told of it."""

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from filage.facts.calendar import Event
from filage.facts.funding import Funding
from filage.facts.scenario import Scenario
from filage.facts.script import Scene
from filage.facts.venue import Venue
from filage.kernel.finding import Finding
from filage.review import Outcome
from filage_web.accounts.decorators import MemberRequest
from filage_web.accounts.roles import EDIT
from filage_web.navigation import AREA_OF_KIND, AREAS, Badge, place_of, present
from filage_web.store.outcomes import Opened, open_production

STATUS: Final = {"blocking": "breach", "warning": "doubt"}
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
    return opened


def badges_of(outcome: Outcome) -> dict[str, Badge]:
    """Count, by area, what is wrong; where nothing is, what there is."""
    dossier = outcome.dossier
    counts = {
        "script": len(dossier.all(Scene)),
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


@dataclass(frozen=True, slots=True)
class Corrected:
    """A finding ready to draw: what is wrong, why, how to get out of it, where to put it right."""

    severity: str
    fact: str
    because: str
    remedies: tuple[Offered, ...]
    href: str
    link: str


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
    key = area_of(finding)
    return Corrected(
        severity=finding.severity,
        fact=finding.message,
        because=finding.source.title if finding.source else "",
        remedies=_offered(request, finding),
        href=_where(request, finding, key),
        link=str(LABELS.get(key, _("Corriger"))),
    )


def _offered(request: MemberRequest, finding: Finding) -> tuple[Offered, ...]:
    name = finding_key(finding)
    place = (request.structure.slug, request.production_id or "")
    return tuple(
        Offered(
            remedy.label,
            remedy.cost,
            reverse("preview:remedy", args=[*place, name, rank])
            if remedy.changes and all(request.may(EDIT, change.kind) for change in remedy.changes)
            else "",
        )
        for rank, remedy in enumerate(finding.remedies)
    )
