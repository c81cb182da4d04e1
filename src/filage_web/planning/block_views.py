"""Several dates at once: usual days, repetitions, blocks moved or copied; and a new plan B."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from filage.facts.calendar import DayTemplate
from filage.facts.scenario import Scenario
from filage.kernel.errors import BadInput
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT
from filage_web.forms.builder import AGAIN
from filage_web.forms.queries import Choices
from filage_web.planning.block_forms import BlockForm, KeepDayForm, LayForm, RepeatForm
from filage_web.planning.entries import TYPES
from filage_web.planning.event_views import KIND, back_of
from filage_web.planning.pages import drawing
from filage_web.planning.plan_form import PlanForm
from filage_web.preview import save, show_effect
from filage_web.scenarios.chosen import Chosen, chosen

TEMPLATE = DayTemplate.kind
SHOW = "montrer"
"""Posted to see the dates of a block before choosing among them."""


@member_view()
@require_GET
def blocks(request: MemberRequest) -> HttpResponse:
    """The usual days of the production, and what can be done with them."""
    found = chosen(request)
    context = {
        "found": found,
        "templates": found.dossier.all(DayTemplate),
        "types": TYPES,
        "page_back": back_of(request, found),
        **drawing(request, found),
    }
    return render(request, "planning/blocks.html", context)


@member_view(EDIT, TEMPLATE)
@require_http_methods(["GET", "POST"])
def keep_day(request: MemberRequest) -> HttpResponseBase:
    """Keep a day of the calendar as a usual day."""
    found = chosen(request)
    form = KeepDayForm(
        _posted(request), _choices(request, found), initial={"day": request.GET.get("jour", "")}
    )
    return _answer(request, found, form, _("Garder un jour comme journée type"), "")


@member_view(EDIT, KIND)
@require_http_methods(["GET", "POST"])
def lay(request: MemberRequest, template: str) -> HttpResponseBase:
    """Put a usual day on one or several days."""
    found = chosen(request)
    fact = found.dossier.find(f"{TEMPLATE}/{template}", DayTemplate)
    if fact is None:
        raise Http404
    form = LayForm(
        _posted(request),
        _choices(request, found),
        template=fact.about,
        initial={"days": request.GET.get("jour", ""), "option": "confirmed"},
    )
    title = _("Poser la journée « %(name)s »") % {"name": fact.label}
    return _answer(request, found, form, title, title)


@member_view(EDIT, KIND)
@require_http_methods(["GET", "POST"])
def repeat(request: MemberRequest) -> HttpResponseBase:
    """Repeat a date."""
    found = chosen(request)
    given = request.GET.get("date", "")
    form = RepeatForm(
        _posted(request), _choices(request, found), initial={"event": f"event/{given}" if given else ""}
    )
    return _answer(request, found, form, _("Répéter une date"), _("Répéter une date"))


@member_view(EDIT, KIND)
@require_http_methods(["GET", "POST"])
def block(request: MemberRequest) -> HttpResponseBase:
    """Move or copy the dates of some days."""
    found = chosen(request)
    names = ("first", "last", "nature", "action", "days", "start")
    source = request.POST if SHOW in request.POST else request.GET
    given = {"action": "shift"} | {name: source[name] for name in names if name in source}
    data = None if SHOW in request.POST else _posted(request)  # shown again, the block proposes all its dates
    form = BlockForm(data, _choices(request, found), initial=given)
    copies = (form.data or given).get("action") == "copy"
    title = _("Copier un bloc de dates") if copies else _("Décaler un bloc de dates")
    return _answer(request, found, form, title, title)


@member_view(EDIT, Scenario.kind)
@require_http_methods(["GET", "POST"])
def plan(request: MemberRequest) -> HttpResponseBase:
    """Name a plan B; it starts equal to the reference, or to another plan."""
    found = chosen(request)
    base = request.GET.get("depuis", "")
    choices = Choices(request.structure, found.loaded.dossier)
    lost = request.GET.get("date", "")
    initial = {"base": f"{Scenario.kind}/{base}" if base else "", "lost": f"event/{lost}" if lost else ""}
    form = PlanForm(_posted(request), choices, initial=initial)
    if _ready(request) and form.is_valid():
        page = reverse("planning:page", args=[request.structure.slug, request.production_id])
        try:
            return save(
                request,
                form.made,
                back=f"{page}?{urlencode({'vue': 'mois', 'scenario': form.ident})}",
                label=_("Nouveau plan B : %(name)s") % {"name": form.cleaned_data["label"]},
            )
        except BadInput as error:
            _refuse(form, error)
    return _form(request, found, form, _("Nouveau plan B"))


def _posted(request: MemberRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _choices(request: MemberRequest, found: Chosen) -> Choices:
    return Choices(request.structure, found.dossier)


def _ready(request: MemberRequest) -> bool:
    """Whether the form is sent for good: neither read again nor asked to show the dates of a block."""
    return request.method == "POST" and AGAIN not in request.POST and SHOW not in request.POST


def _answer(request: MemberRequest, found: Chosen, form: Any, title: str, label: str) -> HttpResponseBase:
    if _ready(request) and form.is_valid():
        try:
            return show_effect(
                request,
                form.made,
                back=back_of(request, found),
                title=_told(title, form),
                label=label,
                typed=True,
                scenario=found.ident,
            )
        except BadInput as error:
            _refuse(form, error)
    return _form(request, found, form, title)


def _told(title: str, form: Any) -> str:
    """The title of the sheet: what is done, to how many dates, and what stays where it is."""
    events = len([change for change in form.made if change.kind == KIND])
    told = f"{title} : {events} date{'s' if events > 1 else ''}" if events else title
    kept = getattr(form, "kept", ()) if form.data.get("action") == "shift" else ()
    left = [
        f"{one.name} ({one.why})"
        for one in kept
        if one.about in (form.cleaned_data.get("events") or [one.about])
    ]
    return f"{told}. {_('Ne bougent pas')} : {', '.join(left)}" if left else told


def _refuse(form: Any, error: BadInput) -> None:
    form.add_error(None, " ; ".join(problem.message for problem in error.problems[:5]))


def _form(request: MemberRequest, found: Chosen, form: Any, title: str) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "back": back_of(request, found),
        "found": found,
        "kept": getattr(form, "kept", ()),
        "is_block": isinstance(form, BlockForm),
    }
    wrong = form.is_bound and _ready(request) and form.errors
    return render(request, "planning/block.html", context, status=422 if wrong else 200)
