"""Usual days, repetitions, blocks moved and copied: the effect first, one write, one undo."""

from __future__ import annotations

import re
from datetime import date

from filage.facts.calendar import DayTemplate, Participation
from filage.kernel.changes import set_
from filage_web.store.models import ChangeSet

from .conftest import Office


def test_without_any_usual_day_the_page_says_what_one_is_for(office: Office) -> None:
    html = office.html("calendrier/journees/")
    assert "Aucune journée type" in html
    assert "Garder un jour" in html


def test_a_day_kept_is_laid_on_others_with_its_people(office: Office) -> None:
    office.confirm(office.post("calendrier/journees/garder/", day="14/11/2026", label="Jour de jeu"))
    kept = office.dossier.all(DayTemplate)
    assert [(one.label, [planned.type for planned in one.events]) for one in kept] == [
        ("Jour de jeu", ["performance"])
    ]
    before = ChangeSet.objects.count()
    where = f"calendrier/journees/{kept[0].id}/poser/"
    answer = office.post(where, days="21/11/2026, 22/11/2026", venue="venue/fabrique", option="option_2")
    office.confirm(answer)
    made = {
        event.day: event
        for event in (office.event(ident) for ident in office.days())
        if event.option == "option_2"
    }
    assert sorted(made) == [date(2026, 11, 21), date(2026, 11, 22)]
    assert {event.venue for event in made.values()} == {"venue/fabrique"}
    parts = [
        part for part in office.dossier.all(Participation) if part.event == made[date(2026, 11, 21)].about
    ]
    assert sorted(part.engagement or "" for part in parts) == ["engagement/dana", "engagement/elie"]
    assert ChangeSet.objects.count() == before + 1


def test_a_usual_day_is_laid_over_a_period_on_some_weekdays(office: Office) -> None:
    office.confirm(office.post("calendrier/journees/garder/", day="2026-11-16", label="Montage"))
    office.confirm(
        office.post("calendrier/journees/montage/poser/", first="2026-11-23", last="2026-12-04", weekdays=["0", "2"],
                    days="", venue="", option="confirmed")
    )  # fmt: skip
    days = sorted(
        event.day.day for event in (office.event(i) for i in office.days()) if event.type == "setup"
    )
    assert days == [2, 16, 23, 25, 30]


def test_a_day_without_dates_cannot_be_kept(office: Office) -> None:
    answer = office.post("calendrier/journees/garder/", day="2026-11-18", label="Vide")
    assert answer.status_code == 422
    assert "Rien n’est prévu" in answer.content.decode()


def test_a_date_comes_back_every_tuesday_but_some(office: Office) -> None:
    answer = office.post("calendrier/repeter/", event="event/reunion", rhythm="week", until="15/12/2026",
                         exceptions="24/11/2026\n8/12/2026")  # fmt: skip
    assert "Répéter une date : 2 dates" in answer.content.decode()
    office.confirm(answer)
    assert sorted(office.days().values()) == [
        "2026-11-14", "2026-11-16", "2026-11-17", "2026-12-01", "2026-12-15"
    ]  # fmt: skip


def test_a_repetition_asks_for_what_it_lacks(office: Office) -> None:
    answer = office.post("calendrier/repeter/", event="", rhythm="week", until="")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Choisissez la date à répéter." in html
    assert "Dites jusqu’à quel jour." in html


BLOCK = {"first": "14/11/2026", "last": "17/11/2026", "action": "shift"}


def test_a_block_moves_as_one_and_what_is_locked_stays(office: Office) -> None:
    office.write(set_("event/m1", locked="true"))
    before = ChangeSet.objects.count()
    answer = office.post("calendrier/bloc/", **BLOCK, days="7")
    html = answer.content.decode()
    assert "Ne bougent pas" in html
    assert "verrouillé" in html
    office.confirm(answer)
    assert office.days() == {"p1": "2026-11-21", "m1": "2026-11-16", "reunion": "2026-11-24"}
    assert ChangeSet.objects.count() == before + 1
    undone = office.post(f"effet/annuler/{ChangeSet.objects.latest('pk').pk}/")
    assert undone.status_code == 302
    assert office.days() == {"p1": "2026-11-14", "m1": "2026-11-16", "reunion": "2026-11-17"}


def test_a_block_is_shown_before_it_is_chosen_from(office: Office) -> None:
    html = office.post("calendrier/bloc/", **BLOCK, montrer="1").content.decode()
    assert len(re.findall('name="events"[^>]* checked', html)) == 3
    assert "Dites de combien" not in html
    office.confirm(office.post("calendrier/bloc/", **BLOCK, days="-1", events=["event/reunion"]))
    assert office.days() == {"p1": "2026-11-14", "m1": "2026-11-16", "reunion": "2026-11-16"}


def test_a_block_is_copied_to_another_start(office: Office) -> None:
    answer = office.post("calendrier/bloc/", **{**BLOCK, "action": "copy"}, start="01/12/2026")
    assert "Copier un bloc de dates : 3 dates" in answer.content.decode()
    office.confirm(answer)
    assert sorted(office.days().values()) == [
        "2026-11-14", "2026-11-16", "2026-11-17", "2026-12-01", "2026-12-03", "2026-12-04"
    ]  # fmt: skip


def test_a_block_that_cannot_be_is_refused_in_words(office: Office) -> None:
    for typed, said in (
        ({**BLOCK, "days": ""}, "Dites de combien de jours"),
        ({**BLOCK, "first": "1/1/2026", "last": "2/1/2026", "days": "7"}, "Aucune date entre ces deux jours"),
        ({**BLOCK, "first": "", "days": "7"}, "Dites à partir de quel jour."),
    ):
        answer = office.post("calendrier/bloc/", **typed)
        assert answer.status_code == 422
        assert said in answer.content.decode()
