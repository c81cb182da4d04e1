"""The shipped grids: readable, closed, accounted for, quick; a wrong file is refused by name."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from filage.facts.base import choices
from filage.facts.wages import WageRow
from filage.kernel.errors import BadInput
from filage.kernel.money import CENT, round_half_up
from filage.kernel.step import CERTAINTIES
from filage.payroll.minimum_grid import job_key, load_grids, read_grid

GRIDS = load_grids()
ALL = [(grid, row) for idcc in GRIDS for grid in GRIDS[idcc].grids for row in grid]
LEDGER = Path(__file__).parents[1] / "cases" / "minimums" / "ledger.yaml"


def test_every_convention_has_its_grids():
    assert {idcc: len(GRIDS[idcc].grids) for idcc in GRIDS} == {
        "1285": 3, "2121": 1, "2642": 7, "3090": 3, "3097": 15,
    }  # fmt: skip


def test_every_researched_row_is_accounted_for():
    """The ledger is what the conversion said of each file; the shipped rows are its own."""
    ledger = yaml.safe_load(LEDGER.read_text("utf-8"))
    read = ledger["read"]
    assert (read["minimum_wages_2024_2026"], read["minimum_wages"]) == (1082 + 10, 295)
    assert sum(read.values()) == ledger["shipped"] + ledger["superseded"] + ledger["confirming"] + len(
        ledger["refused"]
    )
    assert len(ALL) == ledger["rows"] == sum(ledger["tables"].values())
    tables = Counter(grid.id for grid, _ in ALL)
    assert dict(sorted(tables.items())) == ledger["tables"]
    assert all(ledger["refused"].values())


def test_no_row_has_the_id_of_another():
    assert [ident for ident, count in Counter(row.id for _, row in ALL).items() if count > 1] == []


def test_every_row_is_within_the_closed_lists_and_positive():
    lists = {name: {"", *choices(WageRow, name)} for name in ("unit", "contract", "activity", "genre")}
    wrong = [
        row.id
        for _, row in ALL
        if row.amount <= 0
        or not row.unit
        or any(getattr(row, name) not in known for name, known in lists.items())
        or (row.confidence and row.confidence not in CERTAINTIES)
    ]
    assert wrong == []


def test_every_row_has_a_source_with_an_address():
    without = [
        row.id
        for grid, row in ALL
        if not grid.basis
        or not all(grid.sources[key].url.startswith("http") for key in row.sources or grid.sources)
    ]
    assert without == []


def test_nothing_shipped_pretends_that_a_text_was_read():
    assert {row.confidence or grid.confidence for grid, row in ALL} == {"one_source", "uncertain"}


def test_every_other_name_leads_to_a_job_of_a_grid():
    lost = [
        (idcc, name, key)
        for idcc in GRIDS
        for name, keys in GRIDS[idcc].names.items()
        for key in keys
        if not any(key in grid.lines for grid in GRIDS[idcc].grids)
    ]
    assert lost == []


def test_another_name_is_not_a_job_of_its_own():
    hidden = [name for idcc in GRIDS for name in GRIDS[idcc].names if GRIDS[idcc].keys(name) == (name,)]
    assert hidden == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2ème assistant décorateur cinéma", "2e assistant décorateur"),
        ("ARTISTE  dramatique ", "artiste dramatique"),
        ("Artiste chorégraphique, 2d rôle", "Artiste chorégraphique, 2e rôle"),
        ("Chef d’orchestre", "Chef d'orchestre"),
    ],
)
def test_two_writings_of_a_job_are_one(one, other):
    assert job_key(one) == job_key(other)


HEAD = """\
label: Une grille
idcc: '1285'
valid_from: '2026-01-01'
basis: accord
confidence: one_source
sources: {a: {title: t, url: 'https://example.org'}}
rows: |
  id;job;unit;amount
  x;A;cachet;10.00
"""


def test_a_grid_is_read():
    grid = read_grid("1285/x", HEAD)
    [row] = list(grid)
    assert (grid.starts_on, row.job, row.unit, str(row.amount)) == (date(2026, 1, 1), "A", "cachet", "10.00")


@pytest.mark.parametrize(
    "wrong",
    [HEAD.replace("valid_from: '2026-01-01'\n", ""), HEAD.replace("2026-01-01", "demain"), "- une liste", "rows: [",
     HEAD.replace("id;job;unit;amount", "id;emploi;unit;amount"), HEAD.replace("x;A;cachet;10.00", "x;A;cachet")],
)  # fmt: skip
def test_a_wrong_file_is_refused_by_name(wrong):
    with pytest.raises(BadInput) as refused:
        read_grid("1285/x", wrong)
    assert refused.value.problems[0].file == "1285/x.yaml"


def weeks(idcc: str, table: str) -> dict[tuple[str, str], Decimal]:
    """The 39-hour weeks of the tables whose name begins so, by genre and job."""
    return {
        (row.genre, job_key(row.job)): row.amount
        for grid in GRIDS[idcc].grids
        if grid.id.startswith(f"{idcc}/{table}")
        for row in grid
        if row.unit == "week" and row.hours in (39, None)
    }


def test_the_published_days_of_films_are_those_of_the_rule():
    week = weeks("3097", "annexe-1-2024")
    days = [row for grid, row in ALL if grid.id == "3097/annexe-1-jour-2024-03"]
    expected = [round_half_up(week["", job_key(row.job)] / 40 * Decimal("1.25") * 7) for row in days]
    assert [row.amount for row in days] == expected
    assert len(days) == 14


def test_the_published_days_of_television_are_those_of_the_rule_or_doubted_by_their_source():
    week = weeks("2642", "f")
    days = [
        row for grid, row in ALL if grid.id.startswith("2642/f") and (row.genre, job_key(row.job)) in week
    ]
    of_the_day = [row for row in days if row.unit == "day"]
    apart = [
        row
        for row in of_the_day
        if abs(round_half_up(week[row.genre, job_key(row.job)] / Decimal("4.5")) - row.amount) > CENT
    ]
    assert (len(of_the_day), len(apart)) == (45, 6)
    assert all("vérifier" in row.note for row in apart)
