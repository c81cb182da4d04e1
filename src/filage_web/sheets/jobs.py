"""The issue of a sheet with many copies, done by the worker, which tells how far it is."""

from django.db import transaction
from django_tasks import task

from filage.kernel.errors import BadInput
from filage_web.jobs import computations
from filage_web.jobs.models import Computation
from filage_web.sheets import services
from filage_web.store.issued import OutrunError, UnchangedError

KIND = "sheets"
"""What a Computation that issues a sheet is called."""


def issue_later(computation: Computation) -> None:
    """Set the issue of a sheet with many copies aside for the worker."""
    issue.enqueue(computation.pk)


@task()
def issue(computation: int) -> None:
    """Freeze a version with many copies, telling how far it is; done again after a dead worker, it is done once."""
    asked = computations.begin(computation)
    if asked is None:
        return
    try:
        _issue(asked)
    except UnchangedError as same:
        computations.end(asked, answer={"version": same.version, "new": False})
    except BadInput as refused:
        computations.end(asked, refusal=str(refused))


def _issue(asked: Computation) -> None:
    """Prepare outside any transaction, so that the progress is seen; write the version and its end together."""
    watch, slug, wanted = computations.Watch(asked), asked.production.slug, asked.asked
    for _attempt in range(services.ATTEMPTS):
        ready = services.prepare(
            asked.structure, slug, wanted["document"], wanted["key"], wanted["recipients"],
            again=wanted.get("again", False), told=lambda made, of: watch(lambda: {"made": made, "of": of}),
        )  # fmt: skip
        try:
            with transaction.atomic():
                done = services.write(
                    asked.structure, slug, ready, actor=asked.actor, address=wanted["address"]
                )
                computations.end(asked, answer={"version": done.version, "new": done.new})
        except OutrunError:
            continue
        else:
            return
    computations.end(asked, refusal=services.OUTRUN)
