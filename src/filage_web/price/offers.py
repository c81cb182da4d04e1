"""The offers of a page, side by side: each worked out, then laid out line by line."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from filage.budget.deals.offer import contract_of, offer_of
from filage.budget.deals.simulate import DealOutcome, figures_of, simulate
from filage.budget.towns import town_costs
from filage.facts.base import label_of
from filage.facts.contract import Contract
from filage.facts.deal import Deal
from filage.facts.venue import Venue
from filage.kernel import french
from filage.kernel.step import Step
from filage.law import load_law
from filage.review.run import law_of_structure
from filage.rights.vat import ShowVat
from filage_web import clock
from filage_web.price.house import House
from filage_web.scenarios.chosen import Chosen

ROWS: Final = (
    ("box_office", _("Recette de billetterie HT"), ""),
    ("rights", _("Droits d’auteur"), ""),
    ("tax", _("Taxe sur les spectacles"), ""),
    ("income", _("Nous recevons"), "group"),
    ("cost", _("Coût des dates"), ""),
    ("result", _("Résultat"), "total"),
    ("venue", _("Le lieu garde"), ""),
    ("vat", _("TVA que nous déclarons"), ""),
)
STATUS: Final = {"chosen": "done", "dropped": ""}


@dataclass(frozen=True, slots=True)
class Cell:
    """An amount of an offer, its reason's address, and whether it is a loss."""

    value: Decimal | None
    href: str
    lost: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One figure, offer by offer."""

    label: str
    look: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """An offer as the page shows it."""

    deal: Deal
    found: DealOutcome
    nature: str
    place: str
    state: str
    status: str
    contract: Contract | None
    parts: tuple[Step, ...]
    vat: ShowVat
    terms: tuple[str, ...]

    @property
    def live(self) -> bool:
        """Whether it may still be retained."""
        return self.contract is None and self.deal.state != "dropped"


def columns_of(found: Chosen, house: House, deals: Iterable[Deal] | None = None) -> tuple[Column, ...]:
    """Work out every offer of the production in the house tried; those set aside come last."""
    dossier, outcome = found.dossier, found.opened.outcome
    towns = {town.venue: town.vhr for town in town_costs(dossier, outcome.travel)}
    law, today = law_of_structure(dossier.employer, load_law()), clock.today()
    wanted = dossier.all(Deal) if deals is None else tuple(deals)
    columns = []
    for deal in sorted(wanted, key=lambda one: one.state == "dropped"):
        tried = house.over(deal)
        travel = towns.get(deal.venue) if deal.venue else None
        worked = simulate(offer_of(tried, dossier, law, today, outcome.price_input, travel))
        venue = dossier.find(deal.venue, Venue)
        vat = worked.offer.sale_vat if deal.type == "cession" else worked.offer.ticket_vat
        columns.append(
            Column(
                deal, worked, label_of(deal, "type"), (venue.city or venue.label) if venue else "",
                label_of(deal, "state"), STATUS.get(deal.state, ""), contract_of(deal, dossier),
                worked.offer.costs, vat, (*terms_of(tried), *_rebilled(worked)),
            )
        )  # fmt: skip
    return tuple(columns)


def terms_of(deal: Deal) -> tuple[str, ...]:
    """Say in words what the offer proposes."""
    said = []
    if deal.type == "cession" and deal.fee is not None:
        said.append(f"{french.euro(deal.fee)} la date")
    if deal.type in ("corealisation", "box_office", "promotion", "coproduction"):
        share = deal.producer_share
        said.append(f"{french.percent(share)} pour nous, {french.percent(1 - share)} pour le lieu")
    if deal.producer_minimum:
        said.append(f"minimum pour nous {french.euro(deal.producer_minimum)}")
    if deal.venue_minimum:
        said.append(f"minimum pour le lieu {french.euro(deal.venue_minimum)}")
    if deal.type == "rental" and deal.rental:
        said.append(f"loyer {french.euro(deal.rental)} la date")
    if deal.type == "coproduction" and deal.contribution:
        said.append(f"apport {french.euro(deal.contribution)}")
    return tuple(said)


def _rebilled(found: DealOutcome) -> tuple[str, ...]:
    """Say what the buyer pays back, which is neither in what we receive nor in our costs."""
    paid_back = found.offer.rebilled
    if paid_back is None or not paid_back.value:
        return ()
    return (f"voyages, hébergement, repas refacturés en plus : {french.euro(paid_back.value)}",)


def rows_of(found: Chosen, columns: tuple[Column, ...], house: House) -> tuple[Row, ...]:
    """Lay the figures out: one line each, one cell per offer."""
    here = [found.structure.slug, found.production]
    figures = [figures_of(column.found) for column in columns]
    rows = []
    for name, label, look in ROWS:
        cells = []
        for column, known in zip(columns, figures, strict=True):
            step = known.get(name)
            path = reverse("price:offer_reason", args=[*here, column.deal.id, name])
            href = house.address(path, found.ident) if step is not None else ""
            value = step.value if step is not None else None
            cells.append(Cell(value, href, name == "result" and value is not None and value < 0))
        rows.append(Row(str(label), look, tuple(cells)))
    return tuple(rows)


def risk_rows(columns: tuple[Column, ...]) -> tuple[tuple[Decimal, tuple[Decimal | None, ...]], ...]:
    """Return the result of each offer at each of the four fills."""
    if not columns:
        return ()
    fills = [fill for fill, _result in columns[0].found.risks]
    return tuple(
        (fill, tuple(column.found.risks[n][1] for column in columns)) for n, fill in enumerate(fills)
    )


def best_of(columns: tuple[Column, ...]) -> Column | None:
    """Return the live offer that leaves the most, when at least two can be compared."""
    known = [column for column in columns if column.live and column.found.result is not None]
    complete = [column for column in known if not column.found.offer.missing]
    if len(complete) < 2:  # noqa: PLR2004 - a comparison takes two
        return None
    return max(complete, key=lambda one: one.found.result.value if one.found.result else Decimal(0))
