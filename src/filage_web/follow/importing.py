"""Expenses of a spreadsheet or a bank statement: read, shown row by row, then written together or not at all."""

from typing import Final

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from filage.accounting.expense_columns import LABELS
from filage.accounting.expense_import import changes_of, read_expenses
from filage.budget.importing.grid import letters
from filage.budget.importing.workbook import MAX_BYTES
from filage.facts.spending import Expense
from filage.kernel.errors import BadInput
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT
from filage_web.follow.expenses import find_file
from filage_web.preview import save
from filage_web.preview.answers import refused
from filage_web.shell.opening import open_page
from filage_web.store.files import GivenFile, bytes_of, keep_file, remove_file
from filage_web.store.models import Production

SHOWN: Final = 200
PREFIX: Final = "import "


@member_view(EDIT, Expense.kind)
@require_http_methods(["GET", "POST"])
def choose(request: MemberRequest) -> HttpResponseBase:
    """Choose a file; it is kept with the production, then read."""
    opened = open_page(request)
    if request.method == "GET":
        return render(request, "follow/import.html", {"labels": LABELS.values()})
    given = request.FILES.get("fichier")
    if given is None:
        messages.error(request, _("Choisissez un fichier : CSV, XLSX, XLS ou ODS."))
        return redirect(request.path)
    data = bytes(given.read(MAX_BYTES + 1))
    try:
        read_expenses(data, opened.dossier, name=str(given.name))
    except BadInput as error:
        return render(
            request, "follow/import.html", {"labels": LABELS.values(), "problems": error.problems}, status=422
        )
    production = Production.objects.get(structure=request.structure, slug=request.production_id)
    file = GivenFile(f"{PREFIX}{given.name}", data, given.content_type or "application/octet-stream")
    kept = keep_file(request.structure, production, file, actor=request.user)
    return redirect("follow:reading", request.structure.slug, request.production_id, kept.pk)


@member_view(EDIT, Expense.kind)
@require_http_methods(["GET", "POST"])
def reading(request: MemberRequest, file: int) -> HttpResponseBase:
    """Show what a file would add, row by row; write it once accepted."""
    opened = open_page(request)
    kept = find_file(request, file)
    here = [request.structure.slug, request.production_id]
    if request.method == "POST" and "renoncer" in request.POST:
        if kept.name.startswith(PREFIX):
            remove_file(kept)
        return redirect("follow:expenses", *here)
    try:
        found = read_expenses(bytes_of(kept), opened.dossier, name=kept.name.removeprefix(PREFIX))
    except BadInput as error:
        return refused(request, error, reverse("follow:import", args=here))
    if request.method == "POST":
        wanted = set(request.POST.getlist("garder"))
        chosen = [one for one in found.accepted if not one.doubt or str(one.number) in wanted]
        words = ngettext("%(n)s dépense importée", "%(n)s dépenses importées", len(chosen)) % {
            "n": len(chosen)
        }
        try:
            back = reverse("follow:inbox", args=here)
            return save(
                request, changes_of(chosen), back=back, label=f"{words}, {kept.name.removeprefix(PREFIX)}"
            )
        except BadInput as error:
            return refused(request, error, reverse("follow:import", args=here))
    doubtful = [one for one in found.accepted if one.doubt]
    sure = [one for one in found.accepted if not one.doubt]
    context = {
        "name": kept.name.removeprefix(PREFIX),
        "found": found,
        "columns": [(LABELS[name], letters(column)) for name, column in found.columns.items()],
        "doubtful": doubtful,
        "sure": sure[:SHOWN],
        "more": max(len(sure) - SHOWN, 0),
        "count": len(sure),
        "refused": found.refused[:SHOWN],
        "more_refused": max(len(found.refused) - SHOWN, 0),
    }
    return render(request, "follow/reading.html", context)
