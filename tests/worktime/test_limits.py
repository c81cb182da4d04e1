"""Every limit: a case that meets it, one exactly at it, one that breaks it, as data in tests/cases/worktime."""

from __future__ import annotations

import pytest

from filage.worktime.coverage import coverage
from worktime.cases import CASES, found, read_case

LIMITS = [row.id for row in coverage() if row.kind == "limit"]


def test_each_limit_has_its_three_cases():
    assert sorted(path.stem for path in CASES.glob("*.yaml")) == sorted(LIMITS)


@pytest.mark.parametrize("rule", LIMITS)
def test_a_limit_met_is_not_found(rule):
    assert found(read_case(rule), "compliant") == []


@pytest.mark.parametrize("rule", LIMITS)
def test_a_limit_met_exactly_is_met(rule):
    case = read_case(rule)
    expected = [("7.5", "7.5")] if case.get("at_limit_breaks") else []
    assert [(one["limit"], one["actual"]) for one in found(case, "at_limit")] == expected


@pytest.mark.parametrize("rule", LIMITS)
def test_a_limit_broken_is_found_with_its_figures(rule):
    case = read_case(rule)
    told = [one["actual"] for one in found(case, "breaching") if one["limit"] == case["limit"]]
    assert told[-1:] == [case["actual"]]
