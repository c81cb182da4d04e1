"""What every view of the grid shares: the grid it stands on, where it leads back, how a write is answered."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from django.http import HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from filage.facts.budget import BudgetLine
from filage.kernel.changes import Change
from filage.kernel.errors import BadInput, FilageError
from filage_web.accounts.decorators import MemberRequest
from filage_web.accounts.roles import EDIT
from filage_web.budget.answers import moved, undo_of
from filage_web.budget.arranging import grid_of
from filage_web.budget.grid import Grid
from filage_web.budget.places import Places
from filage_web.budget.render_line import HOLDS
from filage_web.budget.search import search_of
from filage_web.forms.french_input import shown
from filage_web.preview.answers import both_versions
from filage_web.preview.draft import Draft
from filage_web.scenarios.chosen import Chosen, chosen
from filage_web.scenarios.fact_forms import fact_form
from filage_web.scenarios.services import done, write
from filage_web.store.errors import Conflict
from filage_web.store.models import ChangeSet

KIND: Final = BudgetLine.kind
NO_SEEN: Final[Mapping[str, int]] = {}


def grid_shown(request: MemberRequest, found: Chosen) -> Grid:
    """The grid as the page that sends a write shows it."""
    return grid_of(found, request.POST.get("opened") or None, search_of(request.POST))


def places_of(request: MemberRequest, found: Chosen) -> Places:
    """The addresses of its rows."""
    return Places(
        request.structure.slug,
        request.production_id or "",
        found.query,
        editable=request.may(EDIT, KIND),
        whole="entier" in request.GET,
    )


def address_of(request: MemberRequest, found: Chosen, anchor: str = "") -> str:
    """Where the budget shows a line, its post unfolded."""
    page = reverse("budget:page", args=[request.structure.slug, request.production_id])
    asked = {"scenario": found.ident} if found.scenario else {}
    if anchor:
        asked["ligne"] = anchor
    return page + (f"?{urlencode(asked)}" if asked else "") + (f"#{anchor}" if anchor else "")


def fact_address(
    request: MemberRequest, found: Chosen, kind: str, ident: str, given: QueryDict | None = None
) -> str:
    """Where a fact is edited, or added without an id: in the chosen scenario, or in the production."""
    back = address_of(request, found, f"{kind}-{ident}" if ident else "")
    return fact_form(found, kind, ident, back=back, given=dict(given.lists()) if given else None)


def wants_grid(request: MemberRequest) -> bool:
    """Whether the grid's script asks, and takes what moved instead of a page."""
    return "application/json" in request.headers.get("Accept", "")


def written_in_grid(
    request: MemberRequest,
    found: Chosen,
    before: Grid,
    changes: Iterable[Change],
    *,
    label: str,
    seen: Mapping[str, int] = NO_SEEN,
    said: str = "",
    **more: Any,
) -> JsonResponse:
    """Write, and answer with everything that moved; both versions when somebody was faster."""
    try:
        written = write(found, changes, actor=request.user, label=label, seen=seen)
    except Conflict as conflict:
        return JsonResponse(conflict_said(conflict, before, request.POST.get("field", "")), status=409)
    except BadInput as error:
        return refused(said_of(error))
    return moved_answer(request, before, written, said, **more)


def moved_answer(
    request: MemberRequest, before: Grid, written: ChangeSet | None, said: str, **more: Any
) -> JsonResponse:
    """Answer with everything that moved since `before`."""
    after = chosen(request)
    answer = moved(request, before, after, places_of(request, after), request.POST.get("opened") or None)
    return JsonResponse(answer | {"undo": undo_of(written), "said": said} | more)


def written_from_panel(
    request: MemberRequest,
    found: Chosen,
    changes: Iterable[Change],
    *,
    label: str,
    anchor: str = "",
    seen: Mapping[str, int] = NO_SEEN,
    again: Callable[[BadInput], HttpResponse],
) -> HttpResponseBase:
    """Write what a panel asks: the grid takes what moved; without script, the page comes back at the line.

    `again` draws the form with what is wrong.
    """
    changes = tuple(changes)
    before = grid_shown(request, found) if wants_grid(request) else None
    try:
        written = write(found, changes, actor=request.user, label=label, seen=seen)
    except Conflict as conflict:
        back = address_of(request, found, anchor)
        return both_versions(request, conflict, Draft(changes, dict(seen), back, label, scenario=found.ident))
    except BadInput as error:
        return again(error)
    if before is not None:
        return moved_answer(request, before, written, "", close=True)
    return done(request, written, address_of(request, found, anchor))


def seen_of(request: MemberRequest, changes: Iterable[Change]) -> dict[str, int]:
    """The revisions the page showed: of the line's fact, and of the scenario that is written."""
    seen: dict[str, int] = {}
    revision = request.POST.get("seen", "")
    for change in changes:
        if change.op != "add" and revision.isdigit():
            seen[change.about] = int(revision)
    return seen | scenario_seen_of(request)


def scenario_seen_of(request: MemberRequest) -> dict[str, int]:
    """The revision of the scenario that the page showed."""
    scenario, revision = request.POST.get("scenario", ""), request.POST.get("scenario_seen", "")
    return {f"scenario/{scenario}": int(revision)} if scenario and revision.isdigit() else {}


def conflict_said(conflict: Conflict, before: Grid, field: str) -> dict[str, Any]:
    """Say who changed what meanwhile, both values, and the revision with which mine may still be kept."""
    one = conflict.moved[0]
    who = one.who or _("Quelqu’un")
    known = next((line for line in before.lines() if line.row.about == one.about), None)
    if one.theirs is None:
        said = _("%(who)s a retiré cette ligne entre-temps : rechargez la page.") % {"who": who}
    elif known is None:
        said = _("%(who)s a modifié ce scénario entre-temps.") % {"who": who}
    else:
        theirs = known.raw.get(field) or "–"
        said = _("%(who)s a modifié « %(label)s » entre-temps : %(theirs)s.") % {
            "who": who,
            "label": known.row.label,
            "theirs": shown(HOLDS.get(field, "amount"), theirs) if theirs != "–" else theirs,
        }
    return {
        "error": f"{said} {_('Rien n’est enregistré, votre saisie reste ici.')}",
        "about": one.about,
        "seen": one.revision,
    }


def refused(message: str) -> JsonResponse:
    """Refuse a write of the grid."""
    return JsonResponse({"error": message}, status=422)


def said_of(error: FilageError) -> str:
    """What is wrong, as sentences."""
    if isinstance(error, BadInput):
        return " ".join(f"{p.message[:1].upper()}{p.message[1:]}." for p in error.problems)
    return str(error)
