"""A calendar somebody sends: read row by row, nothing hidden, nothing guessed about a zone nobody knows."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filage.documents.ics import ics_bytes
from filage.kernel.errors import BadInput
from filage.planning.calendar_feed import calendar_feed
from filage.planning.ics_reading import kind_of_title, read_ics
from support.dossiers import TODAY, small


def calendar(*events: str, head: str = "") -> bytes:
    """A calendar of events given as lines of properties."""
    rows = "".join(f"BEGIN:VEVENT\r\n{event.strip()}\r\nEND:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{head}{rows}END:VCALENDAR\r\n".encode()


def one(*lines: str, **given):
    """The only event of a calendar of one event."""
    [row] = read_ics(calendar("\r\n".join(lines)), **given).events
    return row


def test_an_event_keeps_its_hours_in_its_zone():
    row = one(
        "UID:a", "SUMMARY:Représentation\\, Montréal", "LOCATION:Usine C",
        "DTSTART;TZID=America/Montreal:20261105T200000", "DTEND;TZID=America/Montreal:20261105T214000",
    )  # fmt: skip
    assert (row.day, row.start, row.end, row.end_day, row.zone) == (
        date(2026, 11, 5), time(20), time(21, 40), None, "America/Montreal",
    )  # fmt: skip
    assert (row.label, row.location, row.type) == ("Représentation, Montréal", "Usine C", "performance")
    assert row.values()["zone"] == "America/Montreal"


def test_an_unknown_zone_is_refused_on_its_row_and_hides_no_other():
    found = read_ics(
        calendar(
            "SUMMARY:A\r\nDTSTART;TZID=Mars/Olympus:20261105T200000", "SUMMARY:B\r\nDTSTART:20261106T200000Z"
        )
    )
    b, a = found.events
    assert (a.usable, b.usable) == (False, True)
    assert a.problems[0].startswith("début : fuseau « Mars/Olympus » inconnu")


@pytest.mark.parametrize(
    "name", ["Romance Standard Time", "/example.org/20240101/Europe/Paris", '"Europe/Paris"']
)
def test_the_words_other_programs_use_for_a_zone_are_known(name):
    assert one(f"DTSTART;TZID={name}:20261105T200000").zone == "Europe/Paris"


def test_a_time_in_utc_is_told_at_home():
    row = one("DTSTART:20260705T180000Z", "DTEND:20260705T194000Z")
    assert (row.start, row.end, row.notes) == (time(20), time(21, 40), ())


def test_a_floating_time_is_read_at_home_and_says_so():
    row = one("DTSTART:20261105T200000")
    assert (row.start, row.notes) == (time(20), ("heure sans fuseau, lue à l’heure de Europe/Paris",))


def test_the_zone_of_the_calendar_serves_its_floating_times():
    content = calendar("DTSTART:20261105T200000", head="X-WR-TIMEZONE:Europe/London\r\n")
    assert read_ics(content).events[0].zone == "Europe/London"


def test_whole_days_end_the_day_before_the_file_says():
    row = one("DTSTART;VALUE=DATE:20261019", "DTEND;VALUE=DATE:20261024")
    assert (row.day, row.start, row.end_day) == (date(2026, 10, 19), None, date(2026, 10, 23))
    assert one("DTSTART;VALUE=DATE:20261019", "DTEND;VALUE=DATE:20261020").end_day is None


def test_a_show_past_midnight_needs_no_day_of_end():
    row = one("DTSTART;TZID=Europe/Paris:20261105T230000", "DTEND;TZID=Europe/Paris:20261106T010000")
    assert (row.end, row.end_day) == (time(1), None)


def test_a_length_gives_the_end():
    assert one("DTSTART;TZID=Europe/Paris:20261105T200000", "DURATION:PT1H40M").end == time(21, 40)


def test_an_hour_that_does_not_exist_is_refused():
    row = one("DTSTART;TZID=Europe/Paris:20270328T023000")
    assert row.problems == ("02:30 n’existe pas le 2027-03-28 (Europe/Paris) : passage à l’heure d’été",)


def test_an_end_before_the_start_is_refused():
    row = one("DTSTART;TZID=Europe/Paris:20261105T200000", "DTEND;TZID=Europe/Paris:20261104T220000")
    assert row.problems == ("la fin précède le début",)


def test_a_repeated_event_is_one_row_a_time_without_the_excluded_ones():
    found = read_ics(
        calendar(
            "UID:r\r\nSUMMARY:Répétition\r\nDTSTART;TZID=Europe/Paris:20261102T140000\r\n"
            "DTEND;TZID=Europe/Paris:20261102T180000\r\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261118T235959Z\r\n"
            "EXDATE;TZID=Europe/Paris:20261111T140000"
        )
    ).events
    assert [row.day.day for row in found] == [2, 4, 9, 16, 18]
    assert {(row.start, row.end, row.type) for row in found} == {(time(14), time(18), "rehearsal")}


def test_a_moved_time_of_a_repeated_event_replaces_its_own():
    found = read_ics(
        calendar(
            "UID:r\r\nSUMMARY:R\r\nDTSTART;TZID=Europe/Paris:20261102T140000\r\nRRULE:FREQ=DAILY;COUNT=3",
            "UID:r\r\nSUMMARY:R\r\nRECURRENCE-ID;TZID=Europe/Paris:20261103T140000\r\nDTSTART;TZID=Europe/Paris:20261103T160000",
        )
    ).events
    assert [(row.day.day, row.start.hour) for row in found] == [(2, 14), (3, 16), (4, 14)]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=SECONDLY",
        "FREQ=SOMETIMES",
        "n’importe quoi",
        "FREQ=DAILY;BYDAY=XX",
        "FREQ=DAILY;COUNT=x",
    ],
)
def test_a_repetition_nobody_can_follow_keeps_its_first_date(rule):
    row = one("DTSTART:20261105T200000Z", f"RRULE:{rule}")
    assert row.usable
    assert "seule la première date est proposée" in row.notes[-1]


def test_a_repetition_without_end_stops(monkeypatch):
    rows = read_ics(calendar("DTSTART:20261105T200000Z\r\nRRULE:FREQ=DAILY")).events
    assert len(rows) == 366
    assert rows[0].notes == ("se répète : 366 dates, les suivantes au-delà de 366 sont laissées",)


def test_a_cancelled_event_and_an_option_say_so():
    states = [
        one("DTSTART:20261105T200000Z", f"STATUS:{state}").option for state in ("CANCELLED", "TENTATIVE", "X")
    ]
    assert states == ["cancelled", "option_1", "confirmed"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "ce fichier n’est pas un calendrier"),
        (b"\x00\xff\xfe", "ce fichier n’est pas un calendrier"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "ce calendrier ne contient aucun événement (VEVENT)"),
        (b"BEGIN:VCALENDAR\r\n" + b"X" * 5_000_001, "ce calendrier dépasse 5 Mo"),
    ],
)
def test_what_is_no_calendar_is_refused(content, told):
    with pytest.raises(BadInput) as refused:
        read_ics(content)
    assert refused.value.problems[0].message == told


def test_a_latin_1_file_and_folded_lines_are_read():
    content = (
        calendar("SUMMARY:Répétition du  \r\n matin\r\nDTSTART:20261105T090000Z").decode().encode("cp1252")
    )
    assert read_ics(content).events[0].label == "Répétition du  matin"


def test_what_filage_writes_is_read_back():
    found = read_ics(ics_bytes(calendar_feed(small(), TODAY))).events
    assert [(row.day, row.start, row.end, row.type) for row in found] == [
        (date(2026, 11, 4), time(9), time(18), "setup"),
        (date(2026, 11, 5), time(20), time(22), "performance"),
        (date(2026, 11, 13), time(20), time(22), "performance"),
        (date(2026, 11, 14), time(20), time(22), "performance"),
    ]


def test_natures_are_guessed_from_titles():
    titles = ["Démontage", "Montage lumière", "Raccord", "Concert du soir", "Anniversaire"]
    assert [kind_of_title(title) for title in titles] == [
        "strike",
        "setup",
        "soundcheck",
        "performance",
        "other",
    ]


PIECES = st.sampled_from(
    [
        "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VTIMEZONE", "SUMMARY:x", "DTSTART:",
        "DTSTART;TZID=Europe/Paris:20261105T200000", "DTSTART;VALUE=DATE:00010101", "DTSTART:99991231T235959Z",
        "DTSTART:00010101T000000Z", "DTEND:99991231", "DURATION:P9999D", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "RRULE:FREQ=MONTHLY;BYSETPOS=400;BYDAY=MO", "EXDATE:", "RECURRENCE-ID:2026", "STATUS:CANCELLED", " suite",
        'DTSTART;TZID="Eu:rope":20261105T20', "DTEND;TZID=Asia/Tokyo:20261106T000000", "UID:", "\\", ";:=",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=30)), max_size=25))
def test_any_text_is_read_or_refused_in_words(lines):
    try:
        found = read_ics("\r\n".join(lines).encode("utf-8", "surrogatepass"))
    except BadInput:
        return
    assert all(row.problems or row.day for row in found.events)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_damaged_calendar_never_breaks_the_reader(data):
    content = bytearray(ics_bytes(calendar_feed(small(), TODAY)))
    for _ in range(data.draw(st.integers(1, 12))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = read_ics(bytes(content[: data.draw(st.integers(0, len(content)))]))
    except BadInput:
        return
    assert found.events
