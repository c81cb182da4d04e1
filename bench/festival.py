"""The calendar of a festival: 60 people, 400 events in a month; its month page, and a date dragged elsewhere.

Run in its own process (`python -m bench.festival`) with FILAGE_DATA naming an empty folder, as `bench.office`.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date, timedelta

import django

from bench.dossier import AT_RATE
from bench.result import Result, at_most
from filage.facts.base import Fact
from filage.facts.calendar import Event, Participation
from filage.facts.dossier import Dossier
from filage.facts.employer import Employer
from filage.facts.people import Person
from filage.facts.production import Production
from filage.facts.team import Engagement, Position
from filage.facts.venue import Venue

FIRST = date(2026, 7, 1)
DAYS, PEOPLE, EVENTS, VENUES, CALLED = 28, 60, 400, 10, 4
CPU_MS, DRAG_MS = 100, 150
TIMES = 7
KINDS = ("performance", "setup", "rehearsal", "performance", "soundcheck")
HOURS = (("20:00", "22:00"), ("09:00", "13:00"), ("14:00", "17:00"), ("18:00", "19:30"), ("11:00", "12:30"))
TOWNS = ((43.949, 4.806), (43.836, 4.360), (43.961, 4.829), (43.676, 4.628))


def main() -> None:
    """Measure and print the results as JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "filage_web.settings")
    os.environ.setdefault("FILAGE_SECRET_KEY", "a key for the measures only, long enough for Django")
    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    sys.stdout.write(json.dumps([asdict(result) for result in measured()]))


def measured() -> list[Result]:
    """The month, and the answer to a date dragged to another day: the slowest of several places."""
    from django.core.management import call_command

    from bench.office import get, prepared

    call_command("migrate", verbosity=0)
    client, base = prepared("festival", festival())
    month = f"{base}calendrier/?vue=mois&du={FIRST.isoformat()}"
    seconds = least(lambda: get(client, month), time.process_time)
    dragged = []
    for number in range(0, EVENTS, EVENTS // 20):
        day = FIRST + timedelta(days=(number * 3 + 5) % DAYS)
        address = f"{base}calendrier/date/ev-{number}/verifier/?jour={day.isoformat()}"
        dragged.append(least(lambda address=address: get(client, address), time.perf_counter, times=3))
    title = f"calendar month of a festival ({PEOPLE} people, {EVENTS} events), warm"
    return [
        at_most("festival_month", title, seconds * 1000, CPU_MS, "ms"),
        at_most("festival_drag", "a date dragged, its conflicts, slowest of 20", max(dragged) * 1000, DRAG_MS, "ms"),
    ]  # fmt: skip


def festival() -> Dossier:
    """The dossier, always the same."""
    return Dossier.of_facts(_facts())


def _facts() -> Iterator[Fact]:
    yield Employer(id="fil", label="Le Festival", idcc="1285", headcount="9", rates=(AT_RATE,))
    yield Production(id="mesure", label="Festival", form="festival")
    yield Position(id="jeu", label="Artistes", people=str(PEOPLE))
    for number in range(VENUES):
        latitude, longitude = TOWNS[number % len(TOWNS)]
        yield Venue(
            id=f"v-{number}", label=f"Scène {number}", city="Avignon", curfew="00:30",
            latitude=f"{latitude + number / 1000:.4f}", longitude=str(longitude),
        )  # fmt: skip
    last = (FIRST + timedelta(days=DAYS)).isoformat()
    for number in range(PEOPLE):
        yield Person(id=f"p-{number}", given_name=f"Prénom {number}", family_name=f"Nom {number}")
        yield Engagement(
            id=f"e-{number}", position="position/jeu", person=f"person/p-{number}", unit="cachet", unit_pay="190",
            starts_on=FIRST.isoformat(), ends_on=last,
        )  # fmt: skip
    for number in range(EVENTS):
        start, end = HOURS[number % len(HOURS)]
        day = FIRST + timedelta(days=number * DAYS // EVENTS)
        yield Event(
            id=f"ev-{number}", type=KINDS[number % len(KINDS)], day=day.isoformat(), start=start, end=end,
            venue=f"venue/v-{number % VENUES}", label=f"Spectacle {number % 40}",
        )  # fmt: skip
        for rank in range(CALLED):
            person = (number * CALLED + rank * 7) % PEOPLE
            yield Participation(
                id=f"pa-{number}-{rank}", event=f"event/ev-{number}", engagement=f"engagement/e-{person}"
            )


def least(work: Callable[[], object], clock: Callable[[], float], times: int = TIMES) -> float:
    """The least time of some work once warm."""
    work()
    found = []
    for _ in range(times):
        start = clock()
        work()
        found.append(clock() - start)
    return min(found)


if __name__ == "__main__":
    main()
