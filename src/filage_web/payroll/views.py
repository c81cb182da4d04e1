"""The pay of a production: who to pay, hours planned and done, records, declarations, files."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from filage import __version__
from filage.documents.hours_sheet import hours_pdf
from filage.facts.people import Person
from filage.kernel.changes import Change
from filage.law import load_law
from filage.payroll.declarations import declarations, due_of
from filage.payroll.hours import Record, Shift, record_of, settled, shifts_of
from filage.payroll.hours_sheet import hours_sheet
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, SEE
from filage_web.payroll.forms import HoursForm
from filage_web.payroll.pages import FILTERS, counts_of, hours_days, pay_lines, state_of
from filage_web.payroll.papers import asked_month, asks_private, handed, paper_addresses
from filage_web.payroll.queries import Pay, pay_of_production
from filage_web.shell.attachment import PDF, attachment
from filage_web.shell.opening import open_page
from filage_web.store.changes import apply
from filage_web.store.errors import Conflict
from filage_web.store.outcomes import Opened


@member_view(SEE, "person_private")
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """Who to pay this month, and what is still missing."""
    opened = open_page(request)
    pay = pay_of_production(opened, request.structure, asked_month(request))
    papers = paper_addresses("payroll:paper", [request.structure.slug, request.production_id], pay.month)
    return render(request, "payroll/page.html", pay_page(pay) | papers | {"tab": "pay"})


def pay_page(pay: Pay) -> dict[str, Any]:
    """What the page of a month shows, of a production or of the structure."""
    prepared = pay.prepared
    position = pay.months.index(pay.month) if pay.month in pay.months else None
    return {
        "pay": pay,
        "first": f"{pay.month}-01",
        "months": [(month, f"{month}-01") for month in pay.months],
        "outside": position is None,
        "before": pay.months[position - 1] if position else None,
        "after": pay.months[position + 1]
        if position is not None and position + 1 < len(pay.months)
        else None,
        "lines": pay_lines(prepared.rows) if prepared else [],
        "totals": prepared.totals if prepared else None,
        "dues": due_of(pay.month),
        "has_hours": bool(prepared and any(row.shifts for row in prepared.rows)),
    }


@member_view(SEE, "person_private")
@require_GET
def hours(request: MemberRequest) -> HttpResponse:
    """Hours planned and done, by day and person; filtered by state."""
    opened = open_page(request)
    pay = pay_of_production(opened, request.structure, asked_month(request), with_private=False)
    names = {person.about: person.name() for person in opened.dossier.all(Person)}
    shifts = shifts_of(opened.dossier, month=pay.month)
    person, wanted = request.GET.get("personne", ""), request.GET.get("vue", "")
    about = f"person/{person}" if person else ""
    shown = [shift for shift in shifts if about in ("", shift.person)]
    here = sorted({shift.person for shift in shifts}, key=lambda one: names.get(one, one))
    page = pay_page(pay) | {
        "tab": "hours",
        "days": hours_days(shown, names, wanted),
        "counts": counts_of(shown),
        "people": [(one.partition("/")[2], names.get(one, one)) for one in here],
        "person": person,
        "filters": FILTERS,
        "wanted": wanted,
        "record": record_of([opened.dossier], about, pay.month) if about else None,
        "year": clock.today().year,
    }
    return render(request, "payroll/hours.html", page)


@member_view(EDIT, "participation")
@require_http_methods(["GET", "POST"])
def shift(request: MemberRequest, part: str) -> HttpResponse:
    """Write the hours somebody did; close a disagreement."""
    opened = open_page(request)
    found = find_shift(opened, part)
    back = hours_address(request, found)
    if request.method == "POST" and "settle" in request.POST:
        return _written(request, [settled(found)], found, back, _("Désaccord clos."))
    form = HoursForm(request.POST or None, shift=found)
    if request.method == "POST" and form.is_valid():
        return _written(request, [form.change], found, back, _("Heures enregistrées."))
    person = opened.dossier.find(found.person, Person)
    page = {
        "form": form,
        "shift": found,
        "state": state_of(found),
        "person": person.name() if person else "",
        "back": back,
        "revision": opened.loaded.revisions.get(found.part.about, 0),
    }
    return render(request, "payroll/shift.html", page, status=422 if form.errors else 200)


def find_shift(opened: Opened, part: str) -> Shift:
    """The shift of a participation, 404 when there is none."""
    found = next((each for each in shifts_of(opened.dossier) if each.part.id == part), None)
    if found is None:
        raise Http404
    return found


def hours_address(request: MemberRequest, found: Shift) -> str:
    """The page of hours at the month of a shift."""
    page = reverse("payroll:hours", args=[request.structure.slug, request.production_id])
    return f"{page}?mois={found.day:%Y-%m}#participation-{found.part.id}"


def _written(
    request: MemberRequest, changes: list[Change], found: Shift, back: str, said: str
) -> HttpResponse:
    seen = request.POST.get("_seen", "")
    try:
        apply(
            request.structure,
            str(request.production_id),
            changes,
            actor=request.user,
            label=_("Heures : %(what)s") % {"what": found.what},
            seen={found.part.about: int(seen)} if seen.isdigit() else None,
        )
    except Conflict as error:
        who = error.moved[0].who or _("quelqu’un")
        messages.error(
            request, _("%(who)s vient de changer cet horaire : relisez-le, puis recommencez.") % {"who": who}
        )
    else:
        messages.success(request, said)
    return redirect(back)


@member_view(SEE, "person_private")
@require_GET
def record(request: MemberRequest, person: str) -> HttpResponse:
    """The décompte individuel of a person, to read and print."""
    pay, made = _record(request, person)
    told = hours_sheet([made])
    page = pay_page(pay) | {
        "tab": "hours",
        "record": made,
        "person": person,
        "sheet": told["records"][0],
        "source": told["source"],
    }
    return render(request, "payroll/record.html", page)


@member_view(SEE, "person_private")
@require_GET
def record_pdf(request: MemberRequest, person: str) -> HttpResponse:
    """The décompte individuel of a person in PDF."""
    pay, made = _record(request, person)
    data = hours_pdf(hours_sheet([made]), clock.today(), __version__)
    return attachment(data, f"decompte-{person}-{pay.month}.pdf", PDF)


def _record(request: MemberRequest, person: str) -> tuple[Pay, Record]:
    """The month asked and the hours of a person of this production; a 404 for anybody else."""
    opened = open_page(request)
    if opened.dossier.find(f"person/{person}", Person) is None:
        raise Http404
    pay = pay_of_production(opened, request.structure, asked_month(request), with_private=False)
    return pay, record_of([opened.dossier], f"person/{person}", pay.month)


@member_view(SEE, "person_private")
@require_GET
def declared(request: MemberRequest) -> HttpResponse:
    """The figures of the AEM and Congés Spectacles declarations, box by box."""
    opened = open_page(request)
    pay = pay_of_production(opened, request.structure, asked_month(request))
    made = declarations(pay.prepared, load_law()) if pay.prepared else ()
    return render(request, "payroll/declared.html", pay_page(pay) | {"tab": "declared", "made": made})


@member_view(SEE, "person_private")
@require_GET
def paper(request: MemberRequest, paper: str) -> HttpResponse:
    """Hand over one file of the month."""
    private = asks_private(request)
    opened = open_page(request)
    return handed(
        pay_of_production(opened, request.structure, asked_month(request), with_private=private), paper
    )
