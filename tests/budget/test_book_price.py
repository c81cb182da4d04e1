"""The price as a sheet of the workbook: its scope is named, and no formula says other than its figure."""

from filage.budget.book import BudgetKeys
from filage.budget.book_price import CREATION, price_book
from filage.budget.sale import scope_of
from filage.facts.production import Pricing
from filage.kernel.changes import add, set_
from support.dossiers import reviewed

REHEARSED = (
    add("event/lecture", type="rehearsal", day="2026-09-01", start="14:00", end="18:00"),
    add("engagement/creation", position="position/marie", person="person/dana", unit="service", unit_pay="66",
        starts_on="2026-09-01", ends_on="2026-09-01"),
    add("participation/lecture", event="event/lecture", engagement="engagement/creation"),
)  # fmt: skip


def sheet(**pricing):
    outcome = reviewed(*REHEARSED, set_("production/petite", pricing=pricing))
    keys = BudgetKeys(outcome.dossier, outcome.budget, outcome.costs, outcome.travel)
    scope = scope_of(outcome.dossier.production.pricing or Pricing())
    return price_book(outcome.price_input, outcome.price, outcome.budget, keys, scope)


def creation(found):
    return next(cell for row in found.rows for cell in row.cells if cell.key == CREATION)


def test_the_creation_cost_is_the_total_of_the_budget():
    assert creation(sheet()).formula is not None


def test_a_creation_without_its_rehearsals_is_no_more_that_total():
    assert creation(sheet(with_rehearsals=True)).formula is None


def test_the_scope_and_the_formula_are_named():
    said = sheet(with_setup=True, margin_rate="0.05").context
    assert "Plateau avec consommables, frais de bulletin et montage, sans répétitions et voyages" in said
    assert "création amortie sur 3 dates, marge : 5\u00a0% du coût." in said
