"""Expressions written as spreadsheet formulas."""

import pytest

from filage.budget.formula import cell_name, spreadsheet_formula


@pytest.mark.parametrize(
    ("expression", "formula"),
    [
        ("12.50", "12.50"),
        ("nb_dates * 6", "(nb_dates*6)"),
        ("nb2 + min", "(nb2_+min_)"),
        ("min(nb_dates, 3, 5)", "MIN(nb_dates,3,5)"),
        ("max(1, -nb_dates)", "MAX(1,(-nb_dates))"),
        ("ceil(nb_dates / 4)", "(-INT(ROUND(-((nb_dates/4)),9)))"),
        ("floor(nb_dates ÷ 4)", "INT(ROUND((nb_dates/4),9))"),
        ("2 × (3 − 1)", "(2*(3-1))"),
    ],
)
def test_an_expression_becomes_a_formula(expression, formula):
    assert spreadsheet_formula(expression) == formula


@pytest.mark.parametrize("name", ["nb2", "r", "c", "r1c1", "r2", "a1", "xfd9", "min", "true", "x_"])
def test_a_name_a_spreadsheet_might_misread_takes_an_ending(name):
    assert cell_name(name) == f"{name}_"


@pytest.mark.parametrize("name", ["nb_dates", "jours", "km", "nb", "cachet2026", "abcd1", "rc_1"])
def test_any_other_name_is_kept(name):
    assert cell_name(name) == name


def test_two_variables_never_share_a_name():
    names = ["r", "r_", "r__", "nb2", "nb2_", "nb_jours", "nb_jours_"]
    assert len({cell_name(name) for name in names}) == len(names)
