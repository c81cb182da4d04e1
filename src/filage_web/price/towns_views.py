"""The scale of prices: one to so many dates, in a town with its travel; the discount; the sheet on paper."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from filage import __version__
from filage.budget.discount import Discount, discount_of, tour_of
from filage.budget.price import PriceInput, PriceOutcome, price_of
from filage.budget.price_paper import PricePaper, TownPrice, formula_of, price_paper, town_price
from filage.budget.sale import scope_of
from filage.budget.towns import Rates, Trip, rates_of, town_costs, trip_cost, trip_to
from filage.facts.production import Pricing
from filage.kernel import step as steps
from filage.kernel.step import Step
from filage.law import load_law
from filage.review.run import law_of_structure
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EXPORT, SEE
from filage_web.forms import french_input
from filage_web.scenarios.chosen import Chosen, chosen
from filage_web.shell.attachment import PDF, attachment

RATES: Final = (
    ("people", "personnes", _("Personnes"), ""),
    ("passengers", "passagers", _("Qui voyagent"), ""),
    ("fare_km", "voyage", _("Voyage"), "€/km"),
    ("freight_km", "decor", _("Décor"), "€/km"),
    ("night", "nuit", _("La nuit"), "€"),
    ("meal", "repas", _("Le repas"), "€"),
)
"""What an estimate multiplies: its name, its word in addresses, its label, its unit."""
MOST: Final = 30
USUAL: Final = 6


@dataclass(frozen=True, slots=True)
class Field:
    """One figure of the form: typed, or proposed from the dossier."""

    name: str
    label: str
    unit: str
    value: str
    origin: str
    error: str = ""


@dataclass(slots=True)
class Asked:
    """What the visitor asks: a town and its distance, the rates of the estimate, how many dates."""

    town: str = ""
    km: str = ""
    dates: int = USUAL
    trip: Trip | None = None
    rates: Rates | None = None
    fields: list[Field] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def wrong_rate(self) -> bool:
        """Whether a rate was refused: its field must be seen."""
        return any(one.error for one in self.fields)


@member_view(SEE, "production")
@require_GET
def scale_page(request: MemberRequest) -> HttpResponse:
    """Show the price of one to so many dates, with the travel of a town when one is asked."""
    found = chosen(request)
    outcome = found.opened.outcome
    context: dict[str, Any] = {"found": found, "tab": "scale", "given": outcome.price_input}
    if outcome.price_input is not None:
        asked = _asked(found, request.GET)
        priced = price_of(replace(outcome.price_input, series=tuple(range(1, asked.dates + 1)), price=None))
        context |= {
            "asked": asked,
            "priced": priced,
            "lines": _lines(asked, priced, outcome.price_input),
            "towns": town_costs(found.dossier, outcome.travel),
            "scope": scope_of(found.dossier.production.pricing or Pricing()),
            "formula": formula_of(outcome.price_input),
            "pdf": _pdf(found, request.GET),
        }
    return render(request, "price/scale.html", context)


def _asked(found: Chosen, typed: Mapping[str, Any]) -> Asked:
    """Read the address: what is wrong stands under its field, the rest is computed."""
    asked = Asked(town=str(typed.get("ville", "")).strip(), km=str(typed.get("km", "")).strip())
    asked.dates = _dates(asked, str(typed.get("dates", "")).strip())
    _read_rates(asked, found, typed)
    if not asked.town and not asked.km:
        return asked
    km = None
    if asked.km:
        try:
            km = Decimal(french_input.number(asked.km))
        except ValueError as error:
            asked.errors["km"] = str(error)
            return asked
        if km < 0:
            asked.errors["km"] = str(_("Une distance ne peut pas être négative."))
            return asked
    trip = trip_to(asked.town or str(_("cette ville")), found.dossier, km)
    if isinstance(trip, str):
        asked.errors["ville"] = trip
    else:
        asked.trip = trip
    return asked


def _dates(asked: Asked, text: str) -> int:
    if not text:
        return USUAL
    try:
        return max(1, min(int(french_input.count(text)), MOST))
    except ValueError as error:
        asked.errors["dates"] = str(error)
        return USUAL


def _read_rates(asked: Asked, found: Chosen, typed: Mapping[str, Any]) -> None:
    """The rates of the dossier, those typed in their place."""
    outcome = found.opened.outcome
    law = law_of_structure(found.dossier.employer, load_law())
    rates = rates_of(found.dossier, outcome.costs, outcome.variables, law, clock.today())
    values: dict[str, Step] = {}
    for name, word, label, unit in RATES:
        proposed: Step = getattr(rates, name)
        text, error = str(typed.get(word, "")).strip(), ""
        if text:
            try:
                read = Decimal(french_input.amount(text))
            except ValueError as wrong:
                error = str(wrong)
            else:
                error = str(_("Un nombre négatif n’a pas de sens ici.")) if read < 0 else ""
                values[name] = steps.given(str(label), abs(read), by="saisi")
        shown = text or french_input.shown("number", f"{proposed.value.normalize():f}")
        origin = "" if text else proposed.rule
        asked.fields.append(Field(word, str(label), unit, shown, origin, error))
    asked.rates = replace(rates, **values)


def _lines(asked: Asked, priced: PriceOutcome, given: PriceInput) -> list[dict[str, Any]]:
    """One line per length of series: price, series, travel, totals."""
    lines = []
    town = _town(asked, priced, given)
    for n, price in enumerate(priced.prices):
        line: dict[str, Any] = {"price": price, "trip": None}
        if town is not None and asked.trip is not None and asked.rates is not None:
            line |= {
                "trip": trip_cost(asked.trip, asked.rates, price.performances),
                "total": town.totals[n],
                "vat": town.vat[n],
                "including_vat": town.including_vat[n],
            }
        lines.append(line)
    return lines


def _town(asked: Asked, priced: PriceOutcome, given: PriceInput) -> TownPrice | None:
    if asked.trip is None or asked.rates is None:
        return None
    costs = [trip_cost(asked.trip, asked.rates, price.performances) for price in priced.prices]
    return town_price(asked.trip.name, asked.trip.told, costs, priced, given.vat_rate)


def _pdf(found: Chosen, typed: Mapping[str, Any]) -> str:
    """The address of the sheet on paper, for what is asked."""
    words = ("ville", "km", "dates", *(word for _name, word, _label, _unit in RATES))
    asked = {word: str(typed[word]) for word in words if typed.get(word)}
    if found.scenario:
        asked["scenario"] = found.ident
    path = reverse("price:sheet_pdf", args=[found.structure.slug, found.production])
    return f"{path}?{urlencode(asked)}" if asked else path


@member_view(EXPORT, "production")
@require_GET
def sheet_pdf(request: MemberRequest) -> HttpResponse:
    """Hand over the price sheet: for a buyer, or with the proof (`calcul=1`), with the town asked."""
    from filage.documents.price_pdf import price_pdf

    found = chosen(request)
    paper = paper_of(found, request.GET)
    if paper is None:
        raise Http404
    name = f"{found.production}-prix-{paper.on.isoformat()}.pdf"
    return attachment(price_pdf(paper, __version__), name, PDF)


def paper_of(found: Chosen, typed: Mapping[str, Any]) -> PricePaper | None:
    """Return the sheet asked; None while there is no date to sell."""
    outcome = found.opened.outcome
    if outcome.price_input is None or outcome.price is None:
        return None
    asked = _asked(found, typed)
    given, priced = outcome.price_input, outcome.price
    if typed.get("dates"):
        given = replace(given, series=tuple(range(1, min(asked.dates, USUAL) + 1)))
        priced = price_of(given)
    town = _town(asked, priced, given)
    return price_paper(
        found.dossier, given, priced, outcome.costs, outcome.budget, clock.today(),
        towns=(town,) if town else (), proof=bool(typed.get("calcul")),
        scenario=found.scenario.label if found.scenario else "",
    )  # fmt: skip


@member_view(SEE, "production")
@require_GET
def discount_page(request: MemberRequest) -> HttpResponse:
    """Show what a discount costs, and the price under which a date loses money."""
    found = chosen(request)
    given = found.opened.outcome.price_input
    text = str(request.GET.get("remise", "")).strip() or "10"
    error, discount = "", None
    if given is not None:
        try:
            rate = Decimal(french_input.rate(text))
            discount = discount_of(given, min(rate, Decimal("0.99")), tour_of(found.dossier, given))
        except ValueError as wrong:
            error = str(wrong)
    context = {
        "found": found,
        "tab": "discount",
        "given": given,
        "text": text,
        "error": error,
        "discount": discount,
        "steps": _steps(found, given, discount),
    }
    return render(request, "price/discount.html", context)


def _steps(found: Chosen, given: PriceInput | None, discount: Discount | None) -> list[Discount]:
    """The usual discounts, to compare at a glance."""
    if given is None or discount is None:
        return []
    tour = tour_of(found.dossier, given)
    return [discount_of(given, Decimal(n) / 100, tour) for n in (0, 5, 10, 15, 20, 30)]
