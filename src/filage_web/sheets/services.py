"""Issuing a sheet: everybody's copy and one per reader, frozen as one version, then handed to the mail."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.db import transaction

from filage.kernel.errors import BadInput, Problem
from filage.law import load_law
from filage.planning.sheets import Sheet, digest, to_json
from filage_web import clock
from filage_web.accounts.models import Structure, User
from filage_web.sheets.changes import NONE, changes_since
from filage_web.sheets.sending import send_later
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
from filage_web.store.sheets import readers_of, shared_sheets, sheets_for

SCHEMA: Final = 1
ATTEMPTS: Final = 3
OUTRUN: Final = "quelqu’un d’autre émet cette feuille en ce moment : réessayez"
Told = Callable[[int, int], object]
"""Told how many copies are made, of how many."""


def last_day(sheet: Sheet) -> date | None:
    """The last day a sheet speaks of; None for one without date."""
    days = [page.day for page in (sheet, *sheet.pages) if page.day]
    if "-W" in sheet.key:
        year, week = sheet.key.split("-W")
        days.append(date.fromisocalendar(int(year), int(week), 7))
    return max(days, default=None)


@dataclass(frozen=True, slots=True)
class Ready:
    """A version ready to write: which document, and the copies with their bytes."""

    paper: Paper
    plan: Plan


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
