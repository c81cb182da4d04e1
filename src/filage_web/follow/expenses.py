"""Expenses: listed, put on a line, paid, photographed and typed beside their picture."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filage.accounting.duplicates import duplicates
from filage.accounting.matching import assign
from filage.facts.spending import Expense
from filage.kernel.changes import Change, set_
from filage.kernel.errors import BadInput
from filage.kernel.money import ZERO
from filage.kernel.text import fold
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, SEE
from filage_web.follow.queries import opened_follow, waiting_of
from filage_web.forms.builder import FactForm
from filage_web.forms.queries import Choices, name_of
from filage_web.preview import save
from filage_web.preview.answers import refused
from filage_web.script.frames import MAX_BYTES, frames_of, media_type
from filage_web.shell.opening import open_page
from filage_web.store.files import GivenFile, bytes_of, keep_file
from filage_web.store.models import File, Production
from filage_web.store.outcomes import Opened

KIND: Final = Expense.kind
MOST: Final = 300
SHOWN: Final = ("image/jpeg", "image/png", "application/pdf")
TYPED: Final = ("label", "amount", "vat", "on", "company", "piece", "line", "commitment", "due_on", "paid_on")
"""What one types beside a picture."""


@member_view(SEE, KIND)
@require_GET
def inbox(request: MemberRequest) -> HttpResponse:
    """List the expenses without a line, each with the lines proposed and why."""
    opened, found = opened_follow(request)
    waiting = waiting_of(opened, found)
    pictures = pictures_of(request, {one.expense.file for one in waiting if one.expense.file})
    context = {
        "follow": found,
        "waiting": [
            (one, pictures.get(one.expense.file or ""), _company(opened, one.expense))
            for one in waiting[:MOST]
        ],
        "more": max(len(waiting) - MOST, 0),
        "here": request.get_full_path(),
    }
    return render(request, "follow/inbox.html", context)


@member_view(EDIT, KIND)
@require_POST
def put(request: MemberRequest, expense: str) -> HttpResponseBase:
    """Put an expense on the line a person confirmed, under its order when there is one."""
    opened, found = opened_follow(request)
    fact = find_expense(opened, expense)
    back = reverse("follow:inbox", args=[request.structure.slug, request.production_id])
    row, order, before_tax = (request.POST.get("choix", "") + "||").split("|")[:3]
    one = found.line(row)
    if one is None:
        raise Http404
    split = Decimal(before_tax) if re.fullmatch(r"\d+(\.\d+)?", before_tax) and fact.vat is None else None
    try:
        return save(
            request, [assign(fact, row, order or None, split)], back=back, seen=seen_of(opened, fact),
            label=_("%(expense)s : affectée à %(line)s") % {"expense": fact.label, "line": one.row.label},
        )  # fmt: skip
    except BadInput as error:
        return refused(request, error, back)


@member_view(SEE, KIND)
@require_GET
def listed(request: MemberRequest) -> HttpResponse:
    """List every expense, the newest first; a search by words."""
    opened, found = opened_follow(request)
    words = request.GET.get("mots", "").strip()
    unpaid = request.GET.get("voir") == "a-payer"
    rows = [(line.row.label, bill) for line in found.lines for bill in line.bills]
    rows += [("", bill) for bill in found.unassigned]
    rows.sort(key=lambda each: (each[1].expense.on, each[1].expense.id), reverse=True)
    kept = [
        (label, bill, _company(opened, bill.expense))
        for label, bill in rows
        if not (unpaid and bill.is_paid(clock.today()))
    ]
    if words:
        kept = [
            one
            for one in kept
            if fold(words) in fold(f"{one[0]} {one[1].expense.label} {one[2]} {one[1].expense.piece}")
        ]
    pictures = pictures_of(
        request, {bill.expense.file for _label, bill, _name in kept[:MOST] if bill.expense.file}
    )
    context = {
        "follow": found,
        "rows": [
            (label, bill, name, pictures.get(bill.expense.file or "")) for label, bill, name in kept[:MOST]
        ],
        "more": max(len(kept) - MOST, 0),
        "total": sum((bill.cost for _label, bill, _name in kept), ZERO),
        "all": len(rows),
        "twins": {one.second.about: one for one in duplicates(opened.dossier)},
        "words": words,
        "unpaid": unpaid,
        "today": clock.today(),
        "here": request.get_full_path(),
    }
    return render(request, "follow/expenses.html", context)


@member_view(EDIT, KIND)
@require_POST
def pay(request: MemberRequest, expense: str) -> HttpResponseBase:
    """Say that an expense was paid today, or that it was not."""
    opened = open_page(request)
    fact = find_expense(opened, expense)
    back = reverse("follow:expenses", args=[request.structure.slug, request.production_id])
    back = request.POST.get("retour") or back
    today = clock.today().isoformat()
    change = set_(fact.about, ("paid_on",)) if fact.paid_on else set_(fact.about, paid_on=today)
    word = _("à payer") if fact.paid_on else _("payée")
    try:
        return save(request, [change], back=back, seen=seen_of(opened, fact), label=f"{fact.label} : {word}")
    except BadInput as error:
        return refused(request, error, back)


@member_view(EDIT, KIND)
@require_http_methods(["GET", "POST"])
def photograph(request: MemberRequest) -> HttpResponseBase:
    """Take or choose the picture of a receipt; it is kept, then typed beside it."""
    open_page(request)
    if request.method == "GET":
        return render(request, "follow/photograph.html", {})
    given = request.FILES.get("photo")
    if given is None:
        messages.error(request, _("Choisissez une photo ou un PDF."))
        return redirect(request.path)
    data = bytes(given.read(MAX_BYTES + 1))
    try:
        image = frames_of(data, str(given.name))[0]
    except BadInput as error:
        messages.error(request, str(error))
        return redirect(request.path)
    kept = (data, "application/pdf", "pdf") if data.startswith(b"%PDF") else (image, "image/jpeg", "jpg")
    file = _keep(request, *kept)
    here = reverse("follow:typed", args=[request.structure.slug, request.production_id, file.pk])
    return redirect(here)


def _keep(request: MemberRequest, data: bytes, kind: str, suffix: str) -> File:
    """Keep a receipt under a name no other file has."""
    production = Production.objects.get(structure=request.structure, slug=request.production_id)
    taken = set(File.objects.filter(production=production).values_list("name", flat=True))
    day = clock.today().isoformat()
    name = next(n for rank in range(1, 100_000) if (n := f"ticket {day} {rank}.{suffix}") not in taken)
    return keep_file(request.structure, production, GivenFile(name, data, kind), actor=request.user)


@member_view(EDIT, KIND)
@require_http_methods(["GET", "POST"])
def typed(request: MemberRequest, file: int) -> HttpResponseBase:
    """Type an expense beside its picture."""
    opened = open_page(request)
    kept = find_file(request, file)
    if kept.media_type not in SHOWN:
        raise Http404
    form = FactForm(
        KIND, request.POST or None, choices=Choices(request.structure, opened.dossier), only=TYPED,
        initial={"on": clock.today().isoformat()}, variables=opened.outcome.variables,
    )  # fmt: skip
    back = reverse("follow:inbox", args=[request.structure.slug, request.production_id])
    if request.method == "POST" and not form.wants_more and form.is_valid():
        changes = [_with(change, {"file": kept.name, "source": "photo"}) for change in form.changes()]
        try:
            return save(request, changes, back=back)
        except BadInput as error:
            form.refuse(error)
    page = {"form": form, "file": kept, "back": back}
    return render(
        request, "follow/typed.html", page, status=422 if form.is_bound and not form.wants_more else 200
    )


def _with(change: Change, values: Mapping[str, Any]) -> Change:
    return change.model_copy(update={"values": {**change.values, **values}}) if change.op == "add" else change


@member_view(SEE, KIND)
@require_GET
def picture(request: MemberRequest, file: int) -> HttpResponse:
    """Show the picture of a receipt; of a PDF, its first page."""
    kept = find_file(request, file)
    data = bytes_of(kept)
    if data.startswith(b"%PDF"):
        try:
            data = frames_of(data, kept.name)[0]
        except BadInput:
            raise Http404 from None
    kind = media_type(data)
    if kind is None:
        raise Http404
    answer = HttpResponse(data, content_type=kind)
    answer.headers["Content-Disposition"] = "inline"
    patch_cache_control(answer, private=True, max_age=86_400)
    return answer


def find_expense(opened: Opened, ident: str) -> Expense:
    """Find an expense of the production, or 404."""
    fact = opened.dossier.find(f"{KIND}/{ident}", Expense)
    if fact is None:
        raise Http404
    return fact


def find_file(request: MemberRequest, key: int) -> File:
    """Find a file of the production, or 404."""
    mine = File.objects.filter(structure=request.structure, production__slug=request.production_id, pk=key)
    found = mine.select_related("structure").first()
    if found is None:
        raise Http404
    return found


def seen_of(opened: Opened, fact: Expense) -> dict[str, int]:
    """The revision an expense was shown at."""
    return {fact.about: opened.loaded.revisions.get(fact.about, 0)}


def pictures_of(request: MemberRequest, names: set[str]) -> dict[str, int]:
    """The files of these names, by name: one query, none when there is no name."""
    if not names:
        return {}
    mine = File.objects.filter(
        structure=request.structure, production__slug=request.production_id, name__in=names
    )
    return dict(mine.values_list("name", "pk"))


def _company(opened: Opened, expense: Expense) -> str:
    fact = opened.dossier.get(expense.company) if expense.company else None
    return name_of(fact, opened.dossier) if fact else ""
