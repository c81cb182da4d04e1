"""The price of cession: its page, and the formula it is built by."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from filage.budget.price import PriceInput
from filage.budget.sale import scope_of
from filage.budget.sheet import (
    Sheet,
    SheetRow,
    Sold,
    average_price,
    curve,
    price_sheet,
    series_cost,
    sold_dates,
    usual_series,
)
from filage.facts.base import label_of
from filage.facts.contract import Contract
from filage.facts.deal import Deal
from filage.facts.production import Pricing
from filage.facts.venue import Venue
from filage.kernel import french
from filage.kernel.changes import set_
from filage.kernel.errors import BadInput
from filage.kernel.money import ZERO
from filage.review import Outcome
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, SEE
from filage_web.forms import Choices, FactForm, french_input
from filage_web.preview import show_effect
from filage_web.price.chart import chart_of
from filage_web.scenarios.chosen import Chosen, chosen
from filage_web.scenarios.fact_forms import fact_form
from filage_web.scenarios.services import done, write
from filage_web.store.errors import Conflict
from filage_web.store.outcomes import preview

STATUS = {"signed": "done"}
MODES = {
    ("amount", "on_cost"): gettext_lazy("marge sur le coût"),
    ("rate_of_cost", "on_cost"): gettext_lazy("structure et marge sur le coût"),
    ("rate_of_price", "on_cost"): gettext_lazy("structure sur le prix, marge sur le coût"),
    ("amount", "on_price"): gettext_lazy("marge sur le prix"),
    ("rate_of_cost", "on_price"): gettext_lazy("structure sur le coût, marge sur le prix"),
    ("rate_of_price", "on_price"): gettext_lazy("structure et marge sur le prix"),
}


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line of the sheet as it is drawn: its note in grey, each amount with its reason."""

    row: SheetRow
    note: str
    look: str
    status: str
    cells: tuple[tuple[Decimal, str], ...]


@dataclass(frozen=True, slots=True)
class Town:
    """A line of the dates sold."""

    sold: Sold
    city: str
    place: str
    state: str
    status: str
    anchor: str
    edit: str
    why: str
    nature: str = ""
    """How the box office is shared; empty for a cession."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What another price of one cession would change; nothing is saved."""

    contract: str
    price: str
    error: str = ""
    tour: Decimal | None = None
    above_floor: Decimal | None = None
    gap: Decimal | None = None
    average: Decimal | None = None


@member_view(SEE, "production")
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """Show how the price is built, what was sold, and after how many dates the tour balances."""
    found = chosen(request)
    outcome = found.opened.outcome
    if request.htmx and "prix" in request.GET:  # type: ignore[attr-defined]
        return render(
            request, "price/what_if.html", {"asked": what_if(found, request), "found": found} | _towns(found)
        )
    deals = [(deal, label_of(deal, "type"), label_of(deal, "state")) for deal in found.dossier.all(Deal)]
    context = {"found": found, "tab": "price", "outcome": outcome, "deals": deals, **_towns(found)}
    if outcome.price_input is None or outcome.price is None:
        return render(request, "price/page.html", context | {"missing": _missing(outcome)})
    return render(
        request,
        "price/page.html",
        context | _sheet(found, outcome, context["sold"]) | {"asked": what_if(found, request)},
    )


def _missing(outcome: Outcome) -> str:
    return next(
        (f.message for f in outcome.findings if f.code in ("price.refused", "price.no_performance")), ""
    )


def _towns(found: Chosen) -> dict[str, Any]:
    outcome = found.opened.outcome
    sold = sold_dates(found.dossier, outcome.budget, outcome.price_input) if outcome.price_input else ()
    towns = [_town(one, found) for one in sold]
    total = {
        "dates": sum(one.dates for one in sold),
        "average": average_price(sold),
        "cession": sum((one.cession for one in sold), ZERO),
        "vhr": sum((one.vhr for one in sold), ZERO),
        "vat": sum((one.vat for one in sold), ZERO),
        "including_vat": sum((one.including_vat for one in sold), ZERO),
    }
    rates = {one.vat_rate for one in sold}
    return {"sold": sold, "towns": towns, "total": total, "rate": rates.pop() if len(rates) == 1 else None}


def _town(one: Sold, found: Chosen) -> Town:
    contract = found.dossier.find(one.about, Contract)
    venue = found.dossier.find(one.venue, Venue)
    state = label_of(contract, "state") if contract else ""
    city, place = (venue.city or "", venue.label) if venue else ("", one.label)
    here = [found.structure.slug, found.production]
    ident = one.about.partition("/")[2]
    back = reverse("price:page", args=here) + found.query
    return Town(
        one, city, place, state, STATUS.get(one.state, ""), f"contract-{ident}",
        fact_form(found, Contract.kind, ident, back=back),
        reverse("why:page", args=[*here, one.row]) + found.query,
        label_of(contract, "type").lower() if contract and one.shared else "",
    )  # fmt: skip


STATUS_OF_ORIGIN = {"computed": "calc", "typed": "hand", "": ""}


def _lines(found: Chosen, sheet: Sheet, given: PriceInput) -> list[SheetLine]:
    remaining = _remaining(given)
    percent = french.percent(given.margin_rate)
    notes = {
        "setup": f"{french.number(given.setup_cost.value, 2)} ÷ n",
        "amortisation": f"{french.number(remaining, 2)} ÷ {given.performances_planned}",
        "margin": f"{percent} du prix" if given.margin_mode == "on_price" else f"{percent} du coût",
    }
    return [
        SheetLine(
            row,
            notes.get(row.id, ""),
            "total" if row.id == "price" else "group" if row.is_total else "",
            STATUS_OF_ORIGIN[row.origin],
            tuple(
                (value, _reason(found, row.id, length))
                for value, length in zip(row.values, sheet.series, strict=True)
            ),
        )
        for row in sheet.rows
    ]


def _reason(found: Chosen, row: str, length: int) -> str:
    line = f"price/{length}"
    if row.startswith(("plateau", "line/")):
        line = row if row.startswith("line/") else "price/plateau"
    elif row in ("setup", "amortisation"):
        line = f"price/{row}"
    return reverse("why:page", args=[found.structure.slug, found.production, line]) + found.query


def _remaining(given: PriceInput) -> Decimal:
    return max(given.creation_cost.value - given.funding_acquired.value, ZERO)


def _sheet(found: Chosen, outcome: Outcome, sold: tuple[Sold, ...]) -> dict[str, Any]:
    given, price = outcome.price_input, outcome.price
    assert given is not None
    assert price is not None
    length = usual_series(given, sold)
    average = average_price(sold)
    planned = given.performances_planned
    ends = [curve(given, length, price=other, until=0).break_even or 0 for other in (None, average)]
    until = max(planned, min(max(ends), planned * 3)) + max(2, planned // 7)
    computed = curve(given, length, price=None, until=until)
    sold_curve = curve(given, length, price=average, until=until) if average is not None else None
    sheet = price_sheet(given, price, outcome.costs, outcome.budget)
    return {
        "sheet": sheet,
        "lines": _lines(found, sheet, given),
        "given": given,
        "formula": MODES[given.structure_mode, given.margin_mode],
        "scope": ", ".join(scope_of(found.dossier.production.pricing or Pricing())),
        "length": length,
        "floor": series_cost(given, length)[1],
        "computed": computed,
        "sold_curve": sold_curve,
        "chart": chart_of(computed, sold_curve, planned),
        "results": [
            (n, computed.results[n], sold_curve.results[n] if sold_curve else None)
            for n in sorted({0, planned, *(end for end in ends if 0 < end <= until), until})
        ],
        "short": sold_curve is not None
        and (sold_curve.break_even is None or sold_curve.break_even > planned),
    }


def what_if(found: Chosen, request: MemberRequest | None = None) -> WhatIf:
    """Try another price of one cession: what the tour, the floor and the gap become."""
    asked = request.GET if request else {}
    about, text = str(asked.get("contrat", "")), str(asked.get("prix", ""))
    outcome = found.opened.outcome
    sold = sold_dates(found.dossier, outcome.budget, outcome.price_input) if outcome.price_input else ()
    sold = tuple(one for one in sold if not one.shared)
    one = next((one for one in sold if one.about == about), sold[-1] if sold else None)
    if one is None:
        return WhatIf("", "")
    if not text.strip():
        return WhatIf(one.about, french_input.shown("amount", f"{one.unit_price:.2f}"))
    try:
        price = french_input.amount(text)
        change = set_(one.about, unit_price=price)
        after = preview(found.structure, found.production, [change], scenario=found.ident or None).after
    except (ValueError, BadInput) as error:
        return WhatIf(one.about, text, str(error))
    resold = sold_dates(after.dossier, after.budget, after.price_input) if after.price_input else ()
    return WhatIf(
        one.about,
        text,
        tour=(Decimal(price) - one.unit_price) * one.dates,
        above_floor=Decimal(price) - one.floor,
        gap=after.plan.gap,
        average=average_price(resold),
    )


@member_view(EDIT, "production")
@require_http_methods(["GET", "POST"])
def formula(request: MemberRequest) -> HttpResponseBase:
    """Choose how the price is built; its effect is shown before it is written."""
    found = chosen(request)
    production = found.dossier.production
    back = reverse("price:page", args=[request.structure.slug, request.production_id]) + found.query
    form = FactForm(
        production.kind,
        request.POST or None,
        choices=Choices(request.structure, found.dossier),
        fact=production if production.pricing else production.model_copy(update={"pricing": Pricing()}),
        revision=found.loaded.revisions.get(production.about),
        only=("pricing",),
        variables=found.opened.outcome.variables,
    )
    if request.method == "POST" and not form.wants_more and form.is_valid():
        try:
            if found.scenario:
                written = write(found, form.changes(), actor=request.user)
                return done(request, written, back)
            return show_effect(request, form.changes(), seen=form.seen, back=back)
        except Conflict as error:
            form.problem("", str(error))
        except BadInput as error:
            form.refuse(error)
    context = {
        "form": form,
        "title": _("Choisir la formule"),
        "back": back,
        "found": found,
        "previewed": not found.scenario,
    }
    return render(request, "scenarios/fact.html", context, status=422 if form.is_bound else 200)
