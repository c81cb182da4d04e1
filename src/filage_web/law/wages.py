"""The grids of minimum wages: what is in force on a day for a convention, row by row, and what is known to come."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from filage.facts.base import choices
from filage.facts.dossier import Dossier
from filage.facts.wages import WageGrid, WageRow
from filage.kernel.step import Source
from filage.kernel.text import fold
from filage.payroll.minimum_grid import Grid, Grids, Row, job_key, load_grids, own_grid
from filage.payroll.minimum_rule import UNIT_WORDS, Wanted, source_of
from filage_web.law.hours import LABELS

SHOWN: Final = 250
"""Rows drawn at most: beyond, one searches."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A row of a grid, in words."""

    row: Row
    unit: str
    conditions: tuple[str, ...]
    source: Source
    read_in: str
    """Where the amount was read, beside the text the grid names once."""
    later: bool
    """Whether a newer grid of that day has this job."""

    @property
    def is_doubtful(self) -> bool:
        """Whether the amount must be checked."""
        return self.source.confidence == "uncertain"


@dataclass(frozen=True, slots=True)
class Table:
    """A grid with the rows kept."""

    grid: Grid
    amounts: tuple[Amount, ...]
    ident: str
    """The id of the structure's own grid, empty for a shipped one."""


@dataclass(frozen=True, slots=True)
class Browsed:
    """What the page of grids shows."""

    tables: tuple[Table, ...]
    coming: tuple[Grid, ...]
    found: int
    hidden: int
    older: int
    """Rows of grids that a newer one replaces job by job: shown when asked."""
    jobs: tuple[str, ...]


def grids_of(dossier: Dossier) -> Grids:
    """Give the shipped grids, and the structure's own over them."""
    return load_grids().with_own(dossier.all(WageGrid))


def browse(
    dossier: Dossier, idcc: str, day: date, words: str = "", *, older: bool = False, limit: int = SHOWN
) -> Browsed:
    """Gather the rows in force on a day for a convention, the newest grid first."""
    employer = dossier.employer
    asked = Wanted(
        idcc, "", "", union_member=employer.union_member, short_film=dossier.production.form == "short_film"
    )
    member = employer.union_member
    convention = grids_of(dossier)[idcc]
    begun = [grid for grid in convention.grids if _start(grid, member=member) <= day]
    coming = tuple(grid for grid in convention.grids if _start(grid, member=member) > day)
    begun.sort(key=lambda grid: (grid.own, _start(grid, member=member)), reverse=True)
    wanted = fold(words).split()
    taken: set[str] = set()
    tables: list[Table] = []
    found, replaced, room = 0, 0, limit
    for grid in begun:
        amounts = [one for one in _amounts(grid, day, taken, asked) if _speaks(one, grid, wanted)]
        taken |= set(grid.lines)
        replaced += sum(one.later for one in amounts)
        kept = [one for one in amounts if older or not one.later]
        found += len(kept)
        if kept and room > 0:
            ident = grid.id.partition("/")[2] if grid.own else ""
            tables.append(Table(grid, tuple(kept[:room]), ident))
            room -= len(kept)
    hidden = found - sum(len(table.amounts) for table in tables)
    return Browsed(
        tuple(tables),
        coming,
        found,
        hidden,
        replaced,
        tuple(dict.fromkeys(job.name for job in convention.jobs)),
    )


@dataclass(frozen=True, slots=True)
class Pasted:
    """A row read from a paste, in words."""

    row: Row
    unit: str
    conditions: tuple[str, ...]


def pasted(rows: Iterable[WageRow], *, limit: int = SHOWN) -> list[Pasted]:
    """Draw up the first rows read from a paste."""
    read = list(rows)[:limit]
    fact = WageGrid(
        id="grille", label="grille", idcc="0", source="collée", starts_on=date(2000, 1, 1), rows=tuple(read)
    )
    return [Pasted(row, UNIT_WORDS.get(row.unit, row.unit), words_of(row)) for row in own_grid(fact)]


def conventions_of(dossier: Dossier) -> list[tuple[str, str]]:
    """List the conventions that have grids, the structure's first."""
    known = {idcc: LABELS.get(idcc, f"IDCC {idcc}") for idcc in grids_of(dossier)}
    ours = dossier.employer.idcc
    return sorted(known.items(), key=lambda pair: (pair[0] != ours, pair[1]))


def _start(grid: Grid, *, member: bool) -> date:
    """The day from which a grid is shown; one that binds members only is shown to others, and says so."""
    return grid.start(member=member) or grid.starts_on


def _amounts(grid: Grid, day: date, taken: set[str], asked: Wanted) -> Iterator[Amount]:
    for row in grid:
        source = source_of(grid, row, replace(asked, job=row.name, unit=row.unit), day)
        yield Amount(
            row=row,
            unit=UNIT_WORDS.get(row.unit, row.unit),
            conditions=words_of(row),
            source=source,
            read_in=source.title.removeprefix(grid.basis).lstrip(" ;") or source.title,
            later=job_key(row.name) in taken,
        )


def words_of(row: Row) -> tuple[str, ...]:
    """The conditions of a row, in words."""
    return tuple(_conditions(row))


def _speaks(one: Amount, grid: Grid, wanted: Iterable[str]) -> bool:
    said = fold(" ".join((one.row.name, one.unit, grid.label, *one.conditions)))
    return all(word in said for word in wanted)


def _conditions(row: Row) -> Iterator[str]:
    yield from _range("dates du mois", row.dates_from, row.dates_to)
    yield from _range("places", row.seats_from, row.seats_to)
    if row.days_to is not None:
        yield f"engagement de {row.days_to} jours au plus"
    if row.contract:
        yield _label("contract", row.contract)
    if row.months_from is not None:
        yield f"contrat d’au moins {row.months_from} mois"
    if row.months_to is not None:
        yield f"contrat de moins de {row.months_to} mois"
    if row.years_from is not None:
        yield f"{row.years_from} ans d’ancienneté au moins" if row.years_from else "sans ancienneté"
    if row.annex:
        yield f"annexe {row.annex}"
    if row.activity:
        yield _label("activity", row.activity).lower()
    if row.genre:
        yield _label("genre", row.genre).lower()


def _label(field: str, value: str) -> str:
    return choices(WageRow, field).get(value, value)


def _range(what: str, low: int | None, high: int | None) -> Iterator[str]:
    if low is not None and high is not None:
        yield f"{low} {what}" if low == high else f"{low} à {high} {what}"
    elif low is not None:
        yield f"{low} {what} ou plus"
    elif high is not None:
        yield f"{high} {what} au plus"
