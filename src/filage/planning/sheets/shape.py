"""What every sheet is: a head, a few key hours, and sections of hours, tables, pairs or text; values, not a look."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from filage.kernel.errors import BadInput, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

CONTENT_SCHEMA = "filage.sheet/1"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its id is stable, its label is in the language of the sheet.

    `kind` says what it holds: text, time (HH:MM), number, name (shown strong), phone (may be called).
    """

    id: str
    label: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a section: what it is about, its cells in the order of the columns, whom it concerns.

    In a section of hours the cells are: from, to, what, detail. In pairs: label, value. In text: one paragraph.
    `people` are references (`person/dana`); empty means everybody. `mark` is "" or key, spare, cut, option, own.
    """

    id: str
    cells: tuple[str, ...]
    people: tuple[str, ...] = ()
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a sheet, under its title; `half` asks for half the width of the page."""

    id: str
    title: str
    form: str
    rows: tuple[Row, ...]
    columns: tuple[Column, ...] = ()
    half: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where the day happens; coordinates only when known (degrees, as text)."""

    label: str
    address: str = ""
    city: str = ""
    latitude: str = ""
    longitude: str = ""


@dataclass(frozen=True, slots=True)
class KeyHour:
    """An hour to be read at two metres: what, and when (HH:MM)."""

    label: str
    at: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The content of a sheet of one document, for one key (a day, a week, a running order), one reader or all.

    `name` is the document as its readers call it (« feuille de service n° 41 »), `title` the big line, `when` the day
    with what it is; `people` are the references of all those it concerns; `missing` names, in the language of the
    sheet, the fields nothing fills: a page says them, paper does not. `pages` are the days of a booklet.
    """

    document: str
    key: str
    language: str
    public: bool
    company: str
    production: str
    name: str
    title: str
    when: str
    day: date | None = None
    number: int | None = None
    total: int | None = None
    zone: str = ""
    person: str | None = None
    person_name: str = ""
    department: str | None = None
    place: Place | None = None
    hours: tuple[KeyHour, ...] = ()
    sections: tuple[Section, ...] = ()
    people: tuple[str, ...] = ()
    footer: str = ""
    landscape: bool = False
    missing: tuple[str, ...] = ()
    pages: tuple[Sheet, ...] = ()

    def section(self, ident: str) -> Section | None:
        """The section of that id, None when the sheet has none."""
        return next((section for section in self.sections if section.id == ident), None)


def missing(sheet: Sheet) -> tuple[str, ...]:
    """What a page says with « il manque : … »: fields of the document that no fact fills."""
    return sheet.missing


def recipients_of(sheet: Sheet) -> tuple[str, ...]:
    """The references of the people a sheet concerns (`person/dana`), in the order of the sheet."""
    return (sheet.person,) if sheet.person else sheet.people


def to_json(sheet: Sheet) -> dict[str, Any]:
    """The canonical form of a sheet, that an issued document stores: plain values, under `content_schema`."""
    return {"content_schema": CONTENT_SCHEMA, **_plain(sheet)}


def _plain(sheet: Sheet) -> dict[str, Any]:
    values = asdict(sheet)
    values["day"] = sheet.day.isoformat() if sheet.day else None
    values["pages"] = [_plain(page) for page in sheet.pages]
    return {key: [*value] if isinstance(value, tuple) else value for key, value in _lists(values).items()}


def _lists(value: Any) -> Any:
    """The same value, its tuples as lists: what JSON gives back."""
    if isinstance(value, dict):
        return {key: _lists(part) for key, part in value.items()}
    return [_lists(part) for part in value] if isinstance(value, tuple | list) else value


def from_json(content: Mapping[str, Any]) -> Sheet:
    """Read a stored content again; BadInput when it is not one, or of a version this Filage does not know."""
    values = dict(content)
    schema = values.pop("content_schema", None)
    if schema != CONTENT_SCHEMA:
        found = f"« {schema} »" if schema else "rien"
        raise BadInput(
            Problem(f"ce contenu de feuille est de forme inconnue ({found})", expected=CONTENT_SCHEMA)
        )
    try:
        return _sheet(values)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadInput(Problem("ce contenu de feuille est incomplet ou abîmé")) from error


def _sheet(values: dict[str, Any]) -> Sheet:
    place = values.get("place")
    made = {
        **values,
        "day": date.fromisoformat(values["day"]) if values.get("day") else None,
        "place": Place(**place) if place else None,
        "hours": tuple(KeyHour(**hour) for hour in values.get("hours", ())),
        "sections": tuple(_section(section) for section in values.get("sections", ())),
        "people": tuple(values.get("people", ())),
        "missing": tuple(values.get("missing", ())),
        "pages": tuple(_sheet(dict(page)) for page in values.get("pages", ())),
    }
    return Sheet(**made)


def _section(values: Mapping[str, Any]) -> Section:
    rows = tuple(
        Row(row["id"], tuple(row["cells"]), tuple(row["people"]), row["mark"]) for row in values["rows"]
    )
    columns = tuple(Column(**column) for column in values["columns"])
    return Section(values["id"], values["title"], values["form"], rows, columns, values["half"])


def digest(sheet: Sheet) -> str:
    """The sha256 of what a reader sees: two sheets of the same digest say the same thing (D12)."""
    return digest_of(to_json(sheet))


def digest_of(content: Mapping[str, Any]) -> str:
    """The sha256 of a stored content, without the fields that no reader of the sheet sees."""
    text = json.dumps(_seen(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _seen(content: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in content.items() if key != "missing"}
    kept["pages"] = [_seen(page) for page in content.get("pages", ())]
    return kept
