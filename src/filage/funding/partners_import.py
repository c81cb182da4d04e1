"""A list of organisations one has received, read row by row: what is new, what is known, what is refused and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from filage.facts.base import choices
from filage.facts.people import Company
from filage.facts.reading import fact_of_values
from filage.kernel.errors import BadInput, Problem
from filage.kernel.text import fold
from filage.script.cells import Cells, csv_rows, workbook_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "label": ("nom", "organisme", "structure", "raison sociale", "lieu", "partenaire"),
    "role": ("rôle", "type", "nature", "catégorie"),
    "city": ("ville", "commune"),
    "contact": ("contact", "personne", "référent", "interlocuteur"),
    "email": ("courriel", "email", "e-mail", "mail", "adresse électronique"),
    "phone": ("téléphone", "tél", "tel", "portable", "mobile"),
    "website": ("site", "site web", "web", "url"),
    "siret": ("siret",),
    "brings": ("apporte", "apports", "peut apporter", "ressources"),
    "note": ("note", "notes", "remarque", "remarques", "commentaire"),
}
"""The headings a column is recognised by, for each field."""
MOST: Final = 1_000


@dataclass(frozen=True, slots=True)
class Listed:
    """One row read: its line in the file, its name, the values of the organisation it makes."""

    line: int
    label: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Refused:
    """One row that makes no organisation, and why."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class OrganisationList:
    """Everything a list says: the columns recognised and left, the new rows, those already known, those refused."""

    columns: tuple[tuple[str, str], ...]
    left: tuple[str, ...]
    fresh: tuple[Listed, ...]
    known: tuple[Listed, ...]
    refused: tuple[Refused, ...]


def text_of_list(data: bytes, name: str) -> str:
    """Return a CSV file or the first sheet of a workbook as text, a tab between cells. BadInput when it is neither."""
    if name.lower().endswith((".xlsx", ".xlsm")) or data[:2] == b"PK":
        sheets = workbook_rows(data, name=name)
        rows: Sequence[Cells] = next((rows for rows in sheets if rows), ())
        return "\n".join("\t".join(cell.replace("\t", " ") for cell in row.texts) for row in rows)
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadInput(Problem("ce fichier n’est ni un CSV ni un classeur", file=name))


def organisations_in(text: str, companies: Iterable[Company]) -> OrganisationList:
    """Read a list whose first row names its columns; BadInput when no column gives the names."""
    rows = csv_rows(text.replace("\x00", ""), name="liste")
    if not rows:
        raise BadInput(
            Problem(
                "la liste est vide", suggestion="collez une ligne de titres, puis une ligne par organisme"
            )
        )
    if len(rows) > MOST:
        raise BadInput(Problem(f"{len(rows)} lignes : {MOST} au plus à la fois"))
    heads = rows[0].texts
    places = _places(heads)
    if "label" not in places:
        raise BadInput(
            Problem(
                "aucune colonne ne donne le nom des organismes", expected="une colonne titrée « Nom »",
                suggestion="donnez un titre à chaque colonne, sur la première ligne",
            )
        )  # fmt: skip
    labels = {field: str(Company.model_fields[field].title or field) for field in places}
    taken = set(places.values())
    known_names = {fold(one.label) for one in companies}
    fresh: list[Listed] = []
    known: list[Listed] = []
    refused: list[Refused] = []
    for row in rows[1:]:
        try:
            one = _listed(row, places)
        except BadInput as error:
            refused.append(
                Refused(row.line, " · ".join(text for text in row.texts if text)[:120], str(error))
            )
            continue
        (known if fold(one.label) in known_names else fresh).append(one)
        known_names.add(fold(one.label))
    return OrganisationList(
        tuple((heads[rank], labels[field]) for field, rank in places.items()),
        tuple(head for rank, head in enumerate(heads) if head and rank not in taken),
        tuple(fresh), tuple(known), tuple(refused),
    )  # fmt: skip


def _places(heads: Sequence[str]) -> dict[str, int]:
    """The column of each field: a heading that is one of its names, else that begins with one."""
    folded = [fold(head).strip(" :.") for head in heads]
    found: dict[str, int] = {}
    for exact in (True, False):
        for field, names in HEADINGS.items():
            for rank, head in enumerate(folded):
                said = any(
                    head == fold(name) if exact else head.startswith(f"{fold(name)} ") for name in names
                )
                if said and field not in found and rank not in found.values():
                    found[field] = rank
    return found


def _listed(row: Cells, places: Mapping[str, int]) -> Listed:
    """The organisation of a row; words that are no known role or resource are kept in its note."""
    given = {
        field: row.texts[rank] for field, rank in places.items() if rank < len(row.texts) and row.texts[rank]
    }
    if "label" not in given:
        raise BadInput("pas de nom")
    values: dict[str, Any] = {key: given[key] for key in given if key not in ("role", "brings", "note")}
    notes = [given["note"]] if "note" in given else []
    if "role" in given:
        role = _chosen("role", given["role"])
        values["role"] = role or "other"
        notes += [] if role else [f"Rôle : {given['role']}"]
    words = [word.strip() for word in given.get("brings", "").replace(";", ",").replace("/", ",").split(",")]
    brings = {word: _chosen("brings", word) for word in words if word}
    if any(brings.values()):
        values["brings"] = list(dict.fromkeys(one for one in brings.values() if one))
    unknown = [word for word, one in brings.items() if not one]
    notes += [f"Apporte : {', '.join(unknown)}"] if unknown else []
    if notes:
        values["note"] = "\n".join(notes)
    fact_of_values(Company.kind, {**values, "id": "essai"})
    return Listed(row.line, given["label"], values)


def _chosen(field: str, word: str) -> str:
    """The value whose French label begins with a word; empty when none does."""
    wanted = fold(word).strip()
    for value, label in choices(Company, field).items():
        if wanted == value or fold(label) == wanted or fold(label).startswith(f"{wanted} "):
            return value
    return ""
