"""Every row of the texts is accounted for, once; every name in the data is known to the program."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from filage.worktime.conditions import CONDITIONS, NEEDS, THRESHOLDS
from filage.worktime.coverage import coverage
from filage.worktime.limit import tables
from filage.worktime.metrics import METRICS
from filage.worktime.population import GROUPS, POPULATIONS, group_of
from filage.worktime.premiums import premium_ids

ROWS = coverage()
LIMITS = [limit for table in tables() for limit in table.limits]


def test_each_of_the_155_rows_is_accounted_for_once():
    assert (len(ROWS), len({row.id for row in ROWS})) == (155, 155)


def test_the_rows_of_each_table_and_class_are_counted():
    assert Counter(row.kind for row in ROWS) == {
        "limit": 124,
        "premium": 20,
        "formality": 10,
        "information": 1,
    }
    assert Counter(row.table for row in ROWS) == {
        "Code du travail": 19,
        "Code du travail, jeunes et enfants": 25,
        "CCN des entreprises artistiques et culturelles (IDCC 1285)": 53,
        "CCN du spectacle vivant privé (IDCC 3090)": 30,
        "CCN de la production audiovisuelle (IDCC 2642)": 10,
        "CCN de la production cinématographique (IDCC 3097)": 18,
    }


def test_every_premium_is_computed_somewhere():
    assert {row.id for row in ROWS if row.kind == "premium"} - set(premium_ids()) == set()


def test_every_row_says_its_text_its_source_and_what_becomes_of_it():
    silent = [
        row.id
        for row in ROWS
        if not (row.legal_basis and row.people and row.condition and row.where)
        or not row.source.url.startswith("https://")
        or row.source.confidence not in ("confirmed", "one_source", "uncertain")
    ]
    assert silent == []


def test_a_text_read_before_its_last_amendments_says_so():
    older = [row for row in ROWS if row.idcc]
    assert {row.source.confidence for row in older} <= {"one_source", "uncertain"}
    assert [row.id for row in older if "fin 2023" not in row.source.warning] == []


def test_a_limit_says_what_it_measures_and_a_formality_what_it_needs():
    assert [row.id for row in ROWS if row.kind == "limit" and not (row.measures and row.limits)] == []
    assert [row.id for row in ROWS if row.kind == "formality" and not (row.needs or row.measures)] == []


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: f"{limit.id} {limit.asked.metric}")
def test_every_name_in_the_data_is_known(limit):
    names = [*limit.when, *(name for variant in limit.variants for name in variant.when)]
    assert [name for name in names if name not in CONDITIONS] == []
    assert limit.population in POPULATIONS
    assert limit.unit in METRICS[limit.asked.metric].units
    assert limit.operator in ("<=", ">=", "<")
    assert not limit.rule or limit.rule in THRESHOLDS


def test_a_row_replaces_rows_of_the_same_measure():
    measured = {(limit.id, limit.asked) for limit in LIMITS}
    lost = [
        (limit.id, name)
        for limit in LIMITS
        for name in (*limit.replaces, *(one for variant in limit.variants for one in variant.replaces))
        if (name, limit.asked) not in measured
    ]
    assert lost == []


def test_no_population_condition_or_metric_is_left_unused():
    names = {name for limit in LIMITS for name in (*limit.when, *(n for v in limit.variants for n in v.when))}
    rows = [row for table in tables() for row in table.rows]
    assert set(CONDITIONS) - names - {name for row in rows for name in row.when} == set()
    assert set(METRICS) - {limit.asked.metric for limit in LIMITS} == set()
    assert set(POPULATIONS) - {row.population for row in rows} == set()
    assert set(NEEDS) <= set(CONDITIONS)


@pytest.mark.parametrize("people", sorted({row.people for row in ROWS}))
def test_every_population_of_the_texts_may_be_written(people):
    assert group_of(people) is not None


def test_every_group_of_facts_may_be_written():
    assert {group: group_of(group)["group"] for group in GROUPS} == {group: group for group in GROUPS}


def test_the_guide_names_every_group_and_every_derogation():
    guide = (Path(__file__).parents[2] / "docs" / "guide" / "worktime.md").read_text(encoding="utf-8")
    derogations = {
        limit.id
        for limit in LIMITS
        if "relied_on" in (*limit.when, *(name for variant in limit.variants for name in variant.when))
    }
    named = set(re.findall(r"`([^`\s]+)`", guide))
    assert sorted(derogations - named) == []
    assert sorted(set(GROUPS) - named) == []
