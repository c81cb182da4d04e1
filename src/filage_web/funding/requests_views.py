"""Requests and reports to funders: begun from a funding, filled in, checked, drawn, issued."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filage.facts.funding import Funding, Request, Scheme
from filage.funding.request import RequestFile
from filage.funding.request_headings import APPLICATION, REPORT, form_of
from filage.funding.request_json import differences, digest
from filage.funding.request_lacks import pieces_lacking
from filage.funding.request_pieces import pieces_of
from filage.funding.scheme_data import catalogue
from filage.kernel.changes import Change, add
from filage.kernel.errors import BadInput
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, EXPORT, ISSUE, SEE
from filage_web.forms.identifiers import new_id
from filage_web.funding import requests_services as services
from filage_web.funding.requests_queries import (
    completed,
    content_of,
    lines_of,
    paper_of,
    place_of_area,
    without_report,
    without_request,
)
from filage_web.preview import save, show_effect
from filage_web.preview.answers import refused
from filage_web.shell.attachment import PDF, attachment, shown_pdf
from filage_web.shell.opening import open_page
from filage_web.store.files import MAX_BYTES
from filage_web.store.issued import (
    EVERYBODY,
    UnchangedError,
    bytes_of,
    copy_of,
    said_by_last,
    versions_of,
)
from filage_web.store.models import File
from filage_web.store.outcomes import Opened

KIND = Request.kind
SHOWN = 40
"""Differences listed before the rest is counted."""


class NewForm(forms.Form):
    """Which funding a request is for; a scheme of the catalogue begins a funding of its own."""

    purpose = forms.ChoiceField(
        label=_l("Document"),
        choices=[(APPLICATION, _l("Demande")), (REPORT, _l("Bilan (compte rendu financier)"))],
    )
    source = forms.ChoiceField(label=_l("Pour"), required=True)
    label = forms.CharField(label=_l("Nom du dossier"), required=False, max_length=120)

    def __init__(self, opened: Opened, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        fundings = [(one.about, one.label) for one in opened.dossier.all(Funding) if one.state != "refused"]
        schemes = catalogue(opened.dossier.all(Scheme))
        named = sorted(((f"scheme:{key}", one.name) for key, one in schemes.items()
                        if one.concerns(opened.dossier.production.form)), key=lambda pair: pair[1])  # fmt: skip
        source = self.fields["source"]
        assert isinstance(source, forms.ChoiceField)
        source.choices = [
            ("", _("Choisissez")),
            (_("Financements du plan"), fundings),
            (_("Dispositifs du catalogue, à ajouter au plan"), named),
        ]


@member_view(SEE, KIND)
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """List the requests and reports, and the fundings that still have none."""
    opened = open_page(request)
    lines = lines_of(request.structure, _slug(request), opened.dossier)
    context = {
        "lines": lines,
        "waiting": without_request(opened.dossier),
        "owed": without_report(opened.dossier),
        "today": clock.today(),
    }
    return render(request, "funding/requests.html", context)


@member_view(EDIT, KIND)
@require_http_methods(["GET", "POST"])
def new(request: MemberRequest) -> HttpResponseBase:
    """Begin a request for a funding of the plan, or for a scheme, whose funding is written with it."""
    opened = open_page(request)
    given = {"source": request.GET.get("pour", ""), "purpose": request.GET.get("usage", APPLICATION)}
    begun = [
        each.id
        for each in opened.dossier.all(Request)
        if given["source"] and (each.funding, each.purpose) == (given["source"], given["purpose"])
    ]
    if begun and request.method == "GET":
        return redirect(_address(request, begun[-1]))
    form = NewForm(opened, request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        changes, ident = _begun(opened, form.cleaned_data)
        label = _("Dossier commencé : %(what)s") % {"what": changes[-1].values["label"]}
        try:
            return save(request, changes, back=_address(request, ident), label=label[:200])
        except BadInput as error:
            return refused(request, error, _list(request))
    status = 422 if form.is_bound else 200
    return render(request, "funding/request_new.html", {"form": form, "back": _list(request)}, status=status)


def _begun(opened: Opened, typed: dict[str, Any]) -> tuple[list[Change], str]:
    source, purpose = str(typed["source"]), typed["purpose"]
    changes: list[Change] = []
    if source.startswith("scheme:"):
        scheme = catalogue(opened.dossier.all(Scheme))[source.removeprefix("scheme:")]
        values = {"label": scheme.name[:120], "nature": scheme.nature, "catalogue": scheme.id, "amount": "0",
                  "scheme": scheme.label}  # fmt: skip
        ident = new_id(Funding.kind, values, set(opened.dossier.by_kind.get(Funding.kind, {})))
        about, name = f"funding/{ident}", scheme.name
        changes.append(add(about, **values))
    else:
        funding = opened.dossier.find(source, Funding)
        about, name = source, funding.label if funding else source
    word = _("demande") if purpose == APPLICATION else _("compte rendu financier")
    label = typed["label"].strip() or f"{name[:90]}, {word}"
    taken = set(opened.dossier.by_kind.get(KIND, {}))
    ident = new_id(KIND, {"label": label}, taken)
    changes.append(add(f"{KIND}/{ident}", label=label, funding=about, purpose=purpose))
    return changes, ident


@member_view(SEE, KIND)
@require_http_methods(["GET", "POST"])
def one(request: MemberRequest, request_id: str) -> HttpResponseBase:
    """Show a request: its headings to fill, what it lacks, its pieces, its versions; a POST keeps the headings."""
    opened = open_page(request)
    fact = _fact(opened, request_id)
    if request.method == "POST":
        return _texts(request, opened, fact)
    return render(request, "funding/request.html", _context(request, opened, fact))


def _context(request: MemberRequest, opened: Opened, fact: Request) -> dict[str, Any]:
    slug, today = _slug(request), clock.today()
    made, content = content_of(request.structure, slug, opened.outcome, fact, today)
    funding = opened.dossier.find(fact.funding, Funding)
    pieces = pieces_of(opened.dossier, opened.outcome.budget, funding, fact, today)
    if fact.purpose == REPORT:
        pieces = ()
    listed = set(pieces_lacking(pieces))  # the checklist says them already
    versions = versions_of(request.structure, slug, document=paper_of(fact)[0], number=fact.id)
    said = (
        said_by_last(request.structure, slug, paper_of(fact), [EVERYBODY]).get(EVERYBODY)
        if versions
        else None
    )
    stale = bool(versions) and versions[0].sha256 != digest(content)
    moved = differences(said[1], content) if stale and said else ()
    files = dict(
        File.objects.filter(
            structure=request.structure, production__slug=slug, name__in=fact.files
        ).values_list("name", "pk")
    )
    return {
        "fact": fact,
        "made": made,
        "report": fact.purpose == REPORT,
        "form": made.form if isinstance(made, RequestFile) else None,
        "funding": funding,
        "layout": form_of(fact.purpose),
        "seen": opened.loaded.revisions.get(fact.about, 0),
        "lacks": completed(request, tuple(one for one in made.lacks if one not in listed)),
        "pieces": [(piece, place_of_area(request, piece.where)) for piece in pieces],
        "there": sum(piece.is_there for piece in pieces),
        "files": [(name, files.get(name)) for name in fact.files],
        "others": _others(request, fact),
        "largest": MAX_BYTES // 1_000_000,
        "versions": versions,
        "stale": stale,
        "moved": moved[:SHOWN],
        "more_moved": max(len(moved) - SHOWN, 0),
    }


def _others(request: MemberRequest, fact: Request) -> list[str]:
    """The files of the production this request has not joined."""
    mine = File.objects.filter(structure=request.structure, production__slug=_slug(request))
    return list(mine.exclude(name__in=fact.files).order_by("name").values_list("name", flat=True)[:200])


def _texts(request: MemberRequest, opened: Opened, fact: Request) -> HttpResponseBase:
    _may(request, EDIT)
    typed = {
        name.removeprefix("texte-"): str(value)
        for name, value in request.POST.items()
        if name.startswith("texte-")
    }
    changes = services.texts_changed(fact, opened.dossier, typed)
    label = _("Rubriques de « %(what)s »") % {"what": fact.label}
    return _saved(request, fact, changes, label, "#rubriques")


@member_view(EDIT, KIND)
@require_POST
def files(request: MemberRequest, request_id: str) -> HttpResponseBase:
    """Join files given or already kept, move one up, or take one off; a file taken off stays with the production."""
    opened = open_page(request)
    fact = _fact(opened, request_id)
    names = list(fact.files)
    if (gone := request.POST.get("retirer")) and gone in names:
        names.remove(gone)
        label = _("%(file)s : retiré du dossier") % {"file": gone}
    elif (raised := request.POST.get("monter")) and raised in names:
        rank = names.index(raised)
        names.insert(max(rank - 1, 0), names.pop(rank))
        label = _("%(file)s : avancé d’un rang") % {"file": raised}
    else:
        known = set(_others(request, fact))
        added = [name for name in request.POST.getlist("deja") if name in known]
        try:
            added += services.kept_names(
                request.structure, _slug(request), request.FILES.getlist("file"), request.user
            )
        except BadInput as error:
            return refused(request, error, _address(request, fact.id, "#pieces"))
        if not added:
            messages.error(
                request, _("Choisissez un fichier sur votre ordinateur, ou un de ceux de la production.")
            )
            return redirect(_address(request, fact.id, "#pieces"))
        names += added
        label = _("Joint au dossier : %(files)s") % {"files": ", ".join(added)}
    return _saved(request, fact, (services.files_changed(fact, names),), label, "#pieces")


@member_view(EDIT, Funding.kind)
@require_POST
def piece(request: MemberRequest, request_id: str) -> HttpResponseBase:
    """Tick a piece asked, or untick it; it is written with the funding."""
    opened = open_page(request)
    fact = _fact(opened, request_id)
    funding = opened.dossier.find(fact.funding, Funding)
    label = request.POST.get("piece", "").strip()
    known = pieces_of(opened.dossier, opened.outcome.budget, funding, fact, clock.today())
    if funding is None or label not in {one.label for one in known}:
        raise Http404
    change = services.piece_ticked(funding, label)
    back = _address(request, fact.id, "#demandees")
    try:
        return save(request, [change], back=back, label=_("Pièce : %(what)s") % {"what": label})
    except BadInput as error:
        return refused(request, error, back)


@member_view(EXPORT, KIND)
@require_GET
def draft(request: MemberRequest, request_id: str) -> HttpResponse:
    """Make the PDF as it would be issued today; it says that it was not."""
    opened = open_page(request)
    fact = _fact(opened, request_id)
    _made, content = content_of(request.structure, _slug(request), opened.outcome, fact, clock.today())
    data = services.drawn(request.structure, _slug(request), fact, content).data
    return shown_pdf(data, f"{fact.id}-essai.pdf")


@member_view(ISSUE, KIND)
@require_POST
def issue(request: MemberRequest, request_id: str) -> HttpResponseBase:
    """Freeze the next version; nothing is written when nothing moved."""
    opened = open_page(request)
    fact = _fact(opened, request_id)
    try:
        done = services.issue(request.structure, _slug(request), opened, fact, actor=request.user)
    except UnchangedError as unchanged:
        messages.info(request, _("La version %(n)s dit déjà tout cela.") % {"n": unchanged.version})
    except BadInput as error:
        return refused(request, error, _address(request, fact.id))
    else:
        messages.success(request, _("Version %(n)s émise : elle ne changera plus.") % {"n": done.version})
    return redirect(_address(request, fact.id, "#versions"))


@member_view(EXPORT, KIND)
@require_GET
def issued(request: MemberRequest, request_id: str, version: int) -> HttpResponse:
    """Hand over a version as it was issued, even when its request is gone."""
    for document in ("funding_request", "financial_report"):
        copy = copy_of(request.structure, _slug(request), (document, request_id), version)
        if copy is not None:
            return attachment(bytes_of(copy), f"{request_id}-version-{version}.pdf", PDF)
    raise Http404


@member_view(EDIT, KIND)
@require_POST
def sent(request: MemberRequest, request_id: str) -> HttpResponseBase:
    """Say that a request left: shown with what follows for the plan before it is written."""
    opened = open_page(request)
    fact = _fact(opened, request_id)
    funding = opened.dossier.find(fact.funding, Funding)
    changes = services.sent_changes(fact, funding)
    title = _("Envoyé : %(what)s") % {"what": fact.label}
    if funding is not None and len(changes) > 1:
        title += _(" ; %(source)s devient « demandé »") % {"source": funding.label}
    try:
        return show_effect(request, changes, back=_address(request, fact.id), title=title, label=title)
    except BadInput as error:
        return refused(request, error, _address(request, fact.id))


# --- what they share --------------------------------------------------------------------------------------------------


def _saved(
    request: MemberRequest, fact: Request, changes: Iterable[Change], label: str, anchor: str
) -> HttpResponseBase:
    back = _address(request, fact.id, anchor)
    text = str(request.POST.get("seen", ""))
    seen = {fact.about: int(text)} if text.isdigit() else {}
    try:
        return save(request, changes, seen=seen, back=back, label=label[:200])
    except BadInput as error:
        return refused(request, error, back)


def _may(request: MemberRequest, verb: str) -> None:
    from django.core.exceptions import PermissionDenied

    if not request.may(verb, KIND):
        raise PermissionDenied


def _fact(opened: Opened, ident: str) -> Request:
    fact = opened.dossier.find(f"{KIND}/{ident}", Request)
    if fact is None:
        raise Http404
    return fact


def _slug(request: MemberRequest) -> str:
    return request.production_id or ""


def _list(request: MemberRequest) -> str:
    return reverse("funding:requests", args=[request.structure.slug, _slug(request)])


def _address(request: MemberRequest, ident: str, anchor: str = "") -> str:
    return reverse("funding:request", args=[request.structure.slug, _slug(request), ident]) + anchor
