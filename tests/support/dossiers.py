"""A small production written as a user would, for the tests of every area; `with_text` adds facts to it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from filage.facts.changing import apply_changes
from filage.facts.reading import read_dossier
from filage.law import load_law
from filage.review import Outcome, review

if TYPE_CHECKING:
    from filage.facts.dossier import Dossier
    from filage.kernel.changes import Change

TODAY = date(2026, 10, 12)

SMALL = """\
schema: filage/1
employer:
  id: fil
  label: Compagnie Le Fil
  city: Besançon
  idcc: 1285
  licences:
  - {category: 2, number: L-R-22-001, expires_on: 2027-12-31}
  rates:
  - {parameter: paie.atmp_technicien, value: 0.016, starts_on: 2026-01-01, source: notification Carsat}
production:
  id: petite
  label: Petite forme
  form: theatre
  phases:
  - {id: creation, label: Création, starts_on: 2026-08-31, ends_on: 2026-10-24}
  - {id: tournee, label: Tournée, starts_on: 2026-11-04, ends_on: 2026-11-14, budget: exploitation}
  pricing: {structure_value: 380, margin_rate: 0.05, series: [1, 2]}
people:
- {id: dana, given_name: Dana, family_name: Morel, city: Besançon}
- {id: elie, given_name: Élie, family_name: Vasseur, city: Dole}
venues:
- {id: ecluse, label: Théâtre de l’Écluse, city: Besançon}
- {id: fabrique, label: La Fabrique, city: Dole}
positions:
- {id: marie, label: Marie, status: artiste}
- {id: regie, label: régie générale, department: technical, status: technicien}
engagements:
- {id: dana, position: position/marie, person: person/dana, phase: exploitation, starts_on: 2026-11-05,
   ends_on: 2026-11-14, unit: cachet, unit_pay: 160, quantity: 3, contract: signed}
- {id: elie, position: position/regie, person: person/elie, phase: exploitation, starts_on: 2026-11-04,
   ends_on: 2026-11-14, unit: day, unit_pay: 200, contract: signed}
events:
- {id: montage, type: setup, day: 2026-11-04, start: 09:00, end: 18:00, venue: venue/ecluse, phase: exploitation}
- {id: premiere, type: performance, day: 2026-11-05, start: 20:00, end: 22:00, venue: venue/ecluse, premiere: true}
- {id: dole-1, type: performance, day: 2026-11-13, start: 20:00, end: 22:00, venue: venue/fabrique}
- {id: dole-2, type: performance, day: 2026-11-14, start: 20:00, end: 22:00, venue: venue/fabrique}
participations:
- {id: dana-1, event: event/premiere, engagement: engagement/dana}
- {id: dana-2, event: event/dole-1, engagement: engagement/dana}
- {id: dana-3, event: event/dole-2, engagement: engagement/dana}
- {id: elie-0, event: event/montage, engagement: engagement/elie}
- {id: elie-1, event: event/premiere, engagement: engagement/elie}
- {id: elie-2, event: event/dole-1, engagement: engagement/elie}
- {id: elie-3, event: event/dole-2, engagement: engagement/elie}
stays:
- {id: dole, events: [event/dole-1, event/dole-2], people: 2, unit_price: 68}
meals:
- {id: dole, events: [event/dole-1, event/dole-2], people: 2, unit_price: 20}
variables:
- {id: devis, name_text: devis_decor, value: 1800}
budget_lines:
- {id: decor, label: Décor, post: 30, unit_price: devis_decor}
- {id: consommables, label: Consommables, post: 70, phase: exploitation, quantity: nb_dates, unit_price: 60,
   per_performance: plateau}
- {id: imprevus, label: Imprévus, post: 60, share_of: [30], rate: 0.03}
contracts:
- {id: dole, label: La Fabrique, type: cession, events: [event/dole-1, event/dole-2], venue: venue/fabrique,
   unit_price: 2000, bills_travel: true, state: confirmed}
fundings:
- {id: drac, label: DRAC, nature: public, amount: 1000, state: signed}
- {id: adami, label: Adami, nature: collective, amount: 600, state: to_ask, deadline_on: 2026-10-15}
"""


def small(*changes: Change) -> Dossier:
    """The small production, after these changes."""
    return apply_changes(read_dossier(SMALL.encode(), file="petite.yaml"), changes)


def reviewed(*changes: Change, on: date = TODAY) -> Outcome:
    """The review of the small production after these changes."""
    return review(small(*changes), load_law(), on)


def amounts(outcome: Outcome) -> dict[str, str]:
    """Every budget line's amount, by id."""
    return {row.id: str(row.amount) for row in outcome.budget.rows}


def codes(outcome: Outcome) -> list[str]:
    """The codes of the findings, in order."""
    return [finding.code for finding in outcome.findings]
