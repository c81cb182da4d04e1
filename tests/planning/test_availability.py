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


def part(ident, answer, on="2026-10-01", day="2026-11-05", **hours):
    return add(
        f"availability/{ident}", person="person/dana", starts_on=day, ends_on=day, answer=answer,
        answered_on=on, **hours,
    )  # fmt: skip


@pytest.mark.parametrize("order", [1, -1])
def test_two_parts_of_a_day_count_each(order):
    evening = {"start": "21:00", "end": "23:00"}
    parts = [part("one", "busy", **evening), part("two", "busy", start="09:00", end="12:00")][::order]
    assert [one[0] for one in found(*parts)] == ["unavailable"]


@pytest.mark.parametrize(
    ("hours", "codes"),
    [
        ({"start": "21:00"}, ["unavailable"]),
        ({"start": "22:00"}, []),
        ({"end": "20:00"}, []),
        ({"end": "20:30"}, ["unavailable"]),
    ],
)
def test_hours_with_one_end_only_take_the_day_from_there_or_until_there(hours, codes):
    assert [one[0] for one in found(told("busy", **hours))] == codes


def test_the_message_says_from_when_or_until_when():
    assert "le jeu. 5 nov. 2026 à partir de 21:00, et" in found(told("busy", start="21:00"))[0][2]
    assert "le jeu. 5 nov. 2026 jusqu’à 20:30, et" in found(told("busy", end="20:30"))[0][2]


def test_a_later_word_about_some_hours_leaves_the_rest_of_the_day_as_it_was():
    busy = part("day", "busy")
    assert [
        one[0] for one in found(busy, part("later", "free", "2026-10-02", start="09:00", end="12:00"))
    ] == ["unavailable"]
    assert found(busy, part("later", "free", "2026-10-02", start="19:00", end="23:00")) == []


def test_the_night_of_the_eve_meets_what_is_early_the_next_day():
    eve = part("eve", "busy", day="2026-11-04", start="22:00", end="02:00")
    early = set_("event/premiere", start="00:30", end="01:30")
    assert [one[0] for one in found(eve, early)] == ["unavailable"]


def test_each_day_of_a_long_presence_counts():
    middle = part("middle", "busy", day="2026-11-06")
    assert [one[0] for one in found(middle, set_("event/premiere", end_day="2026-11-07"))] == ["unavailable"]


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
