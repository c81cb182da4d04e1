"""Everything a production sends out, in one folder: workbook, production file, calendar, sheets, outcome, index."""

from __future__ import annotations

import hashlib
import json
import tempfile
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from filage import __version__
from filage.documents.ics import ics_bytes
from filage.documents.index import index_bytes
from filage.documents.production_pdf import production_pdf
from filage.documents.sheets import sheets_pdf
from filage.documents.xlsx import xlsx_bytes
from filage.kernel.errors import BadInput, Problem
from filage.planning.calendar_feed import calendar_feed
from filage.planning.sheets import content_of, keys_of
from filage.review import outcome_json
from filage.review.book import workbook_of
from filage.review.production_file import production_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from filage.review import Outcome

WORKBOOK, FILE, CALENDAR, SHEETS, OUTCOME, INDEX = (
    "budget.xlsx", "dossier.pdf", "calendrier.ics", "feuilles.pdf", "outcome.json", "index.html",
)  # fmt: skip
NAMES = (WORKBOOK, FILE, CALENDAR, OUTCOME, INDEX)
"""The files there are whatever the dossier; `feuilles.pdf` comes with them when some days are near."""
COMING_DAYS = 7
LABELS = {
    WORKBOOK: "Le budget en tableur, avec ses formules : lignes, variables, paie, prix, financement, contrôles",
    FILE: "Le dossier de production, prêt à envoyer ou à imprimer",
    CALENDAR: "Le calendrier, à ouvrir dans un agenda",
    SHEETS: "Les feuilles de service des sept jours qui viennent, sans rien de privé",
    OUTCOME: "Tous les résultats, pour d’autres programmes",
    INDEX: "La liste de ces fichiers",
}
MEDIA_TYPES = {
    WORKBOOK: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FILE: "application/pdf",
    CALENDAR: "text/calendar; charset=utf-8",
    SHEETS: "application/pdf",
    OUTCOME: "application/json",
    INDEX: "text/html; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """A file written: its name, where it is, what it is, its size in bytes and its sha256."""

    name: str
    path: Path
    label: str
    media_type: str
    size: int
    sha256: str


def build(
    outcome: Outcome,
    folder: Path,
    progress: Callable[[str], None] = lambda _name: None,
    *,
    scenario: str = "",
) -> tuple[BuiltFile, ...]:
    """Write every file of an outcome to `folder`, all or none; `progress` is told the name of each before it is made.

    The folder is made when it does not exist. BadInput when it holds the files of another production, or files of the
    same names that Filage did not write.
    """
    _refuse_to_overwrite(outcome, folder)
    contents: dict[str, bytes] = {}
    for name in names_of(outcome)[:-1]:
        progress(name)
        contents[name] = render(name, outcome, scenario=scenario)
    progress(INDEX)
    contents[INDEX] = index_bytes(
        outcome,
        {name: (LABELS[name], len(content)) for name, content in contents.items()},
        __version__,
        scenario,
    )
    return _write(contents, folder)


def names_of(outcome: Outcome) -> tuple[str, ...]:
    """Name the files of an outcome: `NAMES`, and the sheets of the coming days when there are some."""
    if not coming_days(outcome):
        return NAMES
    before = NAMES.index(OUTCOME)
    return (*NAMES[:before], SHEETS, *NAMES[before:])


def coming_days(outcome: Outcome) -> tuple[str, ...]:
    """The days with a call sheet among the seven that begin on the day of the outcome."""
    last = outcome.on + timedelta(days=COMING_DAYS - 1)
    found = keys_of(outcome.dossier, "call_sheet")
    return tuple(day for day in found if outcome.on.isoformat() <= day <= last.isoformat())


def _coming_sheets(outcome: Outcome) -> bytes:
    days = coming_days(outcome)
    if not days:
        raise BadInput(Problem("aucun jour de service dans les sept jours qui viennent"))
    sheets = [content_of(outcome.dossier, "call_sheet", day, outcome.on) for day in days]
    return sheets_pdf(sheets, f"{outcome.dossier.production.label} · {LABELS[SHEETS]}", outcome.on)


def render(name: str, outcome: Outcome, *, scenario: str = "") -> bytes:
    """Return one of the files as bytes, by its name (`budget.xlsx`, `feuilles.pdf`…), without writing it.

    Whatever the review needed to know, private facts are gone before anything is made.
    """
    outcome = replace(outcome, dossier=outcome.dossier.without_private())
    if name == WORKBOOK:
        return xlsx_bytes(workbook_of(outcome), __version__)
    if name == FILE:
        return production_pdf(production_file(outcome, scenario), __version__)
    if name == CALENDAR:
        return ics_bytes(calendar_feed(outcome.dossier, outcome.on))
    if name == SHEETS:
        return _coming_sheets(outcome)
    if name == OUTCOME:
        return (json.dumps(outcome_json(outcome), ensure_ascii=False, indent=1) + "\n").encode()
    raise BadInput(
        Problem(f"« {name} » n’est pas un fichier à produire", expected=", ".join(names_of(outcome)[:-1]))
    )


def _refuse_to_overwrite(outcome: Outcome, folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise BadInput(Problem("c’est un fichier, pas un dossier du disque", path=str(folder)))
    there = [name for name in (*NAMES, SHEETS) if (folder / name).exists()]
    if not there:
        return
    owner = _production_in(folder)
    if owner == outcome.dossier.production.id:
        return
    whose = f"les fichiers de « {owner} »" if owner else f"{', '.join(there)}, que Filage n’a pas écrits"
    problem = Problem(
        f"ce dossier contient déjà {whose}",
        path=str(folder),
        suggestion="choisissez un autre dossier, ou videz celui-ci",
    )
    raise BadInput(problem)


def _production_in(folder: Path) -> str | None:
    """The production whose files are in a folder, None when nothing says so."""
    try:
        found = json.loads((folder / OUTCOME).read_text(encoding="utf-8"))
        owner = found["production"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return owner if isinstance(owner, str) else None


def _write(contents: dict[str, bytes], folder: Path) -> tuple[BuiltFile, ...]:
    """Write beside, then move each into place: a reader never sees half a file, a full disk leaves the old ones."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".filage-") as beside:
            for name, content in contents.items():
                (Path(beside) / name).write_bytes(content)
            for name in contents:
                (Path(beside) / name).replace(folder / name)
            if SHEETS not in contents:  # those of days gone by say nothing true any more
                (folder / SHEETS).unlink(missing_ok=True)
    except OSError as error:
        raise BadInput(Problem(f"impossible d’y écrire ({error.strerror})", path=str(folder))) from error
    return tuple(
        BuiltFile(
            name,
            folder / name,
            LABELS[name],
            MEDIA_TYPES[name],
            len(content),
            hashlib.sha256(content).hexdigest(),
        )
        for name, content in contents.items()
    )
