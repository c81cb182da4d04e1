"""The team's pages."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from filage.facts.kinds import BY_KIND
from filage.facts.people import Person, PersonPrivate
from filage.facts.team import Engagement
from filage.kernel.errors import BadInput, FilageError
from filage.kernel.money import ZERO
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, SEE
from filage_web.fact_pages.views import find_fact
from filage_web.forms.queries import Choices, name_of
from filage_web.forms.shapes import shapes_of
from filage_web.preview import show_effect
from filage_web.preview.words import value_words
from filage_web.shell.opening import open_page
from filage_web.store.outcomes import Opened
from filage_web.store.queries import load_production
from filage_web.team.forms import EngagementForm
from filage_web.team.pay import GROSS, KNOWN, usual_terms
from filage_web.team.queries import dates_of, groups_of, needs_of, people_of
from filage_web.why import reason_of


@member_view()
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """Engagements by budget phase, with what they cost."""
    opened = open_page(request)
    groups = groups_of(opened.outcome)
    page = _tabs(opened, "engagements") | {
        "groups": groups,
        "gross": sum((group.gross for group in groups), ZERO),
        "net": sum((group.net for group in groups), ZERO),
        "cost": sum((group.cost for group in groups), ZERO),
        "employer": opened.dossier.employer,
    }
    return render(request, "team/engagements.html", page)


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
    given = {
        **usual_terms(opened.dossier, clock.today()),
        "unit": "cachet",
        **{key: value for key, value in request.GET.items() if key in Engagement.model_fields},
    }
    form = _form(request, opened, None, initial=given)
    return _answer(request, form, _("Nouvel engagement"))


@member_view(EDIT, "engagement")
@require_http_methods(["GET", "POST"])
def engagement(request: MemberRequest, engagement: str) -> HttpResponseBase:
    """Change an engagement."""
    opened = open_page(request)
    fact = opened.loaded.dossier.get(f"engagement/{engagement}")
    if fact is None:
        raise Http404
    form = _form(request, opened, fact)
    return _answer(request, form, name_of(fact, opened.dossier))


@member_view(EDIT, "engagement")
@require_GET
def figures(request: MemberRequest) -> HttpResponse:
    """Compute what is typed so far; writes nothing."""
    opened = open_page(request)
    ident = request.GET.get("of", "")
    fact = opened.dossier.get(f"engagement/{ident}") if ident else None
    form = EngagementForm(request.GET, choices=Choices(request.structure, opened.dossier), fact=fact)
    return render(request, "team/figures.html", _figures(form))


def _form(request: MemberRequest, opened: Opened, fact: Any, **more: Any) -> EngagementForm:
    revision = opened.loaded.revisions.get(fact.about) if fact else None
    choices = Choices(request.structure, opened.dossier)
    return EngagementForm(request.POST or None, choices=choices, fact=fact, revision=revision, **more)


def _figures(form: EngagementForm) -> dict[str, Any]:
    try:
        figure = form.figure() if form.is_bound else None
    except BadInput as error:
        return {"figure": None, "missing": error.problems[0].message}
    except (FilageError, ArithmeticError, ValueError) as error:
        return {"figure": None, "missing": str(error)}
    reason = reason_of(figure.unit.employer_cost) if figure else None
    return {"figure": figure, "reason": reason, "known": form.known}


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
        "ways": KNOWN.items(),
    }
    page |= _figures(form) if form.is_bound else _figures_of_old(form)
    return render(
        request, "team/engage.html", page, status=422 if form.is_bound and not form.wants_more else 200
    )


def _figures_of_old(form: EngagementForm) -> dict[str, Any]:
    """What an engagement costs as it stands, before anything is typed."""
    if form.old is None:
        return {"figure": None}
    typed = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    typed |= {"known": GROSS, "isolated": "on" if form["isolated"].value() else ""}
    return _figures(EngagementForm(typed, choices=form.choices, fact=form.old))


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
