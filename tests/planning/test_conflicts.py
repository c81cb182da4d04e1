"""Clashes of the calendar."""

from filage.kernel.changes import add, set_
from filage.planning.conflicts import shifts_of
from filage.review import compare
from support.dossiers import reviewed, small


def overlaps(*changes):
    return [f.message for f in reviewed(*changes).findings if f.code == "calendar.overlap"]


def party(start, end):
    return (
        add("event/fete", type="promotion", label="Fête", day="2026-11-05", start=start, end=end),
        add("participation/fete", event="event/fete", engagement="engagement/dana", units="0"),
    )


def test_one_person_in_two_places_is_blocking_and_counted_once():
    assert overlaps(*party("21:00", "23:00")) == [
        "Dana Morel est à la fois à « Représentation, jeu. 5 nov. 2026 » et à « Fête »."
    ]


def test_the_same_two_events_that_still_clash_are_neither_new_nor_settled():
    found = compare(reviewed(*party("21:00", "23:00")), reviewed(*party("19:00", "21:00")))
    assert [one.code for one in (*found.new_findings, *found.gone_findings) if "overlap" in one.code] == []


def test_touching_ends_do_not_clash():
    assert overlaps(*party("22:00", "23:00")) == []


def test_a_short_event_inside_a_long_one_then_another_are_both_seen():
    second = (
        add("event/radio", type="promotion", label="Radio", day="2026-11-05", start="21:45", end="21:50"),
        add("participation/radio", event="event/radio", engagement="engagement/dana", units="0"),
    )
    assert len(overlaps(*party("20:30", "20:45"), *second)) == 2


def test_a_cancelled_event_takes_nobody():
    assert overlaps(*party("21:00", "23:00"), set_("event/fete", option="cancelled")) == []


def test_a_show_past_midnight_ends_the_next_day():
    shifts, _ = shifts_of(small(set_("event/premiere", end="00:30")))
    assert next(s for s in shifts if s.event == "event/premiere").interval.hours == 4.5


def test_a_time_that_does_not_exist_is_a_finding():
    outcome = reviewed(add("event/nuit", type="rehearsal", day="2026-03-29", start="02:30", end="05:00"))
    assert [f.code for f in outcome.findings if f.about == "event/nuit"] == ["calendar.impossible_time"]
