"""The team's pages."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from filage.facts.kinds import BY_KIND
from filage.facts.people import Person, PersonPrivate
from filage.facts.team import Engagement
from filage.kernel.changes import Change
from filage.kernel.errors import BadInput
from filage.kernel.money import ZERO
from filage.kernel.step import Step
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, SEE
from filage_web.fact_pages.views import find_fact
from filage_web.forms.queries import Choices, name_of
from filage_web.forms.shapes import shapes_of
from filage_web.preview import show_effect
from filage_web.preview.words import value_words
from filage_web.shell.opening import corrected, open_page
from filage_web.store.outcomes import Opened, preview
from filage_web.store.queries import load_production
from filage_web.team.beginning import first_values
from filage_web.team.compare import EQUAL, Compared, compared, kept
from filage_web.team.forms import FILL, EngagementForm, as_it_stands, filled
from filage_web.team.pay import KNOWN, OVER, QUESTIONS, Effect
from filage_web.team.queries import (
    CONTRACTS,
    DEPARTMENTS,
    OF_THE_MINIMUM,
    dates_of,
    groups_of,
    minimums_of,
    needs_of,
    people_of,
)
from filage_web.team.table import ORDERS, SHOWN, arranged, heads_of, linked, wish_of
from filage_web.why import reason_of


@member_view()
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """Engagements by budget phase, with what they cost."""
    opened = open_page(request)
    wish = wish_of(request.GET)
    groups = arranged(groups_of(opened.outcome, wish.by), wish)
    page = _tabs(opened, "engagements") | {
        "groups": linked(groups, request.structure.slug, request.production_id or ""),
        "gross": sum((group.gross for group in groups), ZERO),
        "net": sum((group.net for group in groups), ZERO),
        "cost": sum((group.cost for group in groups), ZERO),
        "employer": opened.dossier.employer,
        "wish": wish,
        "heads": heads_of(wish),
        "departments": DEPARTMENTS.items(),
        "contracts": CONTRACTS.items(),
        "shown": SHOWN.items(),
        "orders": [(key, title) for key, (title, _read) in ORDERS.items()],
        "some": bool(opened.outcome.costs),
    }
    return render(request, "team/engagements.html", page)


@member_view()
@require_GET
def findings(request: MemberRequest, engagement: str) -> HttpResponse:
    """What is to be seen of an engagement, and its way out."""
    opened = open_page(request)
    fact = opened.dossier.find(f"engagement/{engagement}", Engagement)
    if fact is None:
        raise Http404
    about = [fact.about, fact.position, fact.person]
    found = [each for each in opened.outcome.findings if each.about in about]
    found.sort(key=lambda each: about.index(each.about))
    check = minimums_of(opened.outcome).get(fact.about)
    page = {
        "title": name_of(fact, opened.dossier),
        "findings": [corrected(request, each) for each in found],
        "told": any(each.code in OF_THE_MINIMUM for each in found),
        "fact": fact,
        "check": check,
        "reason": reason_of(check.step) if check and check.step else None,
    }
    return render(request, "team/findings.html", page)


@member_view()
@require_GET
def people(request: MemberRequest) -> HttpResponse:
    """Who works here, and the structure's other people."""
    opened = open_page(request)
    here, elsewhere = people_of(request.structure, opened.dossier, clock.today())
    return render(
        request, "team/people.html", _tabs(opened, "people") | {"here": here, "elsewhere": elsewhere}
    )


@member_view()
@require_GET
def needs(request: MemberRequest) -> HttpResponse:
    """Positions: what is expected, who fills them."""
    opened = open_page(request)
    found = needs_of(opened.outcome)
    missing = sum(need.missing for need in found)
    return render(request, "team/needs.html", _tabs(opened, "needs") | {"needs": found, "missing": missing})


def _tabs(opened: Opened, current: str) -> dict[str, Any]:
    engagements = opened.dossier.all(Engagement)
    return {
        "tab": current,
        "engagements": len(engagements),
        "persons": len({engagement.person for engagement in engagements}),
        "year": clock.today().year,
    }


@member_view(EDIT, "engagement")
@require_http_methods(["GET", "POST"])
def engage(request: MemberRequest) -> HttpResponseBase:
    """Hire someone: the cost shows while typing."""
    opened = open_page(request)
    given = first_values(opened.dossier, request.GET.dict(), clock.today())
    form = _form_of(request, opened, "", _posted(request), initial=given)
    role = form.role
    title = _("Engager pour %(role)s") % {"role": role.label} if role else _("Nouvel engagement")
    return _answer(request, form, title)


@member_view(EDIT, "engagement")
@require_http_methods(["GET", "POST"])
def engagement(request: MemberRequest, engagement: str) -> HttpResponseBase:
    """Change an engagement."""
    opened = open_page(request)
    form = _form_of(request, opened, engagement, _posted(request))
    return _answer(request, form, name_of(form.old, opened.dossier) if form.old else "")


def _posted(request: MemberRequest) -> QueryDict | None:
    """What was sent, a gross that was found taking the place of what was typed."""
    if request.method != "POST":
        return None
    return filled(request.POST) if request.POST.get(FILL) else request.POST


@member_view(EDIT, "engagement")
@require_GET
def figures(request: MemberRequest) -> HttpResponse:
    """Compute what is typed so far; writes nothing, and keeps the last figures while something is missing."""
    opened = open_page(request)
    form = _form_of(request, opened, request.GET.get("of", ""), request.GET)
    answer = render(request, "team/live.html", _figures(request, form) | {"form": form, "live": True})
    if form.figure is None:
        answer.headers["HX-Reswap"] = "none"
    return answer


def _form_of(
    request: MemberRequest, opened: Opened, ident: str, data: QueryDict | None, **more: Any
) -> EngagementForm:
    """The form of an engagement, or of a new one; 404 for one that is not there."""
    fact = opened.loaded.dossier.get(f"engagement/{ident}") if ident else None
    if ident and fact is None:
        raise Http404
    revision = opened.loaded.revisions.get(fact.about) if fact else None
    choices = Choices(request.structure, opened.dossier)
    return EngagementForm(data or None, choices=choices, fact=fact, revision=revision, **more)


def _figures(request: MemberRequest, form: EngagementForm) -> dict[str, Any]:
    """What the figures' corner shows: the amounts and their reasons, the effect, or what is missing."""
    if not form.is_bound:
        return {"figure": None}
    valid = form.is_valid()
    if form.figure is None:
        lacks = [lack for lack in form.lacks if not form.refusal or lack.place != "id_unit_pay"]
        return {"figure": None, "missing": form.refusal, "lacks": lacks}
    figure = form.figure
    if valid and (changes := form.changes()):
        figure = replace(figure, effect=_effect(request, changes))
    return {
        "figure": figure,
        "known": form.known,
        "over": form.over,
        "lacks": form.lacks,
        "joins": len(form.joins),
        "apart": form.apart,
        "filled_by": form.filled_by,
        "query": urlencode([(name, value) for name, value in _sent(request, form) if value]),
        "comparable": "position" in form.typed,
    }


def _sent(request: MemberRequest, form: EngagementForm) -> list[tuple[str, str]]:
    """What the form holds, for the address of its comparison."""
    sent = request.POST if request.method == "POST" else request.GET
    names = set(form.fields) - {"_seen"} | {"of"}
    typed = [(name, str(value)) for name in sent if name in names for value in sent.getlist(name)]
    return typed or [("of", form.old.id)] if form.old else typed


def _effect(request: MemberRequest, changes: tuple[Change, ...]) -> Effect | None:
    """What the rest of the production would say of the change; None when it does not apply yet."""
    try:
        found = preview(request.structure, request.production_id or "", changes)
    except BadInput:
        return None
    difference = found.difference
    gap = next(moved for moved in difference.totals if moved.id == "funding/gap")
    return Effect(
        new=difference.new_findings,
        gone=difference.gone_findings,
        gap=(gap.before or ZERO, gap.after or ZERO) if gap.change else None,
    )


def _answer(request: MemberRequest, form: EngagementForm, title: str) -> HttpResponseBase:
    slug, production = request.structure.slug, request.production_id
    back = reverse("team:page", args=[slug, production])
    if request.method == "POST" and not form.wants_more and form.is_valid():
        try:
            return show_effect(
                request,
                form.changes(),
                seen=form.seen,
                back=f"{back}#{form.about.replace('/', '-')}",
                typed=True,
            )
        except BadInput as error:
            form.refuse(error)
    page = {
        "form": form,
        "title": title,
        "back": back,
        "old": form.old,
        "known": form.known,
        "over": form.over,
        "ways": KNOWN.items(),
        "overs": OVER.items(),
    }
    page |= _figures(request, form) if form.is_bound else _figures_of_old(request, form)
    return render(
        request, "team/engage.html", page, status=422 if form.is_bound and not form.wants_more else 200
    )


def _figures_of_old(request: MemberRequest, form: EngagementForm) -> dict[str, Any]:
    """What an engagement costs as it stands, before anything is typed."""
    if form.old is None:
        return {"figure": None}
    return _figures(request, as_it_stands(form))


@member_view(EDIT, "engagement")
@require_http_methods(["GET", "POST"])
def compare(request: MemberRequest) -> HttpResponseBase:
    """Compare ways of engaging the same person; keep one, after its effect is shown."""
    opened = open_page(request)
    form = _asked_form(request, opened)
    page: dict[str, Any] = {
        "query": request.GET.urlencode(),
        "form": form,
        "equals": EQUAL.items(),
        "engaged": _named(opened),
    }
    page["sent"] = _sent(request, form) if form.is_bound else []
    if form.is_bound:
        form.is_valid()
        page["title"] = form.person_name or _("Nouvel engagement")
        try:
            found = compared(request, form, request.GET)
            if request.method == "POST" and form.is_valid():
                return _keep(request, opened, form, found)
            page["found"] = found
        except BadInput as error:
            page["problems"] = [problem.message for problem in error.problems]
    return render(request, "team/compare.html", page)


def _asked_form(request: MemberRequest, opened: Opened) -> EngagementForm:
    """The engagement an address holds: as it is typed, or as it stands when the address names it alone."""
    typed = request.GET if request.GET.get("position") else None
    form = _form_of(request, opened, request.GET.get("of", ""), typed)
    return as_it_stands(form) if form.old and not form.is_bound else form


@member_view(EDIT, "engagement")
@require_GET
def reason(request: MemberRequest) -> HttpResponse:
    """Explain a figure of an engagement that is typed, or of one of the ways compared; nothing is kept."""
    form = _asked_form(request, open_page(request))
    title, step = _reason_asked(request, form)
    if step is None:
        raise Http404
    return render(request, "team/reason.html", {"reason": reason_of(step), "title": title})


def _reason_asked(request: MemberRequest, form: EngagementForm) -> tuple[str, Step | None]:
    if not form.is_bound:
        return "", None
    form.is_valid()
    if form.figure is None:
        return "", None
    if "facon" not in request.GET:
        asked = request.GET.get("quoi", "")
        return QUESTIONS.get(asked, ""), form.figure.steps.get(asked)
    try:
        columns = compared(request, form, request.GET).columns
    except BadInput:
        return "", None
    way = next((column.way for column in columns if column.way.key == request.GET["facon"]), None)
    return (way.label, way.cost.employer_cost) if way and way.cost else ("", None)


def _keep(request: MemberRequest, opened: Opened, form: EngagementForm, found: Compared) -> HttpResponseBase:
    """Show the effect of keeping one of the ways compared."""
    key = request.POST.get("retenir", "")
    column = next((column for column in found.columns if column.way.key == key), None)
    if column is None or column.way.engagement is None:
        raise Http404
    changes = kept(form, column.way)
    revisions = opened.loaded.revisions
    seen = {each.about: revisions[each.about] for each in changes if each.about in revisions}
    back = reverse("team:page", args=[request.structure.slug, request.production_id])
    return show_effect(request, changes, seen=seen | form.seen, back=f"{back}#engagement-{form.ident}")


def _named(opened: Opened) -> list[tuple[str, str]]:
    return [(one.id, name_of(one, opened.dossier)) for one in opened.dossier.all(Engagement)]


@member_view()
@require_GET
def person(request: MemberRequest, person: str) -> HttpResponse:
    """Somebody: what they do here, when they come."""
    opened = open_page(request)
    fact, _revision = find_fact(request, opened, f"person/{person}")
    if not isinstance(fact, Person):
        raise Http404
    lines = [line for group in groups_of(opened.outcome) for line in group.lines if line.person_id == person]
    page = {
        "person": fact,
        "lines": lines,
        "dates": dates_of(opened.dossier, fact.about, clock.today()),
        "pairs": _pairs(fact, opened),
        "tab": "public",
    }
    return render(request, "team/person.html", page)


@member_view(SEE, "person_private")
@require_GET
def private(request: MemberRequest, person: str) -> HttpResponse:
    """What only payroll may see of somebody."""
    opened = open_page(request)
    fact, _revision = find_fact(request, opened, f"person/{person}")
    loaded = load_production(request.structure, request.production_id or "", with_private=True)
    found = next((one for one in loaded.dossier.all(PersonPrivate) if one.person == fact.about), None)
    page = {
        "person": fact,
        "private": found,
        "pairs": _pairs(found, opened) if found else [],
        "tab": "private",
    }
    return render(request, "team/private.html", page)


def _pairs(fact: Any, opened: Opened) -> list[tuple[str, str]]:
    return [
        (shape.title, words)
        for shape in shapes_of(BY_KIND[fact.kind])
        if shape.name not in ("id", "person", "given_name", "family_name")
        and (words := value_words(shape, getattr(fact, shape.name), opened.dossier)) != "–"
    ]
