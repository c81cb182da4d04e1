"""The rows of working time as data: limits, formalities and what is only information, with their texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

import yaml

from filage.kernel.finding import Severity
from filage.kernel.step import Source

TABLES = ("code_travail", "mineurs", "idcc_1285", "idcc_3090", "idcc_2642", "idcc_3097")
"""One file each under `data/worktime`, the Code du travail first; `idcc_` then its number names a convention's."""
_CONVENTION = "idcc_"
RowClass = Literal["limit", "formality", "information", "premium"]
_SECTIONS: dict[str, RowClass] = {
    "limits": "limit",
    "formalities": "formality",
    "information": "information",
    "premiums": "premium",
}


class Quota(NamedTuple):
    """How often a derogation may serve: `times` per `week` (civil) or `month`; `apart` forbids two days in a row."""

    times: int
    per: str
    apart: bool = False


class Variant(NamedTuple):
    """Another threshold of the same row, when all its named conditions hold."""

    when: tuple[str, ...]
    threshold: Decimal
    quota: Quota | None = None
    replaces: tuple[str, ...] = ()


class Asked(NamedTuple):
    """What a measure is asked beyond its name: hours of the clock, kinds of work, meal windows."""

    metric: str
    start: time | None = None
    end: time | None = None
    windows: tuple[tuple[time, time], ...] = ()
    after: tuple[str, ...] = ()


class Row(NamedTuple):
    """What every row says of itself, whatever its class: whom it concerns in the words of the text, and its source."""

    id: str
    kind: RowClass
    table: str
    idcc: str | None
    people: str
    condition: str
    legal_basis: str
    severity: Severity
    source: Source
    starts_on: date
    metric: str = ""
    note: str = ""
    needs: str = ""
    population: str = "everyone"
    when: tuple[str, ...] = ()
    days: int = 0
    weeks: int = 0
    friday: bool = False


class Limit(NamedTuple):
    """One measure of one row against one threshold; a row may hold several, under the same id.

    `threshold` is in `unit`, or named in `rule` when it is computed; `population` and `when` name predicates.
    """

    row: Row
    asked: Asked
    operator: str
    threshold: Decimal
    unit: str
    severity: Severity
    population: str = "everyone"
    when: tuple[str, ...] = ()
    variants: tuple[Variant, ...] = ()
    replaces: tuple[str, ...] = ()
    quota: Quota | None = None
    rule: str = ""

    @property
    def id(self) -> str:
        """The id of its row."""
        return self.row.id

    @property
    def is_minimum(self) -> bool:
        """Whether more is better."""
        return self.operator == ">="


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of the Code du travail or of a convention."""

    name: str
    title: str
    idcc: str | None
    rows: tuple[Row, ...]
    limits: tuple[Limit, ...] = field(repr=False)


@cache
def tables() -> tuple[Table, ...]:
    """Read every table, in order."""
    return tuple(_table(name) for name in TABLES)


@cache
def limits_for(idcc: str | None) -> tuple[Limit, ...]:
    """Return the limits of the Code du travail, and those of a convention when it is one of the four described."""
    return tuple(limit for table in _tables_for(idcc) for limit in table.limits)


@cache
def rows_for(idcc: str | None) -> tuple[Row, ...]:
    """Return the rows of the Code du travail and of a convention, whatever their class."""
    return tuple(row for table in _tables_for(idcc) for row in table.rows)


def _tables_for(idcc: str | None) -> tuple[Table, ...]:
    """Read only what concerns a convention: a file takes as long as checking ten people."""
    own = f"{_CONVENTION}{idcc}"
    return tuple(_table(name) for name in TABLES if name == own or not name.startswith(_CONVENTION))


def conventions() -> tuple[str, ...]:
    """The conventions described."""
    return tuple(name.removeprefix(_CONVENTION) for name in TABLES if name.startswith(_CONVENTION))


def read_data(name: str) -> Any:
    """Read one of the program's own data files on working time."""
    text = files("filage.data").joinpath(f"worktime/{name}.yaml").read_text("utf-8")
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - the safe loader, in C where it is


@cache
def _table(name: str) -> Table:
    """One of the program's own data files, read once."""
    data = read_data(name)
    rows: list[Row] = []
    limits: list[Limit] = []
    for section, kind in _SECTIONS.items():
        for entry in data[section]:
            row = _row(entry, kind, name, data)
            rows.append(row)
            if kind == "limit" or (kind == "formality" and "operator" in entry):
                limits += _limits(entry, row)
    return Table(name, data["title"], data["idcc"], tuple(rows), tuple(limits))


def _row(entry: dict[str, Any], kind: RowClass, table: str, data: dict[str, Any]) -> Row:
    first = entry["sources"][0]
    return Row(
        id=entry["id"],
        kind=kind,
        table=table,
        idcc=data["idcc"],
        people=entry["people"],
        condition=entry["condition"],
        legal_basis=entry["legal_basis"],
        severity=entry["severity"],
        source=Source(
            f"worktime.{entry['id']}",
            entry["legal_basis"] + (f" (IDCC {data['idcc']})" if data["idcc"] else ""),
            first["url"],
            date.fromisoformat(data["read_on"]),
            entry["confidence"],
            entry.get("warning", ""),
        ),
        starts_on=date.fromisoformat(entry.get("starts_on", data["starts_on"])),
        metric=entry.get("metric", ""),
        note=entry.get("note", entry.get("unless", "")),
        needs=entry.get("needs", entry.get("partly", "")),
        population=entry.get("population", "everyone"),
        when=tuple(entry.get("when", ())),
        days=entry.get("days", 0),
        weeks=entry.get("weeks", 0),
        friday=entry.get("friday", False),
    )


def _limits(entry: dict[str, Any], row: Row) -> list[Limit]:
    main = _limit(entry, row)
    return [main, *(_limit({"when": list(main.when), **part}, row) for part in entry.get("also", ()))]


def _limit(entry: dict[str, Any], row: Row) -> Limit:
    threshold, rule = _threshold(entry["threshold"])
    return Limit(
        row=row,
        asked=Asked(
            entry["metric"],
            _wall(entry.get("from")),
            _wall(entry.get("to")),
            tuple((time.fromisoformat(a), time.fromisoformat(b)) for a, b in entry.get("windows", ())),
            tuple(entry.get("after", ())),
        ),
        operator=entry["operator"],
        threshold=threshold,
        unit=entry["unit"],
        severity=entry.get("severity", row.severity),
        population=row.population,
        when=tuple(entry.get("when", ())),
        variants=tuple(_variant(one) for one in entry.get("variants", ())),
        replaces=tuple(entry.get("replaces", ())),
        quota=_quota(entry.get("quota")),
        rule=rule,
    )


def _threshold(written: str) -> tuple[Decimal, str]:
    """A number, or the name of the rule that gives it."""
    return (Decimal(0), written) if written.isidentifier() else (Decimal(written), "")


def _variant(entry: dict[str, Any]) -> Variant:
    return Variant(
        tuple(entry["when"]),
        Decimal(entry["threshold"]),
        _quota(entry.get("quota")),
        tuple(entry.get("replaces", ())),
    )


def _quota(entry: dict[str, Any] | None) -> Quota | None:
    return Quota(**entry) if entry else None


def _wall(written: str | None) -> time | None:
    return None if written is None else time.fromisoformat(written)


def with_threshold(limit: Limit, variant: Variant) -> Limit:
    """The same limit under one of its variants."""
    return limit._replace(
        threshold=variant.threshold,
        quota=variant.quota,
        rule="",
        variants=(),
        replaces=(*limit.replaces, *variant.replaces),
    )
