"""Which VAT a show bears: the cession, what is re-billed with it, tickets and their 140 first performances."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.facts.calendar import Event
from filage.facts.production import Pricing
from filage.geo.cities import city_named
from filage.kernel import step as steps
from filage.kernel.money import ZERO

if TYPE_CHECKING:
    from datetime import date

    from filage.facts.dossier import Dossier
    from filage.facts.venue import Venue
    from filage.kernel.step import Step
    from filage.law import Law

FIRST = 140
"""Paid performances of one staging that may bear the particular rate (CGI 281 quater), whoever exploits them."""
NEW_WORKS = frozenset({"theatre", "dance", "opera", "concert"})
TO_CHECK = frozenset({"circus", "street", "festival"})
"""Kinds of show the particular rate reaches under conditions of their own."""
DRINKS_FULL = frozenset({"event"})
CORSICA = frozenset({"2A", "2B"})
ISLANDS = frozenset({"971", "972", "974"})


@dataclass(frozen=True, slots=True)
class ShowVat:
    """A rate as a fraction, with its source, and why it is this one."""

    rate: Step
    why: str
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Counter:
    """Performances counted towards the 140: before the calendar, in it up to a day, in it afterwards."""

    before: int
    given: int
    planned: int

    @property
    def left(self) -> int:
        """How many performances may still bear the particular rate after those of the calendar."""
        return max(FIRST - self.before - self.given - self.planned, 0)

    @property
    def whole(self) -> int:
        """All of them, those planned included."""
        return self.before + self.given + self.planned


def counter(dossier: Dossier, today: date) -> Counter:
    """Count the performances of this staging, those already played elsewhere included; free ones should not count."""
    dates = [event.day for event in _performances(dossier)]
    given = sum(day < today for day in dates)
    return Counter((dossier.production.pricing or Pricing()).played, given, len(dates) - given)


def _performances(dossier: Dossier) -> list[Event]:
    alive = [e for e in dossier.all(Event) if e.type == "performance" and e.option != "cancelled"]
    return sorted(alive, key=lambda event: (event.day, str(event.start), event.id))


def rank_of(dossier: Dossier, event: str | None) -> int:
    """Return the rank of a performance (`event/id`) since the first of its staging; without a date, the next one."""
    before = (dossier.production.pricing or Pricing()).played
    order = [one.about for one in _performances(dossier)]
    return before + (order.index(event) if event in order else len(order)) + 1


def department_of(venue: Venue | None) -> str | None:
    """Return the department of a venue's town, when the town is known by one name only."""
    city = city_named(venue.city) if venue is not None and venue.city else None
    return city.department if city else None


def sale_vat(dossier: Dossier, law: Law, day: date, venue: Venue | None = None) -> ShowVat:
    """Return the rate of a cession and of the travel re-billed with it."""
    if dossier.employer.vat_regime == "exempt":
        return _exempt()
    place = department_of(venue)
    if place in CORSICA:
        return ShowVat(_rate(law, "tva.corse_spectacle", day), "spectacle donné en Corse")
    if place in ISLANDS:
        return ShowVat(_rate(law, "tva.dom_spectacle", day), "spectacle donné outre-mer")
    return ShowVat(
        _rate(law, "tva.spectacle", day), "vente de spectacle, voyages refacturés compris, même avant la 141e"
    )


def ticket_vat(
    dossier: Dossier, law: Law, day: date, *, event: str | None = None, venue: Venue | None = None
) -> ShowVat:
    """Return the rate of tickets: 2.1 % for the 140 first performances of a creation, 5.5 % after, 20 % at times.

    The same rate holds for what a coréalisation shares. The rate is forecast: the day may be past the known law.
    """
    if dossier.employer.vat_regime == "exempt":
        return _exempt()
    form = dossier.production.form
    admission = (dossier.production.pricing or Pricing()).admission
    place = department_of(venue)
    area = "corse" if place in CORSICA else "dom" if place in ISLANDS else ""
    if admission == "drinks" and form in DRINKS_FULL:
        return ShowVat(_rate(law, "tva.normal", day), "séance où l’on consomme d’usage")
    first = "tva.billetterie_premieres" if not area else f"tva.{area}_premieres"
    after = "tva.spectacle" if not area else f"tva.{area}_spectacle"
    if admission == "drinks":
        doubt = (
            "consommation facultative chez un exploitant licencié : à vérifier" if form == "concert" else ""
        )
        return ShowVat(_rate(law, after, day), "salle où l’on consomme : pas de taux des premières", doubt)
    if admission == "usual" or form not in NEW_WORKS | TO_CHECK:
        return ShowVat(_rate(law, after, day), "ni création ni nouvelle mise en scène")
    rank = rank_of(dossier, event)
    if rank > FIRST:
        return ShowVat(_rate(law, after, day), f"{rank}e représentation, après les {FIRST} premières")
    told = "1re représentation" if rank == 1 else f"{rank}e représentation"
    doubt = "conditions propres à ce genre de spectacle : à vérifier" if form in TO_CHECK else ""
    return ShowVat(_rate(law, first, day), f"{told} sur {FIRST} d’une création", doubt)


def _rate(law: Law, parameter: str, day: date) -> Step:
    return law[parameter].forecast(day)


def _exempt() -> ShowVat:
    return ShowVat(
        steps.given("TVA", ZERO, unit="rate", by="structure hors du champ de la TVA"),
        "structure hors du champ de la TVA",
    )
