"""Several lines at once: their group, who answers for them, their post; kept in the library, taken out."""

from collections.abc import Iterable, Mapping

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from filage.budget.posts import posts_of
from filage.facts.budget import BudgetGroup, BudgetLine, LineDetail
from filage.kernel.changes import Change, add, remove, set_
from filage.kernel.errors import BadInput
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT
from filage_web.budget.answering import KIND, address_of, said_of, written_from_panel
from filage_web.budget.arranging import grid_of
from filage_web.budget.cells import CellError, id_of_line
from filage_web.budget.grid import Grid, Line
from filage_web.budget.library import kept_lines, taken_models
from filage_web.budget.line_form import new_group
from filage_web.budget.removing import removal_of
from filage_web.forms import Choices
from filage_web.scenarios.chosen import Chosen, chosen
from filage_web.templatetags.french import counted

NO_GROUP = "aucun"


@member_view(EDIT, KIND)
@require_http_methods(["GET", "POST"])
def several(request: MemberRequest) -> HttpResponseBase:
    """Choose lines, and say what becomes of them together."""
    found = chosen(request)
    grid = grid_of(found, "tous")
    asked = request.POST.getlist("line") or request.GET.getlist("line")
    wanted = set(asked)
    lines = [line for line in grid.lines() if line.row.id in wanted]

    def page(error: BadInput | CellError | None = None) -> HttpResponse:
        return _page(request, found, grid, lines, said_of(error) if error else "")

    if request.method == "GET":
        return page()
    if not lines:
        return _page(request, found, grid, lines, _("Cochez au moins une ligne."))
    try:
        label, changes = _asked(request, found, lines)
    except CellError as error:
        return page(error)
    return written_from_panel(request, found, changes, label=label, again=page)


def _page(request: MemberRequest, found: Chosen, grid: Grid, lines: list[Line], problem: str) -> HttpResponse:
    picked = {line.row.id for line in lines}
    whole = request.method == "GET" and not lines
    context = {
        "found": found,
        "parts": [part for part in grid.parts if any(group.lines for group in part.groups)] if whole else [],
        "lines": lines,
        "picked": picked,
        "groups": found.dossier.all(BudgetGroup),
        "people": Choices(request.structure, found.dossier).of(["person"]),
        "posts": posts_of(found.dossier),
        "problem": problem,
        "back": address_of(request, found),
    }
    return render(request, "budget/several.html", context, status=422 if problem else 200)


def _asked(request: MemberRequest, found: Chosen, lines: list[Line]) -> tuple[str, list[Change]]:
    """What the form asks for: its name in the history, and its changes; CellError when it cannot be."""
    action, count = request.POST.get("action", ""), len(lines)
    if action == "group":
        return _to_group(request, found, lines)
    if action == "owner":
        owner = request.POST.get("owner", "")
        label = _("Responsable de %(lines)s") % {"lines": counted(count, "ligne,lignes")}
        return label, detailed(found, lines, {"owner": owner or None})
    if action == "post":
        return _to_post(request, found, lines)
    if action == "library":
        if found.scenario:
            message = _("La bibliothèque est celle de la structure : revenez à la référence pour y ajouter.")
            raise CellError(message)
        label = counted(count, _("ligne gardée en bibliothèque,lignes gardées en bibliothèque"))
        return label, kept_lines(lines, found, taken_models(request.structure))
    return _("Retrait de %(lines)s") % {"lines": counted(count, "ligne,lignes")}, list(
        removal_of(lines, found)
    )


def _to_group(request: MemberRequest, found: Chosen, lines: list[Line]) -> tuple[str, list[Change]]:
    name = " ".join(request.POST.get("new_group", "").split())[:80]
    group = request.POST.get("group", "")
    if name:
        made = new_group(found, name)
        label = _("%(lines)s dans le groupe %(name)s") % {
            "lines": counted(len(lines), "ligne,lignes"),
            "name": name,
        }
        return label, [made, *detailed(found, lines, {"group": made.about})]
    known = found.dossier.find(group, BudgetGroup)
    if known is None and group != NO_GROUP:
        message = _("Choisissez un groupe, ou nommez-en un nouveau.")
        raise CellError(message)
    if known is None:
        label = _("%(lines)s hors de groupe") % {"lines": counted(len(lines), "ligne,lignes")}
        return label, detailed(found, lines, {"group": None})
    label = _("%(lines)s dans le groupe %(name)s") % {
        "lines": counted(len(lines), "ligne,lignes"),
        "name": known.label,
    }
    return label, detailed(found, lines, {"group": known.about})


def _to_post(request: MemberRequest, found: Chosen, lines: list[Line]) -> tuple[str, list[Change]]:
    post = next((one for one in posts_of(found.dossier) if one.code == request.POST.get("post")), None)
    if post is None:
        message = _("Choisissez un poste.")
        raise CellError(message)
    for line in lines:
        if not isinstance(found.dossier.get(line.row.about), BudgetLine):
            message = _("%(name)s se calcule : elle suit ce qui la fait.") % {"name": line.row.label}
            raise CellError(message)
    label = _("%(lines)s au poste %(post)s") % {
        "lines": counted(len(lines), "ligne,lignes"),
        "post": post.label,
    }
    return label, [set_(line.row.about, post=post.code, phase=post.phase) for line in lines]


def detailed(found: Chosen, lines: Iterable[Line], values: Mapping[str, str | None]) -> list[Change]:
    """The changes that lay the same details over several lines; None empties a field."""
    given = {key: value for key, value in values.items() if value is not None}
    clear = tuple(key for key, value in values.items() if value is None)
    changes: list[Change] = []
    for line in lines:
        detail = line.row.detail
        if detail is None:
            about = f"{LineDetail.kind}/{id_of_line(line.row.id)}"
            changes += [add(about, line=line.row.id, **given)] if given else []
        elif detail.model_copy(update=dict(values)) == LineDetail(id=detail.id, line=detail.line):
            changes.append(remove(detail.about))  # nothing is left to say
        else:
            changes.append(set_(detail.about, clear, **given))
    return changes
