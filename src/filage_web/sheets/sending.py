"""What the worker sends: copies and reminders; given back, a job sends nothing twice."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django_tasks import task

from filage_web.sheets import mail
from filage_web.store.issued import claim_reminder, claim_sending, note_failed
from filage_web.store.models import Delivery

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
