"""A calendar file is looked at before it is taken: what is read, what is not, what is already there."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from filage_web.store.models import Row

if TYPE_CHECKING:
    from django.http import HttpResponse

    from support.cast import Cast

pytestmark = pytest.mark.django_db
EVENT = (
    "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTART;TZID={zone}:{day}T200000\r\n"
    "DTEND;TZID={zone}:{day}T220000\r\n{more}END:VEVENT\r\n"
)
HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Saison\r\n"


def agenda(*events: str) -> bytes:
    return (HEAD + "".join(events) + "END:VCALENDAR\r\n").encode()


def event(uid: str, day: str, name: str, zone: str = "Europe/Paris", place: str = "") -> str:
    more = f"SUMMARY:{name}\r\n" + (f"LOCATION:{place}\r\n" if place else "")
    return EVENT.format(uid=uid, day=day, zone=zone, more=more)


def send(world: Cast, content: bytes) -> HttpResponse:
    where = reverse("planning:agenda", args=[world.structure.slug, world.production])
    file = SimpleUploadedFile("saison.ics", content, "text/calendar")
    return world.browser("alice").post(where, {"file": file, "zone": "Europe/Paris"})


def rows(page: str) -> list[dict[str, str]]:
    return [json.loads(html.unescape(found)) for found in re.findall(r'name="row" value="([^"]*)"', page)]


def test_each_date_is_shown_and_a_known_place_recognised(world: Cast):
    page = send(
        world,
        agenda(
            event("a", "20270115", "Représentation scolaire", place="La Fabrique, Dole"),
            event("b", "20270116", "Concert", zone="Mars/Olympus"),
        ),
    ).content.decode()
    [taken] = rows(page)
    assert taken == {
        "label": "Représentation scolaire", "type": "performance", "day": "2027-01-15", "start": "20:00:00",
        "end": "22:00:00", "option": "confirmed", "venue": "venue/la-fabrique",
    }  # fmt: skip
    assert "Mars/Olympus" in page


def test_a_date_already_there_is_left(world: Cast):
    page = send(world, agenda(event("a", "20261105", "Première"))).content.decode()
    assert rows(page) == []
    assert "déjà au calendrier" in page


def test_the_dates_chosen_are_previewed_then_written(world: Cast):
    taken = rows(
        send(
            world, agenda(event("a", "20270115", "Filage"), event("b", "20270116", "Filage"))
        ).content.decode()
    )
    where = reverse("planning:agenda", args=[world.structure.slug, world.production])
    before = Row.objects.filter(kind="event").count()
    answer = world.browser("alice").post(where, {"chosen": "1", "row": [json.dumps(taken[0])]})
    assert "Rien n’est enregistré tant que vous n’avez pas confirmé" in answer.content.decode()
    assert Row.objects.filter(kind="event").count() == before


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"du texte", "calendrier"),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", "aucun événement"),
        (b"x" * 5_000_001, "5 Mo"),
    ],
)
def test_what_is_no_calendar_is_said_and_nothing_is_written(world: Cast, content: bytes, says: str):
    answer = send(world, content)
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_choosing_nothing_or_sending_anything_is_refused_in_words(world: Cast):
    where = reverse("planning:agenda", args=[world.structure.slug, world.production])
    for sent in ({"chosen": "1"}, {"chosen": "1", "row": ["{"]}, {"chosen": "1", "row": ['{"day": "hier"}']}):
        answer = world.browser("alice").post(where, sent)
        assert answer.status_code == 422, sent
