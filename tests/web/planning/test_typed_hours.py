"""Hours typed in the form of a date: what follows its start, what was typed by hand, what the effect says of both."""

from __future__ import annotations

from datetime import date, time
from html import unescape
from typing import Any

from filage.kernel.changes import set_

from .conftest import Office

PAGE = "calendrier/date/p1/"


def typed(office: Office, **more: Any) -> dict[str, Any]:
    html = office.html(PAGE)
    return {
        "type": "performance", "day": "2026-11-14", "start": "20:00", "end": "22:00", "venue": "venue/ecluse",
        "option": "option_1", "option_until": "2026-11-01", "parts": ["engagement/dana", "engagement/elie"],
        "vehicles": ["vehicle/fourgon"], "moments-rows": "1", "moments-0-at": "18:00",
        "moments-0-label": "Raccord", "_seen": html.partition('name="_seen" value="')[2].partition('"')[0],
        "p1-call": "18:30", "p1-pickup": "17:45", "p1-elie-call": "14:00", "p1-elie-wrap": "23:00",
    } | more  # fmt: skip


def told(answer: Any) -> str:
    text = unescape(answer.content.decode()).replace("\u00a0", " ").replace("\u202f", " ")
    return " ".join(text.replace("<b>", "").replace("</b>", "").split())


def test_the_end_and_the_schedule_follow_a_start_typed_alone(office: Office) -> None:
    answer = office.post(PAGE, **typed(office, start="21:00"))
    followed = "la fin (22:00 → 23:00), 1 moment du déroulé, les heures de 2 personnes"
    assert f"<dt>Suivent le début (+1 h)</dt><dd>{followed}</dd>" in told(answer)
    office.confirm(answer)
    event = office.event("p1")
    assert (event.start, event.end, [one.at for one in event.moments]) == (time(21), time(23), [time(19)])
    assert (office.part("p1").call, office.part("p1").pickup) == (time(19, 30), time(18, 45))


def test_an_end_typed_too_is_kept(office: Office) -> None:
    office.confirm(office.post(PAGE, **typed(office, start="21:00", end="22:30")))
    assert office.event("p1").end == time(22, 30)


def test_an_end_may_be_kept_as_it_is(office: Office) -> None:
    office.confirm(office.post(PAGE, **typed(office, start="21:00", keep_end="on")))
    event = office.event("p1")
    assert (event.end, [one.at for one in event.moments]) == (time(22), [time(19)])


def test_a_moment_typed_too_is_kept_and_the_others_follow(office: Office) -> None:
    office.write(
        set_("event/p1", moments=[{"at": "18:00", "label": "Raccord"}, {"at": "19:00", "label": "Repas"}])
    )
    two = {"moments-rows": "2", "moments-1-at": "19:15", "moments-1-label": "Repas"}
    office.confirm(office.post(PAGE, **typed(office, start="20:30", **two)))
    assert [one.at for one in office.event("p1").moments] == [time(18, 30), time(19, 15)]


def test_an_end_after_midnight_follows_with_its_day(office: Office) -> None:
    office.write(set_("event/p1", end="01:00", end_day="2026-11-15"))
    late = {"start": "22:00", "end": "01:00", "end_day": "2026-11-15", "day": "2026-11-16"}
    office.confirm(office.post(PAGE, **typed(office, **late)))
    event = office.event("p1")
    assert (event.day, event.end, event.end_day) == (date(2026, 11, 16), time(3), date(2026, 11, 17))


def test_each_hour_typed_by_hand_is_said_and_wins(office: Office) -> None:
    answer = office.post(
        PAGE, **typed(office, start="21:00", **{"p1-dressing": "19:50", "p1-ready": "20:30"})
    )
    page = told(answer)
    assert "les heures de 2 personnes</dd>" in page
    assert "<dt>Dana Morel</dt><dd>Loges 19:50, Prêt 20:30</dd>" in page
    office.confirm(answer)
    dana = office.part("p1")
    assert (dana.call, dana.dressing, dana.ready) == (time(19, 30), time(19, 50), time(20, 30))


def test_hours_that_no_longer_follow_one_another_are_said(office: Office) -> None:
    answer = office.post(PAGE, **typed(office, start="21:00", **{"p1-ready": "19:00"}))
    assert "Dana Morel, sam. 14 nov. : " in told(answer)
    assert "Aucun contrôle ne change" not in told(answer)


def test_an_hour_changed_alone_is_said_with_what_it_was(office: Office) -> None:
    page = told(office.post(PAGE, **typed(office, **{"p1-call": "19:00", "p1-pickup": ""})))
    assert '<dt>Convocation</dt><dd><span class="muted">18:30</span> → 19:00</dd>' in page
    both = {"p1-call": "19:00", "p1-pickup": "", "p1-elie-wrap": "23:30"}
    page = told(office.post(PAGE, **typed(office, **both)))
    assert "<dt>Dana Morel</dt><dd>Convocation 18:30 → 19:00, Prise en charge 17:45 → –</dd>" in page
    assert "<dt>Élie Vasseur</dt><dd>Fin 23:00 → 23:30</dd>" in page


def test_who_comes_and_who_no_longer_does_is_said(office: Office) -> None:
    page = told(office.post(PAGE, **typed(office, parts=["engagement/dana"])))
    assert "<dt>Ne vient plus</dt><dd>Élie Vasseur</dd>" in page
