"""The calendar: put, move, copy, cancel and paste dates; who takes part follows in the same write."""

from __future__ import annotations

import re
from datetime import date, time
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from filage.facts.calendar import Event, Participation
from filage.kernel.changes import Change, add, set_
from filage_web import clock
from filage_web.store.changes import apply
from filage_web.store.models import ChangeSet
from filage_web.store.queries import load_production
from support.cast import Cast

FACTS = (
    add("venue/ecluse", label="L’Écluse", city="Besançon"),
    add("position/marie", label="Marie"),
    add("person/dana", given_name="Dana", family_name="Morel"),
    add("person/elie", given_name="Élie", family_name="Vasseur"),
    *(
        add(f"engagement/{who}", position="position/marie", person=f"person/{who}", phase="exploitation",
            starts_on="2026-11-05", ends_on="2026-12-14", unit="cachet", unit_pay="160")
        for who in ("dana", "elie")
    ),
    add("event/p1", type="performance", day="2026-11-14", start="20:00", end="22:00", venue="venue/ecluse"),
    add("participation/p1", event="event/p1", engagement="engagement/dana"),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _october(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 10, 12))


@pytest.fixture
def woyzeck(cast: Cast) -> Cast:
    apply(cast.structure, cast.production, FACTS, actor=cast.alice)
    return cast


def page(cast: Cast, path: str, **more: Any) -> str:
    answer = cast.browser("bob").get(cast.address(path), **more)
    assert answer.status_code == 200
    return unescape(answer.content.decode()).replace("\u00a0", " ")


def confirm(cast: Cast, answer: Any) -> None:
    assert answer.status_code == 200, answer.content.decode()[-3000:]
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', answer.content.decode())
    draft = {name: unescape(value) for name, value in reversed(hidden) if name != "csrfmiddlewaretoken"}
    assert cast.browser("bob").post(cast.address("effet/"), draft).status_code == 302


def post(cast: Cast, path: str, **typed: Any) -> Any:
    return cast.browser("bob").post(cast.address(path), typed)


def events(cast: Cast) -> dict[str, Event]:
    return {event.id: event for event in load_production(cast.structure, cast.production).dossier.all(Event)}


def parts(cast: Cast, event: str) -> set[str]:
    found = load_production(cast.structure, cast.production).dossier.all(Participation)
    return {part.engagement.partition("/")[2] for part in found if part.event == f"event/{event}"}


TYPED = {
    "type": "performance", "day": "2026-11-14", "start": "20:00", "end": "22:00", "venue": "venue/ecluse",
    "option": "confirmed",
}  # fmt: skip


def seen(cast: Cast) -> int:
    return load_production(cast.structure, cast.production).revisions["event/p1"]


@pytest.mark.parametrize("view", ["liste", "mois", "semaine", "ressources"])
def test_an_empty_calendar_says_what_will_follow_from_a_first_date(cast: Cast, view: str) -> None:
    html = page(cast, f"calendrier/?vue={view}")
    assert "Aucune représentation dans cette production" in html
    assert "Poser une date" in html
    assert "Coller une liste" in html


@pytest.mark.parametrize("view", ["liste", "mois", "semaine", "ressources"])
def test_every_view_shows_the_date_and_offers_to_move_it(woyzeck: Cast, view: str) -> None:
    html = page(woyzeck, f"calendrier/?vue={view}")
    assert re.search(
        r'hx-get="[^"]*calendrier/date/p1/"[^>]* data-event data-date="p1" data-on="2026-11-14"', html
    )
    assert "20:00" in html


def test_resources_show_who_is_called(woyzeck: Cast) -> None:
    html = page(woyzeck, "calendrier/?vue=ressources&du=2026-11-14")
    assert '<th scope="row">Dana Morel</th>' in html
    assert '<th scope="row">Élie Vasseur</th>' not in html


def test_the_same_number_of_queries_for_one_and_for_three_dates(woyzeck: Cast) -> None:
    def more(number: int) -> list[Change]:
        return [add(f"event/q{number}", type="performance", day=f"2026-11-2{number}", venue="venue/ecluse"),
                add(f"participation/q{number}", event=f"event/q{number}", engagement="engagement/elie")]  # fmt: skip

    counts = []
    for number in (1, 2, 3):
        if number > 1:
            apply(woyzeck.structure, "woyzeck", more(number), actor=woyzeck.alice)
        for view in ("liste", "mois", "semaine", "ressources"):
            page(woyzeck, f"calendrier/?vue={view}")
        with CaptureQueriesContext(connection) as queries:
            for view in ("liste", "mois", "semaine", "ressources"):
                page(woyzeck, f"calendrier/?vue={view}")
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]


def test_moving_by_a_day_shows_the_effect_first(woyzeck: Cast) -> None:
    answer = post(woyzeck, "calendrier/date/p1/deplacer/", days="1")
    assert events(woyzeck)["p1"].day == date(2026, 11, 14)
    confirm(woyzeck, answer)
    assert events(woyzeck)["p1"].day == date(2026, 11, 15)


def test_who_takes_part_follows_in_the_same_write(woyzeck: Cast) -> None:
    before = ChangeSet.objects.count()
    answer = post(woyzeck, "calendrier/date/p1/", **TYPED, parts=["engagement/elie"], _seen=seen(woyzeck))
    confirm(woyzeck, answer)
    assert parts(woyzeck, "p1") == {"elie"}
    assert ChangeSet.objects.count() == before + 1


def test_a_new_date_may_bring_its_own_venue(woyzeck: Cast) -> None:
    typed = TYPED | {"day": "21/11/2026", "venue": "", "new_venue": "La Fabrique", "new_city": "Dole"}
    confirm(
        woyzeck, post(woyzeck, "calendrier/poser/", **typed, parts=["engagement/dana", "engagement/elie"])
    )
    made = events(woyzeck)["performance-2026-11-21"]
    assert made.venue == "venue/la-fabrique"
    assert parts(woyzeck, made.id) == {"dana", "elie"}


def test_a_copy_proposes_the_next_day_with_the_same_people(woyzeck: Cast) -> None:
    html = page(woyzeck, "calendrier/poser/?copie=p1")
    assert 'value="2026-11-15"' in html
    assert re.search(r'value="engagement/dana"[^>]*checked', html)
    assert not re.search(r'value="engagement/elie"[^>]*checked', html)


def test_cancelling_keeps_the_date_and_removing_takes_its_people_with_it(woyzeck: Cast) -> None:
    confirm(woyzeck, post(woyzeck, "calendrier/date/p1/annuler/"))
    assert events(woyzeck)["p1"].option == "cancelled"
    confirm(woyzeck, post(woyzeck, "calendrier/date/p1/retirer/"))
    assert events(woyzeck) == {}
    assert parts(woyzeck, "p1") == set()


PASTE = {"type": "performance", "option": "option_1", "hours": "1h40"}


def test_a_list_is_read_line_by_line_and_nothing_is_kept_while_one_is_wrong(woyzeck: Cast) -> None:
    lines = "jour;heure;lieu;ville\n05/12;20h;L’écluse\n31/11/2026;20h;Ailleurs\n6 déc. 2026\t18h30\tLa Fabrique\tDole"
    answer = post(woyzeck, "calendrier/coller/", lines=lines, **PASTE)
    html = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "Novembre 2026 a 30 jours. Essayez 30/11/2026." in html
    assert "Une ligne ne se lit pas" in html
    assert len(events(woyzeck)) == 1


def test_a_list_puts_its_dates_its_new_venues_and_its_people_in_one_write(woyzeck: Cast) -> None:
    lines = "05/12, 20h, L’écluse\n\n6 déc. 2026\t18h30\tLa Fabrique\tDole\n07/12, 23h, La Fabrique"
    before = ChangeSet.objects.count()
    confirm(woyzeck, post(woyzeck, "calendrier/coller/", lines=lines, parts=["engagement/dana"], **PASTE))
    made = {event.id: event for event in events(woyzeck).values() if event.id != "p1"}
    assert {(str(e.day), str(e.start), str(e.end), e.venue, e.option) for e in made.values()} == {
        ("2026-12-05", "20:00:00", "21:40:00", "venue/ecluse", "option_1"),
        ("2026-12-06", "18:30:00", "20:10:00", "venue/la-fabrique", "option_1"),
        ("2026-12-07", "23:00:00", "00:40:00", "venue/la-fabrique", "option_1"),
    }
    assert all(parts(woyzeck, ident) == {"dana"} for ident in made)
    assert ChangeSet.objects.count() == before + 1


def test_an_empty_list_says_what_to_paste(woyzeck: Cast) -> None:
    answer = post(woyzeck, "calendrier/coller/", lines="  ", **PASTE)
    assert answer.status_code == 422
    assert "Collez au moins une date" in unescape(answer.content.decode())


def test_those_hired_on_that_day_are_proposed_first(woyzeck: Cast) -> None:
    summer = add("engagement/aout", position="position/marie", person="person/dana", phase="production",
                 starts_on="2026-08-01", ends_on="2026-08-31", unit="cachet", unit_pay="160", label="août")  # fmt: skip
    apply(woyzeck.structure, "woyzeck", [summer], actor=woyzeck.alice)
    html = page(woyzeck, "calendrier/date/p1/")
    assert html.index('value="engagement/elie"') < html.index('value="engagement/aout"')


def test_a_new_start_moves_the_calls_of_those_who_take_part(woyzeck: Cast) -> None:
    called = {"call": "18:30", "wrap": "22:30", "breaks": [{"start": "19:00", "end": "19:30"}]}
    apply(woyzeck.structure, woyzeck.production, [set_("participation/p1", **called)], actor=woyzeck.alice)
    typed = TYPED | {"start": "14:15", "end": "16:15"}
    answer = post(woyzeck, "calendrier/date/p1/", **typed, parts=["engagement/dana"], _seen=seen(woyzeck))
    assert "les heures de 1 personne" in unescape(answer.content.decode())
    confirm(woyzeck, answer)
    found = load_production(woyzeck.structure, woyzeck.production).dossier.find(
        "participation/p1", Participation
    )
    assert found is not None
    assert (found.call, found.wrap) == (time(12, 45), time(16, 45))
    assert [(pause.start, pause.end) for pause in found.breaks] == [(time(13, 15), time(13, 45))]


def test_a_start_left_alone_leaves_the_calls_alone(woyzeck: Cast) -> None:
    apply(
        woyzeck.structure, woyzeck.production, [set_("participation/p1", call="18:30")], actor=woyzeck.alice
    )
    answer = post(
        woyzeck,
        "calendrier/date/p1/",
        **TYPED | {"end": "23:00"},
        parts=["engagement/dana"],
        _seen=seen(woyzeck),
    )
    confirm(woyzeck, answer)
    found = load_production(woyzeck.structure, woyzeck.production).dossier.find(
        "participation/p1", Participation
    )
    assert found is not None
    assert found.call == time(18, 30)
