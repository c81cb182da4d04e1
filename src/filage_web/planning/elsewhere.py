"""What the calendar asks of the other productions."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from filage.kernel.interval import Interval
from filage_web.accounts.decorators import MemberRequest
from filage_web.clock import PARIS
from filage_web.planning.nearby import AROUND, Elsewhere
from filage_web.store.context import context_of


def elsewhere_of(request: MemberRequest, days: Iterable[date]) -> Elsewhere:
    """What the same people do in other productions around some days, and their birth days; one query."""
    wanted = sorted(days)
    first = datetime.combine(wanted[0] - timedelta(days=AROUND), time(), PARIS)
    last = datetime.combine(wanted[-1] + timedelta(days=AROUND + 1), time(), PARIS)
    context = context_of(request.structure, request.production_id or "", Interval(first, last))
    return Elsewhere(context.busy, context.born)
