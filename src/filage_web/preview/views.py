"""Confirm what a sheet showed; undo a write."""

from dataclasses import replace

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from filage.kernel.errors import BadInput, Problem
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT
from filage_web.preview.answers import (
    both_versions,
    check_rights,
    home,
    nothing_changed,
    previewed,
    refused,
    saved,
    sheet,
    show_effect,
    write,
)
from filage_web.preview.draft import Draft, read_draft, safe
from filage_web.preview.effect import effect_of
from filage_web.shell.opening import finding_key, open_page
from filage_web.store.changes import inverse_of, revision_of, undo
from filage_web.store.errors import Conflict
from filage_web.store.models import ChangeSet


@member_view(EDIT)
@require_POST
def confirm(request: MemberRequest) -> HttpResponseBase:
    """Write what the sheet showed; show it again when the production has moved and the effect with it."""
    back = safe(request.POST.get("back", ""))
    try:
        draft = read_draft(request.POST)
        if not draft.changes:
            return nothing_changed(request, draft.back or home(request))
        check_rights(request, draft.changes)
        draft = replace(draft, back=draft.back or home(request))
        if (remedy := request.POST.get("remedy", "")) and (more := _with_remedy(request, draft, remedy)):
            return sheet(request, more)
        if _no_longer_true(request, draft):
            return sheet(request, draft, moved=True)
        return write(request, draft)
    except BadInput as error:
        return refused(request, error, back)


def _with_remedy(request: MemberRequest, draft: Draft, asked: str) -> Draft | None:
    """Add to a draft the changes of one of the remedies its sheet offered, for each finding that offers it."""
    found = previewed(request, draft)
    places, _dot, rank = asked.partition(".")
    findings = found.difference.new_findings
    numbers = places.split("-")
    if not all(number.isdigit() and int(number) < len(findings) for number in numbers) or not rank.isdigit():
        return None
    offered = [findings[int(number)].remedies for number in numbers]
    if any(int(rank) >= len(remedies) for remedies in offered):
        return None
    more = tuple(change for remedies in offered for change in remedies[int(rank)].changes)
    return replace(draft, changes=(*draft.changes, *more)) if more else None


def _no_longer_true(request: MemberRequest, draft: Draft) -> bool:
    """Whether the production moved since the sheet, and the effect is not the one it showed."""
    if not draft.digest or revision_of(request.structure, request.production_id or "") == draft.revision:
        return False
    found = previewed(request, draft)
    return effect_of(found, draft.changes).digest != draft.digest


@member_view(EDIT)
def remedy(request: MemberRequest, finding: str, rank: int) -> HttpResponseBase:
    """Show what a way out of a finding, or of several that say the same, would do; the sheet confirms it."""
    back = safe(request.GET.get("back", "")) or home(request)
    known = {finding_key(one): one for one in open_page(request).outcome.findings}
    found = [known.get(key) for key in finding.split("-")]
    offered = [one.remedies[rank] for one in found if one is not None and rank < len(one.remedies)]
    changes = tuple(change for one in offered for change in one.changes)
    if len(offered) < len(found) or not changes:
        gone = _("ce constat n’est plus là : le dossier a changé depuis que la page est ouverte")
        return refused(request, BadInput(Problem(gone)), back)
    label = offered[0].label
    try:
        return show_effect(request, changes, back=back, title=label, label=label)
    except BadInput as error:
        return refused(request, error, back)


@member_view(EDIT, "history")
@require_POST
def undo_write(request: MemberRequest, number: int) -> HttpResponseBase:
    """Undo a write of this production, unless what it wrote has moved since."""
    written = get_object_or_404(
        ChangeSet, pk=number, structure=request.structure, production__slug=request.production_id
    )
    back = safe(request.POST.get("back", "")) or home(request)
    try:
        changes = inverse_of(written)
        check_rights(request, changes)
        inverse = undo(written, actor=request.user)
    except Conflict as conflict:
        return both_versions(request, conflict, Draft(changes, {}, back))
    except BadInput as error:
        return refused(request, error, back)
    return saved(request, inverse, back) if inverse else nothing_changed(request, back)
