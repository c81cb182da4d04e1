"""The issued sheets that a change would put out of date, for the sheet of its effect."""

from collections.abc import Iterable
from datetime import date

from filage.facts.calendar import Event, Participation
from filage.facts.dossier import Dossier
from filage.kernel.changes import Change
from filage_web.accounts.models import Structure
from filage_web.preview.effect import Paper
from filage_web.store.issued import latest_of, versions_of
from filage_web.store.outcomes import Preview
from filage_web.store.sheets import CURRENT, GONE, PAST, STALE, day_of, states_of


def sheets_put_out(
    structure: Structure, production: str, found: Preview, changes: Iterable[Change], today: date
) -> list[Paper]:
    """List the issued sheets that changes put out of date, and those of the days they touch that were already.

    Three queries at most, however many sheets.
    """
    before = states_of(structure, production, found.before.dossier, today)
    if not before:
        return []
    after = states_of(structure, production, found.after.dossier, today)
    days = _days(changes, found.before.dossier, found.after.dossier)
    put_out = {
        paper: state
        for paper, state in after.items()
        if state in (STALE, GONE) and (before.get(paper) == CURRENT or day_of(*paper) in days)
    }
    if not put_out:
        return []
    issued = latest_of(versions_of(structure, production, since=today - PAST))
    papers = []
    for paper, state in sorted(put_out.items(), key=lambda one: (day_of(*one[0]) or date.max, one[0])):
        version = issued.get(paper)
        if version:
            asks = "sans objet" if state == GONE else f"version {version.version + 1} à émettre"
            label = f"{version.label[:1].upper()}{version.label[1:]}, version {version.version}"
            papers.append(Paper(label, asks, stale=True))
    return papers


def _days(changes: Iterable[Change], before: Dossier, after: Dossier) -> set[date]:
    """The days of the events that changes touch, themselves or through who takes part."""
    found = set()
    for change in changes:
        for dossier in (before, after):
            part = dossier.find(change.about, Participation)
            event = dossier.find(part.event if part else change.about, Event)
            found |= {event.day} if event else set()
    return found
