"""The page of files: documents made on demand, exports, and files kept with the production."""

from typing import Any, cast, get_args

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filage.kernel.errors import BadInput
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, EXPORT, SEE
from filage_web.files.documents import DOCUMENTS
from filage_web.shell.attachment import attachment
from filage_web.shell.opening import open_page
from filage_web.store.exports import Form, export_dossier
from filage_web.store.files import MAX_BYTES, GivenFile, bytes_of, files_of, keep_file, remove_file
from filage_web.store.models import File, Production

INERT = "application/octet-stream"


@member_view(SEE)
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """List what can be made, exported, and what is kept."""
    open_page(request)
    files = files_of(request.structure, str(request.production_id))
    context = {"documents": DOCUMENTS.values(), "files": files, "largest": MAX_BYTES // 1_000_000}
    return render(request, "files/page.html", context)


@member_view(EXPORT)
@require_GET
def document(request: MemberRequest, document: str) -> HttpResponse:
    """Make one document from today's facts and hand it over; `?scenario=` makes a variant's."""
    wanted = DOCUMENTS.get(document)
    if wanted is None:
        raise Http404
    outcome = open_page(request, scenario=request.GET.get("scenario") or None).outcome
    return attachment(
        wanted.bytes_of(outcome), wanted.file_name(str(request.production_id)), wanted.media_type()
    )


@member_view(EXPORT)
@require_GET
def export(request: MemberRequest, form: str) -> HttpResponse:
    """Export the dossier; private data only when asked for, with the right to it."""
    if form not in get_args(Form):
        raise Http404
    exported = export_dossier(
        request.structure,
        str(request.production_id),
        cast("Form", form),
        role=request.role,
        with_private=request.GET.get("prive") == "1",
    )
    return attachment(exported.data, exported.name, exported.media_type)


@member_view(EDIT)
@require_POST
def upload(request: MemberRequest) -> HttpResponse:
    """Keep files with the production; each refused one says why, the others are kept."""
    production = Production.objects.filter(structure=request.structure, slug=request.production_id).first()
    if production is None:
        raise Http404
    given = request.FILES.getlist("file")
    if not given:
        messages.error(request, _("Choisissez un fichier sur votre ordinateur."))
    for one in given:
        file = GivenFile(str(one.name), bytes(one.read(MAX_BYTES + 1)), one.content_type or INERT)
        try:
            keep_file(request.structure, production, file, actor=_actor(request))
        except BadInput as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("%(name)s est gardé.") % {"name": one.name})
    return _back(request)


@member_view(SEE)
@require_GET
def download(request: MemberRequest, file: int) -> HttpResponse:
    """Hand over a file kept; never shown inside a page of ours."""
    kept = _file(request, file)
    return attachment(bytes_of(kept), kept.name, INERT)


@member_view(EDIT)
@require_POST
def remove(request: MemberRequest, file: int) -> HttpResponse:
    """Forget a file."""
    kept = _file(request, file)
    remove_file(kept)
    messages.success(request, _("%(name)s est retiré.") % {"name": kept.name})
    return _back(request)


def _file(request: MemberRequest, number: int) -> File:
    mine = File.objects.filter(structure=request.structure, production__slug=request.production_id, pk=number)
    found = mine.select_related("structure").first()
    if found is None:
        raise Http404
    return found


def _actor(request: HttpRequest) -> Any:
    return request.user


def _back(request: MemberRequest) -> HttpResponse:
    return redirect("files:page", request.structure.slug, request.production_id)
