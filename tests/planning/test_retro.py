"""Tasks in time: at the earliest, at the latest, critical, late, in a circle."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from filage.facts.task import Task
from filage.geo.public_holidays import is_working_day
from filage.kernel.changes import add, set_
from filage.planning.retro import fixed_of, plan_tasks_of, what_follows
from filage.planning.task_findings import task_deadlines, task_findings
from filage.planning.task_order import circles_of
from support.dossiers import codes, reviewed, small

TODAY = date(2026, 10, 12)  # a Monday
CHAIN = (
    add("task/decor", label="Construire le décor", days="10", owner="person/elie"),
    add("task/lumiere", label="Régler la lumière", days="2", after=["task/decor"], event="event/premiere",
        owner="person/elie"),
    add("task/affiche", label="Imprimer l’affiche", days="3", event="event/premiere"),
    add("task/premiere", label="Première", milestone="true", days="0", event="event/premiere",
        after=["task/lumiere", "task/affiche"]),
)  # fmt: skip


def plan(*changes, on=TODAY):
    return plan_tasks_of(small(*changes), on)


def days(task):
    return [
        day.isoformat()[5:] if day else None
        for day in (task.earliest_start, task.earliest_end, task.latest_start, task.latest_end)
    ]


def test_a_chain_is_planned_forward_from_today_and_backward_from_the_eve_in_working_days():
    found = plan(*CHAIN)
    assert days(found.of("task/decor")) == ["10-12", "10-23", "10-20", "11-02"]
    assert days(found.of("task/lumiere")) == ["10-26", "10-27", "11-03", "11-04"]
    assert days(found.of("task/affiche")) == ["10-12", "10-14", "11-02", "11-04"]
    assert days(found.of("task/premiere")) == ["11-05"] * 4


def test_the_critical_path_is_the_chain_with_least_to_spare_up_to_the_day_it_holds():
    found = plan(*CHAIN)
    assert [task.about for task in found.critical] == ["task/decor", "task/lumiere", "task/premiere"]
    assert [task.float_days for task in found.tasks] == [6, 6, 15, 0]


def test_public_holidays_are_not_worked():
    found = plan(add("task/mai", label="Mai", days="3", starts_on="2026-04-30"), on=date(2026, 4, 1))
    assert days(found.of("task/mai"))[:2] == ["04-30", "05-05"]


def test_what_is_started_keeps_its_start_and_what_runs_over_ends_today_at_the_earliest():
    found = plan(*CHAIN, set_("task/decor", started_on="2026-10-05"))
    assert (found.of("task/decor").state, days(found.of("task/decor"))[:2]) == ("running", ["10-05", "10-16"])
    over = plan(*CHAIN, set_("task/decor", started_on="2026-10-05"), on=date(2026, 10, 28))
    assert days(over.of("task/decor"))[:2] == ["10-05", "10-28"]
    assert over.of("task/lumiere").earliest_start == date(2026, 10, 29)


def test_what_is_done_frees_what_waits_and_has_no_float():
    found = plan(*CHAIN, set_("task/decor", started_on="2026-10-01", done_on="2026-10-09"))
    decor, lumiere = found.of("task/decor"), found.of("task/lumiere")
    assert (decor.state, decor.float_days, decor.latest_end, decor.critical) == ("done", None, None, False)
    assert (decor.earliest_start, decor.earliest_end) == (date(2026, 10, 1), date(2026, 10, 9))
    assert (lumiere.state, lumiere.earliest_start, lumiere.blocked_by) == ("ready", TODAY, ())


def test_what_waits_names_what_it_waits_for():
    assert plan(*CHAIN).of("task/lumiere").blocked_by == ("task/decor",)


def test_the_first_day_that_holds_a_task_counts():
    dossier = small(
        add("task/dossier", label="Dossier", funding="funding/adami", due_on="2026-10-20"),
        add("task/annulee", label="Rien", event="event/dole-1"),
        set_("event/dole-1", option="cancelled"),
    )
    assert fixed_of(dossier.find("task/dossier", Task), dossier).on == date(2026, 10, 15)
    assert fixed_of(dossier.find("task/dossier", Task), dossier).why == "dépôt « Adami »".replace(
        "Adami", "Adami"
    )
    assert fixed_of(dossier.find("task/annulee", Task), dossier) is None


def test_without_a_day_nothing_is_late_and_the_longest_chain_is_critical():
    free = (add("task/a", label="A", days="5"), add("task/b", label="B", days="2", after=["task/a"]),
            add("task/c", label="C", days="1"))  # fmt: skip
    found = plan(*free)
    assert [(task.about, task.float_days, task.critical) for task in found.tasks] == [
        ("task/a", 0, True), ("task/b", 0, True), ("task/c", 6, False),
    ]  # fmt: skip


# --- what is wrong ------------------------------------------------------------------------------------------


def said(*changes, on=TODAY):
    dossier = small(*changes)
    return [
        (f.code.partition(".")[2], f.about, f.message)
        for f in task_findings(dossier, plan_tasks_of(dossier, on))
    ]


def test_a_chain_too_long_is_told_once_where_it_is_held():
    assert said(*CHAIN[:2], set_("task/decor", days="20")) == [
        (
            "impossible",
            "task/lumiere",
            (
                "La tâche « Régler la lumière » ne peut pas être finie pour le mer. 4 nov. 2026 "
                "(veille de « Représentation, jeu. 5 nov. 2026 ») : au plus tôt le mar. 10 nov. 2026, "
                "il manque 4 jours ouvrés."
            ),
        )
    ]


def test_what_a_late_task_drags_along_is_counted_and_not_told_again():
    chain = (
        add("task/a", label="A", days="5", due_on="2026-10-14", owner="person/dana"),
        add("task/b", label="B", days="5", due_on="2026-10-21", after=["task/a"], owner="person/dana"),
        add("task/c", label="C", days="0", milestone="true", due_on="2026-10-21", after=["task/b"]),
    )
    assert [one[:2] for one in said(*chain)] == [("impossible", "task/a")]
    assert said(*chain)[0][2].endswith("il manque 2 jours ouvrés. 2 tâches en retard avec elle.")
    assert [one[:2] for one in said(*chain, on=date(2026, 10, 15))] == [("late", "task/a")]


def test_a_day_passed_is_late_and_done_is_not():
    late = add("task/note", label="Note", due_on="2026-10-09", owner="person/dana")
    assert [one[:2] for one in said(late)] == [("late", "task/note")]
    assert said(late, on=date(2026, 10, 9)) == []
    assert said(late, set_("task/note", done_on="2026-10-12")) == []


def test_nobody_in_charge_is_told_two_weeks_before_the_last_start():
    alone = add("task/note", label="Note", due_on="2026-10-30", days="2")
    assert said(alone, on=date(2026, 10, 14)) == []
    assert [one[0] for one in said(alone, on=date(2026, 10, 15))] == ["no_owner"]


def test_tasks_that_wait_for_each_other_are_named_and_the_others_are_planned():
    circle = (
        add("task/a", label="A", days="2"), add("task/b", label="B", days="3", after=["task/a"]),
        set_("task/a", after=["task/b"]), add("task/c", label="C", days="1", after=["task/b"]),
        add("task/d", label="D", days="1"), set_("task/d", after=["task/d"]),
    )  # fmt: skip
    dossier = small(*circle)
    found = plan_tasks_of(dossier, TODAY)
    assert found.circles == (("task/a", "task/b"), ("task/d",))
    assert days(found.of("task/c"))[:2] == ["10-15", "10-15"]
    messages = [f.message for f in task_findings(dossier, found) if f.code == "task.circle"]
    assert messages == [
        "« A » → « B » s’attendent l’une l’autre : aucune ne peut commencer.",
        "« D » s’attend elle-même : elle ne peut pas commencer.",
    ]


def test_each_remedy_of_a_circle_opens_it():
    from filage.facts.changing import apply_changes

    circle = (
        add("task/a", label="A"),
        add("task/b", label="B", after=["task/a"]),
        set_("task/a", after=["task/b"]),
    )
    dossier = small(*circle)
    (one,) = [f for f in task_findings(dossier, plan_tasks_of(dossier, TODAY)) if f.code == "task.circle"]
    for remedy in one.remedies:
        assert plan_tasks_of(apply_changes(dossier, remedy.changes), TODAY).circles == ()


def test_a_review_tells_of_tasks_and_their_days():
    late = add("task/note", label="Note", due_on="2026-10-09", owner="person/dana")
    outcome = reviewed(late)
    assert "task.late" in codes(outcome)
    assert [(d.on.isoformat(), d.label, d.detail) for d in outcome.deadlines if d.area == "taches"] == [
        ("2026-10-09", "Note", "Dana Morel")
    ]


def test_days_far_ahead_are_not_on_the_dashboard_yet():
    dossier = small(
        add("task/loin", label="Loin", due_on="2026-11-12"),
        add("task/pres", label="Près", due_on="2026-11-11"),
    )
    assert [d.about for d in task_deadlines(dossier, plan_tasks_of(dossier, TODAY))] == ["task/pres"]


# --- what follows -------------------------------------------------------------------------------------------


def test_moving_one_task_shows_what_follows_and_what_becomes_late():
    before, after = plan(*CHAIN), plan(*CHAIN, set_("task/decor", days="17"))
    (one,) = what_follows(before, after, ["task/decor"])
    assert (one.task.about, one.days, one.was_late, one.is_late) == ("task/lumiere", 9, False, True)
    assert (
        one.told == "« Régler la lumière » finit au plus tôt le jeu. 5 nov. 2026 au lieu du mar. 27 oct. 2026"
    )


def test_moving_an_event_moves_what_it_holds():
    before, after = plan(*CHAIN), plan(*CHAIN, set_("event/premiere", day="2026-10-20"))
    assert [(one.task.about, one.is_late) for one in what_follows(before, after)] == [
        ("task/decor", True),
        ("task/lumiere", True),
        ("task/premiere", True),
    ]  # fmt: skip


# --- whatever the tasks ------------------------------------------------------------------------------------


@st.composite
def networks(draw):
    count = draw(st.integers(1, 9))
    made = []
    for rank in range(count):
        after = draw(st.lists(st.integers(0, count - 1), max_size=3, unique=True))
        values = {"label": f"T{rank}", "days": str(draw(st.integers(0, 12)))}
        if draw(st.booleans()):
            values["due_on"] = (TODAY + timedelta(days=draw(st.integers(-20, 60)))).isoformat()
        if draw(st.integers(0, 3)) == 0:
            values["started_on"] = (TODAY - timedelta(days=draw(st.integers(0, 15)))).isoformat()
        if draw(st.integers(0, 4)) == 0:
            values["done_on"] = (TODAY - timedelta(days=draw(st.integers(0, 5)))).isoformat()
        made.append((rank, values, after))
    tasks = [add(f"task/t{rank}", **values) for rank, values, _after in made]
    return tasks + [
        set_(f"task/t{rank}", after=[f"task/t{one}" for one in after]) for rank, _v, after in made if after
    ]


@settings(max_examples=60, deadline=None)
@given(networks())
def test_a_task_never_starts_before_what_it_waits_for_nor_on_a_day_off(changes):
    found = plan(*changes)
    circled = {about for circle in found.circles for about in circle}
    ends = {task.about: task for task in found.tasks}
    for task in found.tasks:
        if task.state in ("ready", "waiting") and task.task.days:
            assert is_working_day(task.earliest_start)
            assert is_working_day(task.earliest_end)
            assert task.earliest_start >= TODAY
            for about in task.task.after:
                if about in ends and not {about, task.about} <= circled:
                    assert (
                        ends[about].state == "done"
                        or task.earliest_start > ends[about].earliest_end
                        or (ends[about].task.days == 0 and task.earliest_start >= ends[about].earliest_end)
                    )
        if task.float_days is not None and task.task.days:
            assert (task.float_days >= 0) == (task.earliest_end <= task.latest_end)


def test_a_chain_longer_than_the_stack_of_python_is_planned():
    chain = {f"task/{n}": ((f"task/{n + 1}",) if n < 4_999 else ("task/0",)) for n in range(5_000)}
    assert [len(circle) for circle in circles_of(chain)] == [5_000]


def test_days_at_the_ends_of_the_calendar_are_held_there():
    far = (
        add("event/loin", type="performance", day="0001-01-01"),
        add("task/a", label="A", event="event/loin", days="999999"),
        add("task/b", label="B", done_on="9999-12-31", after=["task/a"]),
        add("task/c", label="C", due_on="9999-12-31", days="3", after=["task/b"]),
    )
    assert plan(*far).of("task/a").earliest_end.year == 2150
