"""Who said they are free, and what the calendar makes of it."""

from datetime import date

import pytest

from filage.kernel.changes import add, set_
from filage.planning.availability import LONGEST, answers_of, availability_findings
from filage.planning.shifts import shifts_of
from support.dossiers import small


def told(answer, first="2026-11-05", last="2026-11-05", **more):
    return add(
        "availability/dana", person="person/dana", starts_on=first, ends_on=last, answer=answer, **more
    )


def found(*changes, today=None):
    dossier = small(*changes)
    return [
        (f.code.partition(".")[2], f.severity, f.message)
        for f in availability_findings(dossier, shifts_of(dossier)[0], today)
    ]


def test_somebody_called_on_a_day_they_said_busy_is_blocking():
    assert found(told("busy", said="Tournage à Lyon", answered_on="2026-10-01")) == [
        (
            "unavailable",
            "blocking",
            (
                "Dana Morel a dit ne pas être libre le jeu. 5 nov. 2026 : « Tournage à Lyon », et participe à "
                "« Représentation, jeu. 5 nov. 2026 »."
            ),
        )
    ]


def test_maybe_is_a_warning_and_free_says_nothing():
    assert [one[:2] for one in found(told("maybe"))] == [("maybe_unavailable", "warning")]
    assert found(told("free")) == []


@pytest.mark.parametrize(
    ("today", "codes"),
    [
        (None, []),
        ("2026-10-21", []),
        ("2026-10-22", ["no_answer"]),
        ("2026-11-05", ["no_answer"]),
        ("2026-11-06", []),
    ],
)
def test_an_answer_awaited_is_told_soon_before(today, codes):
    on = date.fromisoformat(today) if today else None
    assert [one[0] for one in found(told("asked"), today=on)] == codes


def test_some_hours_of_a_day_do_not_take_the_others():
    assert found(told("busy", start="09:00", end="12:00")) == []
    assert [one[0] for one in found(told("busy", start="21:00", end="23:00"))] == ["unavailable"]


def test_a_show_past_midnight_meets_the_next_day():
    late = set_("event/premiere", end="01:00")
    assert [one[0] for one in found(told("busy", "2026-11-06", "2026-11-06"), late)] == ["unavailable"]
    assert found(told("busy", "2026-11-06", "2026-11-06"), set_("event/premiere", end="00:00")) == []


def test_the_latest_answer_about_a_day_counts():
    first = told("busy", "2026-11-01", "2026-11-30", answered_on="2026-09-01")
    second = add("availability/mieux", person="person/dana", starts_on="2026-11-05", ends_on="2026-11-05",
                 answer="free", answered_on="2026-10-01")  # fmt: skip
    dossier = small(first, second)
    days = answers_of(dossier)["person/dana"]
    assert (len(days), days[date(2026, 11, 5)].answer, days[date(2026, 11, 6)].answer) == (30, "free", "busy")


def test_a_cancelled_event_asks_nobody():
    assert found(told("busy"), set_("event/premiere", option="cancelled")) == []


def test_an_answer_over_thousands_of_years_is_read_over_its_first_days():
    assert len(answers_of(small(told("busy", "2026-01-01", "9999-12-31")))["person/dana"]) == LONGEST
    assert answers_of(small(told("busy", "2026-11-06", "2026-11-05"))) == {}
