"""Long computations asked from a page and done by a worker: progress told, stopped with the best answer, never twice.

A computation that a dead worker left is given back by the heartbeat and simply done again: it writes nothing but its
own answer.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final

from filage_web import clock
from filage_web.accounts.models import Structure, User
from filage_web.jobs.models import Computation
from filage_web.store.models import Production

TOLD_EVERY: Final = timedelta(milliseconds=500)
KEPT: Final = 10
"""Computations kept for one fact: the older ones go when a new one is asked."""
RUNNING: Final = (Computation.QUEUED, Computation.RUNNING)


def ask(
    structure: Structure, production: str, kind: str, about: str, asked: Mapping[str, Any], actor: User
) -> Computation:
    """Write down that a computation is wanted; the one that runs on the same fact, if any, is given back instead."""
    anchor = Production.objects.get(structure=structure, slug=production)
    same = Computation.objects.filter(production=anchor, kind=kind, about=about)
    running = same.filter(state__in=RUNNING, stop=False).order_by("-id").first()
    if running is not None:
        return running
    old = list(same.order_by("-id").values_list("pk", flat=True)[KEPT - 1 :])
    same.filter(pk__in=old).exclude(state__in=RUNNING).delete()
    return Computation.objects.create(
        structure=structure,
        production=anchor,
        kind=kind,
        about=about,
        revision=anchor.revision,
        asked=dict(asked),
        created_at=clock.now(),
        actor=actor,
    )


def latest(structure: Structure, production: str, kind: str) -> dict[str, Computation]:
    """Give the last computation of each fact of a production."""
    found = Computation.objects.filter(structure=structure, production__slug=production, kind=kind)
    return {one.about: one for one in found.order_by("id")}


def stop(computation: Computation) -> None:
    """Ask a computation to end with its best answer; one that has not begun ends at once."""
    Computation.objects.filter(pk=computation.pk, state__in=RUNNING).update(stop=True)
    Computation.objects.filter(pk=computation.pk, state=Computation.QUEUED).update(
        state=Computation.FAILED, refusal=str(STOPPED_BEFORE), ended_at=clock.now()
    )


STOPPED_BEFORE: Final = "Arrêté avant d’avoir commencé."


class Watch:
    """What a computation tells while it runs, and how it learns that it must stop."""

    def __init__(self, computation: Computation) -> None:
        self._pk = computation.pk
        self._next = clock.now()
        self._stopped = False

    def __call__(self, progress: Callable[[], Mapping[str, Any]]) -> bool:
        """Write the progress, at most twice a second; False when somebody asked to stop."""
        now = clock.now()
        if now >= self._next and not self._stopped:
            self._next = now + TOLD_EVERY
            mine = Computation.objects.filter(pk=self._pk)
            mine.update(progress=dict(progress()))
            self._stopped = bool(mine.values_list("stop", flat=True).first())
        return not self._stopped


def begin(pk: int) -> Computation | None:
    """Take a computation to do; None when it is over already (a job given back after its end)."""
    found = Computation.objects.select_related("structure", "production").filter(
        pk=pk, state__in=RUNNING
    ).first()  # fmt: skip
    if found is not None:
        found.state, found.started_at = Computation.RUNNING, clock.now()
        found.save(update_fields=["state", "started_at"])
    return found


def end(computation: Computation, *, answer: Mapping[str, Any] | None = None, refusal: str = "") -> None:
    """Keep the answer, or why there is none."""
    computation.state = Computation.DONE if answer is not None else Computation.FAILED
    computation.answer, computation.refusal = (dict(answer) if answer is not None else None), refusal
    computation.ended_at = clock.now()
    computation.save(update_fields=["state", "answer", "refusal", "ended_at"])
