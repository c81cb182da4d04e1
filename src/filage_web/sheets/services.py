"""Issuing a sheet: everybody's copy and one per reader, frozen as one version, then handed to the mail."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import transaction

from filage.facts.dossier import Dossier
from filage.facts.people import Person
from filage.kernel.errors import BadInput, Problem
from filage.law import load_law
from filage.planning.sheets import Sheet, content_of, contents_of, digest, to_json
from filage.planning.sheets.asked import departments
from filage_web import clock
from filage_web.accounts.models import Structure, User
from filage_web.participants.words import FRENCH, language_of
from filage_web.sheets.changes import NONE, changes_since
from filage_web.store.issued import (
    EVERYBODY,
    Copy,
    Frozen,
    OutrunError,
    Paper,
    Plan,
    freeze,
    plan,
    said_by_last,
)
from filage_web.store.queries import dossier_of

SCHEMA: Final = 1
OPEN_FOR: Final = timedelta(days=7)
"""How long a private link outlives the day of its sheet."""
TEAM: Final = "team"
DEPARTMENT: Final = "department/"
"""The recipients of the copies that several people read."""
ATTEMPTS: Final = 3
OUTRUN: Final = "quelqu’un d’autre émet cette feuille en ce moment : réessayez"
Told = Callable[[int, int], object]
"""Told how many copies are made, of how many."""


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
    return [
        Reader(one.about, one.name(), one.email or "", language_of(one.languages)) for one in found if one
    ]


def public_sheet(dossier: Dossier, document: str, key: str, today: date) -> Sheet:
    """What everybody may read of a sheet."""
    return content_of(dossier, document, key, today, public=True, language=FRENCH)


def shared_sheets(dossier: Dossier, document: str, key: str, today: date) -> dict[str, Sheet]:
    """What is read by several: everybody's, the whole team's, each department's that it speaks to, by recipient."""
    found = {EVERYBODY: public_sheet(dossier, document, key, today)}
    found[TEAM] = content_of(dossier, document, key, today, public=False, language=FRENCH)
    for service in departments(document):
        sheet = content_of(dossier, document, key, today, department=service, public=False, language=FRENCH)
        if sheet.people:
            found[f"{DEPARTMENT}{service}"] = sheet
    return found


def sheets_for(
    dossier: Dossier, document: str, key: str, today: date, readers: Iterable[Reader]
) -> dict[str, Sheet]:
    """What each person reads of a sheet, in their language, by reference."""
    languages = {reader.person: reader.language for reader in readers}
    return contents_of(dossier, document, key, today, languages, public=False)


def last_day(sheet: Sheet) -> date | None:
    """The last day a sheet speaks of; None for one without date."""
    days = [page.day for page in (sheet, *sheet.pages) if page.day]
    if "-W" in sheet.key:
        year, week = sheet.key.split("-W")
        days.append(date.fromisocalendar(int(year), int(week), 7))
    return max(days, default=None)


def open_until(day: date | None, today: date) -> datetime:
    """Until when the link of a sheet opens: seven days after the sheet's, never less than seven from today."""
    last = max(day or today, today) + OPEN_FOR
    return datetime.combine(last + timedelta(days=1), time(), clock.PARIS)


@dataclass(frozen=True, slots=True)
class Ready:
    """A version ready to write: which document, and the copies with their bytes."""

    paper: Paper
    plan: Plan


def closes_on(ends: datetime) -> date:
    """The last day on which a link that ends at this instant opens."""
    return (ends - timedelta(seconds=1)).astimezone(clock.PARIS).date()


def prepare(
    structure: Structure,
    production: str,
    document: str,
    key: str,
    recipients: Sequence[str],
    *,
    again: bool = False,
    told: Told | None = None,
) -> Ready:
    """Draw up everybody's copy of a sheet and one for each recipient (`person/dana`), with their paper.

    UnchangedError when nothing changed since the last version and everybody has it, unless `again`. BadInput when the
    document or the key does not exist.
    """
    from filage.documents.sheets import Stamp, sheet_pdf

    dossier, today = dossier_of(structure, production), clock.today()
    readers = readers_of(dossier, recipients)
    shared = shared_sheets(dossier, document, key, today)
    sheets = {**shared, **sheets_for(dossier, document, key, today, readers)}
    everybody = shared[EVERYBODY]
    copies = [Copy(recipient, to_json(sheet), digest(sheet)) for recipient, sheet in shared.items()]
    for reader in readers:
        sheet = sheets[reader.person]
        copies.append(Copy(reader.person, to_json(sheet), digest(sheet), b"", reader.name, reader.email))
    paper = Paper(document, key, label_of(everybody), last_day(everybody), SCHEMA, load_law().digest)
    planned = plan(structure, production, paper, copies, again=again)
    had, now, made = said_by_last(structure, production, (document, key)), clock.now(), []
    for number, copy in enumerate(planned.copies, 1):
        version, content = had.get(copy.recipient, (0, None))
        sheet = sheets[copy.recipient]
        changes = changes_since(content, sheet) if version < planned.version else NONE
        stamp = Stamp("", planned.version, now, version or None, changes.short)
        # the paper bears no secret address: what is kept opens nothing
        made.append(replace(copy, data=sheet_pdf(sheet, stamp, None, changes.was)))
        if told:
            told(number, len(planned.copies))
    return Ready(paper, replace(planned, copies=tuple(made)))


def write(structure: Structure, production: str, ready: Ready, *, actor: User | None, address: str) -> Frozen:
    """Freeze a prepared version and hand its copies to the mail, in one transaction; OutrunError: prepare again.

    `address` is the office's own, `https://…/`: the links in the messages begin with it.
    """
    from filage_web.sheets.jobs import send_later

    with transaction.atomic():
        frozen = freeze(structure, production, ready.paper, ready.plan, actor=actor)
        send_later([one for one in frozen.deliveries if one.email], address)
    return frozen


def issue(  # noqa: PLR0913  an issue is exactly these
    structure: Structure,
    production: str,
    document: str,
    key: str,
    recipients: Sequence[str],
    *,
    actor: User | None,
    address: str = "",
    again: bool = False,
) -> Frozen:
    """Freeze the next version of a sheet with a copy for each recipient, and hand them to the mail.

    UnchangedError and BadInput as `prepare`.
    """
    for _attempt in range(ATTEMPTS):
        ready = prepare(structure, production, document, key, recipients, again=again)
        try:
            return write(structure, production, ready, actor=actor, address=address)
        except OutrunError:
            continue
    raise BadInput(Problem(OUTRUN))


def label_of(sheet: Sheet) -> str:
    """What a list calls a sheet."""
    return ", ".join(part for part in (sheet.name, sheet.when) if part)


def draft_pdf(sheet: Sheet) -> bytes:
    """The paper of a sheet as it stands, which says that it was not issued."""
    from filage.documents.sheets import sheet_pdf

    return sheet_pdf(sheet)
