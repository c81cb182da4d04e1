"""A task written or changed, its effect shown before it is saved."""

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from filage.facts.task import Task
from filage.kernel.errors import BadInput
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT
from filage_web.forms.queries import Choices
from filage_web.preview import show_effect
from filage_web.preview.draft import safe
from filage_web.shell.opening import open_page
from filage_web.tasks.forms import TaskForm


@member_view(EDIT, Task.kind)
@require_http_methods(["GET", "POST"])
def add(request: MemberRequest) -> HttpResponseBase:
    """Write a new task."""
    opened = open_page(request)
    given = {key: value for key, value in request.GET.items() if key in Task.model_fields}
    choices = Choices(request.structure, opened.dossier)
    form = TaskForm(request.POST or None, choices=choices, initial=given)
    return _answer(request, form, _("Ajouter une tâche"))


@member_view(EDIT, Task.kind)
@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest, task: str) -> HttpResponseBase:
    """Change a task."""
    opened = open_page(request)
    fact = opened.dossier.find(f"{Task.kind}/{task}", Task)
    if fact is None:
        raise Http404
    form = TaskForm(
        request.POST or None,
        choices=Choices(request.structure, opened.dossier),
        fact=fact,
        revision=opened.loaded.revisions.get(fact.about),
    )
    return _answer(request, form, fact.label)


def _answer(request: MemberRequest, form: TaskForm, title: str) -> HttpResponseBase:
    """Show the form, or the effect of what it asks for."""
    asked = safe(request.POST.get("retour", "") or request.GET.get("retour", ""))
    page = asked or reverse("tasks:page", args=[request.structure.slug, request.production_id])
    if request.method == "POST" and not form.wants_more and form.is_valid():
        back = f"{page.partition('#')[0]}#{form.about.replace('/', '-')}"
        try:
            return show_effect(request, form.changes(), seen=form.seen, back=back, typed=True)
        except BadInput as error:
            form.refuse(error)
    wrong = form.is_bound and not form.wants_more
    context = {"form": form, "title": title, "back": page, "old": form.old}
    return render(request, "forms/page.html", context, status=422 if wrong else 200)
