"""How a parameter stands on a day, what moved between two days, what to read again."""

from datetime import date

import pytest

from filage.kernel.step import CERTAINTIES
from filage.law import (
    TITLES,
    law_of,
    load_law,
    moved_between,
    same_day,
    standing,
    subject_of,
    to_review,
)

DAY = date(2026, 11, 22)
LAW = load_law()
YEARLY = """
label: Plafond
unit: EUR
revised: yearly-01-01
checked_on: {checked}
values:
- {{from: 2025-01-01, value: '100', source: JO, confidence: one_source}}
"""
DOUBTFUL = """
label: Taux
unit: rate
revised: on_text
checked_on: 2026-11-01
values:
- {from: 2025-01-01, value: '0.1', source: revue, confidence: uncertain, warning: non relu}
"""


@pytest.mark.parametrize(
    ("parameter", "day", "status", "value"),
    [
        ("paie.pmss", DAY, "known", "4005"),
        ("paie.pmss", date(2027, 1, 1), "assumed", "4005"),
        ("paie.pmss", date(2024, 12, 31), "not_covered", "None"),
        ("paie.atmp_technicien", DAY, "to_ask", "None"),
        ("paie.rg_tmax_moins_50", DAY, "repealed", "None"),
    ],
)
def test_a_parameter_stands_in_one_of_five_ways(parameter, day, status, value):
    found = standing(LAW[parameter], day)
    assert (found.status, str(found.value)) == (status, value)


def test_an_assumed_value_has_not_moved_from_the_known_one():
    moved = [one.parameter.id for one in moved_between(LAW, date(2026, 12, 31), date(2027, 1, 1))]
    assert "paie.pmss" not in moved
    assert moved_between(LAW, DAY, DAY) == ()


def test_the_difference_of_a_value_is_signed_and_absent_when_a_side_has_none():
    moved = {one.parameter.id: one.change for one in moved_between(LAW, same_day(DAY, 2025), DAY)}
    assert str(moved["paie.dfs_25"]) == "-0.03"
    assert moved["paie.rgdu_tmin"] is None


def test_a_29_february_becomes_the_28th_where_the_year_has_none():
    assert [same_day(date(2028, 2, 29), year) for year in (2027, 2028)] == [
        date(2027, 2, 28),
        date(2028, 2, 29),
    ]


def test_what_to_read_again_says_why(tmp_path):
    (tmp_path / "ended.yaml").write_text(YEARLY.format(checked="2025-11-22"), encoding="utf-8")
    (tmp_path / "fresh.yaml").write_text(YEARLY.format(checked="2026-01-02"), encoding="utf-8")
    (tmp_path / "taux.yaml").write_text(DOUBTFUL, encoding="utf-8")
    law = law_of(tmp_path)
    found = {one.parameter.id: one.reasons for one in to_review(law, DAY)}
    assert found == {"ended": ("ended",), "taux": ("uncertain",)}
    later = {one.parameter.id: one.reasons for one in to_review(law, date(2026, 11, 23))}
    assert later["ended"] == ("ended", "old_check")


def test_a_repealed_value_or_one_to_ask_is_not_to_read_again():
    found = {one.parameter.id for one in to_review(LAW, date(2030, 1, 1))}
    assert {"paie.rg_tmax_moins_50", "paie.atmp_technicien"} & found == set()
    assert "paie.pmss" in found


def test_every_subject_holds_something_and_a_new_parameter_goes_to_the_others():
    assert subject_of("paie.agirc_arrco_t1_employeur_general") == "Retraite complémentaire"
    assert subject_of("inconnu.nouveau") == TITLES[-1]
    assert {subject_of(parameter) for parameter in LAW} >= set(TITLES[:-1])


def test_what_stands_doubtful_is_told_by_its_step():
    found = standing(LAW["paie.atmp_artiste"], DAY)
    assert found.step.confidence == CERTAINTIES[2]
    assert "1,19" in found.source.warning
