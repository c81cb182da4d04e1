"""A dossier of any size, always the same for a size: what the measures run on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from bench.size import PER_ENGAGEMENT, Size
from filage.facts.base import Fact
from filage.facts.budget import BudgetLine, BudgetPost, Variable
from filage.facts.calendar import Event, Participation
from filage.facts.dossier import Dossier
from filage.facts.employer import Employer, OwnRate
from filage.facts.funding import Funding
from filage.facts.people import Person
from filage.facts.production import Production
from filage.facts.team import Engagement, Position
from filage.facts.venue import Venue

START = date(2026, 1, 5)
POSTS = 20
DATES, PERFORMANCES = "nb_dates", 40
DAYS = 280
AT_RATE = OwnRate(
    parameter="paie.atmp_technicien",
    value="0.016",
    starts_on="2025-01-01",
    source="Notification de la caisse",
)
EVENT_TYPES = ("rehearsal", "residency", "rehearsal", "performance", "setup")


def generated(size: Size) -> Dossier:
    """The dossier of that size."""
    return Dossier.of_facts(_facts(size))


def _facts(size: Size) -> Iterator[Fact]:
    yield Employer(id="fil", label="Compagnie Le Fil", idcc="1285", headcount="6", rates=(AT_RATE,))
    yield Production(id="mesure", label="Mesure", form="theatre", pricing={"performances": "nb_dates"})
    yield from _variables(size)
    for number in range(POSTS):
        yield BudgetPost(id=f"poste-{number}", code=str(number), label=f"Poste {number}")
    yield Funding(
        id="apport", label="Apport de la compagnie", nature="own", amount="1000000", state="acquired"
    )
    yield from _team(size)
    yield from _calendar(size)
    for number in range(size.lines):
        yield _line(number, size)


def _variables(size: Size) -> Iterator[Fact]:
    """Named numbers: one in three follows from the one before it."""
    yield Variable(id="dates", name_text=DATES, value=str(PERFORMANCES))
    for number in range(1, size.variables):
        value = f"{variable(number - 1)} + 1" if number % 3 == 0 else str(1 + number % 9)
        yield Variable(id=f"v-{number}", name_text=variable(number), value=value)


def variable(number: int) -> str:
    """The name of a variable, by its rank."""
    return f"v_{number}" if number else DATES


def _team(size: Size) -> Iterator[Fact]:
    for number in range(size.people):
        yield Person(id=f"p-{number}", given_name=f"Prénom {number}", family_name=f"Nom {number}")
    yield Position(id="jeu", label="Comédienne, comédien", people=str(size.engagements))
    yield Position(
        id="regie", label="Régie", status="technicien", department="technical", people=str(size.engagements)
    )
    for number in range(size.engagements):
        start = _first_day(number, size)
        acts = number % 4 != 0
        yield Engagement(
            id=f"e-{number}",
            position="position/jeu" if acts else "position/regie",
            person=f"person/p-{number % size.people}",
            starts_on=start.isoformat(),
            ends_on=(start + timedelta(days=PER_ENGAGEMENT - 1)).isoformat(),
            unit="cachet" if acts else "hour",
            unit_pay=str(180 + number % 60) if acts else str(16 + number % 9),
            quantity=str(PER_ENGAGEMENT if acts else 4 * PER_ENGAGEMENT),
        )


def _calendar(size: Size) -> Iterator[Fact]:
    for number in range(size.venues):
        yield Venue(id=f"v-{number}", label=f"Théâtre {number}", city=f"Ville {number}")
    for number in range(size.events):
        engagement, rank = divmod(number, PER_ENGAGEMENT)
        day = _first_day(engagement, size) + timedelta(days=rank)
        yield Event(
            id=f"ev-{number}",
            type=EVENT_TYPES[number % len(EVENT_TYPES)],
            day=day.isoformat(),
            start="14:00",
            end="18:00",
            venue=f"venue/v-{number % size.venues}",
        )
        yield Participation(
            id=f"pa-{number}", event=f"event/ev-{number}", engagement=f"engagement/e-{engagement}"
        )


def _first_day(engagement: int, size: Size) -> date:
    return START + timedelta(days=engagement * DAYS // size.engagements)


def _line(number: int, size: Size) -> Fact:
    return BudgetLine(
        id=f"l-{number}",
        label=f"Ligne {number}",
        side="income" if number % 7 == 0 else "expense",
        phase="exploitation" if number % 3 == 0 else "production",
        post=str(number % POSTS),
        quantity=f"{variable(number % size.variables)} * 2" if number % 5 == 0 else str(1 + number % 12),
        unit_price=f"{10 + number % 90}.{number % 100:02d}",
    )
