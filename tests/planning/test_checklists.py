"""Usual tasks, laid back from a day."""

from datetime import date, timedelta

import pytest

from filage.compliance.risk_data import risk
from filage.facts.base import choices
from filage.facts.changing import apply_changes
from filage.facts.production import Production
from filage.facts.task import Task
from filage.kernel.changes import add, set_
from filage.kernel.errors import BadInput
from filage.planning.checklists import (
    ANCHORS,
    anchor_event,
    lay_tasks,
    list_named,
    shift_tasks,
    usual_for,
    usual_lists,
)
from filage.planning.kinds import kind_of
from filage.planning.retro import plan_tasks_of
from support.dossiers import small

PREMIERE = date(2026, 11, 5)
EARLY = date(2024, 9, 2)
LISTS = pytest.mark.parametrize("usual", usual_lists(), ids=lambda one: one.name)


@LISTS
def test_a_list_is_complete_and_knows_the_phases_and_the_forms_of_its_trade(usual):
    names = [task.id for task in usual.tasks]
    assert len(set(names)) == len(names)
    assert 15 <= len(names) <= 30
    assert {one for task in usual.tasks for one in task.after} <= set(names)
    assert sum(task.event for task in usual.tasks) == 1
    assert usual.anchor in ANCHORS
    assert {task.phase for task in usual.tasks} <= {
        phase for form in usual.forms for phase in kind_of(form).phases
    }
    assert {task.priority for task in usual.tasks} <= set(choices(Task, "priority"))


@LISTS
def test_a_list_begun_early_enough_can_be_held(usual):
    dossier = small()
    after = apply_changes(dossier, lay_tasks(dossier, usual, PREMIERE))
    plan = plan_tasks_of(after, EARLY)
    assert [task.about for task in plan.tasks if task.is_late] == []
    assert plan.circles == ()
    assert plan.critical


@LISTS
def test_nobody_rehearses_before_being_engaged_nor_is_declared_long_before(usual):
    tasks = {task.id: task for task in usual.tasks}
    engaged, work = tasks.get("embauches"), tasks.get("repetitions")
    if engaged is None or work is None:
        return
    plan = plan_tasks_of(apply_changes(small(), lay_tasks(small(), usual, PREMIERE)), EARLY)
    (begins,) = [one.latest_start for one in plan.tasks if one.task.id == "repetitions"]
    (signed,) = [one.fixed.on for one in plan.tasks if one.task.id == "embauches"]
    assert timedelta(0) < begins - signed <= timedelta(days=8)  # C. trav., R1221-4


def test_a_child_is_chosen_before_the_authorisation_is_asked():
    tasks = {task.id: task for task in list_named("fiction").tasks}
    asked = next(one for one in risk("child").preparations if one.id == "enfant-autorisation")
    assert (tasks["mineurs"].after, tasks["mineurs"].before) == (("casting",), asked.days)
    assert tasks["casting"].before > tasks["mineurs"].before


def test_every_kind_of_production_but_those_without_usage_has_its_list():
    covered = {form for usual in usual_lists() for form in usual.forms}
    assert set(choices(Production, "form")) - covered == {"exhibition", "video_game"}
    assert [usual_for(form)[0].name for form in ("theatre", "short_film", "concert")] == [
        "creation", "fiction", "concert",
    ]  # fmt: skip


def test_tasks_are_laid_back_from_the_premiere_which_is_held_by_its_event():
    dossier = small(set_("production/petite", phases=[
        {"id": "rep", "label": "Répétitions", "starts_on": "2026-09-01", "ends_on": "2026-11-04"}]))  # fmt: skip
    made = {c.id: c.values for c in lay_tasks(dossier, list_named("creation"), PREMIERE)}
    assert made["premiere"] == {
        "label": "Première", "days": "0", "milestone": "true", "event": "event/premiere",
        "after": ["task/generale"],
    }  # fmt: skip
    assert (made["montage"]["due_on"], made["montage"]["phase"]) == ("2026-10-29", "rep")
    assert made["fiche-tournee"]["due_on"] == "2026-11-13"  # ten days after is a Sunday
    assert made["securite"]["checklist"][0] == {"label": "Document unique à jour"}


def test_a_task_left_out_is_waited_for_through_what_it_waited_for():
    made = {
        c.id: c.values
        for c in lay_tasks(small(), list_named("creation"), PREMIERE, {"note", "costumes", "coproducteurs"})
    }
    assert made["costumes"]["after"] == ["task/coproducteurs"]
    assert made["coproducteurs"]["after"] == ["task/note"]


def test_a_list_laid_twice_gives_other_ids_and_nothing_kept_is_refused():
    once = apply_changes(small(), lay_tasks(small(), list_named("creation"), PREMIERE, {"note"}))
    assert [c.about for c in lay_tasks(once, list_named("creation"), PREMIERE, {"note", "droits"})] == [
        "task/note-2", "task/droits",
    ]  # fmt: skip
    with pytest.raises(BadInput, match="aucune tâche"):
        lay_tasks(small(), list_named("creation"), PREMIERE, set())
    with pytest.raises(BadInput, match="n’existe pas"):
        list_named("cirque")


def test_the_day_all_is_laid_back_from_is_the_premiere_named_else_the_first_of_its_nature():
    assert anchor_event(small(), "premiere").about == "event/premiere"
    assert (
        anchor_event(small(set_("event/premiere", premiere="false", day="2026-12-01")), "premiere").about
        == "event/dole-1"
    )
    assert anchor_event(small(), "first_event").about == "event/montage"
    assert anchor_event(small(), "first_shoot") is None


def test_days_given_move_together_and_what_is_done_or_held_by_an_event_stays():
    dossier = small(
        add("task/a", label="A", starts_on="2026-10-01", due_on="2026-10-09"),
        add("task/b", label="B", due_on="2026-10-09", done_on="2026-10-01"),
        add("task/c", label="C", event="event/premiere"),
    )
    assert [(c.about, dict(c.values)) for c in shift_tasks(dossier, ["task/a", "task/b", "task/c"], 7)] == [
        ("task/a", {"starts_on": "2026-10-08", "due_on": "2026-10-16"})
    ]
