"""The storyboard: images given, put in order, timed; each served to members only."""

from collections.abc import Mapping

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filage.facts.script import Scene, Shot
from filage.kernel.changes import Change
from filage.kernel.errors import BadInput, Problem
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, SEE
from filage_web.preview.answers import refused, save
from filage_web.script.frames import MAX_BYTES, frames_of, media_type
from filage_web.script.seen import seen_by
from filage_web.script.storyboard import Board, board_of, shots_with, typed_board
from filage_web.script.texts import base_name, file_called
from filage_web.shell.opening import open_page
from filage_web.store.files import GivenFile, bytes_of, keep_file
from filage_web.store.models import File, Production
from filage_web.store.outcomes import Opened

SIZES = (
    "plan d’ensemble",
    "plan large",
    "plan moyen",
    "plan américain",
    "plan rapproché",
    "gros plan",
    "insert",
)


@member_view(SEE, "shot")
@require_GET
def storyboard(request: MemberRequest) -> HttpResponse:
    """Show the shots of each scene with their frames."""
    opened = open_page(request)
    return _draw(request, opened, _board(request, opened))


@member_view(EDIT, "shot")
@require_POST
def arrange(request: MemberRequest) -> HttpResponseBase:
    """Put shots in order, name, time, move and remove them, as one write."""
    opened = open_page(request)
    board = _board(request, opened)
    changes = typed_board(board, request.POST)
    if board.problems:
        return _draw(request, opened, board, tuple(map(Problem, board.problems)))
    shown = {f"shot/{ident}": request.POST.get(f"seen-{ident}", "") for ident in request.POST.getlist("shot")}
    touched = {change.about for change in changes}
    seen = {about: int(text) for about, text in shown.items() if text.isdigit() and about in touched}
    return _save(request, opened, changes, seen)


@member_view(EDIT, "shot")
@require_POST
def give_frames(request: MemberRequest) -> HttpResponseBase:
    """Make shots of images, or of the pages of a PDF; a file that is none is said, the others are kept."""
    opened = open_page(request)
    scene = opened.dossier.find(f"scene/{request.POST.get('scene', '')}", Scene)
    problems = [] if scene else [Problem(_("choisissez la scène que montrent ces images"))]
    given = request.FILES.getlist("file")
    if not given:
        problems.append(Problem(_("choisissez au moins une image ou un PDF")))
    if scene is None or not given:
        return _draw(request, opened, _board(request, opened), tuple(problems))
    images = []
    for one in given:
        try:
            images += _frames(one)
        except BadInput as error:
            problems += error.problems
    if problems and not images:
        return _draw(request, opened, _board(request, opened), tuple(problems))
    with transaction.atomic():
        names = _keep(request, scene, images)
        taken = set(opened.dossier.by_kind.get("shot", {}))
        changes = shots_with(_board(request, opened), scene, names, taken)
        answer = _save(request, opened, changes, seen_by(opened, changes), scene.id)
    for problem in problems:
        messages.error(request, str(problem))
    return answer


def _frames(given: UploadedFile) -> list[tuple[str, bytes]]:
    name = str(given.name)
    stem = slugify(name.rpartition(".")[0] or name)[:60] or "image"
    found = frames_of(bytes(given.read(MAX_BYTES + 1)), name)
    return [(stem if len(found) == 1 else f"{stem}-{rank}", frame) for rank, frame in enumerate(found, 1)]


def _keep(request: MemberRequest, scene: Scene, images: list[tuple[str, bytes]]) -> list[str]:
    """Keep the frames under names that take no other file's place."""
    production = Production.objects.get(structure=request.structure, slug=request.production_id)
    mine = File.objects.filter(structure=request.structure, production=production)
    taken = set(mine.values_list("name", flat=True))
    names = []
    for stem, data in images:
        base = f"storyboard-{scene.id}-{stem}"
        name = next(
            found
            for rank in range(1, 100_000)
            if (found := f"{base}.jpg" if rank == 1 else f"{base}-{rank}.jpg") not in taken
        )
        taken.add(name)
        keep_file(request.structure, production, GivenFile(name, data, "image/jpeg"), actor=request.user)
        names.append(name)
    return names


@member_view(SEE, "shot")
@require_GET
def frame(request: MemberRequest, shot: str) -> HttpResponse:
    """Hand over the image of a shot, to whoever may see the shot."""
    fact = open_page(request).dossier.find(f"shot/{shot}", Shot)
    kept = (
        file_called(request.structure, str(request.production_id), base_name(fact.file))
        if fact and fact.file
        else None
    )
    data = bytes_of(kept) if kept else b""
    kind = media_type(data)
    if kept is None or kind is None:
        raise Http404
    answer = HttpResponse(data, content_type=kind)
    answer.headers["Content-Disposition"] = "inline"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(answer, private=True, max_age=300)
    return answer


def _board(request: MemberRequest, opened: Opened) -> Board:
    mine = File.objects.filter(structure=request.structure, production__slug=request.production_id)
    return board_of(opened.dossier, set(mine.values_list("name", flat=True)))


def _draw(
    request: MemberRequest, opened: Opened, board: Board, problems: tuple[Problem, ...] = ()
) -> HttpResponse:
    asked = request.POST.get("scene", request.GET.get("scene", ""))
    page = {
        "board": board,
        "problems": problems,
        "scene": asked,
        "sizes": SIZES,
        "revisions": opened.loaded.revisions,
    }
    return render(request, "script/storyboard.html", page, status=422 if problems else 200)


def _save(
    request: MemberRequest, opened: Opened, changes: tuple[Change, ...], seen: Mapping[str, int], at: str = ""
) -> HttpResponseBase:
    back = reverse("script:storyboard", args=[request.structure.slug, request.production_id])
    known = opened.dossier.find(f"scene/{at}", Scene)
    back = f"{back}#scene-{known.id}" if known else back
    try:
        return save(request, changes, seen=seen, back=back, label=_("Storyboard"))
    except BadInput as error:
        return refused(request, error, back)
