"""What the calendar has to put right on a day before its sheet is issued."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from filage.facts.calendar import Event, Participation
from filage.facts.dossier import Dossier
from filage.kernel.finding import Finding
from filage.planning.sheets import DOCUMENTS
from filage_web.accounts.decorators import MemberRequest
from filage_web.accounts.roles import EDIT
from filage_web.shell.opening import Corrected, corrected
from filage_web.store.sheets import Paper, day_of

AREA: Final = "calendar."
TOLD: Final = ("blocking", "warning")


def wrong_by_day(dossier: Dossier, findings: Iterable[Finding]) -> Counter[date]:
    """Count, by day, what is to be put right in its hours and places."""
    return Counter(event.day for one in findings if _told(one) and (event := _event_of(dossier, one)))


def wrongs_of(
    request: MemberRequest, dossier: Dossier, findings: Iterable[Finding], paper: Paper
) -> list[Corrected]:
    """Draw up what is to be put right before a sheet of a day leaves, each with the form of its date."""
    if DOCUMENTS[paper[0]].key != "day":
        return []
    day = day_of(*paper)
    found = []
    for one in findings:
        event = _event_of(dossier, one) if _told(one) else None
        if event is not None and event.day == day:
            found.append(_drawn(request, one, event))
    return found


def _told(finding: Finding) -> bool:
    return finding.code.startswith(AREA) and finding.severity in TOLD


def _event_of(dossier: Dossier, finding: Finding) -> Event | None:
    """The date a finding speaks of, through somebody’s part in it if need be."""
    part = dossier.find(finding.about, Participation)
    return dossier.find(part.event if part else finding.about, Event)


def _drawn(request: MemberRequest, finding: Finding, event: Event) -> Corrected:
    """A finding whose ways out come back to the sheet."""
    drawn, back = corrected(request, finding), request.path
    href = reverse("planning:event", args=[request.structure.slug, request.production_id or "", event.id])
    remedies = tuple(
        replace(one, href=f"{one.href}?{urlencode({'back': back})}") if one.href else one
        for one in drawn.remedies
    )
    return replace(
        drawn,
        remedies=remedies,
        href=f"{href}?{urlencode({'retour': back})}" if request.may(EDIT, Event.kind) else "",
        link=_("Corriger la date"),
    )
