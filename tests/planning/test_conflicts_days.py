"""Public holidays and Sundays, once."""

from datetime import date

from filage.kernel.changes import add, set_
from filage.planning.conflicts_days import day_findings
from support.dossiers import small


def said(*changes, today=None):
    return [(f.code, f.severity, f.message) for f in day_findings(small(*changes), today)]


def test_public_holidays_and_sundays_are_told_once_for_the_whole_production():
    changes = (
        set_("event/dole-1", day="2026-11-11"),
        set_("event/dole-2", day="2026-11-15"),
        add("event/autre", type="performance", day="2026-11-22"),
    )
    assert said(*changes) == [
        (
            "calendar.public_holiday",
            "info",
            "Le calendrier prévoit du travail un jour férié : mer. 11 nov. 2026 (11 novembre).",
        ),
        (
            "calendar.sunday",
            "info",
            "Le calendrier prévoit du travail 2 dimanches : dim. 15 nov. 2026, dim. 22 nov. 2026.",
        ),
    ]


def test_what_is_past_or_cancelled_is_not_told():
    assert said(set_("event/dole-1", day="2026-11-11"), today=date(2026, 11, 12)) == []
    assert said(set_("event/dole-1", day="2026-11-11", option="cancelled")) == []


def test_a_holiday_of_alsace_is_one_there_only():
    boxing_day = set_("event/dole-1", day="2026-12-26")
    assert said(boxing_day) == []
    assert [one[0] for one in said(boxing_day, set_("venue/fabrique", city="Colmar"))] == [
        "calendar.public_holiday"
    ]


def test_one_more_holiday_is_not_a_new_finding():
    before = day_findings(small(set_("event/dole-1", day="2026-11-11")))
    after = day_findings(
        small(set_("event/dole-1", day="2026-11-11"), set_("event/dole-2", day="2026-12-25"))
    )
    assert [one.key for one in before] == [one.key for one in after]
