"""A plan of work as the optimiser takes it: the facts, what people do elsewhere, what a day of each weighs, the sun."""

from collections.abc import Iterable
from datetime import date, time, timedelta

from filage.planning.schedule.laying import LayingProblem, problem_of

from filage.facts.dossier import Dossier
from filage.facts.plan import Plan
from filage.facts.venue import Venue
from filage.geo.daylight import daylight
from filage.geo.places import place_of
from filage.kernel.interval import PARIS, Interval, instant
from filage.payroll.day_cost import day_costs
from filage_web.accounts.models import Structure
from filage_web.store.context import context_of
from filage_web.store.outcomes import Opened

LONGEST = 366


def problem_for(structure: Structure, opened: Opened, plan: Plan) -> LayingProblem:
    """Read what a plan asks; BadInput says all that is missing."""
    known = context_of(structure, opened.dossier.production.id, over=_span(plan))
    return problem_of(
        opened.dossier,
        plan,
        born=known.born,
        busy=known.busy,
        day_cost=day_costs(opened.outcome.costs),
        daylight=sun_over(opened.dossier, plan),
    )


def sun_over(dossier: Dossier, plan: Plan) -> dict[date, tuple[time, time]]:
    """Sunrise and sunset of each day of a plan at its venue, else at the first venue that can be placed."""
    venues = [dossier.find(plan.venue, Venue)] if plan.venue else dossier.all(Venue)
    point = next((place.point for venue in venues if venue and (place := place_of(venue))), None)
    if point is None:
        return {}
    found = ((day, daylight(day, point, PARIS)) for day in _days(plan))
    return {day: (sun.sunrise.timetz().replace(tzinfo=None), sun.sunset.timetz().replace(tzinfo=None))
            for day, sun in found if sun}  # fmt: skip


def _span(plan: Plan) -> Interval:
    """From the first midnight of a plan to the one after its last night."""
    end = plan.ends_on + timedelta(days=2)
    return Interval(instant(plan.starts_on, time(), PARIS), instant(end, time(), PARIS))


def _days(plan: Plan) -> Iterable[date]:
    length = min((plan.ends_on - plan.starts_on).days + 1, LONGEST)
    return (plan.starts_on + timedelta(days=rank) for rank in range(length))
