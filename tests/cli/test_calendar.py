"""`filage calendar`: an ICS file read row by row."""

from __future__ import annotations

from cli.commands import faults, filage, printed, problems

ICS = """BEGIN:VCALENDAR
X-WR-CALNAME:Tournée
BEGIN:VEVENT
UID:a
SUMMARY:Concert [ville]
LOCATION:La Fabrique
DTSTART;TZID=Europe/Paris:20261105T200000
DTEND;TZID=Europe/Paris:20261105T220000
END:VEVENT
BEGIN:VEVENT
SUMMARY:Ailleurs
DTSTART;TZID=Mars/Olympus:20261106T200000
END:VEVENT
BEGIN:VEVENT
SUMMARY:Répétition
DTSTART:20261101T140000
RRULE:FREQ=DAILY
END:VEVENT
END:VCALENDAR
"""


def test_the_rows_meet_their_published_shape():
    found = printed("calendar", "-", "--until", "2026-11-03", given=ICS)
    assert faults("calendar", found) == []
    assert [(row["day"], row["start"], row["type"], len(row["problems"])) for row in found["events"]] == [
        ("2026-11-01", "14:00", "rehearsal", 0), ("2026-11-02", "14:00", "rehearsal", 0),
        ("2026-11-03", "14:00", "rehearsal", 0), ("2026-11-05", "20:00", "performance", 0), (None, None, "other", 1),
    ]  # fmt: skip
    assert found["title"] == "Tournée"


def test_a_person_reads_what_is_taken_and_why_the_rest_is_not():
    told = filage("calendar", "-", "--until", "2026-11-03", given=ICS).stdout
    assert "[ville]" in told
    assert "Refusé, ligne 10, « Ailleurs » : début : fuseau « Mars/Olympus » inconnu" in " ".join(
        told.split()
    )
    assert "Événements lus : 4 ; refusés : 1." in told


def test_hours_without_a_zone_are_read_in_the_one_given():
    found = printed("calendar", "-", "--until", "2026-11-01", "--zone", "Europe/London", given=ICS)
    assert found["events"][0]["zone"] == "Europe/London"


def test_what_is_no_calendar_or_no_zone_is_refused():
    [problem] = problems("calendar", "-", given="bonjour")
    assert problem["message"] == "ce fichier n’est pas un calendrier"
    [problem] = problems("calendar", "-", "--zone", "Mars", given=ICS)
    assert problem["message"] == "fuseau horaire « Mars » inconnu"
