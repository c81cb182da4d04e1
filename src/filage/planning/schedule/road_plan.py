"""Ordering a real tour: fewest kilometres, then fewest nights, within the days its options leave."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from filage.facts.writing import values_of
from filage.kernel import french
from filage.kernel.changes import Change, set_
from filage.kernel.errors import BadInput, Problem
from filage.planning.schedule.laying_layout import Progress
from filage.planning.schedule.laying_search import nobody
from filage.planning.schedule.laying_solver import Solved, solve
from filage.planning.schedule.laying_state import Watching
from filage.planning.schedule.road import (
    HOME,
    HOME_AFTER,
    Road,
    RoadPlan,
    RoadStop,
    Stop,
    road_totals,
)

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, IntVar

    from filage.facts.dossier import Dossier

NIGHTS = 1_000
"""A kilometre weighs more than every night together: nights only choose between equal kilometres."""
WORKERS = 4


def plan_road(road: Road, *, seed: int = 0, seconds: float = 20, watch: Watching = nobody) -> RoadPlan:
    """The order and days of a tour with the fewest kilometres found; BadInput when its days cannot hold it."""
    started = time.perf_counter()
    model = _Model(road)

    def tell(best: int | None, bound: int | None) -> bool:
        proved = best is not None and bound is not None and -(-bound // NIGHTS) >= best // NIGHTS
        return watch(Progress(None, None, time.perf_counter() - started)) and not proved

    solved = solve(model.model, seconds=seconds, seed=seed, tell=tell, workers=WORKERS)
    if not solved.found:
        raise BadInput(_refusal(road, solved))
    days = model.days(solved)
    stops, km, nights, back = road_totals(road, days)
    bound = min(km, max(0, -(-solved.bound // NIGHTS) if solved.status != "optimal" else km))
    return RoadPlan(
        stops=tuple(stops),
        km=km,
        nights=nights,
        bound=bound,
        status="optimal" if bound == km else "feasible",
        seed=seed,
        seconds=round(time.perf_counter() - started, 3),
        km_now=_now(road),
        back_km=back,
        findings=tuple(_findings(road, days)),
    )


def _now(road: Road) -> int | None:
    """The kilometres of the calendar as it is; None when two dates clash."""
    try:
        return road_totals(road, {stop.event: stop.day for stop in road.stops})[1]
    except BadInput:
        return None


def _refusal(road: Road, solved: Solved) -> Problem:
    if solved.status == "unknown":
        return Problem("aucun ordre trouvé dans le temps donné", suggestion="donnez plus de temps")
    free = [stop.name for stop in road.stops if not stop.is_settled]
    message = f"les jours donnés ne suffisent pas aux dates à placer : {', '.join(free)}"
    return Problem(message, "events", suggestion="élargissez avec --from et --to, ou libérez une date")


class _Model:
    """Days and order of the stops: one a day, each far enough from the one before."""

    def __init__(self, road: Road) -> None:
        from ortools.sat.python import cp_model

        self.road = road
        self.model: CpModel = cp_model.CpModel()
        self.origin = min(stop.first for stop in road.stops)
        self.day: list[IntVar] = [
            self.model.new_int_var(
                (stop.first - self.origin).days, (stop.last - self.origin).days, stop.event
            )
            for stop in road.stops
        ]
        self.cost: list[Any] = []
        arcs: list[tuple[int, int, Any]] = []
        base = len(road.stops)
        for at, stop in enumerate(road.stops):
            out, back = self.model.new_bool_var(f"out {at}"), self.model.new_bool_var(f"back {at}")
            arcs += [(base, at, out), (at, base, back)]
            self.cost += [out * road.km[HOME, stop.venue] * NIGHTS, back * road.km[stop.venue, HOME] * NIGHTS]
            for other in range(base):
                if other != at:
                    arcs.append((at, other, self._arc(at, other)))
        self.model.add_circuit(arcs)
        length = (max(stop.last for stop in road.stops) - self.origin).days
        span = self.model.new_int_var(0, length, "span")
        self.model.add_max_equality(span, self.day)
        start = self.model.new_int_var(0, length, "start")
        self.model.add_min_equality(start, self.day)
        self.cost.append(span - start)
        self.model.minimize(sum(self.cost))

    def _arc(self, one: int, other: int) -> Any:
        """Going from one stop to the next: far enough apart, home in between when there is time."""
        road = self.road
        early, late = road.stops[one], road.stops[other]
        arc = self.model.new_bool_var(f"{one} {other}")
        gap = self.day[other] - self.day[one]
        settled = early.is_settled and late.is_settled
        least = _settled_gap(early, late) if settled else road.apart[one, other]
        self.model.add(gap >= least).only_enforce_if(arc)
        direct = road.km[early.venue, late.venue]
        home = road.km[early.venue, HOME] + road.km[HOME, late.venue]
        self.cost.append(arc * direct * NIGHTS)
        if early.venue != late.venue and home != direct:
            by_home = self.model.new_bool_var(f"home {one} {other}")
            self.model.add(gap <= HOME_AFTER - 1).only_enforce_if(arc, by_home.negated())
            self.model.add(gap >= HOME_AFTER).only_enforce_if(by_home)
            self.model.add_implication(by_home, arc)
            self.cost.append(by_home * (home - direct) * NIGHTS)
        return arc

    def days(self, solved: Solved) -> dict[str, date]:
        """The day of each stop."""
        return {
            stop.event: self.origin + timedelta(days=int(solved.solver.value(var)))
            for stop, var in zip(self.road.stops, self.day, strict=True)
        }


def _settled_gap(early: Stop, late: Stop) -> int:
    """Two dates already settled may share a day, in their order; what is wrong with them is a finding."""
    return 0 if (early.day, early.start, early.event) < (late.day, late.start, late.event) else 1


def _findings(road: Road, days: Mapping[str, date]) -> list[str]:
    """Rests that settled dates do not leave, and options to ask about before they lapse."""
    told = []
    order = sorted(range(len(road.stops)), key=lambda at: (days[road.stops[at].event], road.stops[at].start))
    for one, other in pairwise(order):
        early, late = road.stops[one], road.stops[other]
        if (days[late.event] - days[early.event]).days < road.apart[one, other]:
            told.append(f"Entre « {early.name} » et « {late.name} », le repos et le voyage ne tiennent pas.")
    for stop in road.stops:
        moved = days[stop.event] != stop.day
        if stop.option_until is not None and not stop.is_settled:
            what = f"à redemander pour le {french.day(days[stop.event])}" if moved else "à confirmer"
            told.append(f"« {stop.name} », option jusqu’au {french.day(stop.option_until)} : {what} avant.")
        elif moved:
            told.append(f"« {stop.name} » : à redemander pour le {french.day(days[stop.event])}.")
    return told


def road_changes(dossier: Dossier, plan: RoadPlan) -> list[Change]:
    """The changes that put the days of a tour in the calendar."""
    return [_moved(dossier, stop) for stop in plan.stops if stop.day != stop.was]


def _moved(dossier: Dossier, stop: RoadStop) -> Change:
    event = dossier.get(stop.event)
    now = values_of(event) if event is not None else {}
    values: dict[str, Any] = {"day": stop.day.isoformat()}
    if "end_day" in now:
        shift = date.fromisoformat(str(now["end_day"])) - stop.was
        values["end_day"] = (stop.day + shift).isoformat()
    return set_(stop.event, **values)


def road_json(plan: RoadPlan, road: Road) -> dict[str, Any]:
    """A tour as JSON values; kilometres whole, minutes on the road, nights away."""
    names = road.names
    of = {stop.event: stop for stop in road.stops}
    return {
        "stops": [
            {
                "event": one.event,
                "name": of[one.event].name,
                "venue": of[one.event].venue,
                "place": names.get(of[one.event].venue, ""),
                "day": one.day.isoformat(),
                "was": one.was.isoformat(),
                "km": one.km,
                "minutes": one.minutes,
                "nights": one.nights,
                "by_home": one.by_home,
                "option": of[one.event].option,
                "option_until": until.isoformat() if (until := of[one.event].option_until) else None,
            }
            for one in plan.stops
        ],
        "km": plan.km,
        "back_km": plan.back_km,
        "km_now": plan.km_now,
        "nights": plan.nights,
        "co2e": None,
        "bound": plan.bound,
        "status": plan.status,
        "objective": plan.objective,
        "seed": plan.seed,
        "seconds": plan.seconds,
        "findings": list(plan.findings),
        "warnings": list(road.warnings),
    }
