"""Real tours: every order tried on small ones, rests kept, settled dates left alone, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise, permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filage.facts.calendar import Event
from filage.facts.changing import apply_changes
from filage.facts.reading import read_dossier
from filage.kernel.errors import BadInput
from filage.planning.schedule.road import HOME, Road, Stop, check_road, road_totals
from filage.planning.schedule.road_plan import plan_road, road_changes
from filage.planning.schedule.road_read import road_of

FIRST = date(2026, 11, 2)
TOUR = """
schema: filage/1
employer: {id: e, label: Association, idcc: 1285, city: Besançon}
production: {id: p, label: Pièce, form: theatre}
venues:
- {id: dole, label: Dole, city: Dole}
- {id: lyon, label: Lyon, city: Lyon}
- {id: nulle, label: Nulle part, city: Xyzzy}
events:
- {id: a, type: performance, label: Lyon 1, day: 2026-11-02, start: 20:00, end: 22:00, venue: venue/lyon,
   option: signed}
- {id: b, type: performance, label: Dole, day: 2026-11-04, start: 20:00, end: 22:00, venue: venue/dole,
   option: option_1, option_until: 2026-10-01, end_day: 2026-11-04}
- {id: c, type: performance, label: Lyon 2, day: 2026-11-06, start: 20:00, end: 22:00, venue: venue/lyon, option: draft}
- {id: d, type: performance, label: Annulée, day: 2026-11-06, venue: venue/nulle, option: cancelled}
"""


@st.composite
def roads(draw):
    count = draw(st.integers(1, 4))
    venues = [f"venue/{draw(st.integers(0, 2))}" for _ in range(count)]
    places = sorted({HOME, *venues})
    km = {}
    for one, other in product(places, places):
        km[one, other] = 0 if one == other else km.get((other, one), draw(st.integers(0, 300)))
    stops = []
    for at, venue in enumerate(venues):
        day = FIRST + timedelta(days=2 * at)
        last = day + timedelta(days=draw(st.integers(0, 4)))
        stops.append(Stop(f"event/{at}", str(at), venue, day, day, last, 1200, 1320))
    apart = {
        (one, other): 1 if venues[one] == venues[other] else draw(st.integers(1, 2))
        for one in range(count)
        for other in range(count)
    }
    return Road(tuple(stops), km, dict.fromkeys(km, 60), apart)


def fewest_km(road):
    """The kilometres of the best choice of days, every choice tried; None when none holds."""
    best = None
    for days in product(*(range((stop.last - stop.first).days + 1) for stop in road.stops)):
        chosen = {
            stop.event: stop.first + timedelta(days=shift)
            for stop, shift in zip(road.stops, days, strict=True)
        }
        order = sorted(range(len(road.stops)), key=lambda at: chosen[road.stops[at].event])
        holds = all(
            (chosen[road.stops[late].event] - chosen[road.stops[early].event]).days
            >= least(road, early, late)
            for early, late in pairwise(order)
        )
        if holds:
            km = road_totals(road, chosen)[1]
            best = km if best is None else min(best, km)
    return best


def least(road, early, late):
    both = road.stops[early].is_settled and road.stops[late].is_settled
    return 1 if both else road.apart[early, late]


@given(roads())
@settings(max_examples=25, deadline=None)
def test_the_best_tour_is_the_best_of_all(road):
    best = fewest_km(road)
    if best is None:
        with pytest.raises(BadInput):
            plan_road(road)
        return
    plan = plan_road(road)
    assert check_road(road, plan) == []
    assert (plan.km, plan.status) == (best, "optimal")


def test_a_tour_read_from_a_dossier():
    dossier = read_dossier(TOUR.encode())
    road = road_of(dossier)
    assert [(stop.event, stop.is_settled) for stop in road.stops] == [
        ("event/a", True), ("event/b", False), ("event/c", False),
    ]  # fmt: skip
    assert road.km["venue/dole", HOME] == road.km[HOME, "venue/dole"] > 0
    plan = plan_road(road)
    assert check_road(road, plan) == []
    order = [stop.event for stop in plan.stops]
    assert order[-1] == "event/b" or order[0] == "event/b"
    assert plan.km < plan.km_now
    after = apply_changes(dossier, road_changes(dossier, plan))
    assert {one.about: one.day for one in after.all(Event) if one.option != "cancelled"} == {
        stop.event: stop.day for stop in plan.stops
    }
    moved = after.find("event/b", Event)
    assert moved.end_day == moved.day


def test_options_may_go_further_than_the_dates_there_are():
    dossier = read_dossier(TOUR.encode())
    road = road_of(dossier, first=date(2026, 10, 1), last=date(2026, 12, 1))
    assert {(stop.first, stop.last) for stop in road.stops if not stop.is_settled} == {
        (date(2026, 10, 1), date(2026, 12, 1))
    }


def test_given_kilometres_replace_the_estimates():
    dossier = read_dossier(TOUR.encode())
    assert road_of(dossier, km={(HOME, "venue/dole"): 7}).km[HOME, "venue/dole"] == 7


def test_every_place_not_known_is_named():
    text = TOUR.replace("option: cancelled", "option: confirmed").replace(", city: Besançon", "")
    with pytest.raises(BadInput) as refused:
        road_of(read_dossier(text.encode()))
    assert [one.path for one in refused.value.problems] == ["venue/nulle", "employer.city"]


def test_no_date_is_refused():
    with pytest.raises(BadInput, match="aucune date"):
        road_of(read_dossier(TOUR.partition("events:")[0].encode()))


def test_days_too_few_for_the_dates_are_refused_by_name():
    stop = Stop("event/a", "Une", "venue/x", FIRST, FIRST, FIRST, 1200, 1320)
    other = replace(stop, event="event/b", name="Deux", last=FIRST + timedelta(days=1))
    third = replace(other, event="event/c", name="Trois")
    km = dict.fromkeys(product(("", "venue/x"), repeat=2), 10)
    road = Road((stop, other, third), km, km, dict.fromkeys(product(range(3), repeat=2), 1))
    with pytest.raises(BadInput, match="Deux, Trois"):
        plan_road(road)


def test_the_check_sees_a_fault():
    road = road_of(read_dossier(TOUR.encode()))
    plan = plan_road(road)
    first, *rest = plan.stops
    moved = replace(first, day=first.day - timedelta(days=40))
    assert check_road(road, replace(plan, stops=(moved, *rest))) != []
    assert check_road(road, replace(plan, km=plan.km - 1, bound=0)) != []
    assert check_road(road, replace(plan, stops=tuple(rest))) != []


def test_every_order_of_two_places_near_home_sleeps_at_home():
    near = {pair: 0 if pair[0] == pair[1] else 10 for pair in product(("", "venue/x", "venue/y"), repeat=2)}
    for one, other in permutations(("venue/x", "venue/y")):
        stops = (
            Stop("event/a", "a", one, FIRST, FIRST, FIRST, 1200, 1320),
            Stop("event/b", "b", other, *([FIRST + timedelta(days=1)] * 3), 1200, 1320),
        )
        road = Road(stops, near, near, {(0, 1): 1, (1, 0): 1, (0, 0): 1, (1, 1): 1})
        assert plan_road(road).nights == 0
