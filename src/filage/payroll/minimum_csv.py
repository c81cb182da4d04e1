"""A grid of minimum wages pasted as CSV: each bad row is refused by its line, the others are kept."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from pydantic import ValidationError

from filage.facts.reading import problems_of
from filage.facts.wages import WageRow
from filage.kernel.errors import Problem
from filage.kernel.text import closest, fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "job": ("emploi", "fonction", "metier", "poste"),
    "variant": ("variante", "precision", "echelon"),
    "unit": ("unite", "par"),
    "amount": ("montant", "montant brut", "brut", "minimum", "salaire", "salaire minimum"),
    "hours": ("heures", "heures par unite", "base horaire"),
    "dates": ("dates", "nombre de dates", "dates du mois", "cachets du mois"),
    "dates_from": ("dates de", "dates a partir de"),
    "dates_to": ("dates a", "dates jusqu'a"),
    "days_to": ("jours au plus", "duree au plus"),
    "seats": ("places", "jauge"),
    "seats_from": ("places de", "places a partir de"),
    "seats_to": ("places a", "places jusqu'a"),
    "contract": ("contrat", "type de contrat"),
    "months_from": ("mois a partir de", "contrat a partir de"),
    "months_to": ("mois moins de", "contrat de moins de"),
    "years_from": ("anciennete", "experience", "annees"),
    "annex": ("annexe",),
    "activity": ("activite",),
    "genre": (),
}
"""The columns read, by field, with the other headings they may have; only the first three that matter are required."""
REQUIRED = ("job", "unit", "amount")
_SEVERAL = ("dates", "seats")
_NUMBERS = ("amount", "hours")
_WORDS: dict[str, dict[str, str]] = {
    "unit": {
        "cachet": "cachet", "cachets": "cachet", "representation": "cachet",
        "service": "service", "services": "service",
        "heure": "hour", "horaire": "hour", "h": "hour", "jour": "day", "journee": "day", "journalier": "day",
        "semaine": "week", "hebdomadaire": "week", "hebdo": "week", "mois": "month", "mensuel": "month",
    },
    "contract": {"cdd": "cdd", "cddu": "cdd", "cdd ou cddu": "cdd", "cdi": "cdi", "cdi ou cdd long": "cdi_or_long_cdd"},
    "activity": {
        "representation": "performance", "repetition": "rehearsal", "repetition et representation": "both",
        "les deux": "both", "enregistrement": "recording",
    },
    "genre": {"fiction": "fiction", "documentaire": "fiction", "fiction et documentaire": "fiction", "flux": "show"},
}  # fmt: skip
"""What a French cell stands for; the words of the file format are read too."""
_HEADING = re.compile(r"[\s_]+")
_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_RANGE = re.compile(r"(\d+)\s*(?:-|–|à|a|/)\s*(\d+)")
_FROM = re.compile(r"(?:(?:>=|≥)\s*(\d+)|(\d+)\s*(?:\+|et plus|ou plus))")
_UP_TO = re.compile(r"(?:(?:<=|≤|jusqu'a)\s*(\d+)|(\d+)\s*(?:au plus|ou moins|et moins))")
_MAX_LINES = 5_000


def read_grid_csv(text: str) -> tuple[tuple[WageRow, ...], tuple[Problem, ...]]:
    """Return the rows of a pasted grid, and what is wrong with the others, by line.

    Columns are separated by `;`, a tab or `,`, found from the first line, which names them (docs/guide/minima.md).
    """
    lines = text.lstrip("\ufeff").splitlines()
    separator = _separator(lines)
    table = [(number, line) for number, line in enumerate(lines, start=1) if line.strip(" \t;,")]
    if not table:
        return (), (
            Problem(
                "la grille est vide", line=1, suggestion="une ligne de titres, puis une ligne par montant"
            ),
        )
    heading, problems = _headings(_cells(table[0][1], separator), table[0][0])
    if problems and not heading:
        return (), tuple(problems)
    if len(table) > _MAX_LINES:
        return (), (Problem(f"plus de {_MAX_LINES} lignes", suggestion="partagez la grille en plusieurs"),)
    rows: list[WageRow] = []
    for number, line in table[1:]:
        row, wrong = _row(_cells(line, separator), heading, number)
        problems.extend(wrong)
        if row is not None:
            rows.append(row)
    if len(table) == 1:
        problems.append(Problem("aucune ligne sous les titres", line=table[0][0]))
    return tuple(rows), tuple(problems)


def _separator(lines: Sequence[str]) -> str:
    first = next((line for line in lines if line.strip()), "")
    return max((";", "\t", ","), key=lambda sign: (first.count(sign), sign == ";"))


def _cells(line: str, separator: str) -> list[str]:
    return [cell.strip() for cell in next(csv.reader([line], delimiter=separator), [])]


def _headings(cells: Sequence[str], number: int) -> tuple[dict[int, str], list[Problem]]:
    """The field of each column; nothing when a required one is missing."""
    known = {_heading(name): field for field, others in COLUMNS.items() for name in (field, *others)}
    found: dict[int, str] = {}
    problems = []
    for index, cell in enumerate(cells):
        field = known.get(_heading(cell))
        if field is None and cell:
            near = closest(_heading(cell), known)
            hint = f"vouliez-vous « {near} » ?" if near else "cette colonne n’est pas lue"
            problems.append(Problem(f"colonne inconnue « {cell} »", line=number, suggestion=hint))
        elif field in found.values():
            problems.append(Problem(f"colonne « {cell} » répétée : la première est lue", line=number))
        elif field:
            found[index] = field
    missing = [COLUMNS[field][0] for field in REQUIRED if field not in found.values()]
    if missing:
        message = f"il manque la colonne {' et la colonne '.join(f'« {name} »' for name in missing)}"
        expected = "une première ligne de titres, par exemple : emploi;unite;montant;dates"
        return {}, [*problems, Problem(message, line=number, expected=expected)]
    return found, problems


def _heading(text: str) -> str:
    return _HEADING.sub(" ", fold(text).replace("’", "'")).strip()


def _row(
    cells: Sequence[str], heading: Mapping[int, str], number: int
) -> tuple[WageRow | None, list[Problem]]:
    values: dict[str, str] = {}
    problems: list[Problem] = []
    if len(cells) > len(heading) and any(cells[max(heading, default=0) + 1 :]):
        problems.append(
            Problem(
                "plus de cases que de titres",
                line=number,
                suggestion="une virgule dans un montant ? séparez par ;",
            )
        )
    for index, field in heading.items():
        cell = cells[index] if index < len(cells) else ""
        if not cell:
            continue
        if field in _SEVERAL:
            low, high = _range(cell)
            if low is None and high is None:
                expected = "1-7, 8 à 16, 17+ ou un nombre"
                problems.append(
                    Problem(f"« {cell} » n’est pas un intervalle", COLUMNS[field][0], "", number, expected)
                )
            values |= {
                f"{field}_{side}": end for side, end in (("from", low), ("to", high)) if end is not None
            }
        elif field in _NUMBERS:
            values[field] = _number(cell)
        else:
            values[field] = _WORDS.get(field, {}).get(_heading(cell), cell)
    if problems:
        return None, problems
    try:
        row = WageRow.model_validate(values)
    except ValidationError as error:
        return None, [_located(problem, number, values) for problem in problems_of(error, WageRow, ())]
    wrong = _impossible(row, number)
    return (None, wrong) if wrong else (row, [])


def _number(cell: str) -> str:
    """A French number as the facts read it: no space, no euro sign, a point."""
    text = _SPACES.sub("", cell).removesuffix("€").removesuffix("EUR")
    return text.replace(",", ".") if text.count(",") == 1 and "." not in text else text


def _range(cell: str) -> tuple[str | None, str | None]:
    text = _SPACES.sub(" ", fold(cell).replace("’", "'")).strip()
    if text.isdigit():
        return text, text
    both, start, end = _RANGE.fullmatch(text), _FROM.fullmatch(text), _UP_TO.fullmatch(text)
    if both:
        return both[1], both[2]
    if start:
        return start[1] or start[2], None
    return (None, end[1] or end[2]) if end else (None, None)


def _impossible(row: WageRow, number: int) -> list[Problem]:
    problems = []
    if row.amount <= 0:
        problems.append(Problem("un minimum est positif", "montant", "", number))
    ranges = (("dates", row.dates_from, row.dates_to), ("places", row.seats_from, row.seats_to))
    for name, low, high in ranges:
        if low is not None and high is not None and low > high:
            problems.append(
                Problem(f"l’intervalle finit avant de commencer : {low} à {high}", name, "", number)
            )
    return problems


def _located(problem: Problem, number: int, values: Mapping[str, str]) -> Problem:
    """The same problem at its line, under the French heading of its column, with French words to write instead."""
    field = problem.path
    heading = next(iter(COLUMNS.get(field, ())), field)
    message = (
        f"« {heading} » manque" if field in REQUIRED and "manque" in problem.message else problem.message
    )
    if message == "valeur refusée" and values.get(field):
        message = f"« {values[field]} » ne se lit pas"
    if field in _WORDS:
        expected = f"l’un de : {', '.join({value: word for word, value in reversed(_WORDS[field].items())}.values())}"
    else:
        expected = _EXPECTED.get(field, problem.expected)
    return Problem(message, heading, "", number, expected)


_EXPECTED = {
    "amount": "un montant en euros, par exemple 162,75",
    "hours": "un nombre d’heures, par exemple 39",
}
