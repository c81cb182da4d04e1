"""The sheets one person received, as their private link shows them: what changed for them, whether it still holds."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.http import Http404

from filage.planning.sheets import Sheet, from_json
from filage.planning.sheets.words import capital, words_in
from filage_web import clock
from filage_web.accounts.models import PrivateLink
from filage_web.sheets.changes import Changes, changes_since
from filage_web.sheets.drawing import Drawn, Way, sections_of, way_to
from filage_web.sheets.lasting import closes_on
from filage_web.sheets.words import Words
from filage_web.store.issued import (
    Counted,
    counts_of,
    deliveries_of,
    last_version,
    received_by,
    said_by,
)
from filage_web.store.models import Delivery
from filage_web.store.sheets import FRENCH

STILL: Final = timedelta(days=1)
"""How long after its day a sheet stays among those to read."""


@dataclass(frozen=True, slots=True)
class Own:
    """One line of the list of somebody's sheets."""

    delivery: Delivery
    past: bool


def own_sheets(link: PrivateLink, today: date) -> list[Own]:
    """List the last version of each sheet somebody received, those to come first."""
    found = [
        Own(one, one.issued.day is not None and one.issued.day + STILL <= today)
        for one in received_by(link.structure, link.production, link.person)
    ]
    return sorted(found, key=lambda one: one.past)


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet as its reader sees it."""

    delivery: Delivery
    sheet: Sheet
    words: Words
    sections: list[Drawn]
    pages: list[tuple[Sheet, list[Drawn]]]
    changes: Changes
    since: int
    """The version the changes are counted from; 0 when it is the first this person receives."""
    newest: int
    """The last version issued; that of the page when it still holds."""
    newer: Delivery | None
    """The last version this person received, when it is another one."""
    counted: Counted

    @property
    def version(self) -> int:
        """The version read."""
        return self.delivery.issued.version

    @property
    def outdated(self) -> bool:
        """Whether another version was issued since."""
        return self.newest > self.version

    @property
    def can_confirm(self) -> bool:
        """Whether saying « j’ai lu » still makes sense: not for a version that another replaced."""
        return self.newer is None

    @property
    def first(self) -> list[Drawn]:
        """The day itself, before its place."""
        return self.sections[:1]

    @property
    def rest(self) -> list[Drawn]:
        """All that follows the place."""
        return self.sections[1:]

    @property
    def dated(self) -> bool:
        """Whether it can go in a calendar."""
        return self.delivery.issued.day is not None

    @property
    def way(self) -> Way | None:
        """How to get to its place."""
        return way_to(self.sheet.place)

    @property
    def address(self) -> str:
        """The address of its place, in a line."""
        place = self.sheet.place
        parts = (place.address, "" if place.city in place.address else place.city) if place else ()
        return ", ".join(part for part in parts if part)

    # --- in the reader's language

    @property
    def for_whom(self) -> str:
        """Whose page it is."""
        return self.words("for", name=self.delivery.name)

    @property
    def name(self) -> str:
        """What it is, and which version."""
        return f"{capital(self.sheet.name)}, {self.words('version', version=self.version)}"

    @property
    def since_words(self) -> str:
        """From which version the changes are counted."""
        return self.words("since", version=self.since)

    @property
    def newer_words(self) -> str:
        """What leads to the version that holds."""
        return self.words("newer_link", version=self.newer.issued.version if self.newer else self.newest)

    @property
    def read_words(self) -> str:
        """What the button says."""
        return self.words("read", version=self.version)

    @property
    def done_words(self) -> str:
        """When it was read."""
        return self.words(
            "done", version=self.version, when=moment_in(self.words, self.delivery.confirmed_at)
        )

    @property
    def confirmed_words(self) -> str:
        """How many have read it."""
        return self.words("confirmed", confirmed=self.counted.confirmed, people=self.counted.people)

    @property
    def until_words(self) -> str:
        """The last day its link opens; empty when it does not end."""
        ends = self.delivery.link.expires_at if self.delivery.link else None
        return self.words("until", day=words_in(self.words.language).day(closes_on(ends))) if ends else ""


def moment_in(words: Words, instant: datetime | None) -> str:
    """An instant in Paris, in the reader's language; empty when there is none."""
    if instant is None:
        return ""
    local = instant.astimezone(clock.PARIS)
    return f"{words_in(words.language).day(local.date(), year=False)}, {local:%H:%M}"


def delivery_of(link: PrivateLink, number: int) -> Delivery:
    """Find a copy of this link's own person; anybody else's is a 404."""
    found = deliveries_of(link.structure, link.production).filter(pk=number, person=link.person).first()
    if found is None:
        raise Http404
    return found


def page_of(link: PrivateLink, delivery: Delivery) -> Page:
    """Draw one sheet up for its reader."""
    issued = delivery.issued
    paper = (issued.document, issued.number)
    mine = deliveries_of(link.structure, link.production, paper).filter(person=link.person)
    versions = {one.issued.version: one for one in mine}
    before = max((version for version in versions if version < issued.version), default=0)
    newest = last_version(link.structure, link.production, *paper)
    wanted = [issued.pk] + ([versions[before].issued_id] if before else [])
    contents = said_by(wanted)
    sheet = from_json(contents[issued.pk])
    changes = changes_since(contents[versions[before].issued_id] if before else None, sheet)
    last = max(versions, default=issued.version)
    return Page(
        delivery=delivery,
        sheet=sheet,
        words=Words(sheet.language or FRENCH),
        sections=sections_of(sheet, changes.was),
        pages=[(page, sections_of(page)) for page in sheet.pages],
        changes=changes,
        since=before,
        newest=newest,
        newer=versions[last] if last > issued.version else None,
        counted=counts_of(link.structure, link.production, paper).get((*paper, issued.version), Counted()),
    )
