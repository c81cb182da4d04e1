"""Licences of entrepreneur de spectacles: held, and still valid on every date (C. trav. L7122-3, R7122-5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.facts.calendar import Event
from filage.kernel import french
from filage.kernel.finding import Deadline, Finding
from filage.kernel.step import Source

if TYPE_CHECKING:
    from filage.facts.dossier import Dossier

LIVE_FORMS = frozenset({"theatre", "dance", "circus", "street", "concert", "opera", "festival"})
PRODUCER = "2"
_TEXT = Source(
    "code-travail.L7122-3", "Code du travail, L7122-3 et R7122-5", "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006072050/",
    None, "one_source",
)  # fmt: skip


def licence_findings(dossier: Dossier) -> tuple[list[Finding], list[Deadline]]:
    """Return what is wrong with the producer's licence over the performances, and when to renew it."""
    if dossier.production.form not in LIVE_FORMS:
        return [], []
    days = sorted(e.day for e in dossier.all(Event) if e.type == "performance" and e.option != "cancelled")
    if not days:
        return [], []
    employer = dossier.employer
    held = [licence for licence in employer.licences if licence.category == PRODUCER]
    if not held:
        message = f"Licence n° 2 (producteur) : aucune n’est saisie, {len(days)} dates au calendrier."
        return [Finding("licence.missing", "warning", employer.about, message, _TEXT)], []
    expiry = max((licence.expires_on for licence in held if licence.expires_on), default=None)
    if expiry is None:
        return [], []
    after = sum(day > expiry for day in days)
    deadline = Deadline(
        expiry.replace(day=1),
        "Renouveler la licence n° 2",
        employer.about,
        "structure",
        f"expire le {french.day(expiry)}",
    )
    if not after:
        return [], [deadline] if expiry >= days[0] else []
    dates = f"{after} date{'s' if after > 1 else ''}"
    message = f"Licence d’entrepreneur n° 2 : elle expire le {french.day(expiry)}, avant {dates}."
    return [Finding("licence.expires", "warning", employer.about, message, _TEXT)], [deadline]
