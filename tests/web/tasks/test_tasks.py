"""The page of tasks: list, Gantt, done in a click, what follows when one moves, usual tasks laid back from a day."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from filage.facts.task import Task
from filage.kernel.changes import add, set_
from filage_web import clock
from filage_web.store.changes import apply
from filage_web.store.models import ChangeSet
from filage_web.store.queries import load_production
from support.cast import Cast

FACTS = (
    add("person/bob", given_name="Bob", family_name="Lenoir", email="bob@lefil.test"),
    add("event/p1", type="performance", label="Première", day="2026-11-05", premiere="true"),
    set_("production/woyzeck", phases=[
        {"id": "rep", "label": "Répétitions", "starts_on": "2026-09-01", "ends_on": "2026-11-04"}]),
    add("task/decor", label="Construire le décor", days="10", owner="person/bob", phase="rep",
        checklist=[{"label": "Bois commandé"}, {"label": "Toiles", "done": "true"}]),
    add("task/lumiere", label="Régler la lumière", days="2", after=["task/decor"], event="event/p1", phase="rep"),
    add("task/premiere", label="Première", milestone="true", days="0", event="event/p1", after=["task/lumiere"]),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _october(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 10, 12))


@pytest.fixture
def woyzeck(cast: Cast) -> Cast:
    apply(cast.structure, cast.production, FACTS, actor=cast.alice)
    return cast


def page(cast: Cast, path: str = "", who: str = "bob") -> str:
    answer = cast.browser(who).get(cast.address(f"taches/{path}"))
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", unescape(answer.content.decode()).replace("\u00a0", " "))


def post(cast: Cast, path: str, **data: Any) -> Any:
    return cast.browser("bob").post(cast.address(f"taches/{path}"), data)


def confirm(cast: Cast, answer: Any) -> None:
    assert answer.status_code == 200, answer.content.decode()[-3000:]
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', answer.content.decode())
    draft = {name: unescape(value) for name, value in reversed(hidden) if name != "csrfmiddlewaretoken"}
    assert cast.browser("bob").post(cast.address("effet/"), draft).status_code == 302


def task(cast: Cast, ident: str) -> Task:
    found = load_production(cast.structure, cast.production).dossier.find(f"task/{ident}", Task)
    assert found is not None
    return found


def shown(html: str) -> list[str]:
    return re.findall(r'<tr id="task-([\w-]+)"', html)


# --- the list -----------------------------------------------------------------------------------------------


def test_a_production_without_tasks_says_where_to_begin(cast: Cast) -> None:
    html = page(cast)
    assert "Aucune tâche pour l’instant" in html
    assert cast.address("taches/modeles/") in html


def test_tasks_come_by_phase_with_their_day_float_and_what_they_wait_for(woyzeck: Cast) -> None:
    html = page(woyzeck)
    assert shown(html) == ["decor", "lumiere", "premiere"]
    assert "attend : Construire le décor" in html
    assert "veille de « Première »" in html
    assert re.search(
        r"Chemin critique, 6 jours ouvrés de marge :.*décor</a> .*lumière</a> .*Première</a>", html
    )


def test_filters_keep_what_they_say(woyzeck: Cast) -> None:
    apply(
        woyzeck.structure, woyzeck.production, [set_("task/decor", done_on="2026-10-09")], actor=woyzeck.bob
    )
    assert shown(page(woyzeck)) == ["lumiere", "premiere"]
    assert shown(page(woyzeck, "?etat=faites")) == ["decor"]
    assert shown(page(woyzeck, "?etat=toutes&pour=moi")) == ["decor"]
    assert shown(page(woyzeck, "?etat=toutes&pour=aucun")) == ["lumiere", "premiere"]
    assert "Aucune tâche ne correspond" in page(woyzeck, "?etat=retard")


@pytest.mark.parametrize(
    ("grouping", "titles"),
    [("phase", ["Répétitions", "Sans phase"]), ("responsable", ["Bob Lenoir", "Sans responsable"]),
     ("priorite", ["Normale"])],
)  # fmt: skip
def test_tasks_are_grouped_as_asked(woyzeck: Cast, grouping: str, titles: list[str]) -> None:
    found = re.findall(r'<th scope="rowgroup" colspan="6">(.*?) <span', page(woyzeck, f"?par={grouping}"))
    assert found == titles


def test_a_reader_sees_and_cannot_tick(woyzeck: Cast) -> None:
    html = page(woyzeck, who="rene")
    assert "Bois commandé" in html
    assert "/etat/" not in html
    answer = woyzeck.browser("rene").post(woyzeck.address("taches/tache/decor/etat/"), {"etat": "faite"})
    assert answer.status_code == 403


def test_the_number_of_queries_does_not_grow_with_tasks(woyzeck: Cast) -> None:
    page(woyzeck)  # the outcome is computed once
    with CaptureQueriesContext(connection) as few:
        page(woyzeck)
    more = [add(f"task/plus-{n}", label=f"Tâche {n}", after=["task/decor"]) for n in range(3)]
    apply(woyzeck.structure, woyzeck.production, more, actor=woyzeck.bob)
    page(woyzeck)
    with CaptureQueriesContext(connection) as many:
        page(woyzeck, "?vue=gantt")
    assert len(many) == len(few)


# --- in a click ---------------------------------------------------------------------------------------------


def test_done_in_a_click_ticks_its_list_and_is_undone_from_history(woyzeck: Cast) -> None:
    answer = post(woyzeck, "tache/decor/etat/", etat="faite")
    assert answer.status_code == 302
    assert answer["Location"].endswith("#task-decor")
    assert task(woyzeck, "decor").done_on == date(2026, 10, 12)
    assert all(check.done for check in task(woyzeck, "decor").checklist)
    written = ChangeSet.objects.latest("pk")
    assert written.label == "Construire le décor : faite"
    undo = woyzeck.browser("bob").post(woyzeck.address(f"effet/annuler/{written.pk}/"))
    assert undo.status_code == 302
    assert task(woyzeck, "decor").done_on is None
    assert [check.done for check in task(woyzeck, "decor").checklist] == [False, True]


def test_a_task_begins_and_comes_back(woyzeck: Cast) -> None:
    post(woyzeck, "tache/decor/etat/", etat="commencee")
    assert task(woyzeck, "decor").started_on == date(2026, 10, 12)
    post(woyzeck, "tache/decor/etat/", etat="pas-commencee")
    assert task(woyzeck, "decor").started_on is None
    assert post(woyzeck, "tache/decor/etat/", etat="autre").status_code == 404


def test_a_line_of_a_list_is_ticked_and_unticked(woyzeck: Cast) -> None:
    post(woyzeck, "tache/decor/cocher/", ligne="0")
    post(woyzeck, "tache/decor/cocher/", ligne="1")
    assert [check.done for check in task(woyzeck, "decor").checklist] == [True, False]
    assert post(woyzeck, "tache/decor/cocher/", ligne="2").status_code == 404
    assert post(woyzeck, "tache/decor/cocher/", ligne="-1").status_code == 404


# --- the form ---------------------------------------------------------------------------------------------


def test_a_task_is_written_with_its_phase_and_what_it_waits_for(woyzeck: Cast) -> None:
    html = page(woyzeck, "ajouter/")
    assert '<option value="rep">Répétitions</option>' in html
    given = {"label": "Essayages", "days": "3", "priority": "normal", "phase": "rep", "after": ["task/decor"]}
    confirm(woyzeck, post(woyzeck, "ajouter/", **given))
    made = task(woyzeck, "essayages")
    assert (made.phase, made.days, made.after) == ("rep", 3, ("task/decor",))


def test_a_task_changes_and_loses_its_phase(woyzeck: Cast) -> None:
    given = {"label": "Le décor", "days": "12", "priority": "high", "phase": "", "_seen": ""}
    confirm(woyzeck, post(woyzeck, "tache/decor/", **given))
    assert (task(woyzeck, "decor").label, task(woyzeck, "decor").phase) == ("Le décor", None)
    assert woyzeck.browser("bob").get(woyzeck.address("taches/tache/absente/")).status_code == 404


def test_a_phase_of_another_production_is_refused(woyzeck: Cast) -> None:
    answer = post(woyzeck, "ajouter/", label="X", days="1", priority="normal", phase="tournage")
    assert answer.status_code == 422
    assert "Cette phase n’est pas de la production" in unescape(answer.content.decode())


# --- what follows -------------------------------------------------------------------------------------------


def test_moving_a_task_shows_what_follows_before_anything_is_written(woyzeck: Cast) -> None:
    html = page(woyzeck, "tache/decor/deplacer/?jours=7")
    assert "1 tâche bouge, 1 ne tient plus son jour" in html
    assert re.search(r"Régler la lumière.*mar. 27 oct. → jeu. 5 nov.", html)
    assert task(woyzeck, "decor").starts_on is None


def test_a_move_confirmed_is_written(woyzeck: Cast) -> None:
    answer = post(woyzeck, "tache/decor/deplacer/", jours="3")
    assert "Décaler : Construire le décor" in unescape(answer.content.decode())
    confirm(woyzeck, answer)
    assert task(woyzeck, "decor").starts_on == date(2026, 10, 15)


def test_a_move_of_nothing_or_of_a_word_moves_nothing(woyzeck: Cast) -> None:
    assert "Aucune autre tâche ne bouge" in page(woyzeck, "tache/decor/deplacer/?jours=beaucoup")
    assert woyzeck.browser("bob").get(woyzeck.address("taches/tache/absente/deplacer/")).status_code == 404


# --- the Gantt ----------------------------------------------------------------------------------------------


def test_the_gantt_draws_phases_tasks_milestones_and_today_without_inline_style(woyzeck: Cast) -> None:
    html = page(woyzeck, "?vue=gantt")
    picture = html[html.index('<svg class="gantt"') : html.index("</svg>", html.index('<svg class="gantt"'))]
    assert "style=" not in picture
    assert picture.count('class="critical"') == 3
    assert picture.count("<polygon") == 1
    assert picture.count('class="phase"') == 1
    assert picture.count('class="today"') == 1
    assert picture.count('class="link"') == 2
    assert (
        "Construire le décor, lun. 12 oct. 2026 – ven. 23 oct. 2026, à commencer, chemin critique, Bob Lenoir"
        in picture
    )


def test_what_is_done_is_drawn_at_its_real_days(woyzeck: Cast) -> None:
    done = set_("task/decor", started_on="2026-10-01", done_on="2026-10-08")
    apply(woyzeck.structure, woyzeck.production, [done], actor=woyzeck.bob)
    html = page(woyzeck, "?vue=gantt&etat=toutes")
    assert "Construire le décor, jeu. 1er oct. 2026 – jeu. 8 oct. 2026, faite" in html


def test_what_is_begun_is_hatched_up_to_today(woyzeck: Cast) -> None:
    begun = set_("task/decor", started_on="2026-10-05")
    apply(woyzeck.structure, woyzeck.production, [begun], actor=woyzeck.bob)
    html = page(woyzeck, "?vue=gantt")
    assert html.count('fill="url(#gantt-past)"') == 1
    assert "Construire le décor, lun. 5 oct. 2026 – ven. 16 oct. 2026, commencée" in html


def test_paper_is_chosen(woyzeck: Cast) -> None:
    assert "gantt-paper a4" in page(woyzeck, "?vue=gantt")
    assert "gantt-paper a3" in page(woyzeck, "?vue=gantt&papier=a3")


# --- usual tasks --------------------------------------------------------------------------------------------


def test_usual_tasks_are_proposed_from_the_premiere_past_ones_unticked(woyzeck: Cast) -> None:
    html = page(woyzeck, "modeles/")
    assert 'value="2026-11-05"' in html
    assert re.search(r'value="note"(?! checked)', html)
    assert re.search(r'value="technique" checked', html)
    assert "Usage de la profession, non une obligation" in html


def test_usual_tasks_are_laid_as_one_write(woyzeck: Cast) -> None:
    before = ChangeSet.objects.count()
    answer = post(
        woyzeck, "modeles/", liste="creation", jour="2026-11-05", poser="1", tache=["montage", "technique"]
    )
    confirm(woyzeck, answer)
    assert ChangeSet.objects.count() == before + 1
    assert (task(woyzeck, "technique").after, task(woyzeck, "technique").due_on) == (
        ("task/montage",), date(2026, 11, 2),
    )  # fmt: skip


def test_no_task_chosen_and_a_day_that_is_none_are_refused(woyzeck: Cast) -> None:
    none = post(woyzeck, "modeles/", liste="creation", jour="2026-11-05", poser="1")
    assert none.status_code == 422
    assert "aucune tâche n’est choisie" in unescape(none.content.decode())
    for day in ("quand ?", "0001-01-01", "9999-12-31"):
        answer = post(woyzeck, "modeles/", liste="creation", jour=day, poser="1", tache="note")
        assert answer.status_code == 422, day


def test_the_whole_retro_planning_moves(woyzeck: Cast) -> None:
    due = [set_("task/decor", due_on="2026-10-30")]
    apply(woyzeck.structure, woyzeck.production, due, actor=woyzeck.bob)
    confirm(woyzeck, post(woyzeck, "decaler/", jours="-7"))
    assert task(woyzeck, "decor").due_on == date(2026, 10, 23)


# --- the dashboard ------------------------------------------------------------------------------------------


def test_the_dashboard_shows_a_member_their_own_tasks_by_e_mail(woyzeck: Cast) -> None:
    mine = unescape(woyzeck.browser("bob").get(woyzeck.address()).content.decode())
    assert "Mes tâches" in mine
    assert re.search(r"#task-decor\">Construire le décor", mine)
    assert "Mes tâches" not in unescape(woyzeck.browser("alice").get(woyzeck.address()).content.decode())
