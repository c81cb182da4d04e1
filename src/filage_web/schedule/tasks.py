"""The search for the best plan, done by a worker."""

from typing import Any

from django.utils.translation import gettext as _
from django_tasks import task

from filage.facts.plan import Plan
from filage.kernel.errors import BadInput
from filage.planning.schedule.laying import Progress, lay_out, layout_json
from filage_web.jobs.computations import Watch, begin, end
from filage_web.jobs.models import Computation
from filage_web.schedule.services import problem_for
from filage_web.store.outcomes import open_production

KIND = "lay_out"


def search_key(plan: str, scenario: str) -> str:
    """Name what is searched: a plan, under a scenario when there is one."""
    return f"{plan}@{scenario}" if scenario else plan


def searched(about: str) -> tuple[str, str]:
    """The plan and the scenario that `search_key` named."""
    plan, _at, scenario = about.partition("@")
    return plan, scenario


@task()
def search_plan(computation: int) -> None:
    """Look for the best plan of a computation, tell how far it is, keep what is found; nothing else is written."""
    asked = begin(computation)
    if asked is not None:
        _search(asked)


def _search(asked: Computation) -> None:
    about, scenario = searched(asked.about)
    try:
        opened = open_production(asked.structure, asked.production.slug, scenario=scenario or None)
    except BadInput as error:
        end(asked, refusal=str(error))
        return
    plan = opened.dossier.find(about, Plan)
    if plan is None:
        end(asked, refusal=_("Le plan de travail a été retiré."))
        return
    asked.revision = opened.loaded.revision
    asked.save(update_fields=["revision"])
    watch = Watch(asked)
    try:
        problem = problem_for(asked.structure, opened, plan)
        layout = lay_out(
            problem,
            seed=int(asked.asked.get("seed", 0)),
            seconds=float(asked.asked.get("seconds", 20)),
            watch=lambda progress: watch(lambda: told(progress)),
        )
    except BadInput as error:
        end(
            asked,
            refusal="\n".join(_sentence(problem.message, problem.suggestion) for problem in error.problems),
        )
        return
    end(asked, answer=layout_json(layout, problem))


def told(progress: Progress) -> dict[str, Any]:
    """What the page shows of a search: euros and seconds."""
    return {
        "best": None if progress.best is None else str(progress.best),
        "bound": None if progress.bound is None else str(progress.bound),
        "elapsed": round(progress.elapsed, 1),
    }


def _sentence(message: str, suggestion: str | None) -> str:
    text = f"{message[:1].upper()}{message[1:]}"
    return f"{text} : {suggestion}." if suggestion else f"{text}."
