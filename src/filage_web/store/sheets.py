"""Sheets against the facts: who reads which, what each would say today, and whether what was issued still says it."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from filage.facts.dossier import Dossier
from filage.facts.people import Person
from filage.kernel.errors import BadInput
from filage.planning.sheets import DOCUMENTS, Sheet, content_of, contents_of, digest, keys_of
from filage.planning.sheets.asked import departments
from filage.planning.sheets.index import Index
from filage_web.accounts.models import Structure
from filage_web.store.cache import Recent
from filage_web.store.issued import EVERYBODY, digests_since

NEVER, CURRENT, STALE, GONE = "never", "current", "stale", "gone"
PAST: Final = timedelta(days=1)
"""How long after its day a sheet is still checked against the facts."""
NEAR: Final = timedelta(days=2)
"""How far ahead a list compares each reader’s own copy too; the page of a sheet always does."""
TEAM: Final = "team"
DEPARTMENT: Final = "department/"
"""The recipients of the copies that several people read."""
FRENCH: Final = "fr"
_NAMES: Final = MappingProxyType({"fr": "fr", "en": "en", "français": "fr", "anglais": "en", "english": "en"})
Paper = tuple[str, str]


# --- who reads what ---------------------------------------------------------------------------------------------------


def language_of(languages: Iterable[str], default: str = FRENCH) -> str:
    """Choose the language of somebody's sheet: the first of theirs that sheets are written in, else the default."""
    for spoken in languages:
        folded = spoken.strip().lower()
        if found := _NAMES.get(folded) or _NAMES.get(folded[:2] if "-" in folded else ""):
            return found
    return default


def working_language(dossier: Dossier) -> str:
    """The language of what several read: that of the work, else French."""
    return language_of((dossier.production.working_language,))


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody a sheet is made for."""

    person: str
    """`person/dana`."""
    name: str
    email: str
    language: str

    @property
    def ident(self) -> str:
        """The id alone."""
        return self.person.partition("/")[2]


def readers_of(dossier: Dossier, people: Iterable[str]) -> list[Reader]:
    """Give who is behind these references, in their order; those the production no longer knows are left out."""
    found = (dossier.find(about, Person) for about in dict.fromkeys(people))
    usual = working_language(dossier)
    return [
        Reader(one.about, one.name(), one.email or "", language_of(one.languages, usual))
        for one in found
        if one
    ]


def public_sheet(dossier: Dossier, document: str, key: str, today: date) -> Sheet:
    """What everybody may read of a sheet."""
    return content_of(dossier, document, key, today, public=True, language=working_language(dossier))


def shared_sheets(dossier: Dossier, document: str, key: str, today: date) -> dict[str, Sheet]:
    """What is read by several: everybody's, the whole team's, each department's that it speaks to, by recipient."""
    found = {EVERYBODY: public_sheet(dossier, document, key, today)}
    language = working_language(dossier)
    found[TEAM] = content_of(dossier, document, key, today, public=False, language=language)
    for service in departments(document):
        sheet = content_of(dossier, document, key, today, department=service, public=False, language=language)
        if sheet.people:
            found[f"{DEPARTMENT}{service}"] = sheet
    return found


def sheets_for(
    dossier: Dossier, document: str, key: str, today: date, readers: Iterable[Reader]
) -> dict[str, Sheet]:
    """What each person reads of a sheet, in their language, by reference."""
    languages = {reader.person: reader.language for reader in readers}
    return contents_of(dossier, document, key, today, languages, public=False)


# --- which there are --------------------------------------------------------------------------------------------------


def known_keys(dossier: Dossier, document: str) -> tuple[str, ...]:
    """The keys of a document; none for one that does not exist."""
    return keys_of(dossier, document) if document in DOCUMENTS else ()


def day_of(document: str, key: str) -> date | None:
    """The last day a sheet speaks of, from its key; None for one without a day of its own."""
    kind = DOCUMENTS[document].key
    try:
        if kind == "day":
            return date.fromisoformat(key)
        if kind == "week":
            year, week = key.split("-W")
            return date.fromisocalendar(int(year), int(week), 7)
        if kind == "tour":
            first = date.fromisoformat(f"{key}-01")
            return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    except ValueError:
        return None
    return None


# --- does it still hold -----------------------------------------------------------------------------------------------


_STATES: Final[Recent[tuple[Dossier, dict[Paper, str]]]] = Recent(12)


def states_of(structure: Structure, production: str, dossier: Dossier, today: date) -> dict[Paper, str]:
    """Say of each issued sheet not past whether it says what the facts say; one query, kept while nothing moves."""
    found = digests_since(structure, production, today - PAST)
    issued = {paper: said for paper, said in found.items() if paper[0] in DOCUMENTS}
    if not issued:
        return {}
    said = tuple((paper, version, *sorted(copies.items())) for paper, (version, copies) in issued.items())
    # the dossier is kept with its states: while it is, no other has its identity
    key = (id(dossier), today, said)
    _dossier, states = _STATES.get(key, lambda: (dossier, _states(dossier, issued, today)))
    return states


def state_of(structure: Structure, production: str, dossier: Dossier, paper: Paper, today: date) -> str:
    """Say whether one issued sheet says what the facts say, to each of its readers; empty when past or never issued."""
    issued = digests_since(structure, production, today - PAST).get(paper)
    if issued is None:
        return ""
    return _state(Index(dossier), paper, issued[1], today, known_keys(dossier, paper[0]), each=True)


def _states(
    dossier: Dossier, issued: Mapping[Paper, tuple[int, dict[str, str]]], today: date
) -> dict[Paper, str]:
    keys, index = {document: known_keys(dossier, document) for document, _key in issued}, Index(dossier)
    return {
        paper: _state(index, paper, copies, today, keys[paper[0]], each=_is_near(paper, today))
        for paper, (_version, copies) in issued.items()
    }


def _is_near(paper: Paper, today: date) -> bool:
    """Whether a list compares each reader's copy too: for many sheets far ahead, it would cost much."""
    day = day_of(*paper)
    return day is not None and day <= today + NEAR


def _state(
    index: Index, paper: Paper, copies: Mapping[str, str], today: date, keys: Container[str], *, each: bool
) -> str:
    """Compare what all read and what the team reads, then each reader's own copy, with what would be issued today."""
    if paper[1] not in keys:
        return GONE
    dossier = index.dossier
    language = working_language(dossier)
    try:
        for who, public in ((EVERYBODY, True), (TEAM, False)):
            sheet = content_of(dossier, *paper, today, public=public, language=language, index=index)
            if copies.get(who, now := digest(sheet)) != now:
                return STALE
        people = [recipient for recipient in copies if recipient.startswith("person/")] if each else []
        own = sheets_for(dossier, *paper, today, readers_of(dossier, people))
    except BadInput:
        return GONE
    return CURRENT if all(digest(sheet) == copies[who] for who, sheet in own.items()) else STALE


def stale_count(structure: Structure, production: str, dossier: Dossier, today: date) -> int:
    """Count the issued sheets that no longer hold, for the navigation."""
    states = states_of(structure, production, dossier, today)
    return sum(state in {STALE, GONE} for state in states.values())
