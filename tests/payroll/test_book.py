"""The sheet « Paie » says what a gross pay is made of, and what is repaid beside it."""

from __future__ import annotations

from decimal import Decimal

from filage.facts.reading import read_dossier
from filage.law import load_law
from filage.payroll.book import pay_book
from filage.payroll.engagement import pay_costs
from filage.payroll.quantity import Calendar

TEXT = """\
schema: filage/1
employer: {id: fil, label: Le Fil, idcc: 1285, legal_form: company}
production: {id: petite, label: Petite forme, form: theatre}
people: [{id: dana, given_name: Dana, family_name: Morel}]
positions: [{id: jeu, label: Jeu, status: artiste}]
engagements:
- {id: dana, position: position/jeu, person: person/dana, starts_on: 2026-11-05, ends_on: 2026-11-14, unit: cachet,
   unit_pay: 160, quantity: 3, allowances: [
     {type: restaurant, label: Repas, quantity: 10, unit_amount: 25},
     {type: on_site, label: Panier, quantity: 2, unit_amount: 7}]}
"""


def rows():
    dossier = read_dossier(TEXT.encode())
    return pay_book(pay_costs(dossier, load_law(), {}, Calendar(dossier))).rows


def named(label: str):
    return next(row for row in rows() if len(row.cells) > 2 and row.cells[2].value == label)


def test_gross_pay_adds_what_exceeds_a_limit_to_the_units_at_their_pay():
    assert named("Repas, au-delà de la limite d’exonération").cells[6].value == 36
    gross = named("Salaire brut").cells[6]
    assert (gross.value, gross.formula.text) == (516, "ROUND({pay}*{units},2)+SUM({extras})")
    assert gross.formula.cells["extras"] == ("slip/0/0/extra/0",)


def test_what_is_repaid_follows_the_slips_at_its_quantity_and_price():
    basket, meals = named("Panier, hors cotisations").cells, named("Repas, hors cotisations").cells
    assert [cell.value for cell in basket[4:7]] == [7, 2, 14]
    assert basket[6].formula.text == "ROUND({each}*{quantity},2)"
    assert (meals[6].value, meals[6].formula) == (Decimal("214.00"), None)
