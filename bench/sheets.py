"""Issuing the call sheet of a large day: 60 people called, a personal sheet for each, as PDF."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime

from bench.dossier import AT_RATE
from bench.result import at_most
from filage.documents.sheets import Stamp, sheet_pdf
from filage.facts.base import Fact
from filage.facts.calendar import Event, Participation
from filage.facts.dossier import Dossier
from filage.facts.employer import Employer
from filage.facts.people import Person
from filage.facts.production import Production
from filage.facts.team import Engagement, Position
from filage.facts.venue import Venue
from filage.planning.sheets import content_of, contents_of, recipients_of, to_json

DAY, TODAY = date(2026, 7, 14), date(2026, 7, 12)
PEOPLE, SECONDS, TIMES = 60, 5.0, 2
MOMENTS = tuple({"at": f"{hour:02d}:00", "label": f"Séquence {hour}"} for hour in range(9, 20))
ADDRESS = "https://filage.example/lien/abcdefghijklmnopqrstuvwxyz0123456789/"


def main() -> None:
    """Write the results as JSON."""
    seconds, count = min(issued() for _ in range(TIMES))
    label = f"{count} personal call sheets, content and PDF"
    sys.stdout.write(json.dumps([asdict(at_most("sheets", label, seconds, SECONDS, "s"))]))


def issued() -> tuple[float, int]:
    """How long a personal sheet for everyone takes, and how many there are."""
    dossier = Dossier.of_facts(_facts())
    start = time.perf_counter()
    people = recipients_of(content_of(dossier, "call_sheet", DAY.isoformat(), TODAY))
    stamp = Stamp("1", 1, datetime(2026, 7, 12, 18, tzinfo=UTC))
    languages = dict.fromkeys(people, "fr")
    for sheet in contents_of(dossier, "call_sheet", DAY.isoformat(), TODAY, languages).values():
        to_json(sheet)
        sheet_pdf(sheet, stamp, ADDRESS)
    return time.perf_counter() - start, len(people)


def _facts() -> Iterator[Fact]:
    yield Employer(id="fil", label="Le Festival", idcc="1285", headcount="9", rates=(AT_RATE,))
    yield Production(id="mesure", label="Le Grand Film", form="fiction")
    yield Venue(id="lieu", label="Domaine de la Source", city="Avignon", latitude="43.949", longitude="4.806")
    yield Event(
        id="jour", type="shoot", label="Jour 12", day=DAY.isoformat(), start="08:00", end="19:00", venue="venue/lieu",
        moments=MOMENTS,
    )  # fmt: skip
    for number in range(PEOPLE):
        yield Position(id=f"poste-{number}", label=f"Poste {number}", department="technical")
        yield Person(id=f"p-{number}", given_name=f"Prénom {number}", family_name=f"Nom {number}")
        yield Engagement(
            id=f"e-{number}", position=f"position/poste-{number}", person=f"person/p-{number}", unit="day",
            unit_pay="200", starts_on=DAY.isoformat(), ends_on=DAY.isoformat(),
        )  # fmt: skip
        yield Participation(
            id=f"pa-{number}", event="event/jour", engagement=f"engagement/e-{number}",
            call=f"{7 + number % 4:02d}:30", wrap="19:00",
        )  # fmt: skip


if __name__ == "__main__":
    main()
