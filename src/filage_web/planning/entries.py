"""Events made ready to draw, whatever the view."""

from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Final

from filage.compliance.languages import FILMED
from filage.facts.base import choices, label_of
from filage.facts.calendar import Event, Participation
from filage.facts.dossier import Dossier
from filage.facts.team import Engagement
from filage.facts.venue import Venue
from filage.kernel.finding import Finding
from filage.review import Outcome

SOLID: Final = frozenset({"confirmed", "signed"})
TYPES: Final = choices(Event, "type")
OPTIONS: Final = choices(Event, "option")
SHORT: Final = {"performance": "Repr.", "rehearsal": "Rép.", "residency": "Rés."}
ONE_DAY: Final = timedelta(days=1)
BREACH: Final = "blocking"


def main_kind(dossier: Dossier) -> str:
    """What the days of a work are first of all: of shooting for what is filmed, else performances."""
    return "shoot" if dossier.production.form in FILMED else "performance"


@dataclass(frozen=True, slots=True)
class Entry:
    """One event, ready to draw."""

    id: str
    day: date
    start: str
    hours: str
    kind: str
    short: str
    label: str
    venue: str
    city: str
    people: int
    option: str
    status: str
    """done when signed, breach when something is wrong; empty otherwise."""
    solid: bool
    cancelled: bool
    premiere: bool
    option_until: date | None
    findings: tuple[Finding, ...] = ()
    begins: time | None = None
    ends: time | None = None
    end_day: date | None = None
    place: str = ""
    """The venue it is at, `venue/id`."""
    locked: bool = False
    draft: bool = False
    moments: int = 0
    weather: str = ""
    differs: str = ""
    """In a plan: what it does to the reference, in one word; empty when it is the same."""

    @property
    def name(self) -> str:
        """What it is: its title, else its nature."""
        return self.label or ("Première" if self.premiere else self.kind)

    @property
    def last_day(self) -> date:
        """The last day it takes; a night that ends in the morning takes one."""
        last = self.end_day or self.day
        night = self.begins is not None and self.ends is not None and self.ends <= self.begins
        return last - ONE_DAY if night and last > self.day else last

    @property
    def breach(self) -> str:
        """What is wrong with it, in a sentence; empty when nothing is."""
        return next((finding.message for finding in self.findings if finding.severity == BREACH), "")

    @property
    def look(self) -> str:
        """How its box is drawn: confirmed is solid, an option outlined, an idea dashed."""
        base = (
            "cancelled" if self.cancelled else "solid" if self.solid else "draft" if self.draft else "option"
        )
        return f"{base} differs" if self.differs else base

    @property
    def state(self) -> str:
        """How sure it is, in words."""
        words = self.option.lower()
        return f"{words}, verrouillé" if self.locked else words


@dataclass(slots=True)
class Month:
    """The events of one month."""

    first: date
    entries: list[Entry] = field(default_factory=list)


def entries_of(
    outcome: Outcome, *, shown: Container[str] | None = None, reference: Dossier | None = None
) -> list[Entry]:
    """List the events in order of time.

    `shown` holds the events wanted (all without it); `reference` is what a plan differs from.
    """
    dossier = outcome.dossier
    counts: dict[str, int] = defaultdict(int)
    for part in dossier.all(Participation):
        counts[part.event] += 1
    wrong: dict[str, list[Finding]] = defaultdict(list)
    for finding in outcome.findings:
        if finding.about.startswith("event/"):
            wrong[finding.about].append(finding)
    events = sorted(dossier.all(Event), key=lambda event: (event.day, str(event.start or ""), event.id))
    venues = {venue.about: venue for venue in dossier.all(Venue)}
    return [
        _entry(event, venues, counts[event.about], tuple(wrong[event.about]), difference(event, reference))
        for event in events
        if shown is None or event.about in shown
    ]


def difference(event: Event, reference: Dossier | None) -> str:
    """Say in one word what a plan does to an event; nothing when it leaves it alone."""
    if reference is None:
        return ""
    was = reference.find(event.about, Event)
    if was == event:
        return ""
    if was is None:
        return "ajouté"
    if (was.day, was.start) != (event.day, event.start):
        return "déplacé"
    return "annulé" if event.option == "cancelled" else "changé"


def gone(dossier: Dossier, reference: Dossier) -> list[Event]:
    """The events of the reference that a plan takes away."""
    return [event for event in reference.all(Event) if dossier.get(event.about) is None]


def _entry(
    event: Event, venues: dict[str, Venue], people: int, findings: tuple[Finding, ...], differs: str
) -> Entry:
    venue = venues.get(event.venue or "")
    start = f"{event.start:%H:%M}" if event.start else ""
    return Entry(
        id=event.id,
        day=event.day,
        start=start,
        hours=f"{start} – {event.end:%H:%M}" if start and event.end else start,
        kind=label_of(event, "type"),
        short=SHORT.get(event.type, label_of(event, "type")),
        label=event.label or "",
        venue=venue.label if venue else "",
        city=(venue.city or "") if venue else "",
        people=people,
        option=label_of(event, "option"),
        status="done" if event.option == "signed" else "",
        solid=event.option in SOLID,
        cancelled=event.option == "cancelled",
        premiere=event.premiere,
        option_until=event.option_until if event.option.startswith("option") else None,
        findings=findings,
        begins=event.start and event.start.replace(tzinfo=None),
        ends=event.end and event.end.replace(tzinfo=None),
        end_day=event.end_day,
        place=event.venue or "",
        locked=event.locked,
        draft=event.option == "draft",
        moments=len(event.moments),
        weather=event.weather or "",
        differs=differs,
    )


def months_of(entries: Iterable[Entry]) -> list[Month]:
    """Group events by month."""
    months: dict[date, Month] = {}
    for entry in entries:
        first = entry.day.replace(day=1)
        months.setdefault(first, Month(first)).entries.append(entry)
    return list(months.values())


def next_day(entries: Iterable[Entry], today: date) -> date:
    """The day the calendar opens on: that of the next event, else of the last, else today."""
    days = [entry.day for entry in entries if not entry.cancelled]
    coming = [day for day in days if day >= today]
    return min(coming, default=max(days, default=today))


def people_by_event(dossier: Dossier) -> dict[str, set[str]]:
    """Who takes part in each event, as `person/id`."""
    engaged = {engagement.about: engagement.person for engagement in dossier.all(Engagement)}
    found: dict[str, set[str]] = defaultdict(set)
    for part in dossier.all(Participation):
        person = part.person or engaged.get(part.engagement or "")
        if person:
            found[part.event].add(person)
    return found
