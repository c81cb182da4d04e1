"""The calendar file, read back by another reader's rules."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar

from filage.documents.ics import ics_bytes
from filage.kernel.changes import add, set_
from filage.planning.calendar_feed import calendar_feed
from support.dossiers import TODAY, small


def read(*changes, revisions=None):
    content = ics_bytes(calendar_feed(small(*changes), TODAY, revisions))
    return content, Calendar.from_ical(content)


def event(calendar, ident):
    return next(e for e in calendar.events if str(e["uid"]).startswith(f"{ident}."))


def test_each_event_is_read_back_with_its_identity_hours_place_and_state():
    _, calendar = read()
    found = event(calendar, "premiere")
    paris = ZoneInfo("Europe/Paris")
    assert len(calendar.events) == 4
    assert (str(found["uid"]), str(found["summary"])) == (
        "premiere.petite.fil@filage",
        "Petite forme · Représentation",
    )
    assert (found.start, found.end) == (
        datetime(2026, 11, 5, 20, tzinfo=paris), datetime(2026, 11, 5, 22, tzinfo=paris),
    )  # fmt: skip
    assert found["dtstart"].params["TZID"] == "Europe/Paris"
    assert (str(found["location"]), str(found["status"])) == ("Théâtre de l’Écluse, Besançon", "CONFIRMED")
    assert str(found["description"]) == "Représentation, confirmé, première"


def test_an_identity_survives_every_change_of_the_event():
    _, before = read()
    _, after = read(
        set_("event/dole-1", day="2026-12-01", start="19:00", venue="venue/ecluse", label="Autre")
    )
    assert event(before, "dole-1")["uid"] == event(after, "dole-1")["uid"]


def test_options_are_tentative_and_cancelled_ones_stay_to_be_removed():
    _, calendar = read(
        set_("event/dole-1", option="option_1", option_until="2026-10-20"),
        set_("event/dole-2", option="cancelled"),
    )
    assert {str(e["uid"]).split(".")[0]: str(e["status"]) for e in calendar.events} == {
        "montage": "CONFIRMED", "premiere": "CONFIRMED", "dole-1": "TENTATIVE", "dole-2": "CANCELLED",
    }  # fmt: skip
    assert str(event(calendar, "dole-1")["description"]).endswith("option jusqu’au mar. 20 oct. 2026")


def test_the_sequence_is_the_revision_or_grows_with_the_days():
    _, calendar = read(revisions={"event/dole-1": 7})
    assert (event(calendar, "dole-1")["sequence"], event(calendar, "dole-2")["sequence"]) == (
        7, (TODAY - date(2020, 1, 1)).days,
    )  # fmt: skip


def test_an_event_without_hours_lasts_whole_days():
    _, calendar = read(add("event/residence", type="residency", day="2026-10-19", end_day="2026-10-23"))
    found = event(calendar, "residence")
    assert (found.start, found.end) == (date(2026, 10, 19), date(2026, 10, 24))


def test_a_show_past_midnight_ends_the_next_day():
    _, calendar = read(set_("event/premiere", start="23:00", end="01:00"))
    assert event(calendar, "premiere").end == datetime(2026, 11, 6, 1, tzinfo=ZoneInfo("Europe/Paris"))


def test_a_place_elsewhere_keeps_its_own_zone_described():
    content, calendar = read(set_("venue/ecluse", zone="America/Montreal"))
    assert event(calendar, "premiere")["dtstart"].params["TZID"] == "America/Montreal"
    assert sorted(str(zone["tzid"]) for zone in calendar.timezones) == ["America/Montreal", "Europe/Paris"]
    assert content.count(b"BEGIN:VTIMEZONE") == 2


def test_a_time_that_does_not_exist_becomes_a_whole_day():
    _, calendar = read(set_("event/premiere", day="2027-03-28", start="02:30", end="05:00"))
    assert event(calendar, "premiere").start == date(2027, 3, 28)


def test_the_hour_that_comes_twice_is_told_apart():
    _, calendar = read(set_("event/premiere", day="2026-10-25", start="02:30+01:00", end="05:00"))
    assert event(calendar, "premiere").start == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_lines_end_as_the_standard_asks_and_are_folded():
    long = "Très long titre de représentation exceptionnelle " * 6
    content, calendar = read(set_("event/premiere", label=long))
    lines = content.split(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert [line for line in lines if len(line) > 75] == []
    assert str(event(calendar, "premiere")["summary"]) == f"Petite forme · {long.strip()}"


def test_a_line_typed_in_a_title_adds_no_property():
    _, calendar = read(set_("event/premiere", label="a\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:x"))
    assert len(calendar.events) == 4


def test_an_empty_calendar_is_still_one():
    from filage.planning.calendar_feed import CalendarFeed

    assert Calendar.from_ical(ics_bytes(CalendarFeed("Vide", TODAY, ()))).events == []


def test_the_same_feed_gives_the_same_bytes():
    assert read()[0] == read()[0]
