"""What is decided of a line beside its amount: groups, ranges, owners; one mechanism for computed and typed lines."""

from decimal import Decimal

import pytest

from cli.commands import faults
from filage.budget.groups import group_totals
from filage.kernel.changes import add, set_
from filage.review import outcome_json
from support.dossiers import codes, reviewed

FILM = (
    add("budget_group/film", label="Captation", off=True),
    add("budget_line/film", label="Captation", post="30", unit_price="1000"),
    add("line_detail/film", line="line/film", group="budget_group/film"),
)


def rows(outcome):
    return outcome.budget.by_id()


def test_a_line_of_a_group_that_is_off_stays_visible_and_counts_nowhere():
    without, off = reviewed(), reviewed(*FILM)
    row = rows(off)["line/film"]
    assert (row.off, row.amount, row.shown) == (True, 0, Decimal("1000.00"))
    assert off.budget.expense == without.budget.expense
    assert rows(off)["line/imprevus"].amount == rows(without)["line/imprevus"].amount
    assert off.budget.left_out == {"line/film"}


def test_a_group_switched_on_counts_its_lines_and_the_shares_that_follow():
    on = reviewed(*FILM, set_("budget_group/film", off=False))
    assert on.budget.expense == reviewed().budget.expense + Decimal("1030.00")


@pytest.mark.parametrize(
    "line", ["pay/dana/exploitation", "stay/dole", "line/consommables", "cession/dole", "funding/drac"]
)
def test_any_line_computed_or_typed_can_be_left_out(line):
    detail = add("line_detail/x", line=line, group="budget_group/film")
    before, after = reviewed(), reviewed(FILM[0], detail)
    change = rows(before)[line].amount
    assert rows(after)[line].off
    assert rows(after)[line].shown == change
    side = rows(after)[line].side
    sold = (
        rows(before)["rebilled/dole"].amount - rows(after)["rebilled/dole"].amount if side == "expense" else 0
    )
    assert after.budget.total(side) == before.budget.total(side) - change
    assert sold == (change if line == "stay/dole" else 0)


def test_what_is_left_out_is_not_in_the_price():
    off = add("line_detail/x", line="pay/dana/exploitation", group="budget_group/film")
    typed = add("line_detail/y", line="line/consommables", group="budget_group/film")
    before, after = reviewed().price_input, reviewed(FILM[0], off, typed).price_input
    assert before is not None
    assert after is not None
    kept = rows(reviewed())["pay/elie/exploitation"].amount
    assert before.plateau_cost.value > after.plateau_cost.value
    assert (after.plateau_cost.value + after.setup_cost.value * 2 / 3).quantize(Decimal("0.1")) == (
        kept / 3
    ).quantize(Decimal("0.1"))


def test_what_is_left_out_is_not_in_the_plan():
    plan = reviewed(FILM[0], add("line_detail/x", line="funding/drac", group="budget_group/film")).plan
    assert plan.full == reviewed().plan.full - 1000
    assert plan.public == 0


def test_an_override_of_a_line_that_is_off_shows_the_amount_by_hand():
    outcome = reviewed(*FILM, add("line_override/x", line="line/film", amount="900", reason="devis"))
    assert (rows(outcome)["line/film"].amount, rows(outcome)["line/film"].shown) == (0, Decimal(900))


def test_money_committed_on_a_line_that_is_off_is_said():
    assert "budget.off_committed" in codes(reviewed(*FILM, set_("budget_line/film", committed="200")))
    assert "budget.off_committed" not in codes(reviewed(*FILM))


def test_details_reach_the_row():
    detail = {"owner": "person/elie", "low": "900", "high": "1200", "files": ["devis.pdf"],
              "places": ["cerfa_12156:61.1"], "note": "deux devis"}  # fmt: skip
    row = rows(reviewed(*FILM, set_("line_detail/film", **detail)))["line/film"]
    found = (row.owner, row.low, row.high, row.files, row.places, row.note, row.group)
    assert found == (
        "person/elie", 900, 1200, ("devis.pdf",), ("cerfa_12156:61.1",), "deux devis", "budget_group/film"
    )  # fmt: skip


def test_details_of_a_line_that_is_gone_and_details_given_twice_are_said():
    outcome = reviewed(
        add("line_detail/a", line="line/decor", low="1"),
        add("line_detail/b", line="line/decor", low="2"),
        add("line_detail/c", line="line/perdu"),
    )
    assert rows(outcome)["line/decor"].low == 1
    said = {
        finding.code: finding.about
        for finding in outcome.findings
        if finding.code.startswith("budget.detail")
    }
    assert said == {"budget.detail_twice": "line_detail/b", "budget.detail_orphan": "line_detail/c"}


def test_a_group_says_what_it_would_add():
    outcome = reviewed(*FILM)
    [total] = group_totals(outcome.dossier, outcome.budget)
    assert (total.expense, total.income, [row.id for row in total.rows]) == (1000, 0, ["line/film"])


def test_contributions_in_kind_are_shown_and_counted_apart():
    before = reviewed()
    after = reviewed(
        add(
            "budget_line/benevoles", label="Bénévoles", post="50", quantity="20", unit_price="12", valued=True
        ),
        add("funding/ville", label="Ville, salle prêtée", nature="in_kind", amount="240", state="granted"),
    )
    assert (after.budget.expense, after.budget.income) == (before.budget.expense, before.budget.income)
    assert (after.budget.valued_expense, after.budget.valued_income) == (240, 240)
    assert (after.plan.gap, after.plan.public) == (before.plan.gap, before.plan.public)
    assert [source.amount for source in after.plan.valued] == [240]
    assert "budget.valued_unbalanced" not in codes(after)
    assert rows(after)["line/benevoles"].account == "86"


def test_the_contribution_in_kind_of_a_coproducer_is_no_money():
    outcome = reviewed(
        add("funding/scene", label="Scène", nature="coproduction", contribution="in_kind", amount="500")
    )
    assert outcome.budget.income == reviewed().budget.income
    assert "budget.valued_unbalanced" in codes(outcome)


def test_vat_that_cannot_be_recovered_is_part_of_the_amount():
    kept = reviewed(set_("budget_line/decor", vat_rate="0.2", vat_kept=True))
    row = rows(kept)["line/decor"]
    assert (row.amount, row.vat) == (Decimal("2160.00"), Decimal("360.00"))
    assert [leaf.label for leaf in row.step.leaves()][-1] == "taux de TVA"
    recovered = rows(reviewed(set_("budget_line/decor", vat_rate="0.2")))["line/decor"]
    assert (recovered.amount, recovered.vat) == (Decimal("1800.00"), Decimal("360.00"))


def test_vat_counted_without_a_rate_is_said():
    assert "budget.vat_rate_missing" in codes(reviewed(set_("budget_line/decor", vat_kept=True)))


def test_a_contribution_in_kind_that_has_details_stays_out_of_totals():
    """Its owner, its range or an amount by hand change nothing to where it counts."""
    given = add(
        "budget_line/benevoles", label="Bénévoles", post="50", quantity="20", unit_price="12", valued=True
    )
    owner = add("line_detail/b", line="line/benevoles", owner="person/elie")
    by_hand = add("line_override/b", line="line/benevoles", amount="300", reason="feuille de présence")
    outcome = reviewed(given, owner, by_hand)
    assert outcome.budget.expense == reviewed().budget.expense
    assert (outcome.budget.valued_expense, rows(outcome)["line/benevoles"].amount) == (300, 0)


def test_the_published_shape_tells_what_is_apart():
    given = add("budget_line/benevoles", label="Bénévoles", post="50", unit_price="12", valued=True)
    shape = outcome_json(reviewed(given, *FILM))["budget"]
    assert shape["valued"] == {"expense": "12.00", "income": "0.00"}
    apart = {line["id"]: line["apart"] for line in shape["lines"] if "apart" in line}
    assert apart == {
        "line/benevoles": {"amount": "12.00", "because": "valued"},
        "line/film": {"amount": "1000.00", "because": "off"},
    }
    assert faults("review", outcome_json(reviewed(given, *FILM))) == []
    assert "valued" not in outcome_json(reviewed())["budget"]
