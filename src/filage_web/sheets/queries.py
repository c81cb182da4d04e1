"""What the pages of sheets show: what can be issued, what was, whether it still holds, who has read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext as _

from filage.facts.base import label_of
from filage.facts.calendar import Event
from filage.facts.dossier import Dossier
from filage.facts.people import Person
from filage.facts.script import RunningOrder
from filage.facts.venue import Venue
from filage.kernel import french
from filage.planning.sheets import DOCUMENTS, Sheet, digest, digest_of, document_name
from filage_web.accounts.models import Structure
from filage_web.sheets.changes import Changes, changes_since
from filage_web.store.issued import (
    EVERYBODY,
    Counted,
    Version,
    counts_of,
    latest_of,
    said_by_last,
    versions_of,
)
from filage_web.store.sheets import (
    CURRENT,
    NEVER,
    Paper,
    Reader,
    day_of,
    known_keys,
    public_sheet,
    readers_of,
    sheets_for,
    states_of,
)

HIDDEN: Final = ("draft", "cancelled")
NOTHING: Final[Mapping[date, int]] = MappingProxyType({})


# --- what a sheet is called -------------------------------------------------------------------------------------------


def when_of(dossier: Dossier, document: str, key: str) -> str:
    """What tells a sheet from the others of its kind: its day, its week, its order."""
    kind, last = DOCUMENTS[document].key, day_of(document, key)
    if kind == "order":
        order = dossier.find(f"running_order/{key}", RunningOrder)
        return order.label if order else key
    if last is None:
        return _("toutes les dates")
    if kind == "week":
        return _("semaine du %(day)s") % {"day": french.day(last - timedelta(days=6))}
    return french.month(key) if kind == "tour" else french.day(last)


# --- the list ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """One sheet that can be issued, or was."""

    document: str
    key: str
    name: str
    when: str
    what: str
    day: date | None
    state: str
    version: Version | None
    counted: Counted
    wrong: int = 0
    """How many things of its day are to be put right before it leaves."""

    @property
    def number(self) -> int:
        """Its last version; 0 before the first."""
        return self.version.version if self.version else 0

    @property
    def to_read(self) -> int:
        """How many have not said they read it."""
        return self.counted.people - self.counted.confirmed - self.counted.handed


def lines_of(
    structure: Structure, production: str, dossier: Dossier, today: date, wrong: Mapping[date, int] = NOTHING
) -> list[Line]:
    """List every sheet of a production, those of days first, each with its state; constant in queries."""
    latest = latest_of(versions_of(structure, production))
    counts = counts_of(structure, production)
    states = states_of(structure, production, dossier, today)
    there = _events_by_day(dossier)
    papers = [(document, key) for document in DOCUMENTS for key in known_keys(dossier, document)]
    papers += [paper for paper in latest if paper not in set(papers) and paper[0] in DOCUMENTS]
    found = []
    for document, key in papers:
        version = latest.get((document, key))
        found.append(
            Line(
                document=document,
                key=key,
                name=document_name(document),
                when=when_of(dossier, document, key),
                what=there.get(key, ""),
                day=day_of(document, key),
                state=states.get((document, key), CURRENT) if version else NEVER,
                version=version,
                counted=counts.get((document, key, version.version), Counted()) if version else Counted(),
                wrong=_wrong_of(document, key, wrong),
            )
        )
    rank = list(DOCUMENTS)
    return sorted(found, key=lambda line: (_first_day(line), -_length(line), rank.index(line.document)))


def _wrong_of(document: str, key: str, wrong: Mapping[date, int]) -> int:
    day = day_of(document, key) if DOCUMENTS[document].key == "day" else None
    return wrong.get(day, 0) if day else 0


def _first_day(line: Line) -> date:
    """The first day of a week or month comes before its days."""
    return line.day - timedelta(days=_length(line)) if line.day else date.max


def _length(line: Line) -> int:
    kind = DOCUMENTS[line.document].key
    if line.day is None or kind == "day":
        return 0
    return 6 if kind == "week" else line.day.day - 1


def _events_by_day(dossier: Dossier) -> dict[str, str]:
    """What happens on each day, in a few words: the kinds of its events and where."""
    venues = {venue.about: venue for venue in dossier.all(Venue)}
    found: dict[str, dict[str, None]] = {}
    for event in sorted(dossier.all(Event), key=lambda event: str(event.start or "")):
        if event.option in HIDDEN:
            continue
        words = found.setdefault(event.day.isoformat(), {})
        words[event.label or label_of(event, "type")] = None
        venue = venues.get(event.venue or "")
        if venue and (place := venue.city or venue.label):
            words[place] = None
    return {day: ", ".join(words) for day, words in found.items()}


# --- before issuing ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who may receive the next version, and what it would tell them."""

    reader: Reader
    concerned: bool
    """Whether the sheet speaks of them; others may receive it all the same."""
    had: int
    """The last version they received; 0 when none."""
    changes: Changes
    same: bool
    """Whether what they would read is what they have."""


def recipients_of_next(
    structure: Structure, production: str, dossier: Dossier, paper: Paper, today: date
) -> tuple[Sheet, list[Recipient]]:
    """Everybody's next sheet, and who would receive it, with what changes for each since what they have."""
    everybody = public_sheet(dossier, *paper, today)
    last = said_by_last(structure, production, paper)
    people = [*everybody.people, *(one for one in last if one), *_team_of(dossier)]
    readers = readers_of(dossier, people)
    now = sheets_for(dossier, *paper, today, readers)
    found = []
    for reader in readers:
        had, content = last.get(reader.person, (0, {}))
        new = now[reader.person]
        found.append(
            Recipient(
                reader=reader,
                concerned=reader.person in everybody.people,
                had=had,
                changes=changes_since(content, new),
                same=bool(content) and digest_of(content) == digest(new),
            )
        )
    return everybody, found


def _team_of(dossier: Dossier) -> list[str]:
    """Everybody of the production, by name."""
    people = sorted(dossier.all(Person), key=lambda one: (one.family_name, one.given_name))
    return [one.about for one in people]


def differences_for_all(structure: Structure, production: str, paper: Paper, now: Sheet) -> Changes:
    """What changed in everybody's copy since the last version."""
    _version, content = said_by_last(structure, production, paper, [EVERYBODY]).get(EVERYBODY, (0, {}))
    return changes_since(content, now)
