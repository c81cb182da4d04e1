"""A date moved to a day, an hour, a venue; its conflicts said on the way; its lock; everyone's own times."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from filage.kernel.changes import add, set_
from filage_web.store.changes import apply
from filage_web.store.models import ChangeSet

from .conftest import Office

MOVE, CHECK = "calendrier/date/p1/deplacer/", "calendrier/date/p1/verifier/"


def test_a_new_hour_takes_the_schedule_and_everyones_times_along(office: Office) -> None:
    office.confirm(office.post(MOVE, jour="2026-11-13", debut="18:30"))
    event = office.event("p1")
    assert (event.day, event.start, event.end) == (date(2026, 11, 13), time(18, 30), time(20, 30))
    assert [moment.at for moment in event.moments] == [time(16, 30)]
    assert (office.part("p1").call, office.part("p1").pickup) == (time(17), time(16, 15))
    assert office.part("p1-elie").wrap == time(21, 30)


def test_quarter_hours_pass_midnight(office: Office) -> None:
    office.confirm(office.post(MOVE, minutes="255"))
    event = office.event("p1")
    assert (event.day, event.start, event.end) == (date(2026, 11, 15), time(0, 15), time(2, 15))


def test_another_venue_leaves_the_space_of_the_old_one(office: Office) -> None:
    office.write(
        add("space/studio", venue="venue/ecluse", label="Studio"), set_("event/p1", space="space/studio")
    )
    office.confirm(office.post(MOVE, lieu="venue/fabrique"))
    assert (office.event("p1").venue, office.event("p1").space) == ("venue/fabrique", None)


def test_nothing_is_written_before_the_effect_is_confirmed(office: Office) -> None:
    before = ChangeSet.objects.count()
    assert office.post(MOVE, jour="2026-11-20").status_code == 200
    assert office.get(f"{CHECK}?jour=2026-11-20").json()["words"] == "Aucun conflit."
    assert ChangeSet.objects.count() == before


def test_a_locked_date_does_not_move_until_it_is_unlocked(office: Office) -> None:
    office.confirm(office.post("calendrier/date/p1/verrouiller/"))
    assert office.event("p1").locked
    answer = office.post(MOVE, days="1")
    assert answer.status_code == 422
    assert "verrouillée" in answer.content.decode()
    assert office.get(f"{CHECK}?jour=2026-11-20").json()["blocking"] == 1
    office.confirm(office.post("calendrier/date/p1/verrouiller/"))
    office.confirm(office.post(MOVE, days="1"))
    assert office.event("p1").day == date(2026, 11, 15)


@pytest.mark.parametrize(("asked", "said"), [
    ("jour=2026-11-16&debut=08:00", "Élie Vasseur est à la fois"),
    ("jour=2026-11-15", "amplitude de la journée, 22 h"),
    ("jour=2026-11-11", "Jour férié : 11 novembre."),
])  # fmt: skip
def test_the_conflicts_of_a_place_are_said_in_words(office: Office, asked: str, said: str) -> None:
    told = office.get(f"{CHECK}?{asked}").json()
    assert said in told["words"].replace("\u00a0", " ")


def test_an_absence_and_a_full_venue_are_said(office: Office) -> None:
    office.write(
        add("availability/dana", person="person/dana", starts_on="2026-11-20", ends_on="2026-11-20", answer="busy"),
        add("event/p2", type="performance", day="2026-11-20", start="20:00", end="22:00", venue="venue/ecluse"),
    )  # fmt: skip
    told = office.get(f"{CHECK}?jour=2026-11-20").json()
    assert told["blocking"] >= 1
    messages = " ".join(one["words"] for one in told["items"])
    assert "Dana Morel" in messages
    assert "L’Écluse" in messages


def test_what_was_already_wrong_is_not_said_again(office: Office) -> None:
    office.write(
        add("event/p2", type="performance", day="2026-11-14", start="20:00", end="22:00", venue="venue/fabrique"),
        add("participation/p2", event="event/p2", engagement="engagement/elie"),
    )  # fmt: skip
    told = office.get("calendrier/date/m1/verifier/?jour=2026-11-19").json()
    assert told["items"] == []


def test_a_place_that_cannot_be_read_is_refused_in_words(office: Office) -> None:
    assert "ce jour ne se lit pas" in office.get(f"{CHECK}?jour=demain").json()["words"].lower()
    assert office.post(MOVE, debut="25h").status_code == 422
    assert office.post(MOVE, lieu="venue/inconnu").status_code == 422


def test_checking_asks_the_same_queries_however_many_dates(office: Office) -> None:
    counts = []
    for rank in range(3):
        office.write(
            add(f"event/q{rank}", type="performance", day="2026-11-21", start="20:00", end="22:00"),
            add(f"participation/q{rank}", event=f"event/q{rank}", engagement="engagement/dana"),
        )
        office.get(f"{CHECK}?jour=2026-11-22")
        with CaptureQueriesContext(connection) as queries:
            office.get(f"{CHECK}?jour=2026-11-21")
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]


def test_each_persons_own_times_are_typed_beside_their_name(office: Office) -> None:
    html = office.html("calendrier/date/p1/")
    assert 'name="p1-elie-wrap" value="23:00"' in html
    revision = office.cast and html.partition('name="_seen" value="')[2].partition('"')[0]
    typed = {
        "type": "performance", "day": "2026-11-14", "start": "20:00", "end": "22:00", "venue": "venue/ecluse",
        "option": "option_1", "parts": ["engagement/dana", "engagement/elie"], "_seen": revision,
        "p1-call": "19h", "p1-pickup": "", "p1-dressing": "19:15", "p1-elie-driver": "Taxi",
        "vehicles": ["vehicle/fourgon"], "moments-rows": "1", "moments-0-at": "18:00", "moments-0-label": "Raccord",
        "option_until": "2026-11-01",
    }  # fmt: skip
    office.confirm(office.post("calendrier/date/p1/", **typed))
    dana, elie = office.part("p1"), office.part("p1-elie")
    assert (dana.call, dana.pickup, dana.dressing) == (time(19), None, time(19, 15))
    assert (elie.driver, elie.call) == ("Taxi", time(14))


def test_a_time_that_cannot_be_read_stays_typed_with_its_error(office: Office) -> None:
    typed = {"type": "performance", "day": "2026-11-14", "option": "option_1", "p1-call": "26h"}
    answer = office.post("calendrier/date/p1/", **typed, parts=["engagement/dana"])
    assert answer.status_code == 422
    assert "les heures vont de 00h00 à 23h59" in answer.content.decode()


def test_what_a_person_does_in_another_production_is_said_to_the_hour(office: Office) -> None:
    cast, hours = office.cast, {"start": "22:00", "end": "23:00"}
    lenz = [
        add("production/lenz", label="Lenz", form="theatre"),
        add("event/l1", type="rehearsal", day="2026-12-01", label="Filage de Lenz", **hours),
        add("participation/l1", event="event/l1", person="person/dana"),
    ]
    apply(cast.structure, "lenz", lenz, actor=cast.alice)
    assert "Lenz" not in office.get(f"{CHECK}?jour=2026-12-01").json()["words"]
    assert "Filage de Lenz" in office.get(f"{CHECK}?jour=2026-12-01&debut=20:30").json()["words"]
