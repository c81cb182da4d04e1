"""The page of the cash plan, and its files."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from filage.accounting.cash_told import cash_workbook
from filage.accounting.movement import CERTAINTIES, KINDS
from filage.accounting.what_if import LATE_MONTHS, awaited_sources
from filage.facts.cash import CashBalance, CashItem
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, EXPORT, SEE
from filage_web.cash.queries import READINGS, curve, dates_of, imagined, moves_of, plan_of, side_by_side
from filage_web.follow.views import file_of
from filage_web.scenarios.chosen import Chosen, chosen
from filage_web.scenarios.fact_forms import fact_form
from filage_web.shell.attachment import MEDIA

LABELS = {"plein": _("Plein"), "pondere": _("Pondéré"), "certain": _("Certain seul")}


@member_view(SEE, CashBalance.kind)
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """Show the balance month by month, its lowest point, the movements of a month, and what may go wrong."""
    found = chosen(request)
    plan = plan_of(found.opened.outcome)
    word = request.GET.get("lecture", "plein")
    word = word if word in READINGS else "plein"
    read = plan.readings[READINGS[word]]
    wanted = request.GET.get("voir", "")
    month = next((one for one in read.months if one.month == wanted), None)
    other = imagined(request, found.opened.outcome, plan, found.ident or None)
    after = other.plan.readings[READINGS[word]] if other and other.plan else None
    kept = {"lecture": word} | ({"scenario": found.ident} if found.scenario else {})
    asked = {
        name: request.GET[name] for name in ("retard", "mois", "annulee", "refusee") if request.GET.get(name)
    }
    context = {
        "found": found,
        "plan": plan,
        "read": read,
        "reading": word,
        "readings": [
            (key, label, f"{request.path}?{urlencode(kept | {'lecture': key} | asked)}")
            for key, label in LABELS.items()
        ],
        "months": [
            (
                one,
                f"{one.month}-01",
                f"{request.path}?{urlencode(kept | asked | {'voir': one.month})}#mouvements",
            )
            for one in read.months
        ],
        "month": month,
        "month_day": f"{month.month}-01" if month else "",
        "moves": moves_of(request, month) if month else (),
        "curve": curve(read, after),
        "other": other,
        "after": after,
        "sides": side_by_side(read, after, clock.today()) if after else (),
        "sources": list(awaited_sources(plan).items()),
        "dates": dates_of(found.dossier, clock.today()),
        "asked": asked | {"mois": asked.get("mois", str(LATE_MONTHS))},
        "kinds": KINDS,
        "certainties": CERTAINTIES,
        "items": [
            (item, _form(request, found, CashItem.kind, item.id)) for item in found.dossier.all(CashItem)
        ],
        "adding_balance": _form(request, found, CashBalance.kind),
        "adding_item": _form(request, found, CashItem.kind),
        "balance_form": _form(request, found, CashBalance.kind, plan.opening.id) if plan.opening else "",
        "editable": request.may(EDIT, CashItem.kind),
        "clear": f"{request.path}?{urlencode(kept)}",
    }
    return render(request, "cash/page.html", context)


def _form(request: MemberRequest, found: Chosen, kind: str, ident: str = "") -> str:
    """The form of a fact, to add it or to edit it, in the scenario one is in."""
    back = reverse("cash:page", args=[request.structure.slug, request.production_id]) + found.query
    return fact_form(found, kind, ident, back=back)


@member_view(EXPORT, CashBalance.kind)
@require_GET
def export(request: MemberRequest, form: str) -> HttpResponse:
    """Hand the plan over in the reading asked for, as a workbook or a PDF."""
    if form not in MEDIA:
        raise Http404
    found = chosen(request)
    reading = READINGS.get(request.GET.get("lecture", ""), "full")
    book = cash_workbook(plan_of(found.opened.outcome), found.dossier, reading)
    return file_of(book, form, f"{request.production_id}-tresorerie.{form}")
