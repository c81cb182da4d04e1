"""Any fact's own page: add, edit, remove, previewed before they are saved."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from filage.facts.base import Fact
from filage.facts.changing import referring
from filage.facts.kinds import BY_KIND, PRIVATE
from filage.kernel.changes import remove as removal
from filage.kernel.errors import BadInput
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, SEE
from filage_web.forms.builder import FactForm
from filage_web.forms.queries import Choices, name_of
from filage_web.navigation import place_of, production_address
from filage_web.preview import show_effect
from filage_web.preview.answers import refused
from filage_web.preview.draft import safe
from filage_web.shell.opening import open_page
from filage_web.store.outcomes import Opened
from filage_web.store.queries import load_production
from filage_web.store.rows import current_rows

ALONE = frozenset({"production", "employer"})
KEPT = frozenset({"budget_version"})
"""What is written once, by its own page, and never edited."""


@member_view(EDIT)
@require_http_methods(["GET", "POST"])
def add(request: MemberRequest, kind: str) -> HttpResponseBase:
    """Write a new fact of any kind."""
    _check(request, kind)
    if kind in ALONE | KEPT:
        raise Http404
    opened = open_page(request)
    given = {key: value for key, value in request.GET.items() if key in BY_KIND[kind].model_fields}
    form = FactForm(
        kind,
        request.POST or None,
        choices=Choices(request.structure, opened.dossier, opened.outcome.budget.rows),
        initial=given,
        variables=opened.outcome.variables,
    )
    return _answer(request, form, _("Ajouter : %(kind)s") % {"kind": BY_KIND[kind].title.lower()})


@member_view(EDIT)
@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest, kind: str, ident: str) -> HttpResponseBase:
    """Edit a fact of any kind."""
    _check(request, kind)
    if kind in KEPT:
        raise Http404
    opened = open_page(request)
    about = f"{kind}/{ident}"
    fact, revision = find_fact(request, opened, about)
    form = FactForm(
        kind,
        request.POST or None,
        choices=Choices(request.structure, opened.dossier, opened.outcome.budget.rows),
        fact=fact,
        revision=revision,
        variables=opened.outcome.variables,
    )
    title = (
        BY_KIND[kind].title if fact.private else f"{BY_KIND[kind].title} : {name_of(fact, opened.dossier)}"
    )
    return _answer(request, form, title)


@member_view(EDIT)
@require_POST
def remove(request: MemberRequest, kind: str, ident: str) -> HttpResponseBase:
    """Show what removing a fact would do; what refers to it must go first."""
    _check(request, kind)
    opened = open_page(request)
    fact, revision = find_fact(request, opened, f"{kind}/{ident}")
    back = _back(request, "")
    try:
        return show_effect(request, [removal(fact.about)], seen={fact.about: revision}, back=back)
    except BadInput:
        names = [name_of(found, opened.dossier) for about in referring(opened.dossier, fact.about)
                 if (found := opened.dossier.get(about))]  # fmt: skip
        if names:
            shown = ", ".join(names[:5]) + ("…" if len(names) > 5 else "")  # noqa: PLR2004 - enough to see
            error = BadInput(_("retirez d’abord ce qui s’y rapporte : %(what)s") % {"what": shown})
        return refused(request, error, back)


def find_fact(request: MemberRequest, opened: Opened, about: str) -> tuple[Fact, int]:
    """Find a fact of the production or of its structure, private ones for who may see them, with its revision."""
    kind = about.partition("/")[0]
    if kind in PRIVATE:
        if not request.may(SEE, kind):
            raise PermissionDenied
        loaded = load_production(request.structure, request.production_id or "", with_private=True)
    else:
        loaded = opened.loaded
    fact = loaded.dossier.get(about)
    if fact is not None:
        return fact, loaded.revisions.get(about, 0)
    if BY_KIND[kind].shared:
        row = current_rows(request.structure, None, [about]).get(about)
        if row is not None and row.fact is not None:
            return row.fact, row.revision
    raise Http404


def _check(request: MemberRequest, kind: str) -> None:
    if kind not in BY_KIND:
        raise Http404
    if not request.may(EDIT, kind):
        raise PermissionDenied


def _answer(request: MemberRequest, form: FactForm, title: str) -> HttpResponseBase:
    """Show the form, or the effect of what it asks for."""
    if request.method == "POST" and not form.wants_more and form.is_valid():
        try:
            return show_effect(
                request, form.changes(), seen=form.seen, back=_back(request, form.about), typed=True
            )
        except BadInput as error:
            form.refuse(error)
    page = {"form": form, "title": title, "back": _back(request, form.about), "old": form.old}
    wrong = form.is_bound and not form.wants_more
    return render(request, "forms/page.html", page, status=422 if wrong else 200)


def _back(request: MemberRequest, about: str) -> str:
    """Where to go afterwards: where one came from, else where the fact is shown."""
    asked = safe(request.POST.get("retour", "") or request.GET.get("retour", ""))
    slug, production = request.structure.slug, request.production_id or ""
    return asked or place_of(slug, production, about) or production_address(slug, production)
