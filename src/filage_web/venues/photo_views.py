"""Photos of the places scouted: checked, kept with the production, shown to its members only."""

import io

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from filage.facts.venue import Scouting
from filage.kernel.changes import set_
from filage.kernel.errors import BadInput
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, SEE
from filage_web.preview import save
from filage_web.preview.answers import go, refused
from filage_web.script.frames import MAX_BYTES, frames_of, media_type
from filage_web.shell.opening import open_page
from filage_web.store.files import GivenFile, bytes_of, keep_file
from filage_web.store.models import File, Production
from filage_web.venues.scouting_views import back_to, find_scouting

KIND = Scouting.kind
SMALL = 480


@member_view(EDIT, KIND)
@require_POST
def add_photos(request: MemberRequest, scouting: str) -> HttpResponseBase:
    """Keep photos of a place; each refused one says why, the others are kept."""
    opened = open_page(request)
    fact = find_scouting(opened, scouting)
    given = request.FILES.getlist("photos")
    if not given:
        messages.error(request, _("Choisissez des photos : JPEG, PNG, ou un PDF."))
    images: list[bytes] = []
    for one in given:
        try:
            images += frames_of(bytes(one.read(MAX_BYTES + 1)), str(one.name))
        except BadInput as error:
            messages.error(request, str(error))
    if not images:
        return go(request, back_to(request, fact))
    names = _keep(request, fact, images)
    label = ngettext("%(n)s photo de repérage", "%(n)s photos de repérage", len(names)) % {"n": len(names)}
    try:
        change = set_(fact.about, photos=[*fact.photos, *names])
        return save(request, [change], back=back_to(request, fact), label=f"{fact.set} : {label}")
    except BadInput as error:
        return refused(request, error, back_to(request, fact))


def _keep(request: MemberRequest, fact: Scouting, images: list[bytes]) -> list[str]:
    """Keep images under names no other file has."""
    production = Production.objects.get(structure=request.structure, slug=request.production_id)
    taken = set(File.objects.filter(production=production).values_list("name", flat=True))
    names: list[str] = []
    for image in images:
        rank = 1
        while (name := f"repérage {fact.id} {rank}.jpg") in taken:
            rank += 1
        taken.add(name)
        keep_file(request.structure, production, GivenFile(name, image, "image/jpeg"), actor=request.user)
        names.append(name)
    return names


@member_view(SEE, KIND)
@require_GET
def photo(request: MemberRequest, scouting: str, file: int) -> HttpResponse:
    """Show a photo of a place, small with `?petite=1`."""
    fact = find_scouting(open_page(request), scouting)
    data = bytes_of(_file(request, fact, file))
    kind = media_type(data)
    if kind is None:
        raise Http404
    if request.GET.get("petite"):
        data, kind = _small(data), "image/jpeg"
    answer = HttpResponse(data, content_type=kind)
    answer.headers["Content-Disposition"] = "inline"
    patch_cache_control(answer, private=True, max_age=86_400)
    return answer


@member_view(EDIT, KIND)
@require_POST
def remove_photo(request: MemberRequest, scouting: str, file: int) -> HttpResponseBase:
    """Take a photo off a place; its file stays with the others, so that this can be undone."""
    fact = find_scouting(open_page(request), scouting)
    name = _file(request, fact, file).name
    left = [one for one in fact.photos if one != name]
    change = set_(fact.about, photos=left) if left else set_(fact.about, clear=("photos",))
    try:
        label = _("%(set)s : une photo retirée") % {"set": fact.set}
        return save(request, [change], back=back_to(request, fact), label=label)
    except BadInput as error:
        return refused(request, error, back_to(request, fact))


def _file(request: MemberRequest, fact: Scouting, key: int) -> File:
    """The file of one of a place's photos; nothing else is shown from here."""
    mine = File.objects.filter(structure=request.structure, production__slug=request.production_id, pk=key)
    found = mine.select_related("structure").first()
    if found is None or found.name not in fact.photos:
        raise Http404
    return found


def _small(data: bytes) -> bytes:
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        image.draft("RGB", (SMALL, SMALL))
        image.thumbnail((SMALL, SMALL))
        out = io.BytesIO()
        image.convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()
