"""What is late, refused or elsewhere among the places chosen for the sets."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from filage.facts.budget import BudgetLine
from filage.facts.venue import Scouting, Venue
from filage.kernel import french
from filage.kernel.finding import Finding, Remedy
from filage.planning.scouting import other_sets, sets_of
from filage.planning.scouting_choice import choose, moved_to

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from filage.facts.dossier import Dossier
    from filage.planning.scouting import Candidate, FilmSet

ASK_SOON: Final = 10
"""How many days before the last day to ask an authorisation it is told."""


def scouting_findings(dossier: Dossier, today: date) -> list[Finding]:
    """Authorisations late, to ask soon or refused; events that are not where their set was chosen."""
    found: list[Finding] = []
    if not dossier.all(Scouting):
        return found
    for one in sets_of(dossier):
        if one.chosen:
            found += _authorisation_findings(dossier, one, one.chosen, today)
            found += _elsewhere(dossier, one, one.chosen, today)
    return found


def _authorisation_findings(
    dossier: Dossier, here: FilmSet, chosen: Candidate, today: date
) -> Iterator[Finding]:
    about, where = chosen.scouting.about, f"{chosen.name} ({here.name})"
    ways = tuple(_remedies(dossier, here, today))
    if chosen.scouting.authorisation == "refused":
        yield Finding(
            "scouting.refused", "blocking", about, f"{where} : l’autorisation est refusée.", remedies=ways
        )
    if chosen.ask_by is None or not here.days or here.days[0] < today:
        return
    first = french.day(here.days[0])
    delay = f"l’autorisation demande {chosen.scouting.lead_days} jours et le premier jour est le {first}"
    if chosen.ask_by < today:
        words = f"{where} : {delay} ; il fallait la demander avant le {french.day(chosen.ask_by)}."
        yield Finding("scouting.permit_late", "blocking", about, words, remedies=ways)
    elif chosen.ask_by <= today + timedelta(days=ASK_SOON):
        words = f"{where} : {delay} ; à demander avant le {french.day(chosen.ask_by)}."
        yield Finding("scouting.permit_soon", "warning", about, words)


def _remedies(dossier: Dossier, here: FilmSet, today: date) -> Iterator[Remedy]:
    """Each fallback that asks no authorisation, or has it."""
    for one in here.candidates:
        if one.scouting.rank == "fallback" and one.scouting.authorisation in ("none", "granted"):
            post = next((line.post for line in dossier.all(BudgetLine) if line.phase == "production"), "30")
            yield Remedy(
                f"Prendre le repli : {one.name}", None, choose(dossier, one.scouting, today, post).changes
            )


def _elsewhere(dossier: Dossier, here: FilmSet, chosen: Candidate, today: date) -> Iterator[Finding]:
    """An event of one set only, planned somewhere else than its first choice."""
    for event in here.events:
        if (
            event.day < today
            or event.venue in (None, chosen.scouting.venue)
            or other_sets(dossier, event, here)
        ):
            continue
        venue = dossier.find(event.venue, Venue)
        words = (
            f"{here.name}, le {french.day(event.day)} : prévu à {venue.label if venue else event.venue}, "
            f"mais le premier choix est {chosen.name}."
        )
        change = moved_to(dossier, event, chosen.scouting.venue)
        remedy = Remedy(f"Aller à {chosen.name}", None, (change,))
        yield Finding("scouting.elsewhere", "warning", event.about, words, remedies=(remedy,))
