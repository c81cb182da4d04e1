"""What the comparison of scenarios reads: the lines of the budget, as they count."""

from decimal import Decimal

from filage.kernel.changes import add, set_
from filage_web.scenarios.comparison import Column, sections
from support.dossiers import reviewed


def travel(*changes):
    """The travel of the reference and of the scenario, as the page shows them."""
    columns = [Column("", "Référence", "", reviewed()), Column("x", "Essai", "", reviewed(*changes))]
    rows = {row.label: row for section in sections(columns) for row in section.rows}
    return [(cell.value, cell.difference) for cell in rows["Voyages, hébergement, repas"].cells]


BY_HAND = add("line_override/nuits", line="stay/dole", amount="100", reason="Chez l’habitant")
SET_ASIDE = (
    add("budget_group/nuits", label="Nuits", off=True),
    add("line_detail/nuits", line="stay/dole", group="budget_group/nuits"),
)


def test_travel_is_the_hand_value_of_a_line_not_the_computed_one():
    # one night and four meals of two people: 136 and 160
    assert travel(BY_HAND) == [(Decimal(296), None), (Decimal(260), Decimal(-36))]


def test_a_line_set_aside_counts_for_nothing_and_a_change_of_fact_still_counts():
    assert travel(*SET_ASIDE)[1] == (Decimal(160), Decimal(-136))
    assert travel(set_("stay/dole", unit_price="70"))[1] == (Decimal(300), Decimal(4))
