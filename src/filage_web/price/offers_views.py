"""The offers: side by side, written, explained, retained."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filage.budget.deals.contracting import Due, rivals, schedule_of
from filage.budget.deals.contracting import retained as retained_changes
from filage.budget.deals.offer import BINDING, seller_of
from filage.budget.deals.rights_lines import proposed_rights
from filage.budget.deals.simulate import figures_of
from filage.facts.base import choices, label_of
from filage.facts.budget import BudgetLine
from filage.facts.contract import Contract
from filage.facts.deal import Deal
from filage.facts.venue import Venue
from filage.geo.cities import city_named
from filage.kernel.changes import Change, set_
from filage.kernel.errors import BadInput
from filage.law import load_law
from filage.rights.estimate import rights_estimate, rights_findings, usual_rates
from filage.rights.tariffs import BASES
from filage.rights.vat import counter
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, SEE
from filage_web.forms import Choices, FactForm, french_input
from filage_web.forms.identifiers import new_id
from filage_web.forms.queries import taken_ids
from filage_web.preview import show_effect
from filage_web.price.fill_chart import fill_chart
from filage_web.price.house import House, house_of
from filage_web.price.offers import best_of, columns_of, risk_rows, rows_of
from filage_web.scenarios.chosen import Chosen, chosen
from filage_web.scenarios.services import done, write
from filage_web.store.errors import Conflict
from filage_web.why.reasons import Cited, reason_of

KIND = Deal.kind
FIRST = ("label", "company", "venue", "events", "performances", "capacity", "fill", "average_price")
SHARED = ("producer_share", "producer_minimum", "venue_minimum")
TAKEN = ("rights_rate", "rights_base", "tax_rate", "tax_base", "vat_rate")
ORDERS = {"rights": ("rights", "tax"), "tax": ("tax", "rights")}
"""Which deduction is taken first: a list of boxes would lose their order."""
LAST = ("travel", "date_cost", "state", "on", "note")
FIELDS = {
    "cession": (*FIRST, "fee", *TAKEN, *LAST),
    "corealisation": (*FIRST, *SHARED, *TAKEN, "promotion", *LAST),
    "box_office": (*FIRST, *SHARED, *TAKEN, "promotion", *LAST),
    "rental": (*FIRST, "rental", *TAKEN, "promotion", *LAST),
    "promotion": (*FIRST, *SHARED, "promotion", "rental", *TAKEN, *LAST),
    "coproduction": (*FIRST, *SHARED, "contribution", *TAKEN, "promotion", *LAST),
}
"""What the form of each nature asks: the rest does not concern it."""


@member_view(SEE, KIND)
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """Show the offers side by side, in one house when the visitor tries one."""
    found = chosen(request)
    house = house_of(request.GET)
    columns = columns_of(found, house)
    natures = [(nature, label, _adding(found, nature)) for nature, label in choices(Deal, "type").items()]
    live = [column for column in columns if column.deal.state != "dropped"]
    context = {
        "found": found,
        "tab": "offers",
        "house": house,
        "columns": columns,
        "rows": rows_of(found, columns, house),
        "risks": risk_rows(columns),
        "chart": fill_chart(tuple(column.found for column in live)),
        "best": best_of(columns),
        "natures": natures,
        "rights": _rights(found, columns),
        "findings": [one for one in rights_findings(found.dossier) if one.code == "rights.deal_differs"],
        "counter": counter(found.dossier, clock.today()),
        "proposed": proposed_rights(found.dossier, load_law(), clock.today()),
    }
    return render(request, "price/offers.html", context)


def _back(found: Chosen) -> str:
    return reverse("price:offers", args=[found.structure.slug, found.production]) + found.query


def _adding(found: Chosen, nature: str) -> str:
    path = reverse("price:add_offer", args=[found.structure.slug, found.production, nature])
    return path + found.query


def _rights(found: Chosen, columns: tuple[Any, ...]) -> list[dict[str, Any]]:
    """What the tariffs relevant to this production say, worked out for one evening of the first offer."""
    first = next((column for column in columns if column.found.evening is not None), None)
    if first is None:
        return []
    evening = first.found.evening
    fee = evening.income if first.deal.type == "cession" else None
    lines = rights_estimate(
        found.dossier.production.form, first.deal.type, box_office=evening.box_office, fee=fee,
        department=_department(found, first.deal.venue),
    )  # fmt: skip
    return [{"line": line, "base": BASES[line.tariff.base], "of": first.deal.label} for line in lines]


def _department(found: Chosen, about: str | None) -> str | None:
    venue = found.dossier.find(about, Venue)
    city = city_named(venue.city) if venue is not None and venue.city else None
    return city.department if city else None


@member_view(EDIT, BudgetLine.kind)
@require_POST
def add_rights(request: MemberRequest) -> HttpResponseBase:
    """Show what the lines of rights and tax on our own tickets would do, before they are added to the budget."""
    found = chosen(request)
    changes = [one.change() for one in proposed_rights(found.dossier, load_law(), clock.today())]
    title = _("Ajouter les droits et la taxe au budget")
    return show_effect(request, changes, back=_back(found), title=title, scenario=found.ident)


@member_view(EDIT, KIND)
@require_http_methods(["GET", "POST"])
def add_offer(request: MemberRequest, nature: str) -> HttpResponseBase:
    """Write a new offer: what its nature asks, started from what the dossier knows."""
    if nature not in FIELDS:
        raise Http404
    found = chosen(request)
    form = FactForm(
        KIND,
        request.POST or None,
        choices=Choices(request.structure, found.dossier),
        initial=_started(request, found, nature),
        only=FIELDS[nature],
        without=(),
        variables=found.opened.outcome.variables,
    )
    label = choices(Deal, "type")[nature]
    return _answer(request, found, form, _("Nouvelle offre : %(nature)s") % {"nature": label.lower()}, nature)


def _started(request: MemberRequest, found: Chosen, nature: str) -> dict[str, Any]:
    """What a new offer starts from: usual rates, the price computed, the house of the last offer, the address."""
    rights, tax = usual_rates(found.dossier)
    values: dict[str, Any] = {"rights_rate": f"{rights:f}", "tax_rate": f"{tax:f}"}
    others = found.dossier.all(Deal)
    if others:
        last = others[-1]
        for name in ("capacity", "fill", "average_price"):
            if getattr(last, name) is not None:
                values[name] = str(getattr(last, name))
        values["venue"], values["company"], values["events"] = last.venue, last.company, list(last.events)
    if nature in ("corealisation", "box_office", "coproduction"):
        values["producer_share"] = "0.5"
    price = found.opened.outcome.price
    if nature == "cession" and price is not None:
        values["fee"] = f"{price.prices[0].unit_price:f}"
    known = Deal.model_fields
    values |= {key: value for key, value in request.GET.items() if key in known and key != "events"}
    return {key: value for key, value in values.items() if value}


@member_view(EDIT, KIND)
@require_http_methods(["GET", "POST"])
def edit_offer(request: MemberRequest, deal: str) -> HttpResponseBase:
    """Correct an offer, in the reference or in the scenario one is in."""
    found = chosen(request)
    fact = _deal(found, deal)
    form = FactForm(
        KIND,
        request.POST or None,
        choices=Choices(request.structure, found.dossier),
        fact=fact,
        revision=found.loaded.revisions.get(fact.about),
        only=("type", *FIELDS[fact.type]),
        variables=found.opened.outcome.variables,
    )
    return _answer(request, found, form, f"{_('Offre')} : {fact.label}", "")


def _deal(found: Chosen, ident: str) -> Deal:
    deal = found.dossier.find(f"{KIND}/{ident}", Deal)
    if deal is None:
        raise Http404
    return deal


def _answer(
    request: MemberRequest, found: Chosen, form: FactForm, title: str, nature: str
) -> HttpResponseBase:
    """Save the offer at once: nothing follows from it until it is retained."""
    back = _back(found)
    if request.method == "POST" and not form.wants_more and form.is_valid():
        changes = _completed(form, nature, ORDERS.get(request.POST.get("order", ""), ORDERS["rights"]))
        try:
            return done(request, write(found, changes, actor=request.user, seen=form.seen), back)
        except Conflict as error:
            form.problem("", str(error))
        except BadInput as error:
            form.refuse(error)
    old = form.old if isinstance(form.old, Deal) else None
    first = request.POST.get("order") or (old.deduction_order[0] if old and old.deduction_order else "rights")
    context = {
        "form": form, "title": title, "back": back, "found": found, "old": old, "first": first,
        "orders": choices(Deal, "deduction_order").items(),
    }  # fmt: skip
    return render(request, "price/offer_form.html", context, status=422 if form.is_bound else 200)


def _completed(form: FactForm, nature: str, order: tuple[str, ...]) -> tuple[Change, ...]:
    """Add to what the form says the nature its address says, and which deduction comes first."""
    changes = tuple(form.changes())
    if nature:
        more = {"type": nature, "deduction_order": list(order)}
        return tuple(one.model_copy(update={"values": {**one.values, **more}}) for one in changes)
    if isinstance(form.old, Deal) and form.old.deduction_order != order:
        return (*changes, set_(form.about, deduction_order=list(order)))
    return changes


@member_view(SEE, KIND)
@require_GET
def offer_reason(request: MemberRequest, deal: str, figure: str) -> HttpResponse:
    """Explain one amount of an offer."""
    found = chosen(request)
    house = house_of(request.GET)
    [column] = columns_of(found, house, [_deal(found, deal)])
    step = figures_of(column.found).get(figure)
    if step is None:
        raise Http404
    names = {one.about: f"{one.title} : {one.label}" for one in found.dossier.all(Deal)}

    def cited(origin: str) -> Cited | None:
        return Cited(names[origin]) if origin in names else None

    context = {"about": column.deal.label, "reason": reason_of(step, cited=cited), "where": _back(found)}
    return render(request, "why/page.html", context)


@member_view(EDIT, Contract.kind)
@require_http_methods(["GET", "POST"])
def retain(request: MemberRequest, deal: str) -> HttpResponseBase:
    """Turn an offer into a contract to prepare: its schedule is proposed, its effect shown before it is written."""
    found = chosen(request)
    fact = _deal(found, deal)
    [column] = columns_of(found, House(), [fact])
    today = clock.today()
    proposed = schedule_of(column.found, found.dossier, today)
    typed, errors = _typed(request, proposed)
    held = seller_of(fact, found.dossier)
    if request.method == "POST" and not errors:
        ident = new_id(
            Contract.kind, {"label": fact.label}, taken_ids(request.structure, found.dossier, Contract.kind)
        )
        title = _("Retenir l’offre : %(name)s") % {"name": fact.label}
        try:
            changes = retained_changes(column.found, found.dossier, today, ident, schedule=typed)
            touched = [fact.about, *(one.about for one in changes if one.op == "set")]
            seen = {about: found.loaded.revisions.get(about, 0) for about in touched}
            return show_effect(
                request, changes, seen=seen, back=_back(found), title=title, scenario=found.ident
            )
        except BadInput as error:
            errors["all"] = str(error)
    context = {
        "found": found,
        "column": column,
        "back": _back(found),
        "parts": _parts(request, proposed, errors),
        "rivals": rivals(fact, found.dossier),
        "held": held,
        "held_state": label_of(held, "state").lower() if held else "",
        "binding": held is not None and held.state in BINDING,
        "errors": errors,
        "whole": sum((part.amount for part in proposed), Decimal(0)),
    }
    return render(request, "price/retain.html", context, status=422 if errors else 200)


def _typed(request: MemberRequest, proposed: tuple[Due, ...]) -> tuple[tuple[Due, ...], dict[str, str]]:
    """The schedule as typed, and what is wrong in it; a payment whose amount is emptied is left out."""
    if request.method != "POST":
        return proposed, {}
    kept, errors = [], {}
    for rank, part in enumerate(proposed):
        day, money = (str(request.POST.get(f"{name}-{rank}", "")).strip() for name in ("on", "amount"))
        if not money:
            continue
        try:
            amount = Decimal(french_input.amount(money))
        except ValueError as error:
            errors[f"amount-{rank}"] = str(error)
            continue
        try:
            on = french_input.day(day)
        except ValueError as error:
            errors[f"on-{rank}"] = str(error)
            continue
        kept.append(Due(part.label, date.fromisoformat(on), amount, part.condition))
    return tuple(kept), errors


def _parts(request: MemberRequest, proposed: tuple[Due, ...], errors: dict[str, str]) -> list[dict[str, Any]]:
    """The payments as the form shows them: proposed, or as typed."""
    shown = []
    for rank, part in enumerate(proposed):
        on = request.POST.get(f"on-{rank}", french_input.shown("day", part.on.isoformat()))
        amount = request.POST.get(f"amount-{rank}", french_input.shown("amount", f"{part.amount:.2f}"))
        wrong = [errors[name] for name in (f"on-{rank}", f"amount-{rank}") if name in errors]
        shown.append({"rank": rank, "part": part, "on": on, "amount": amount, "errors": wrong})
    return shown
