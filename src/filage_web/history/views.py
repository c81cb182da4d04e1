"""The history page, and undo."""

import re

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filage.kernel.changes import ABOUT
from filage.kernel.errors import BadInput
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, SEE
from filage_web.creation.questions import Asked, sides_between
from filage_web.shell.opening import open_page
from filage_web.store.changes import undo
from filage_web.store.errors import Conflict
from filage_web.store.models import ChangeSet
from filage_web.store.queries import PAGE, history_of


@member_view(SEE, "history")
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """List what was done, latest first; `?fait=kind/id` keeps one fact's."""
    open_page(request)
    about = request.GET.get("fait", "")
    about = about if re.fullmatch(ABOUT, about) else ""
    before = request.GET.get("avant", "")
    moments = history_of(
        request.structure,
        request.production_id,
        about=about or None,
        before=int(before) if before.isdecimal() else None,
    )
    more = moments[-1].id if len(moments) == PAGE else None
    return render(request, "history/page.html", {"moments": moments, "about": about, "more": more})


@member_view(EDIT, "history")
@require_POST
def undo_moment(request: MemberRequest, number: int) -> HttpResponse:
    """Undo one write; refused with both versions when something moved since."""
    mine = Q(production__slug=request.production_id) | Q(production=None)
    change_set = ChangeSet.objects.filter(mine, structure=request.structure, pk=number).first()
    if change_set is None:
        raise Http404
    try:
        undo(change_set, actor=request.user)
    except Conflict as conflict:
        return render(request, "history/conflict.html", {"asked": _sides(conflict)}, status=409)
    except BadInput as error:
        messages.error(request, "\n".join(problem.message for problem in error.problems))
    else:
        messages.success(request, _("Annulé : « %(label)s ».") % {"label": change_set.label})
    return redirect("history:page", request.structure.slug, request.production_id)


def _sides(conflict: Conflict) -> list[tuple[Asked, str, object]]:
    return [(sides_between(one.about, one.mine, one.theirs), one.who, one.at) for one in conflict.moved]
