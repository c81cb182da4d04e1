"""A plan of work as the optimiser takes it: the facts, what people do elsewhere, what a day of each weighs, the sun."""

from datetime import time, timedelta

from django.utils.translation import gettext as _

from filage.facts.plan import Plan
from filage.kernel.interval import PARIS, Interval, instant
from filage.payroll.day_cost import day_costs
from filage.planning.schedule.laying import LayingProblem, problem_of
from filage.planning.schedule.laying_sun import daylight_of
from filage.script.probable_children import probable_children
from filage_web.accounts.models import Structure
from filage_web.store.context import context_of
from filage_web.store.outcomes import Opened


def problem_for(structure: Structure, opened: Opened, plan: Plan) -> LayingProblem:
    """Read what a plan asks; BadInput says all that is missing."""
    known = context_of(structure, opened.dossier.production.id, over=_span(plan))
    return problem_of(
        opened.dossier,
        plan,
        born=known.born,
        busy=known.busy,
        day_cost=day_costs(opened.outcome.costs),
        daylight=daylight_of(opened.dossier, plan),
    )


def remarks_of(structure: Structure, opened: Opened, problem: LayingProblem) -> list[str]:
    """What a plan does not know: lengths estimated, roles nobody holds, a probable child without a birth date."""
    born = context_of(structure, opened.dossier.production.id).born
    children = [
        _(
            "%(name)s tient un rôle d’enfant (%(role)s) sans date de naissance : ses horaires ne sont pas contrôlés."
        )
        % {"name": one.name, "role": one.label}
        for one in probable_children(opened.dossier, born)
    ]
    return [*children, *problem.warnings]


def _span(plan: Plan) -> Interval:
    """From the first midnight of a plan to the one after its last night."""
    end = plan.ends_on + timedelta(days=2)
    return Interval(instant(plan.starts_on, time(), PARIS), instant(end, time(), PARIS))
