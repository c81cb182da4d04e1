"""The kinds of sheets, in one table: adding one is a module with `keys` and `content`, a row here, and its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.kernel.errors import BadInput, Problem
from filage.kernel.text import closest
from filage.planning.sheets import call_sheet, day_sheet, rehearsal_schedule, running_sheet, tour_booklet
from filage.planning.sheets.asked import Asked, checked
from filage.planning.sheets.index import Index
from filage.planning.sheets.words import capital, words_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from filage.facts.dossier import Dossier
    from filage.planning.sheets.shape import Sheet


@dataclass(frozen=True, slots=True)
class Document:
    """One kind of sheet: what its keys are (day, week, order, tour), which there are, how one is built."""

    id: str
    key: str
    keys: Callable[[Index], tuple[str, ...]]
    content: Callable[[Index, Asked], Sheet]


DOCUMENTS: dict[str, Document] = {
    document.id: document
    for document in (
        Document("call_sheet", "day", call_sheet.keys, call_sheet.content),
        Document("day_sheet", "day", day_sheet.keys, day_sheet.content),
        Document("tour_booklet", "tour", tour_booklet.keys, tour_booklet.content),
        Document("rehearsal_schedule", "week", rehearsal_schedule.keys, rehearsal_schedule.content),
        Document("running_sheet", "order", running_sheet.keys, running_sheet.content),
    )
}


def document_of(ident: str) -> Document:
    """The document of that id; BadInput names the nearest."""
    found = DOCUMENTS.get(ident)
    if found is None:
        near = closest(ident, DOCUMENTS)
        raise BadInput(
            Problem(
                f"« {ident} » n’est pas une feuille",
                expected=", ".join(DOCUMENTS),
                suggestion=f"vouliez-vous {near} ?" if near else "",
            )
        )
    return found


def document_name(ident: str, language: str = "fr") -> str:
    """How a document is called: « Feuille de service », “Call sheet”."""
    return capital(words_in(language)(document_of(ident).id))


def keys_of(dossier: Dossier, document: str) -> tuple[str, ...]:
    """The keys a document has in a dossier: days `2026-11-05`, weeks `2026-W45`, running order ids, `tour`."""
    return document_of(document).keys(Index(dossier))


def content_of(  # noqa: PLR0913 - what a reader may ask of a sheet
    dossier: Dossier,
    document: str,
    key: str,
    today: date,
    *,
    person: str | None = None,
    department: str | None = None,
    public: bool = True,
    language: str = "fr",
    index: Index | None = None,
) -> Sheet:
    """Build a sheet: everybody's, one person's (`person/dana` or `dana`), or one department's.

    `public` (the default) leaves out rooms, addresses of lodgings, bookings, wifi, a venue's own contact, arrangements
    and allowances, whoever reads; give `public=False` with `person` for that person's own version, and alone for the
    team's. `index`, that of the dossier, spares making it again for many sheets. BadInput lists what cannot be:
    document, key, person, department, language.
    """
    kind, index = document_of(document), index or Index(dossier)
    asked = Asked(document, key, today, words_in(language), person, department, public)
    return kind.content(index, checked(index, asked))


def contents_of(
    dossier: Dossier, document: str, key: str, today: date, people: Mapping[str, str], *, public: bool = False
) -> dict[str, Sheet]:
    """Build each person's own version, reading the dossier once: `people` gives the language of each reference."""
    kind, index = document_of(document), Index(dossier)
    made = {}
    for person, language in people.items():
        asked = Asked(document, key, today, words_in(language), person, public=public)
        made[person] = kind.content(index, checked(index, asked))
    return made
