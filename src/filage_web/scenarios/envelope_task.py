"""The search of the smallest things to give up, done by a worker."""

from typing import Any, Final

from django_tasks import task

from filage.facts.scalars import plain_decimal
from filage.kernel.errors import BadInput
from filage.kernel.money import ZERO
from filage.law import load_law
from filage.review.envelope import Target, envelope
from filage.review.envelope_json import envelope_json
from filage_web import clock
from filage_web.jobs.computations import Watch, begin, end
from filage_web.jobs.models import Computation
from filage_web.store.context import context_of
from filage_web.store.outcomes import open_production

KIND: Final = "envelope"


@task()
def search_envelope(computation: int) -> None:
    """Look for the ways of a computation, tell how far it is, keep what is found; nothing else is written."""
    asked = begin(computation)
    if asked is not None:
        _search(asked)


def _search(asked: Computation) -> None:
    scenario = str(asked.asked.get("scenario", "")) or None
    slug = asked.production.slug
    try:
        opened = open_production(asked.structure, slug, scenario=scenario)
        asked.revision = opened.loaded.revision
        asked.save(update_fields=["revision"])
        watch = Watch(asked)
        found = envelope(
            opened.dossier,
            load_law(),
            clock.today(),
            target_of(asked),
            context=context_of(asked.structure, slug),
            most_reviews=int(asked.asked.get("reviews", 200)),
            largest=int(asked.asked.get("size", 3)),
            tell=lambda done, most, ways: watch(lambda: {"done": done, "most": most, "ways": ways}),
        )
    except BadInput as error:
        end(asked, refusal="\n".join(problem.message for problem in error.problems))
        return
    end(asked, answer=envelope_json(found))


def target_of(asked: Computation) -> Target:
    """What a computation aims at."""
    values: dict[str, Any] = asked.asked
    return Target(str(values.get("measure", "cost")), plain_decimal(values.get("target")) or ZERO)
