"""What the calendar asks of the other productions."""

from filage_web.accounts.decorators import MemberRequest
from filage_web.planning.nearby import Elsewhere
from filage_web.store.context import context_of


def elsewhere_of(request: MemberRequest) -> Elsewhere:
    """What the same people do in the structure's other productions, and their birth days; one query."""
    context = context_of(request.structure, request.production_id or "")
    return Elsewhere(context.busy, context.born)
