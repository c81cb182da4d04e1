"""The weekly snapshot: once somebody took a first one, a worker takes the next ones, from Monday on, once a week."""

import logging
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import QuerySet
from django_tasks import task

from filage.accounting.follow import follow
from filage.accounting.snapshots import ident_on, is_due, snapshot
from filage.facts.budget import BudgetVersion
from filage.facts.writing import values_of
from filage.kernel.changes import add
from filage.kernel.errors import BadInput
from filage_web import clock
from filage_web.store.changes import apply
from filage_web.store.models import Production, Row
from filage_web.store.outcomes import open_production

EVERY: Final = timedelta(hours=1)
logger = logging.getLogger("filage_web.follow")
_last: datetime | None = None


def tend(now: datetime | None = None) -> bool:
    """Set the work aside when a snapshot is due, looking at most once an hour in a process; say whether it was."""
    global _last  # noqa: PLW0603 - one worker, one memory of when it last looked
    now = now or clock.now()
    if _last is not None and now - _last < EVERY:
        return False
    _last = now
    if not due_on(clock.today()).exists():
        return False
    take_due.enqueue()
    return True


def due_on(today: date) -> QuerySet[Production]:
    """The productions that have a snapshot, but none since Monday."""
    kept = Row.objects.filter(kind=BudgetVersion.kind, ident__startswith="suivi-", production__isnull=False)
    monday = ident_on(today - timedelta(days=today.weekday()))
    recent = kept.filter(ident__gte=monday).values("production")
    return Production.objects.filter(pk__in=kept.values("production")).exclude(pk__in=recent)


@task()
def take_due() -> int:
    """Take every snapshot that is due; done twice, it takes none the second time."""
    taken = 0
    for production in due_on(clock.today()).select_related("structure"):
        try:
            taken += _take(production)
        except BadInput:
            logger.info("The snapshot of production %s was taken meanwhile", production.pk)
    return taken


def _take(production: Production) -> int:
    opened = open_production(production.structure, production.slug)
    today = clock.today()
    if not is_due(opened.dossier, today):
        return 0
    version = snapshot(follow(opened.outcome, today))
    values = {key: value for key, value in values_of(version).items() if key != "id"}
    change = add(f"{BudgetVersion.kind}/{ident_on(today)}", **values)
    apply(production.structure, production.slug, [change], actor=None, label=version.label)
    return 1
