"""Signs of life of the workers; what a dead one was doing is given back to the others.

A killed worker leaves its job running for ever in the queue. Every worker beats; a job whose last worker has been
silent too long is ready again, and given up after three attempts. Jobs are idempotent: one that had in fact ended its
work does nothing twice (D26).
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Final

from django.db import connections, transaction
from django_tasks_db.models import DBTaskResult

from filage_web import clock
from filage_web.jobs.models import WorkerBeat

EVERY: Final = timedelta(seconds=10)
SILENT_AFTER: Final = timedelta(seconds=60)
ATTEMPTS: Final = 3
logger = logging.getLogger("filage_web.jobs")


class WorkerSilentError(Exception):
    """The worker doing this job died, and so did those that tried before it."""


def beat(worker: str) -> None:
    """Say that a worker is alive."""
    WorkerBeat.objects.update_or_create(worker=worker, defaults={"at": clock.now()})


def requeue_orphans(now: datetime | None = None) -> int:
    """Give back the jobs of silent workers, or give them up after three attempts; returns how many were found."""
    now = now or clock.now()
    alive = set(WorkerBeat.objects.filter(at__gt=now - SILENT_AFTER).values_list("worker", flat=True))
    with transaction.atomic():
        running = DBTaskResult.objects.running().select_for_update(skip_locked=True)
        orphans = [job for job in running if not job.worker_ids or job.worker_ids[-1] not in alive]
        for job in orphans:
            _give_back(job)
        WorkerBeat.objects.filter(at__lt=now - timedelta(days=1)).delete()
    return len(orphans)


def _give_back(job: DBTaskResult) -> None:
    if len(job.worker_ids) >= ATTEMPTS:
        logger.error("Job %s given up after %d attempts", job.id, len(job.worker_ids))
        job.set_failed(WorkerSilentError())
        return
    logger.warning("Job %s given back: its worker is silent", job.id)
    job.status = "READY"
    job.started_at = None
    job.save(update_fields=["status", "started_at"])


class Heartbeat(Thread):
    """Beats for a worker in its background, and now and then looks after those that fell silent."""

    def __init__(
        self, worker: str, every: timedelta = EVERY, also: Callable[[], object] = requeue_orphans
    ) -> None:
        super().__init__(name="heartbeat", daemon=True)
        self._worker, self._every, self._also = worker, every, also
        self._stopped = Event()

    def run(self) -> None:
        """Beat until stopped; a database that is away for a moment stops nothing."""
        while True:
            try:
                beat(self._worker)
                self._also()
            except Exception:
                logger.exception("No sign of life could be given")
            finally:
                connections.close_all()
            if self._stopped.wait(self._every.total_seconds()):
                return

    def stop(self) -> None:
        """Beat no more."""
        self._stopped.set()
