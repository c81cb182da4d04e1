"""Budgets side by side: the same headings, what each comes to, what differs."""

from decimal import Decimal

import pytest

from filage.budget.versions import budget_of_version, freeze
from filage.budget.views import lay_out, view_named
from filage.budget.views.side_by_side import compared_sheet, side_by_side
from filage.budget.views.top_sheet import top_sheet
from filage.kernel.changes import add, remove, set_
from filage.kernel.errors import BadInput
from support.dossiers import TODAY, reviewed


def laid(*changes, name="spectacle"):
    outcome = reviewed(*changes)
    return lay_out(view_named(name), outcome.dossier, outcome.budget, outcome.costs)


def rows(found, role):
    return {row.code or row.label: row.amounts for row in found.rows if row.role == role}


def test_headings_and_totals_are_those_of_each_budget():
    first, second = laid(), laid(set_("variable/devis", value="2000"))
    found = side_by_side([("Référence", first), ("Décor plus cher", second)])
    assert rows(found, "heading")["P.3.1"] == (Decimal("1800.00"), Decimal("2000.00"))
    assert rows(found, "total")["Charges"] == (first.expense.amount, second.expense.amount)
    assert found.rows[-1].amounts == (first.balance, second.balance)


def test_a_line_of_one_budget_alone_has_no_amount_in_the_other():
    found = side_by_side([("Sans", laid(remove("budget_line/decor"))), ("Avec", laid())])
    line = next(row for row in found.rows if row.code == "line/decor")
    assert line.amounts == (None, Decimal("1800.00"))
    assert line.change(1) == Decimal("1800.00")


def test_the_same_budget_twice_differs_nowhere():
    assert side_by_side([("Un", laid()), ("Deux", laid())]).differing == ()


def test_a_version_is_compared_as_it_was_kept():
    version = freeze(reviewed().budget, "v1", "Votée", TODAY)
    now = reviewed(set_("variable/devis", value="2000"), remove("budget_line/consommables"))
    kept = budget_of_version(version, now.budget)
    assert {row.id: row.amount for row in kept.rows} == {line.line: line.amount for line in version.lines}
    view = view_named("spectacle")
    before = lay_out(view, now.dossier, kept, now.costs)
    found = side_by_side(
        [("Votée", before), ("Aujourd’hui", lay_out(view, now.dossier, now.budget, now.costs))]
    )
    moved = {row.code for row in found.differing if row.role == "line"}
    assert moved == {"line/decor", "line/consommables", "line/imprevus"}


@pytest.mark.parametrize("count", [1, 5])
def test_two_to_four_budgets_are_compared(count):
    with pytest.raises(BadInput, match=f"de 2 à 4 budgets ; il y en a {count}"):
        side_by_side([("x", laid())] * count)


def test_budgets_of_two_presentations_are_not_compared():
    with pytest.raises(BadInput, match="dans la même présentation"):
        side_by_side([("x", laid()), ("y", laid(name="festival"))])


def test_the_sheet_has_a_difference_after_each_budget_but_the_first():
    found = side_by_side([("Un", laid()), ("Deux", laid()), ("Trois", laid())])
    titles = [column.title for column in compared_sheet(found).columns]
    assert titles == ["Intitulé ou ligne", "Un", "Deux", "Écart", "Trois", "Écart"]


def test_the_page_to_read_first_adds_up_and_fits():
    found = laid()
    page = top_sheet(found)
    for side in page.parts:
        assert sum(row.amount for row in side.rows if row.depth == 0) == side.part.shown
    assert page.balance == found.balance
    many = [
        add(f"budget_line/l{n}", label="Chose", post="30", account=f"{n}", unit_price="1")
        for n in range(601, 660)
    ]
    assert sum(len(side.rows) for side in top_sheet(laid(*many, name="plan_comptable")).parts) <= 44


def test_a_line_in_kind_shows_on_both_sides():
    found = laid(add("budget_line/b", label="Bénévoles", post="70", unit_price="300", valued="true"))
    compared = side_by_side([("Un", found), ("Deux", laid())])
    assert rows(compared, "total")["Contributions en nature (87)"] == (300, 0)
