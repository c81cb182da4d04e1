"""What every page of financing shares: where a fact is written, and how a change is shown or saved."""

from collections.abc import Iterable, Mapping

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode

from filage.kernel.changes import Change
from filage.kernel.errors import BadInput
from filage_web.accounts.decorators import MemberRequest
from filage_web.accounts.roles import EDIT
from filage_web.preview import show_effect
from filage_web.preview.answers import both_versions, refused
from filage_web.preview.draft import Draft
from filage_web.scenarios.chosen import Chosen
from filage_web.scenarios.fact_forms import fact_form
from filage_web.scenarios.services import done, write
from filage_web.store.errors import Conflict


def form_of(
    request: MemberRequest, found: Chosen, view: str, kind: str, ident: str = "", **first: str
) -> str:
    """Where a fact of a kind is added or edited, coming back to a view of financing; empty without the right."""
    if not request.may(EDIT, kind):
        return ""
    back = reverse(view, args=[request.structure.slug, request.production_id]) + found.query
    return fact_form(found, kind, ident, back=back, given=first)


def page_of(request: MemberRequest, found: Chosen, view: str, **asked: str) -> str:
    """The address of a page of financing, in the scenario it is read in."""
    kept = {key: value for key, value in asked.items() if value}
    kept |= {"scenario": found.ident} if found.scenario else {}
    address = reverse(view, args=[request.structure.slug, request.production_id])
    return f"{address}?{urlencode(kept)}" if kept else address


def shown(
    request: MemberRequest,
    found: Chosen,
    changes: Iterable[Change],
    back: str,
    *,
    title: str,
    seen: Mapping[str, int] | None = None,
) -> HttpResponseBase:
    """Show what changes would do, in the production or in the scenario read."""
    try:
        return show_effect(
            request, changes, seen=seen or {}, back=back, title=title, label=title, scenario=found.ident
        )
    except BadInput as error:
        return refused(request, error, back)


def saved(
    request: MemberRequest,
    found: Chosen,
    changes: Iterable[Change],
    back: str,
    *,
    label: str,
    seen: Mapping[str, int],
) -> HttpResponseBase:
    """Save at once what has no consequence worth a sheet, in the production or in the scenario read."""
    changes = tuple(changes)
    try:
        written = write(found, changes, actor=request.user, label=label, seen=seen)
    except BadInput as error:
        return refused(request, error, back)
    except Conflict as conflict:
        return both_versions(request, conflict, Draft(changes, dict(seen), back, label, scenario=found.ident))
    return done(request, written, back)


def seen_of(found: Chosen, *abouts: str) -> dict[str, int]:
    """The revisions of these facts as they were read; a scenario's own stands for them."""
    if found.scenario:
        about = found.scenario.about
        return {about: found.loaded.revisions.get(about, 0)}
    return {about: found.loaded.revisions[about] for about in abouts if about in found.loaded.revisions}
