"""The grids of minimum wages as data: one file a table, read when its convention is asked; the structure's own beside.

A file is a YAML heading (what the table is, since when, for whom, where it was read) over rows written as CSV, in the
columns a person may paste too (`minimum_csv`): a thousand rows are read in a few milliseconds.
"""

from __future__ import annotations

import csv
import functools
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from filage.facts.wages import WageGrid, WageRow
from filage.kernel.errors import BadInput, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from importlib.resources.abc import Traversable

_LOADER = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader
_RANKS = (("2eme", "2e"), ("3eme", "3e"), ("1ere", "1re"), ("second ", "2e "), ("2d ", "2e "))
_ATTACHED = {"1734": "2642", "2770": "2121"}
"""Conventions that became an annexe of another."""
_WORD = re.compile(r"[a-z0-9]+")
_EMPTY = frozenset(
    {"de", "du", "des", "la", "le", "les", "au", "aux", "et", "ou", "un", "une", "en", "sur", "pour", "par"}
)
_ARTISTS = frozenset({"arti", "musi", "dans", "role", "chan", "chor", "come", "soli", "corp", "mari", "dise"})
_STEM = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One amount of a grid: a job, a unit, euros, and the closed conditions under which it is due."""

    id: str
    job: str
    variant: str
    unit: str
    amount: Decimal
    hours: Decimal | None = None
    hourly: Decimal | None = None
    dates_from: int | None = None
    dates_to: int | None = None
    days_to: int | None = None
    seats_from: int | None = None
    seats_to: int | None = None
    contract: str = ""
    months_from: int | None = None
    months_to: int | None = None
    years_from: int | None = None
    annex: str = ""
    activity: str = ""
    genre: str = ""
    participation: Decimal | None = None
    confidence: str = ""
    checked_on: date | None = None
    sources: tuple[str, ...] = ()
    note: str = ""

    @property
    def name(self) -> str:
        """The job as a position may name it: with its variant, when it has one."""
        return f"{self.job}, {self.variant}" if self.variant else self.job


@dataclass(frozen=True, slots=True)
class Text:
    """A text or a page: title and address."""

    title: str
    url: str


Line = list[str] | WageRow
"""A row not read yet: the cells of a file, or a row a structure pasted."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of minimums: from which day for members of the signatory unions, from which for everybody.

    `members_only` binds nobody else; without it nor `from_all`, other employers read it as to be checked. `replaced_on`
    is the day from which a text replaces it whose amounts are not all known; `announced` a later text not read. A
    `fallback` is read only for the jobs that no other table names; a table `features_only` is to be checked for a short
    film.
    """

    id: str
    label: str
    idcc: str
    starts_on: date
    from_all: date | None = None
    members_only: bool = False
    extended_on: date | None = None
    replaced_on: date | None = None
    replaced_by: str = ""
    confidence: str = "one_source"
    basis: str = ""
    sources: Mapping[str, Text] = field(default_factory=dict)
    announced: Text | None = None
    anti_threshold: bool = False
    fallback: bool = False
    features_only: bool = False
    checked_on: date | None = None
    own: bool = False
    note: str = ""
    columns: tuple[str, ...] = ()
    lines: Mapping[str, tuple[Line, ...]] = field(default_factory=dict, repr=False)

    def start(self, *, member: bool) -> date | None:
        """The day from which it is read for a member of a signatory union, or for another employer; None for never."""
        if member:
            return self.starts_on
        return None if self.members_only else self.from_all or self.starts_on

    def rows(self, job: str) -> tuple[Row, ...]:
        """Its rows for a job, given by its key."""
        return tuple(_row(line, self.columns) for line in self.lines.get(job, ()))

    def __iter__(self) -> Iterator[Row]:
        """Go through every row."""
        for lines in self.lines.values():
            for line in lines:
                yield _row(line, self.columns)


@dataclass(frozen=True, eq=False)
class Convention:
    """The grids of a convention, oldest first, and the other names of its jobs."""

    idcc: str
    grids: tuple[Grid, ...] = ()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def keys(self, job: str) -> tuple[str, ...]:
        """The keys of the jobs a text names: the job itself, else those which have it among their other names."""
        key = job_key(job)
        if any(key in grid.lines for grid in self.grids):
            return (key,)
        return self.names.get(key) or self._of_row(job)

    def _of_row(self, ident: str) -> tuple[str, ...]:
        """The key of the job whose row has that id."""
        wanted = ident.strip().upper()
        for grid in self.grids:
            for key, lines in grid.lines.items():
                if any(not isinstance(line, WageRow) and line[0].upper() == wanted for line in lines):
                    return (key,)
        return ()

    @functools.cached_property
    def jobs(self) -> tuple[Job, ...]:
        """The jobs of every grid, as written in the newest, in alphabetical order."""
        found: dict[str, tuple[str, bool, set[str]]] = {}
        for grid in self.grids:
            for key, lines in grid.lines.items():
                name, variant, units = _named(lines, grid.columns)
                found[key] = (name, variant, units | (found[key][2] if key in found else set()))
        return tuple(
            Job(name, frozenset(words(key)), frozenset(units), variant)
            for key, (name, variant, units) in sorted(found.items())
        )


@dataclass(frozen=True, slots=True)
class Job:
    """A job of a convention: its name, the words and units it is known by, and whether it is a variant of another."""

    name: str
    words: frozenset[str]
    units: frozenset[str]
    variant: bool

    @property
    def artistic(self) -> bool:
        """Whether an artist holds it, as far as its words tell."""
        return bool(self.words & _ARTISTS) and "non" not in self.words


class Grids:
    """Every convention's grids by IDCC; reads a convention's files only when it is asked."""

    def __init__(self, folder: Traversable, own: Iterable[WageGrid] = ()) -> None:
        self._folder = folder
        self._own = tuple(own)
        self._read: dict[str, Convention] = {}

    def __getitem__(self, idcc: str) -> Convention:
        """Return a convention's grids, empty when none is known; BadInput for a wrong file."""
        idcc = _ATTACHED.get(idcc, idcc)
        found = self._read.get(idcc)
        if found is None:
            found = self._read[idcc] = self._load(idcc)
        return found

    def __iter__(self) -> Iterator[str]:
        """Go through the IDCC that have grids."""
        return iter(sorted(entry.name for entry in self._folder.iterdir() if entry.is_dir()))

    def with_own(self, own: Iterable[WageGrid]) -> Grids:
        """Return the same grids with those a structure pasted."""
        own = tuple(own)
        return _own_grids(self, own) if own else self

    def _load(self, idcc: str) -> Convention:
        folder = self._folder / idcc
        if not idcc.isdigit() or not folder.is_dir():
            return Convention(idcc)
        grids = []
        names: dict[str, tuple[str, ...]] = {}
        for entry in sorted(folder.iterdir(), key=lambda file: file.name):
            if entry.name == "jobs.yaml":
                names = _names(entry.read_bytes())
            elif entry.name.endswith(".yaml"):
                grids.append(read_grid(f"{idcc}/{entry.name.removesuffix('.yaml')}", entry.read_bytes()))
        return Convention(idcc, tuple(sorted(grids, key=lambda grid: (grid.starts_on, grid.id))), names)


class _OwnGrids(Grids):
    """The grids with a structure's own over them."""

    def __init__(self, base: Grids, own: tuple[WageGrid, ...]) -> None:
        super().__init__(base._folder, own)  # noqa: SLF001 - the same class
        self._base = base

    def _load(self, idcc: str) -> Convention:
        known = self._base[idcc]
        own = tuple(own_grid(fact) for fact in self._own if _ATTACHED.get(fact.idcc, fact.idcc) == idcc)
        return Convention(idcc, (*known.grids, *own), known.names)


@functools.lru_cache(maxsize=64)
def _own_grids(base: Grids, own: tuple[WageGrid, ...]) -> Grids:
    return _OwnGrids(base, own)


@functools.cache
def load_grids() -> Grids:
    """Return the packaged grids; nothing is parsed until asked."""
    return Grids(files("filage") / "data" / "minimums")


def read_grid(ident: str, text: bytes | str) -> Grid:
    """Return the grid written in `text`; BadInput says which file is wrong."""
    try:
        head = yaml.load(text, Loader=_LOADER)  # noqa: S506 - a loader of plain text, no object is built
        columns, *lines = csv.reader(head["rows"].splitlines(), delimiter=";", strict=True)
        _refuse(columns, lines)
        announced = head.get("announced")
        return Grid(
            id=ident,
            label=head["label"],
            idcc=head["idcc"],
            starts_on=date.fromisoformat(head["valid_from"]),
            from_all=_day(head.get("valid_from_all")),
            members_only=head.get("members_only") == "true",
            extended_on=_day(head.get("extended_on")),
            replaced_on=_day(head.get("replaced_on")),
            replaced_by=head.get("replaced_by", ""),
            confidence=head["confidence"],
            basis=head["basis"],
            sources={key: Text(said["title"], said.get("url", "")) for key, said in head["sources"].items()},
            announced=Text(announced["title"], announced["url"]) if announced else None,
            anti_threshold=head.get("anti_threshold") == "true",
            fallback=head.get("fallback") == "true",
            features_only=head.get("features_only") == "true",
            checked_on=_day(head.get("checked_on")),
            note=head.get("note", ""),
            columns=tuple(columns),
            lines=_by_job(lines, columns),
        )
    except (yaml.YAMLError, csv.Error, KeyError, TypeError, ValueError) as error:
        message = f"grille de minima illisible ({type(error).__name__} : {error})"
        raise BadInput(Problem(message, file=f"{ident}.yaml")) from error


def _refuse(columns: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
    """Refuse a table without its columns, or a row that has not as many cells."""
    missing = [name for name in ("id", "job", "unit", "amount") if name not in columns]
    short = [cells[0] for cells in lines if len(cells) != len(columns)]
    if missing or short or columns[0] != "id":
        message = f"colonnes absentes : {missing} ; lignes de longueur différente : {short}"
        raise ValueError(message)


def own_grid(fact: WageGrid) -> Grid:
    """Return the grid a structure pasted: its source stands for it."""
    return Grid(
        id=fact.about,
        label=fact.label,
        idcc=fact.idcc,
        starts_on=fact.starts_on,
        from_all=fact.starts_on_all,
        confidence="confirmed",
        basis=fact.source,
        sources={"own": Text(f"Structure : {fact.source}", fact.url or "")},
        own=True,
        note=fact.note or "",
        lines=_by_job(fact.rows, ()),
    )


@functools.cache
def job_key(job: str) -> str:
    """Return what makes two writings of a job the same: no case, accents, doubled spaces, nor « cinéma » at the end."""
    plain = job.casefold().replace("œ", "oe").replace("’", "'")
    # the same as `fold`, ten times as fast: a convention has hundreds of jobs to know before it answers one
    key = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    key = " ".join(key.split()).strip(" .,;")
    for written, kept in _RANKS:
        key = key.replace(written, kept)
    return key.removesuffix(" cinema")


def words(text: str) -> Iterator[str]:
    """The first letters of the words that tell a job from another: « régie » finds « régisseur »."""
    return (word[:_STEM] for word in _WORD.findall(job_key(text)) if len(word) > 1 and word not in _EMPTY)


def _named(lines: tuple[Line, ...], columns: tuple[str, ...]) -> tuple[str, bool, set[str]]:
    first, unit = lines[0], columns.index("unit") if columns else 0
    units = {line.unit if isinstance(line, WageRow) else line[unit] for line in lines}
    job, variant = _job(first, columns)
    return _full(job, variant), bool(variant), units


def _job(line: Line, columns: Sequence[str]) -> tuple[str, str]:
    """The job and the variant of a row not read yet."""
    if isinstance(line, WageRow):
        return line.job, line.variant or ""
    return line[columns.index("job")], line[columns.index("variant")] if "variant" in columns else ""


def _full(job: str, variant: str) -> str:
    return f"{job}, {variant}" if variant else job


def _by_job(rows: Iterable[Line], columns: Sequence[str]) -> dict[str, tuple[Line, ...]]:
    found: dict[str, list[Line]] = {}
    for row in rows:
        found.setdefault(job_key(_full(*_job(row, columns))), []).append(row)
    return {key: tuple(lines) for key, lines in found.items()}


def _row(cells: Line, columns: Sequence[str]) -> Row:
    if isinstance(cells, WageRow):
        return _own_row(cells)
    line = dict(zip(columns, cells, strict=True))
    said = line.get
    numbers: dict[str, Any] = {name: Decimal(line[name]) for name in _DECIMALS if said(name)}
    numbers |= {name: int(line[name]) for name in _WHOLE if said(name)}
    return Row(
        id=line["id"],
        job=line["job"],
        variant=said("variant", ""),
        unit=line["unit"],
        amount=Decimal(line["amount"]),
        contract=said("contract", ""),
        annex=said("annex", ""),
        activity=said("activity", ""),
        genre=said("genre", ""),
        confidence=said("confidence", ""),
        checked_on=_day(said("checked_on")),
        sources=tuple(said("sources", "").split()),
        note=said("note", ""),
        **numbers,
    )


_DECIMALS = ("hours", "hourly", "participation")
_WHOLE = (
    "dates_from", "dates_to", "days_to", "seats_from", "seats_to", "months_from", "months_to", "years_from",
)  # fmt: skip


def _own_row(row: WageRow) -> Row:
    return Row(
        id=row.job,
        job=row.job,
        variant=row.variant or "",
        unit=row.unit,
        amount=row.amount,
        hours=row.hours,
        dates_from=row.dates_from,
        dates_to=row.dates_to,
        days_to=row.days_to,
        seats_from=row.seats_from,
        seats_to=row.seats_to,
        contract=row.contract or "",
        months_from=row.months_from,
        months_to=row.months_to,
        years_from=row.years_from,
        annex=row.annex or "",
        activity=row.activity or "",
        genre=row.genre or "",
        sources=("own",),
    )


def _names(text: bytes) -> dict[str, tuple[str, ...]]:
    """Return other name → keys of the jobs that have it."""
    found: dict[str, list[str]] = {}
    for job, names in yaml.load(text, Loader=_LOADER).items():  # noqa: S506 - a loader of plain text
        for name in names:
            found.setdefault(job_key(name), []).append(job_key(job))
    return {name: tuple(jobs) for name, jobs in found.items()}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
