"""What the pages of requests show: the list, one request with its headings, what it lacks, its versions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.urls import reverse

from filage.accounting.reviewed import Reviewed
from filage.facts.base import label_of
from filage.facts.dossier import Dossier
from filage.facts.funding import CERTAIN_STATES, Funding, Request
from filage.funding.request import RequestFile, request_file
from filage.funding.request_headings import REPORT
from filage.funding.request_json import digest, to_json
from filage.funding.request_lacks import Lack
from filage.reporting.financial_report import ReportFile, report_due, report_file
from filage_web.accounts.decorators import MemberRequest
from filage_web.accounts.models import Structure
from filage_web.navigation import AREAS, present
from filage_web.store.issued import EVERYBODY, Version, latest_of, said_by_last, versions_of

DOCUMENT: Final = {"application": "funding_request", "report": "financial_report"}
"""What each purpose is called among the documents issued."""
REPORTED: Final = frozenset({"public", "collective"})
"""Natures of money a report is owed for."""
LABELS: Final = {area.key: area.label for area in AREAS}


@dataclass(frozen=True, slots=True)
class Line:
    """One request in the list."""

    request: Request
    funding: Funding | None
    purpose: str
    state: str
    version: Version | None
    due: date | None


@dataclass(frozen=True, slots=True)
class Completed:
    """Something missing, with the address where it is completed."""

    message: str
    href: str
    link: str


def paper_of(request: Request) -> tuple[str, str]:
    """Under which document and number a request is issued."""
    return DOCUMENT[request.purpose], request.id


def lines_of(structure: Structure, production: str, dossier: Dossier) -> list[Line]:
    """List the requests and reports, applications first, each with its last version; one query."""
    latest = latest_of(versions_of(structure, production))
    found = []
    for request in dossier.all(Request):
        funding = dossier.find(request.funding, Funding)
        due = report_due(dossier, funding) if request.purpose == REPORT else None
        day = due.on if due else funding.deadline_on if funding and request.purpose != REPORT else None
        found.append(
            Line(
                request,
                funding,
                label_of(request, "purpose"),
                label_of(funding, "state").lower() if funding else "",
                latest.get(paper_of(request)),
                day,
            )
        )
    return sorted(found, key=lambda line: (line.request.purpose == REPORT, line.request.label))


def without_request(dossier: Dossier) -> list[Funding]:
    """The fundings still to ask for nobody began a request for."""
    begun = {one.funding for one in dossier.all(Request)}
    return [one for one in dossier.all(Funding) if one.state == "to_ask" and one.about not in begun]


def without_report(dossier: Dossier) -> list[tuple[Funding, date | None]]:
    """The grants given that nobody began a report for, each with the day it is due."""
    begun = {one.funding for one in dossier.all(Request) if one.purpose == REPORT}
    found = []
    for one in dossier.all(Funding):
        if one.nature in REPORTED and one.state in CERTAIN_STATES and one.about not in begun:
            due = report_due(dossier, one)
            found.append((one, due.on if due else None))
    return found


def content_of(
    structure: Structure, production: str, outcome: Reviewed, request: Request, on: date
) -> tuple[RequestFile | ReportFile, dict[str, Any]]:
    """Draw up what a request says today, and the same as data."""
    dossier = outcome.dossier
    funding = dossier.find(request.funding, Funding)
    made: RequestFile | ReportFile
    if request.purpose == REPORT:
        sent, label = _sent(structure, production, dossier, request)
        made = report_file(outcome, on, funding, request, sent=sent, sent_label=label)
    else:
        made = request_file(
            dossier, budget=outcome.budget, costs=outcome.costs, plan=outcome.plan, on=on, funding=funding,
            request=request,
        )  # fmt: skip
    content: dict[str, Any] = to_json(made)
    return made, content


def _sent(
    structure: Structure, production: str, dossier: Dossier, report: Request
) -> tuple[Mapping[str, Any] | None, str]:
    """What the request this report answers said, the last time it was issued."""
    for one in dossier.all(Request):
        if one.purpose != REPORT and one.funding == report.funding and one.funding:
            said = said_by_last(structure, production, paper_of(one), [EVERYBODY]).get(EVERYBODY)
            if said:
                return said[1], f"la demande « {one.label} », version {said[0]}"
    return None, ""


def completed(request: MemberRequest, lacks: tuple[Lack, ...]) -> list[Completed]:
    """Give each thing missing the address where it is put right; what is on this page is a place of it."""
    here = {"requests": "#rubriques", "files": "#pieces"}
    areas = {area.key for area in present()}
    found = []
    for lack in lacks:
        href = here.get(lack.where, "")
        if not href and lack.where in areas:
            href = reverse(f"{lack.where}:page", args=[request.structure.slug, request.production_id])
        found.append(Completed(lack.message, href, str(LABELS.get(lack.where, ""))))
    return found


def place_of_area(request: MemberRequest, key: str) -> str:
    """The address of an area, or of the place of this page where a thing is completed."""
    return completed(request, (Lack("", key),))[0].href


__all__ = ["digest"]
