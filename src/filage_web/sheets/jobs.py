"""What the worker does of sheets: makes many copies, sends them, reminds; given back, a job sends nothing twice."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django_tasks import task

from filage.kernel.errors import BadInput
from filage_web.jobs import computations
from filage_web.jobs.models import Computation
from filage_web.sheets import mail, services
from filage_web.store.issued import OutrunError, UnchangedError, claim_reminder, claim_sending, note_failed
from filage_web.store.models import Delivery

KIND = "sheets"
"""What a Computation that issues a sheet is called."""
logger = logging.getLogger(__name__)


def send_later(deliveries: Iterable[Delivery], address: str) -> None:
    """Set the sending of these copies aside for the worker, with the writes of this transaction."""
    if wanted := [one.pk for one in deliveries]:
        send.enqueue(wanted, address)


def remind_later(deliveries: Iterable[Delivery], address: str) -> int:
    """Set reminders aside for the worker: one per count of reminders, however often it is asked."""
    wanted = [[one.pk, one.reminders] for one in deliveries]
    if wanted:
        remind.enqueue(wanted, address)
    return len(wanted)


def issue_later(computation: Computation) -> None:
    """Set the issue of a sheet with many copies aside for the worker."""
    issue.enqueue(computation.pk)


@task()
def send(wanted: Sequence[int], address: str) -> int:
    """Send the copies not yet sent; who cannot be written to is noted, the others are served. Returns how many left."""
    sent = 0
    with _post() as post:
        for pk in wanted:
            if claim_sending(pk):
                sent += _leave(pk, address, post, reminder=False)
    return sent


@task()
def remind(wanted: Sequence[Sequence[int]], address: str) -> int:
    """Write again to those who have not said they read; returns how many messages left."""
    sent = 0
    with _post() as post:
        for pk, reminders in wanted:
            if claim_reminder(pk, reminders):
                sent += _leave(pk, address, post, reminder=True)
    return sent


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


def _leave(pk: int, address: str, post: BaseEmailBackend, *, reminder: bool) -> bool:
    """Write to one person; a failure is theirs alone."""
    delivery = (
        Delivery.objects.select_related("structure", "production", "issued__actor")
        .defer("issued__data")
        .get(pk=pk)
    )
    try:
        mail.leave(mail.message_of(delivery, address, reminder=reminder), post)
    except (OSError, UnicodeError, ValueError) as error:  # SMTPException is an OSError
        why = mail.why_not(error)
        logger.warning("Sheet of delivery %s not sent: %s", pk, type(error).__name__)
        note_failed(pk, why, reminder=reminder)
        return False
    return True


@contextmanager
def _post() -> Iterator[BaseEmailBackend]:
    """One connection for a whole sending; each message tries again when it is lost."""
    post = get_connection()
    try:
        yield post
    finally:
        post.close()
