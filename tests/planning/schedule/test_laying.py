"""Laying scenes over days: what is read, what is found, that every rule holds, why not, and what conflicts."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filage.facts.calendar import Event, Participation
from filage.facts.changing import apply_changes
from filage.facts.plan import Plan
from filage.facts.reading import read_dossier
from filage.facts.script import Played, RunningOrder
from filage.facts.travel import Meal
from filage.facts.venue import Venue
from filage.kernel.errors import BadInput
from filage.planning.schedule import laying_whole
from filage.planning.schedule.laying import (
    Impossible,
    NoneFound,
    changes_of,
    check_layout,
    lay_out,
    layout_from_json,
    layout_json,
    plan_named,
    problem_of,
    why_not,
)
from filage.planning.schedule.laying_conflict import is_possible
from filage.planning.schedule.laying_cost import cost_of
from filage.planning.schedule.laying_days import days_of
from filage.planning.schedule.laying_feasible import times_of
from filage.planning.schedule.laying_problem import Absence, Fixed, Lock, Slot
from filage.planning.schedule.laying_scenes import moment_of
from filage.planning.schedule.laying_solver import solve
from filage.planning.schedule.laying_sun import daylight_of
from filage.planning.schedule.laying_windows import Windows
from planning.schedule.small import FILM, MONDAY, film, person, problem, scene, with_more

BORN = {"person/kid": date(2015, 3, 21)}
SECONDS = 20


def laid(given_problem, **more):
    return lay_out(given_problem, seconds=SECONDS, **more)


def days_by_scene(layout):
    return {one.scene: day.day for day in layout.days for one in day.scenes}


@st.composite
def problems(draw):
    """A few scenes, people, days, locks and absences: some have a plan, some have none."""
    names = ("ana", "bob", "kid")[: draw(st.integers(1, 3))]
    days = draw(st.integers(1, 3))
    count = draw(st.integers(1, 5))
    scenes = [
        scene(
            number,
            draw(st.sampled_from((30, 90, 240))),
            *draw(st.sets(st.sampled_from(names), min_size=1)),
            set=draw(st.sampled_from(("a", "b"))),
            venue=draw(st.sampled_from(("", "venue/x", "venue/y"))),
            period=draw(st.sampled_from(("day", "night", "any"))),
        )
        for number in range(count)
    ]
    people = [person(name, draw(st.integers(0, 500)) * 100, days, minor=name == "kid") for name in names] + [
        person("tek", 20_000, days, crew=True)
    ]
    at = st.integers(0, count - 1)
    locks = []
    if draw(st.booleans()):
        day = MONDAY + timedelta(days=draw(st.integers(0, days - 1)))
        locks.append(Lock("lock/0", f"scene/{draw(at)}", day=day, words="un jour"))
    one, other = draw(at), draw(at)
    if one != other:
        locks.append(Lock("lock/1", f"scene/{one}", before=f"scene/{other}", words="un ordre"))
    absences = [
        Absence(
            "availability/0",
            f"person/{draw(st.sampled_from(names))}",
            MONDAY + timedelta(days=draw(st.integers(0, days - 1))),
            0,
            1440,
            "une absence",
        )
    ] * draw(st.integers(0, 1))
    return problem(scenes, people, days, locks=tuple(locks), absences=tuple(absences))


@given(problems())
@settings(max_examples=12, deadline=None)
def test_every_plan_holds_every_rule_or_says_which_conflict(given_problem):
    try:
        layout = laid(given_problem)
    except Impossible as error:
        rules = frozenset(given_problem.rules) - set(error.rules)
        refused = bool(error.conflict) and is_possible(given_problem, rules) is not True
        assert refused, error.conflict  # noqa: PT017 - not every problem is refused
        return
    assert check_layout(given_problem, layout) == []
    assert layout_from_json(json.loads(json.dumps(layout_json(layout, given_problem)))) == layout


def cheapest(given_problem):
    """The cheapest choice of days whose hours hold, every choice tried."""
    windows, best = Windows(given_problem), None
    for slots in product(range(len(given_problem.slots)), repeat=len(given_problem.scenes)):
        if all(windows.of(n, at) for n, at in enumerate(slots)):
            cost = cost_of(given_problem, slots).total
            if best is None or cost < best:
                times = times_of(windows, slots, set(slots))
                if solve(times.model, seconds=SECONDS, seed=0).found:
                    best = cost
    return best


def test_the_best_plan_is_the_best_of_all():
    scenes = [
        scene(1, 240, "ana", set="a", venue="venue/x", period="day"),
        scene(2, 240, "bob", set="b", venue="venue/y", period="day"),
        scene(3, 240, "ana", "bob", set="a", venue="venue/x", period="day"),
        scene(4, 90, "ana", set="c", venue="venue/y", period="night"),
    ]
    people = [person("ana", 30_000, 3), person("bob", 5_000, 3), person("tek", 10_000, 3, crew=True)]
    small = problem(scenes, people)
    layout = laid(small)
    assert layout.status == "optimal"
    assert layout.cost == layout.bound == Decimal(cheapest(small)) / 100


def test_the_same_seed_gives_the_same_plan():
    small = problem([scene(n, 200, "ana") for n in range(4)], [person("ana", 100, 3)])
    first, second = laid(small, seed=3), laid(small, seed=3)
    assert replace(first, seconds=0) == replace(second, seconds=0)


def test_waiting_between_two_days_is_paid_its_share():
    slots = (
        Slot(MONDAY, 540, 1140),
        Slot(MONDAY + timedelta(days=1), 540, 1140),
        Slot(MONDAY + timedelta(days=2), 540, 1140),
    )
    days = [slot.day for slot in slots]
    locks = (
        Lock("lock/0", "scene/1", day=days[0], words="a"),
        Lock("lock/1", "scene/2", day=days[2], words="b"),
    )
    small = problem(
        [scene(1, 60, "ana"), scene(2, 60, "ana")], [person("ana", 10_000, 3)], slots=slots, locks=locks
    )
    whole, half = laid(small), laid(with_more(small, holding=50))
    assert (whole.cost, whole.holding, half.cost, half.holding) == (300, 100, 250, 50)
    assert [(one.days, one.held) for one in whole.people] == [(2, 1)]


def test_stopping_at_once_keeps_the_best_or_says_there_is_none():
    big = problem([scene(n, 60, "ana") for n in range(12)], [person("ana", 100, 5)], 5)
    told = []

    def watch(progress):
        told.append(progress)
        return progress.best is None

    layout = lay_out(big, seconds=60, watch=watch)
    assert check_layout(big, layout) == []
    assert layout.seconds < 60
    assert told[-1].best is not None


def test_too_little_time_is_not_called_impossible():
    big = problem([scene(n, 60, "ana") for n in range(12)], [person("ana", 100, 5)], 5)
    try:
        layout = lay_out(big, seconds=0.001)
    except NoneFound:
        return
    assert check_layout(big, layout) == []


def test_an_event_that_is_locked_stays_and_the_rest_goes_around_it():
    slots = (
        Slot(MONDAY, 540, 1140, event="event/set"),
        Slot(MONDAY + timedelta(days=1), 540, 1140),
    )
    small = problem(
        [scene(1, 60, "ana"), scene(2, 60, "ana")],
        [person("ana", 100, 2)],
        slots=slots,
        fixed=(Fixed("scene/1", 0),),
    )
    layout = laid(small)
    assert days_by_scene(layout) == {"scene/1": MONDAY, "scene/2": MONDAY + timedelta(days=1)}
    assert check_layout(small, layout) == []


def test_a_conflict_is_told_in_words_and_none_of_it_can_be_left_out():
    tuesday = MONDAY + timedelta(days=1)
    small = problem(
        [scene(7, 60, "aline", period="day"), scene(8, 60, "bob", period="day")],
        [person("aline", 100, 3), person("bob", 100, 3)],
        locks=(
            Lock("lock/0", "scene/7", day=tuesday, words="la scène 7 est verrouillée le mardi"),
            Lock("lock/1", "scene/8", day=MONDAY, words="la scène 8 est verrouillée le lundi"),
        ),
        absences=(
            Absence("availability/x", "person/aline", tuesday, 0, 1680, "Aline n’est pas libre le mardi"),
        ),
    )
    with pytest.raises(Impossible) as refused:
        laid(small)
    assert set(refused.value.conflict) == {
        "la scène 7 est verrouillée le mardi", "Aline n’est pas libre le mardi",
    }  # fmt: skip
    assert refused.value.context == ("Aline joue dans la scène 7",)
    everything = frozenset(small.rules)
    assert is_possible(small, everything - set(refused.value.rules)) is False
    for rule in refused.value.rules:
        assert is_possible(small, everything - (set(refused.value.rules) - {rule})) is True


def test_too_many_scenes_for_one_day_is_a_conflict_with_its_hours():
    small = problem([scene(n, 240, "ana", period="day") for n in range(4)], [person("ana", 100, 1)], 1)
    with pytest.raises(Impossible) as refused:
        laid(small)
    assert any("scènes de jour" in words or "journée" in words for words in refused.value.conflict)


def two_days():
    """Ana plays on both days, Bob on the second: to put Bob first makes Ana wait."""
    scenes = [
        scene(1, 300, "ana", period="day"),
        scene(2, 300, "bob", period="day"),
        scene(3, 300, "ana", period="day"),
    ]
    return problem(scenes, [person("ana", 10_000, 3), person("bob", 10_000, 3)])


def test_a_break_lies_between_two_scenes_never_before_the_first_nor_after_the_last():
    scenes = [scene(1, 145, "kid"), scene(2, 75, "kid")]
    kid, tek = person("kid", 10_000, 1, minor=True, preparation=30), person("tek", 20_000, 1, crew=True)
    given_problem = problem(scenes, [kid, tek], 1)
    windows = Windows(given_problem)
    times = times_of(windows, (0, 0), {0})
    (opens, closes), taken = times.breaks["person/kid", 0][0], times.model.new_bool_var("a break")
    times.model.add(closes - opens >= 1).only_enforce_if(taken)
    times.model.add(taken == 1)
    call = times.cast["person/kid", 0].call
    times.model.minimize(opens - call)
    solved = solve(times.model, seconds=SECONDS, seed=0)
    assert solved.found
    assert (solved.solver.value(opens) - solved.solver.value(call)) * 5 == 30 + 75


def test_a_locked_event_set_aside_gives_its_day_back():
    slots = (
        Slot(MONDAY, 540, 1560),
        Slot(MONDAY + timedelta(days=1), 540, 1080, event="event/lk"),
        Slot(MONDAY + timedelta(days=2), 540, 1560),
    )
    given_problem = problem(
        [scene(number, 60, "ana", eighths=20) for number in range(1, 6)],
        [person("ana", 10_000, 3)],
        slots=slots,
        eighths=40,
        fixed=(Fixed("scene/1", 1),),
        locks=(
            Lock("lock/0", "scene/2", day=slots[2].day, words="mercredi"),
            Lock("lock/1", "scene/2", before="scene/1", words="avant"),
        ),
    )
    with pytest.raises(Impossible) as refused:
        laid(given_problem)
    assert set(refused.value.rules) == {"event/lk", "lock/0", "lock/1"}


def test_a_meal_before_anything_calls_the_crew_after_it():
    given_problem = problem(
        [scene(1, 240, "ana")], [person("ana", 10_000, 1), person("tek", 20_000, 1, crew=True)], 1
    )
    times = times_of(Windows(given_problem), (0,), {0})
    opens, taken = times.lunch[0]
    times.model.add(taken == 1)
    times.model.add(opens <= 111)
    solved = solve(times.model, seconds=SECONDS, seed=0)
    assert solved.found
    (day,) = days_of(times, solved.solver)
    assert (day.lunch, day.scenes[0].start - day.start) == (None, given_problem.setup)
    assert day.start >= given_problem.slots[0].start


def test_a_locked_event_and_a_lock_that_says_another_day_conflict():
    first = Slot(MONDAY, 540, 1080, event="event/lk")
    second = Slot(MONDAY + timedelta(days=1), 540, 1560)
    given_problem = problem(
        [scene(1, 60, "ana")],
        [person("ana", 10_000, 2)],
        slots=(first, second),
        fixed=(Fixed("scene/1", 0),),
        locks=(Lock("lock/0", "scene/1", day=second.day, words="mardi"),),
    )
    with pytest.raises(Impossible) as refused:
        laid(given_problem)
    assert "lock/0" in refused.value.rules


@cache
def plan_of_two_days():
    small = two_days()
    return small, laid(small)


def test_why_not_is_told_by_what_it_would_cost():
    small = two_days()
    locked = with_more(small, locks=(Lock("lock/0", "scene/1", before="scene/3", words="la 1 avant la 3"),))
    layout = laid(locked)
    answer = why_not(locked, layout, "2", MONDAY + timedelta(days=1), seconds=SECONDS)
    assert (answer.possible, answer.difference, answer.status) == (True, Decimal(100), "optimal")
    assert answer.words.startswith("+100,00")
    assert answer.reasons == ("Ana attendrait un jour de plus",)
    assert check_layout(locked, answer.layout) == []


def test_why_not_is_told_by_the_rule_that_forbids_it():
    small = with_more(
        two_days(), locks=(Lock("lock/0", "scene/1", before="scene/3", words="la 1 avant la 3"),)
    )
    answer = why_not(small, laid(small), "3", "1")
    assert (answer.possible, answer.conflict) == (False, ("la 1 avant la 3",))
    assert answer.words == "Impossible que la scène 3 soit avant la scène 1 : la 1 avant la 3."


def test_why_not_when_it_is_already_so():
    small = with_more(
        two_days(), locks=(Lock("lock/0", "scene/1", before="scene/3", words="la 1 avant la 3"),)
    )
    answer = why_not(small, laid(small), "1", "3")
    assert (answer.possible, answer.difference) == (True, 0)


@pytest.mark.parametrize("asked", [("99", "1"), ("1", "99"), ("1", "1"), ("1", date(2030, 1, 1))])
def test_why_not_refuses_a_question_about_nothing(asked):
    with pytest.raises(BadInput):
        why_not(*plan_of_two_days(), *asked)


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("NUIT", ("night", "dark")), ("soir", ("night", "evening")), ("aube", ("day", "dawn")), ("jour", ("day", "")),
        ("Fin d’après-midi", ("day", "")), ("crépuscule", ("any", "dusk")), ("plus tard", ("any", "")),
        (None, ("any", "")),
    ],
)  # fmt: skip
def test_the_moment_of_a_scene(written, period):
    assert moment_of(written) == period


def test_what_a_dossier_says_of_a_plan():
    found = film()
    read = problem_of(found, plan_named(found, None, "shoot"), born=BORN)
    lengths = {one.name: (one.minutes, one.venue) for one in read.scenes}
    assert lengths == {
        "1": (100, "venue/studio"), "2": (100, "venue/studio"), "3": (60, "venue/bois"), "4": (50, "venue/bois"),
    }  # fmt: skip
    called = {one.name: (one.cost, one.crew, one.minor, one.preparation) for one in read.people}
    assert called == {
        "Ana Un": (30_000, False, False, 0), "Bob Deux": (20_000, False, False, 0),
        "Kid Trois": (10_000, False, True, 30), "Tek Quatre": (20_000, True, False, 0),
    }  # fmt: skip
    assert read.venue_costs == {"venue/studio": 20_000}
    assert [slot.day.day for slot in read.slots] == [26, 27, 28, 29]
    assert read.warnings == ("Personne ne tient le rôle « Nul » : il n’attend ni ne coûte dans ce plan.",)
    assert read.rules["availability/x"] == "Bob Deux n’est pas libre le mardi 27 octobre"
    assert read.rules["lock/0"] == "la scène 1 est verrouillée le mercredi 28 octobre"


def test_shots_give_the_time_of_a_scene():
    found = film()
    order = RunningOrder(id="o", label="O", scenes=(Played(scene="scene/5"),))
    plan = plan_named(found, None, "shoot").model_copy(update={"locks": ()})
    assert [one.minutes for one in problem_of(found.with_facts([order]), plan).scenes] == [75]


def test_the_film_is_laid_checked_and_written_in_the_calendar():
    found = film()
    plan = plan_named(found, None, "shoot")
    read = problem_of(found, plan, born=BORN)
    layout = laid(read)
    assert check_layout(read, layout) == []
    assert days_by_scene(layout)["scene/1"] == date(2026, 10, 28)
    changes = changes_of(found, layout, plan)
    after = apply_changes(found, changes)
    assert after.dangling() == []
    shoots = [event for event in after.all(Event) if event.type == "shoot"]
    assert sorted(about for event in shoots for about in event.scenes) == [f"scene/{n}" for n in (1, 2, 3, 4)]
    assert "event/old" in {event.about for event in shoots}
    assert after.find("event/kept", Event) == found.find("event/kept", Event)
    who = {part.engagement for part in after.all(Participation)}
    assert who == {"engagement/a", "engagement/b", "engagement/k", "engagement/t"}
    assert changes_of(after, layout, plan) == []


def test_a_locked_event_is_left_alone():
    found = film()
    event = found.find("event/old", Event)
    locked = found.with_facts([event.model_copy(update={"locked": True})])
    plan = plan_named(locked, None, "shoot")
    read = problem_of(locked, plan, born=BORN)
    layout = laid(read)
    assert check_layout(read, layout) == []
    assert days_by_scene(layout)["scene/3"] == MONDAY
    assert not any(
        change.about in ("event/old", "participation/old-bob") for change in changes_of(locked, layout, plan)
    )


def test_a_day_no_longer_used_is_cancelled_when_something_refers_to_it():
    found = film()
    late = [
        Event(
            id=f"late-{n}",
            type="shoot",
            day=date(2026, 10, 29),
            start="09:00",
            end="10:00",
            scenes=("scene/4",),
        )
        for n in range(5)
    ]
    meal = Meal(id="m", events=("event/late-4",))
    found = found.with_facts([*late, meal])
    plan = plan_named(found, None, "shoot")
    layout = laid(problem_of(found, plan, born=BORN))
    after = apply_changes(found, changes_of(found, layout, plan))
    assert after.dangling() == []
    assert (after.find("event/late-4", Event).option, after.find("event/late-4", Event).scenes) == (
        "cancelled",
        (),
    )
    assert after.find("event/late-3", Event) is None


def test_what_is_missing_is_said_at_once():
    found = film()
    plan = plan_named(found, None, "shoot")
    scenes = {
        about: one.model_copy(update={"eighths": None, "minutes": None})
        for about, one in found.by_kind["scene"].items()
    }
    wrong = plan.model_copy(
        update={"excluded": tuple(MONDAY + timedelta(days=n) for n in range(4)), "locks": ()}
    )
    with pytest.raises(BadInput) as refused:
        problem_of(found.with_facts(scenes.values()), wrong)
    told = [one.message for one in refused.value.problems]
    assert "aucun jour où travailler" in told
    assert len([one for one in told if "ni durée" in one]) == 4


def test_a_plan_is_named_when_there_are_several():
    found = film()
    other = Plan(id="q", label="Autre", starts_on=MONDAY, ends_on=MONDAY)
    with pytest.raises(BadInput, match="--plan : p, q"):
        plan_named(found.with_facts([other]), None, "shoot")
    with pytest.raises(BadInput, match="aucun plan de travail de répétitions"):
        plan_named(found, None, "rehearse")


def test_a_child_is_called_within_their_hours():
    found = film()
    plan = plan_named(found, None, "shoot")
    layout = laid(problem_of(found, plan, born=BORN))
    kid = next(one for day in layout.days for one in day.people if one.person == "person/kid")
    starts = next(one.start for day in layout.days for one in day.scenes if one.scene == "scene/1")
    assert kid.call == starts - 30
    assert kid.wrap <= 20 * 60


@pytest.mark.parametrize("fault", ["moved", "dropped", "late", "cheap", "absent"])
def test_the_check_sees_a_fault(fault):
    found = film()
    read = problem_of(found, plan_named(found, None, "shoot"), born=BORN)
    layout = laid(read)
    day = layout.days[0]
    faults = {
        "moved": replace(layout, days=(replace(day, day=day.day + timedelta(days=1)), *layout.days[1:])),
        "dropped": replace(layout, days=(replace(day, scenes=day.scenes[1:]), *layout.days[1:])),
        "late": replace(
            layout,
            days=(
                replace(day, scenes=(replace(day.scenes[0], start=30, end=30 + 5), *day.scenes[1:])),
                *layout.days[1:],
            ),
        ),
        "cheap": replace(layout, cost=layout.cost - 1),
        "absent": replace(layout, days=(replace(day, people=()), *layout.days[1:])),
    }
    assert check_layout(read, faults[fault]) != []


@pytest.mark.parametrize("content", [None, {}, [], {"parts": {}}, {"days": 3}])
def test_what_is_not_a_plan_is_refused(content):
    with pytest.raises(BadInput, match="ce n’est pas un plan"):
        layout_from_json(content)


def test_a_long_plan_is_sought_in_parts_and_holds_its_rules(monkeypatch):
    monkeypatch.setattr(laying_whole, "SMALL", 0)
    scenes = [
        scene(
            number,
            60 + 30 * (number % 3),
            *("ana", "bob", "cleo")[number % 3 : number % 3 + 2],
            set=f"decor {number % 4}",
            venue=("venue/x", "venue/y")[number % 2],
            period="night" if number % 5 == 0 else "day",
        )
        for number in range(12)
    ]
    people = [person(name, 10_000, 6) for name in ("ana", "bob", "cleo")] + [
        person("tek", 20_000, 6, crew=True)
    ]
    long = problem(
        scenes, people, 6, locks=(Lock("lock/0", "scene/5", before="scene/1", words="la 5 avant la 1"),)
    )
    layout = lay_out(long, seconds=6)
    assert check_layout(long, layout) == []
    assert 0 < layout.bound <= layout.cost
    asked = why_not(long, layout, "7", "2", seconds=6)
    assert asked.layout is None or check_layout(long, asked.layout) == [] or asked.difference == 0


REHEARSALS = """
plans:
- {id: r, label: Répétitions, type: rehearse, starts_on: 2026-10-26, ends_on: 2026-10-28, venue: venue/studio,
   services: [{start: 10:00, end: 12:00}, {start: 14:00, end: 16:00}]}
"""


def test_rehearsals_are_laid_over_services_where_the_room_is_free():
    found = read_dossier((FILM.partition("plans:")[0] + REHEARSALS).encode())
    taken = Event(id="taken", type="meeting", day=MONDAY, start="10:30", end="11:30", venue="venue/studio")
    found = found.with_facts([taken])
    plan = plan_named(found, None, "rehearse")
    read = problem_of(found, plan)
    pieces = [(one.name, one.minutes) for one in read.scenes]
    assert pieces == [("1", 20), ("2", 100), ("3", 20), ("4", 20)]
    assert [slot.closed for slot in read.slots] == ["event/taken", "", "", "", "", ""]
    assert any("Temps de répétition estimé" in told for told in read.warnings)
    layout = laid(read)
    assert check_layout(read, layout) == []
    after = apply_changes(found, changes_of(found, layout, plan))
    rehearsals = [event for event in after.all(Event) if event.type == "rehearsal"]
    assert sorted(about for event in rehearsals for about in event.scenes) == [
        f"scene/{n}" for n in (1, 2, 3, 4)
    ]
    bob = [day.day for day in layout.days for one in day.people if one.person == "person/bob"]
    assert set(bob) == {date(2026, 10, 28)}


def test_a_scene_longer_than_a_service_is_rehearsed_in_pieces_in_order():
    text = FILM.partition("plans:")[0].replace("minutes: 100", "minutes: 300") + REHEARSALS
    read = problem_of(read_dossier(text.encode()), plan_named(read_dossier(text.encode()), None, "rehearse"))
    assert [(one.name, one.minutes) for one in read.scenes if one.scene == "scene/2"] == [
        ("2 (1/3)", 100), ("2 (2/3)", 100), ("2 (3/3)", 100),
    ]  # fmt: skip
    layout = laid(read)
    assert check_layout(read, layout) == []


def test_the_sun_of_a_plan_is_told_in_the_hours_of_its_place():
    found = film().with_facts(
        venue.model_copy(
            update={
                "city": "",
                "latitude": Decimal("-20.88"),
                "longitude": Decimal("55.45"),
                "zone": "Indian/Reunion",
            }
        )
        for venue in film().all(Venue)
    )
    (first, *_more) = sorted(daylight_of(found, plan_named(found, None, "shoot")).items())
    assert [(at.hour, at.minute // 30) for at in first[1]] == [(5, 1), (18, 0)]


def test_working_time_no_order_holds_is_told_without_naming_rules_that_do_not_conflict():
    slots = (Slot(MONDAY, 540, 720), Slot(MONDAY, 1200, 1380))
    found = film()
    shoot = problem_of(found, plan_named(found, None, "shoot"), born=BORN)
    ana = next(one for one in shoot.people if one.person == "person/ana")
    given_problem = replace(
        problem(
            [scene(1, 175, "ana"), scene(2, 175, "ana")],
            [replace(ana, limits=ana.limits[:1] * 2)],
            slots=slots, lunch=0, setup=0, move=0, workers=shoot.workers, setting=shoot.setting,
        ),
        sort="rehearse",
    )  # fmt: skip
    with pytest.raises(NoneFound, match="temps de travail"):
        laid(given_problem)


def test_an_exterior_of_the_evening_waits_for_the_last_hour_of_light():
    slots = (Slot(MONDAY, 540, 1560, sun=(430, 1050)),)
    outside = scene(1, 60, "ana", period="night", moment="evening", exterior=True)
    inside = scene(2, 60, "ana", period="night", moment="evening")
    read = problem([outside, inside], [person("ana", 100, 1)], slots=slots, night=(720, 1560))
    windows = Windows(read)
    assert windows.of(0, 0)[0][0] == 1050 - 60
    assert windows.of(1, 0)[0][0] == 720


def test_a_spare_scene_is_not_laid():
    found = film()
    order = RunningOrder(
        id="o", label="O", scenes=(Played(scene="scene/2"), Played(scene="scene/4", state="spare"))
    )
    plan = plan_named(found, None, "shoot").model_copy(update={"locks": ()})
    assert [one.scene for one in problem_of(found.with_facts([order]), plan).scenes] == ["scene/2"]
