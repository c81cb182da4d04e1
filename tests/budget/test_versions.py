"""Versions of the budget: what was kept, what moved since, the initial amounts."""

from datetime import date
from decimal import Decimal

from filage.budget.versions import (
    approved_versions,
    budget_of_version,
    compare_versions,
    freeze,
    frozen_lines,
    initial_amounts,
    revised_amounts,
    since,
)
from filage.kernel.changes import add, remove, set_
from support.dossiers import reviewed

JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)


def kept(ident, on, *changes, purpose="approved"):
    return freeze(reviewed(*changes).budget, ident, ident, on, by="Alice", purpose=purpose)


def test_a_version_keeps_every_line_at_its_amount():
    budget = reviewed().budget
    version = freeze(budget, "v1", "Votée", JUNE)
    assert {line.line: line.amount for line in version.lines} == {r.id: r.amount for r in budget.rows}
    assert (version.purpose, version.by) == ("approved", None)


def test_a_version_and_the_day_it_was_kept_do_not_differ():
    outcome = reviewed()
    found = since(freeze(outcome.budget, "v1", "Votée", JUNE), outcome.dossier, outcome.budget)
    assert found.is_empty
    assert found.expense == (outcome.budget.expense, outcome.budget.expense)


def test_lines_added_gone_and_changed_are_told_apart_with_their_amounts():
    version = kept("v1", JUNE)
    outcome = reviewed(
        set_("variable/devis", value="2000"),
        add("budget_line/piano", label="Piano", post="30", unit_price="400"),
        remove("budget_line/consommables"),
    )
    found = since(version, outcome.dossier, outcome.budget)
    moved = {line.line: (line.state, line.change) for line in found.moved}
    assert moved["line/piano"] == ("added", Decimal(400))
    assert moved["line/consommables"][0] == "gone"
    assert moved["line/decor"] == ("changed", Decimal(200))
    assert sum(line.change for line in found.moved if line.side == "expense") == (
        found.expense[1] - found.expense[0]
    )


def test_a_line_says_why_it_moved_when_somebody_said_so():
    version = kept("v1", JUNE)
    outcome = reviewed(
        add("line_override/o", line="stay/dole", amount="100", reason="forfait négocié"),
        set_("variable/devis", value="2000"),
        add("line_detail/d", line="line/decor", variance="Bois plus cher"),
    )
    found = since(version, outcome.dossier, outcome.budget)
    assert {line.line: line.reason for line in found.moved if line.reason} == {
        "stay/dole": "forfait négocié",
        "line/decor": "Bois plus cher",
    }


def test_the_initial_budget_is_the_first_approved_and_snapshots_never_count():
    snapshot = kept("s0", date(2026, 5, 1), purpose="snapshot")
    second, first = kept("v2", JULY, set_("variable/devis", value="2000")), kept("v1", JUNE)
    dossier = reviewed().dossier.with_facts([snapshot, second, first])
    assert [version.id for version in approved_versions(dossier)] == ["v1", "v2"]
    assert initial_amounts(dossier)["line/decor"] == first.lines[4].amount
    assert revised_amounts(dossier)["line/decor"] == initial_amounts(dossier)["line/decor"] + 200


def test_there_is_no_initial_amount_before_an_approval():
    assert initial_amounts(reviewed().dossier) == {}
    assert revised_amounts(reviewed().dossier) == {}


def test_two_versions_are_compared_without_the_dossier():
    found = compare_versions(
        kept("v1", JUNE).lines, kept("v2", JULY, set_("variable/devis", value="2000")).lines
    )
    assert [line.line for line in found.of("changed")] == ["line/decor", "line/imprevus"]


def test_a_version_keeps_its_totals_whatever_becomes_of_its_lines():
    approved = reviewed().budget
    kept = freeze(approved, "v1", "Budget voté", date(2026, 10, 12))
    for change in (
        set_("budget_line/decor", valued=True),
        set_("budget_line/decor", side="income"),
        set_("budget_line/decor", phase="exploitation", post="70"),
    ):
        again = budget_of_version(kept, reviewed(change).budget)
        assert (again.expense, again.income) == (approved.expense, approved.income)
        row = again.by_id()["line/decor"]
        assert (row.side, row.phase, row.post) == ("expense", "production", "30")


def test_a_line_that_changes_sides_is_gone_from_one_and_added_to_the_other():
    before, after = reviewed().budget, reviewed(set_("budget_line/decor", side="income")).budget
    found = compare_versions(frozen_lines(before), frozen_lines(after))
    moved = {(one.side, one.state): one.change for one in found.moved if one.line == "line/decor"}
    assert moved == {("expense", "gone"): -1800, ("income", "added"): 1800}
