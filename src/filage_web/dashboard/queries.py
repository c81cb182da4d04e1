"""What the dashboard shows, from the outcome of the day."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from filage.facts.base import choices, label_of
from filage.facts.calendar import Event
from filage.facts.contract import Contract
from filage.facts.dossier import Dossier
from filage.facts.production import Phase
from filage.facts.team import Engagement
from filage.facts.venue import Venue
from filage.kernel.finding import Deadline
from filage.kernel.money import ZERO
from filage.review import Outcome

AREA_WORDS: Final = {
    "calendrier": "Calendrier",
    "equipe": "Équipe",
    "prix": "Prix de cession",
    "financement": "Financement",
    "besoins": "Besoins",
    "structure": "Structure",
    "taches": "Tâches",
    "tableau": "",
}
SCALE: Final = 1000
STATES: Final = choices(Engagement, "contract")


@dataclass(frozen=True, slots=True)
class Stretch:
    """One phase on the phase line."""

    label: str
    starts_on: date
    ends_on: date
    done: int
    """How much of it is past, in thousandths."""
    current: bool


def phase_line(dossier: Dossier, today: date) -> list[Stretch]:
    """Draw the phases in order: where we are, and how long until the première."""
    phases = sorted(dossier.production.phases, key=lambda phase: (phase.starts_on, phase.ends_on))
    return [_stretch(phase, dossier, today) for phase in phases]


def _stretch(phase: Phase, dossier: Dossier, today: date) -> Stretch:
    days = (phase.ends_on - phase.starts_on).days + 1
    past = min(max((today - phase.starts_on).days + 1, 0), days)
    current = phase.starts_on <= today <= phase.ends_on
    label = phase.label
    if current and days > 7:  # noqa: PLR2004 - a week
        label += f", semaine {(today - phase.starts_on).days // 7 + 1} sur {(days + 6) // 7}"
    inside = [event for event in performances(dossier) if phase.starts_on <= event.day <= phase.ends_on]
    first = next((event for event in inside if event.premiere), None)
    if first and first.day > today:
        label += f", première dans {(first.day - today).days} jours"
    return Stretch(label, phase.starts_on, phase.ends_on, past * SCALE // days, current)


def performances(dossier: Dossier) -> list[Event]:
    """The performances that stand, in order."""
    events = [e for e in dossier.all(Event) if e.type == "performance" and e.option != "cancelled"]
    return sorted(events, key=lambda event: (event.day, str(event.start or "")))


@dataclass(frozen=True, slots=True)
class Due:
    """Something to do by a day."""

    on: date
    label: str
    area: str
    detail: str
    about: str
    late: int
    """Days passed since; 0 when there is time."""


def due_of(deadlines: tuple[Deadline, ...], today: date) -> list[Due]:
    """List what is due, the late first; contracts of one day in one line."""
    grouped: dict[tuple[date, str, str], list[Deadline]] = {}
    for deadline in deadlines:
        alike = "contrat" if deadline.area == "equipe" else deadline.about + deadline.label
        grouped.setdefault((deadline.on, deadline.area, alike), []).append(deadline)
    return [
        Due(
            on=on,
            label=same[0].label
            if len(same) == 1
            else f"Signer les {len(same)} contrats de travail du même jour",
            area=AREA_WORDS.get(area, area.capitalize()),
            detail=same[0].detail if len(same) == 1 else "",
            about=same[0].about,
            late=max((today - on).days, 0),
        )
        for (on, area, _alike), same in sorted(grouped.items())
    ]


@dataclass(frozen=True, slots=True)
class Balance:
    """Charges against what is found, in three parts."""

    expense: Decimal
    income: Decimal
    gap: Decimal
    certain: Decimal
    probable: Decimal
    complete: bool

    @property
    def missing(self) -> Decimal:
        """What remains to be found, never negative."""
        return max(self.gap, ZERO)

    @property
    def share(self) -> Decimal | None:
        """What is missing, as a fraction of the charges."""
        return self.missing / self.expense if self.expense else None


def balance_of(outcome: Outcome) -> Balance:
    """Read the balance of the plan."""
    plan = outcome.plan
    return Balance(
        plan.expense, plan.full, plan.gap, plan.certain, plan.full - plan.certain, outcome.budget.complete
    )


@dataclass(frozen=True, slots=True)
class Coming:
    """One of the next dates."""

    id: str
    day: date
    hour: str
    name: str
    place: str


def coming_dates(dossier: Dossier, today: date, limit: int = 5) -> list[Coming]:
    """The next dates: performances if there are any, else whatever comes."""
    events = [event for event in dossier.all(Event) if event.option != "cancelled" and event.day >= today]
    shown = [event for event in events if event.type == "performance"] or events
    shown.sort(key=lambda event: (event.day, str(event.start or "")))
    found = []
    for event in shown[:limit]:
        venue = dossier.find(event.venue, Venue)
        name = event.label or ("Première" if event.premiere else label_of(event, "type"))
        hour = f"{event.start:%H:%M}" if event.start else ""
        found.append(Coming(event.id, event.day, hour, name, (venue.city or venue.label) if venue else ""))
    return found


@dataclass(frozen=True, slots=True)
class Papers:
    """Contracts of work and of sale: how many, how many signed."""

    engagements: int
    engagements_signed: int
    sales: int
    sales_signed: int

    @property
    def to_sign(self) -> int:
        """How many contracts of work wait for a signature."""
        return self.engagements - self.engagements_signed


def papers_of(dossier: Dossier) -> Papers:
    """Count the contracts."""
    states = Counter(engagement.contract for engagement in dossier.all(Engagement))
    sales = [contract for contract in dossier.all(Contract) if contract.state != "cancelled"]
    return Papers(
        engagements=sum(states.values()),
        engagements_signed=states["signed"] + states["ended"],
        sales=len(sales),
        sales_signed=sum(contract.state == "signed" for contract in sales),
    )
