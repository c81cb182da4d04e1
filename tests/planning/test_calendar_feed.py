"""One person's calendar: their own hours, their journeys, what is cancelled; nothing private."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from filage.documents.ics import ics_bytes
from filage.kernel.changes import remove, set_
from filage.kernel.errors import BadInput
from filage.planning.calendar_feed import person_feed
from support.dossiers import TODAY
from support.sheets import OWN, PERSONAL, PRIVATE, tour

PARIS = ZoneInfo("Europe/Paris")


def feed(*changes, person="person/dana", revisions=None):
    """The feed of somebody of the tour, by the first word of each identity."""
    made = person_feed(tour(*changes), person, TODAY, revisions)
    return {event.uid.partition(".")[0]: event for event in made.events}


def test_an_event_starts_at_the_call_and_ends_at_the_end_of_the_person():
    found = feed(person="person/ines")["premiere"]
    assert (found.starts, found.ends) == (
        datetime(2026, 11, 5, 15, 45, tzinfo=PARIS), datetime(2026, 11, 5, 22, 15, tzinfo=PARIS),
    )  # fmt: skip
    assert found.description == "Représentation à 20:00, confirmé, première"
    assert found.uid == "premiere.ines.petite.fil@filage"


def test_only_what_the_person_takes_part_in_is_there():
    assert set(feed(person="person/ines")) == {"premiere"}
    assert set(feed()) == {"repetition", "premiere", "dole", "leg-train"}
    assert set(feed(person="person/elie")) == {"premiere", "dole", "leg-train", "leg-decor"}


def test_a_journey_starts_at_its_meeting():
    found = feed()["leg-train"]
    assert (found.starts, found.location) == (datetime(2026, 11, 6, 8, 40, tzinfo=PARIS), "gare Viotte, hall")
    assert (found.summary, found.description) == ("Petite forme · Besançon – Dole", "Train, TER 894")


def test_a_cancelled_event_stays_to_be_taken_away_and_its_sequence_grows():
    before = feed(revisions={"event/premiere": 7, "participation/dana-1": 9})["premiere"]
    after = feed(
        set_("event/premiere", option="cancelled"),
        revisions={"event/premiere": 12, "participation/dana-1": 9},
    )["premiere"]
    assert (before.status, before.sequence, after.status, after.sequence) == ("CONFIRMED", 9, "CANCELLED", 12)
    assert before.uid == after.uid


def test_an_option_is_tentative_and_what_is_only_thought_of_is_not_told():
    assert feed()["dole"].status == "TENTATIVE"
    assert "dole" not in feed(set_("event/dole", option="draft"))


def test_who_no_longer_takes_part_loses_the_event():
    assert "premiere" not in feed(remove("participation/dana-1"))


def test_elsewhere_the_hours_are_those_of_the_place():
    content = ics_bytes(
        person_feed(tour(set_("venue/ecluse", zone="America/Montreal")), "person/dana", TODAY)
    )
    calendar = Calendar.from_ical(content)
    [found] = [event for event in calendar.events if str(event["uid"]).startswith("premiere.")]
    assert found.start.astimezone(UTC) == datetime(2026, 11, 5, 20, 45, tzinfo=UTC)
    assert "America/Montreal" in {str(zone["tzid"]) for zone in calendar.timezones}


def test_an_unknown_zone_makes_a_whole_day_rather_than_a_wrong_hour():
    assert feed(set_("event/premiere", zone="Mars/Olympus"))["premiere"].starts == date(2026, 11, 5)


def test_nothing_private_is_in_a_feed():
    content = ics_bytes(person_feed(tour(), "person/dana", TODAY)).decode()
    assert [canary for canary in (*PERSONAL, *PRIVATE, *OWN) if canary in content] == []


def test_nobody_of_that_reference_is_refused():
    with pytest.raises(BadInput, match="person/zoe"):
        feed(person="person/zoe")


def test_an_event_is_named_by_what_it_is_then_by_its_title():
    named = feed(set_("event/premiere", label="Jour 2"), set_("event/dole", label="Représentation à Dole"))
    assert named["premiere"].summary == "Petite forme · Représentation, Jour 2"
    assert named["dole"].summary == "Petite forme · Représentation à Dole"
