"""A list of organisations pasted or dropped: shown row by row, then written in one change that can be undone."""

from typing import Any

from django import forms
from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from filage.facts.people import Company
from filage.funding.partners_import import MOST, OrganisationList, organisations_in, text_of_list
from filage.kernel.changes import Change
from filage.kernel.errors import BadInput
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT
from filage_web.forms.identifiers import new_id
from filage_web.forms.queries import taken_ids
from filage_web.partners.queries import companies_of
from filage_web.preview import save
from filage_web.preview.answers import refused
from filage_web.shell.opening import open_page
from filage_web.store.files import MAX_BYTES
from filage_web.store.outcomes import Opened

WRITE = "ecrire"


class ListForm(forms.Form):
    """A list: a file, or rows pasted."""

    file = forms.FileField(
        label=_l("Fichier"),
        required=False,
        allow_empty_file=True,
        help_text=_l("CSV ou classeur (XLSX) ; la première ligne donne les titres des colonnes."),
        widget=forms.FileInput({"accept": ".csv,.tsv,.txt,.xlsx"}),
    )
    pasted = forms.CharField(
        label=_l("ou les lignes, collées depuis un tableur"),
        required=False,
        widget=forms.Textarea({"rows": 8}),
    )

    def clean(self) -> dict[str, Any]:
        """Read the words of the list, wherever they come from."""
        cleaned = super().clean() or self.cleaned_data
        given, pasted = cleaned.get("file"), cleaned.get("pasted") or ""
        if given:
            try:
                cleaned["text"] = text_of_list(bytes(given.read(MAX_BYTES)), str(given.name))
            except BadInput as error:
                self.add_error("file", str(error))
        elif pasted.strip():
            cleaned["text"] = pasted
        else:
            self.add_error("file", _("Choisissez un fichier, ou collez des lignes dessous."))
        return cleaned


@member_view(EDIT, Company.kind)
@require_http_methods(["GET", "POST"])
def drop(request: MemberRequest) -> HttpResponseBase:
    """Take a list, show what each row makes, then write the new organisations once that is confirmed."""
    opened = open_page(request)
    form = ListForm(request.POST or None, request.FILES or None)
    found: OrganisationList | None = None
    if request.method == "POST" and form.is_valid():
        try:
            found = organisations_in(
                form.cleaned_data["text"], companies_of(request.structure, opened.dossier)
            )
        except BadInput as error:
            form.add_error("file" if form.cleaned_data.get("file") else "pasted", str(error))
        else:
            if request.POST.get(WRITE) and found.fresh:
                return _written(request, opened, found)
    context = {
        "form": form,
        "found": found,
        "text": form.cleaned_data.get("text", "") if found else "",
        "back": _back(request),
        "most": MOST,
        "write": WRITE,
    }
    wrong = form.is_bound and bool(form.errors)
    return render(request, "partners/import.html", context, status=422 if wrong else 200)


def _written(request: MemberRequest, opened: Opened, found: OrganisationList) -> HttpResponseBase:
    taken = set(taken_ids(request.structure, opened.dossier, Company.kind))
    changes = []
    for one in found.fresh:
        ident = new_id(Company.kind, one.values, taken)
        taken.add(ident)
        changes.append(Change(op="add", about=f"{Company.kind}/{ident}", values=dict(one.values)))
    said = ngettext("%(n)s organisme importé", "%(n)s organismes importés", len(changes)) % {
        "n": len(changes)
    }
    try:
        return save(request, changes, back=_back(request), label=said)
    except BadInput as error:
        return refused(request, error, _back(request))


def _back(request: MemberRequest) -> str:
    return reverse("partners:page", args=[request.structure.slug, request.production_id])
