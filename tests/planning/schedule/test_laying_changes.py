"""A plan put in the calendar: every hour of a call follows it, the day tells its scenes."""

from __future__ import annotations

from datetime import date, time

from filage.facts.calendar import Event, Moment, Participation
from filage.facts.changing import apply_changes
from filage.planning.schedule.laying import changes_of, lay_out, plan_named, problem_of
from planning.schedule.small import film

BORN = (("person/kid", date(2016, 5, 1)), ("person/ana", date(1990, 1, 1)), ("person/bob", date(1990, 1, 1)))


def posed(more=""):
    found = film(more)
    plan = plan_named(found, None, "shoot")
    layout = lay_out(problem_of(found, plan, born=BORN), seconds=10)
    return apply_changes(found, changes_of(found, layout, plan)), layout, plan


def test_somebody_who_prepares_is_dressed_at_their_call_and_ready_for_their_first_scene():
    after, layout, _plan = posed()
    [kid] = [part for part in after.all(Participation) if part.engagement == "engagement/k"]
    _day, scene = layout.at("scene/1")
    ready = time(scene.start // 60, scene.start % 60)
    assert (kid.dressing, kid.ready) == (kid.call, ready)
    assert (ready.hour * 60 + ready.minute) - (kid.call.hour * 60 + kid.call.minute) == 30


def test_hours_written_for_another_day_do_not_stay_and_a_pick_up_keeps_its_lead():
    first, layout, plan = posed()
    part = next(part for part in first.all(Participation) if part.engagement == "engagement/a")
    old = part.model_copy(
        update={
            "call": time(4), "pickup": time(3, 20), "driver": "Tek", "dressing": time(4, 10), "ready": time(4, 40),
        }
    )  # fmt: skip
    before = first.with_facts([old])
    after = apply_changes(before, changes_of(before, layout, plan))
    kept = after.find(part.about, Participation)
    assert (kept.call, kept.dressing, kept.ready, kept.driver) == (part.call, None, None, "Tek")
    lead = (kept.call.hour * 60 + kept.call.minute) - (kept.pickup.hour * 60 + kept.pickup.minute)
    assert lead == 40


def test_the_day_tells_its_scenes_at_their_hours_and_keeps_what_was_written_by_hand():
    found = film()
    event = found.find("event/old", Event)
    lunch = Moment(at=time(13), label="Repas sur place")
    stale = Moment(at=time(9), label="Séquence 3")
    found = found.with_facts([event.model_copy(update={"moments": (stale, lunch)})])
    plan = plan_named(found, None, "shoot")
    layout = lay_out(problem_of(found, plan, born=BORN), seconds=10)
    after = apply_changes(found, changes_of(found, layout, plan))
    told = {
        moment.label: moment.at
        for event in after.all(Event)
        if event.type == "shoot"
        for moment in event.moments
        if moment.label.startswith("Séquence")
    }
    laid = {
        f"Séquence {one.scene.partition('/')[2]}": time(one.start // 60 % 24, one.start % 60)
        for day in layout.days
        for one in day.scenes
    }
    assert told == laid
    assert changes_of(after, layout, plan) == []


def test_a_second_place_the_same_day_is_told_apart():
    after, layout, _plan = posed()
    names = [event.label for event in after.all(Event) if event.type == "shoot"]
    assert len(names) == len(set(names))
    assert len([name for name in names if not name.endswith(", suite")]) == len(layout.days)
