"""Every line followed to its final cost: an invoice uses up its order, pay is spent as months end."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filage.accounting.committed import committed_of
from filage.accounting.figures import FIGURES, figure
from filage.accounting.follow import Amounts, follow, lines_touched
from filage.accounting.follow_findings import follow_findings, payment_deadlines
from filage.facts.reading import read_dossier
from filage.kernel.changes import add, set_
from filage.kernel.step import recompute
from filage.law import load_law
from filage.review import review
from support.dossiers import TODAY, reviewed

EXAMPLES = Path(__file__).parents[2] / "examples"
ORDER = add("commitment/atelier", label="Atelier", line="budget_line/decor", amount="1500", on="2026-09-01")


def invoice(ident="f1", amount="600", **more):
    more = {"line": "budget_line/decor", "commitment": "commitment/atelier"} | more
    return add(f"expense/{ident}", label="Facture", amount=amount, on="2026-09-20", **more)


def decor(*changes, on=TODAY):
    line = follow(reviewed(*changes, on=on), on).line("line/decor")
    assert line is not None
    return line.amounts


def test_before_any_order_all_is_to_commit_and_the_final_cost_is_the_budget():
    assert decor() == Amounts(Decimal(1800), Decimal(1800), to_complete=Decimal(1800))
    assert decor().variance == 0


def test_an_order_is_committed_and_changes_no_final_cost():
    found = decor(ORDER)
    assert (found.committed, found.open, found.to_commit, found.final) == (1500, 1500, 300, 1800)


def test_an_invoice_uses_up_its_order_and_never_adds_to_it():
    before, after = decor(ORDER), decor(ORDER, invoice())
    assert (after.spent - before.spent, before.open - after.open) == (600, 600)
    assert (after.committed, after.final) == (before.committed, before.final)


def test_an_invoice_beyond_its_order_costs_more_and_is_said():
    changes = (set_("variable/devis", value="1500"), ORDER, invoice(amount="1700"))
    found = decor(*changes)
    assert (found.spent, found.open, found.final, found.variance) == (1700, 0, 1700, -200)
    codes = [finding.code for finding in follow_findings(reviewed(*changes), TODAY)]
    assert codes == ["follow.over_budget", "follow.order_exceeded"]


def test_a_closed_order_frees_what_it_did_not_spend():
    found = decor(ORDER, set_("commitment/atelier", closed="true"), invoice())
    assert (found.committed, found.open, found.to_commit) == (600, 0, 1200)


def test_a_credit_note_takes_back_what_was_spent():
    assert decor(ORDER, invoice(), invoice("avoir", "-200")).spent == 400


def test_the_rest_estimated_by_hand_gives_a_variance_that_wants_its_reason():
    changes = (ORDER, add("line_detail/d", line="line/decor", to_complete="0"))
    assert decor(*changes).variance == 300
    codes = [finding.code for finding in follow_findings(reviewed(*changes), TODAY)]
    assert codes == ["follow.no_reason"]
    said = (*changes, set_("line_detail/d", variance="bois récupéré"))
    assert follow_findings(reviewed(*said), TODAY) == []


def test_the_sum_typed_as_engaged_is_used_up_by_expenses_and_detailed_by_orders():
    typed = set_("budget_line/decor", committed="1000")
    assert decor(typed).committed == 1000
    assert decor(typed, invoice(commitment=None)).committed == 1000
    assert decor(typed, ORDER).committed == 1500


def test_paid_counts_from_the_day_it_was_paid():
    paid = invoice(paid_on="2026-10-12")
    assert decor(ORDER, paid).paid == 600
    assert decor(ORDER, paid, on=date(2026, 10, 11)).paid == 0


def test_pay_is_committed_when_signed_spent_when_its_month_is_over_and_paid_with_its_contributions():
    def dana(on):
        return follow(reviewed(on=on), on).line("pay/dana/exploitation").amounts

    whole = dana(TODAY)
    assert (whole.committed, whole.spent, whole.paid) == (whole.revised, 0, 0)
    december = dana(date(2026, 12, 1))
    assert (december.spent, december.open) == (whole.revised, 0)
    assert 0 < december.paid < december.spent
    assert dana(date(2026, 12, 15)).paid == whole.revised


def test_pay_without_a_signed_contract_is_not_committed_yet():
    found = follow(reviewed(set_("engagement/dana", contract="draft")), TODAY).line("pay/dana/exploitation")
    assert (found.amounts.committed, found.amounts.final) == (0, found.amounts.revised)


def test_the_first_approved_version_is_the_initial_budget_and_a_removed_line_keeps_its_place_in_it():
    version = add("budget_version/v1", label="Votée", on="2026-07-01", lines=[
        {"line": "line/decor", "label": "Décor", "post": "30", "amount": "1500"},
        {"line": "line/bal", "label": "Bal", "post": "30", "amount": "200"},
    ])  # fmt: skip
    found = follow(reviewed(version), TODAY)
    assert found.line("line/decor").amounts.initial == 1500
    assert [line.line for line in found.gone] == ["line/bal"]
    assert found.amounts.initial == 1700


def test_an_expense_without_a_line_waits_apart_and_is_said():
    outcome = reviewed(invoice(line=None, commitment=None))
    found = follow(outcome, TODAY)
    assert (found.to_assign, found.amounts.spent) == (600, 0)
    assert [finding.code for finding in follow_findings(outcome, TODAY)] == ["follow.unassigned"]


def test_several_expenses_without_a_line_are_told_together():
    waiting = [invoice(i, line=None, commitment=None, piece=i) for i in ("f1", "f2", "f3")]
    found = follow_findings(reviewed(*waiting), TODAY)
    assert [(f.code, f.about) for f in found] == [("follow.unassigned", "production/petite")]
    assert found[0].message.startswith("3 dépenses sans ligne, 1")


def test_an_expense_on_a_line_that_left_the_budget_waits_too():
    found = follow(reviewed(invoice(line=None, commitment=None, row="stay/ailleurs")), TODAY)
    assert [bill.why for bill in found.unassigned] == ["la ligne stay/ailleurs n’est plus au budget"]


def test_without_recoverable_vat_an_expense_costs_its_vat():
    taxed = invoice(vat="120")
    assert decor(ORDER, taxed).spent == 600
    assert decor(ORDER, taxed, set_("employer/fil", vat_regime="exempt")).spent == 720


def test_contingency_is_told_apart_within_the_sums():
    found = follow(reviewed(), TODAY)
    assert found.contingency.revised == Decimal("54.00")
    assert found.amounts.revised == reviewed().budget.expense


def test_the_same_piece_twice_is_asked_about():
    twice = [invoice(i, piece="F-12", company=None) for i in ("f1", "f2")]
    codes = [finding.code for finding in follow_findings(reviewed(ORDER, *twice), TODAY)]
    assert codes == ["follow.duplicate"]


def test_income_tells_what_is_certain_billed_and_received():
    changes = (
        set_("funding/drac", instalments=[{"on": "2026-09-01", "amount": "700", "received": "true"}]),
        add("invoice/i", label="Acompte", contract="contract/dole", amount="1200", on="2026-09-01"),
    )
    income = {line.row.id: line for line in follow(reviewed(*changes), TODAY).income}
    drac, dole = income["funding/drac"], income["cession/dole"]
    assert (drac.certain, drac.received, drac.awaited) == (1000, 700, 300)
    assert (dole.certain, dole.billed, dole.revised) == (0, 1200, 4000)


def test_a_payment_due_is_a_deadline_until_it_is_paid():
    due = invoice(due_on="2026-10-20")
    assert [d.on for d in payment_deadlines(reviewed(ORDER, due).dossier)] == [date(2026, 10, 20)]
    paid = invoice(due_on="2026-10-20", paid_on="2026-10-01")
    assert payment_deadlines(reviewed(ORDER, paid).dossier) == []


EUROS = st.decimals(-500, 2500, places=2)


@given(st.lists(st.tuples(EUROS, st.booleans()), max_size=4), st.decimals(0, 2500, places=2), st.booleans())
def test_columns_add_up_whatever_is_ordered_and_billed(bills, ordered, closed):
    changes = [
        add("commitment/atelier", label="A", line="budget_line/decor", amount=str(ordered), on="2026-09-01",
            closed=str(closed).lower()),
        *(invoice(f"f{i}", str(amount), **({} if on_order else {"commitment": None}))
          for i, (amount, on_order) in enumerate(bills)),
    ]  # fmt: skip
    found = follow(reviewed(*changes), TODAY)
    for line in found.lines:
        sums = line.amounts
        assert sums.committed == sums.spent + sums.open
        assert sums.final == sums.committed + sums.to_complete
        assert sums.variance == sums.revised - sums.final
        assert sums.open >= 0
        assert sums.to_complete >= 0
        for name in FIGURES:
            step = figure(line, name, TODAY)
            assert step.value == getattr(sums, name) == recompute(step)
    assert found.amounts.revised == sum(post.amounts.revised for post in found.posts)
    assert found.amounts.spent == sum(bill[0] for bill in bills)
    # what a review looks at is enough to find every line off its budget
    off = {line.row.id for line in found.lines if line.amounts.variance or line.amounts.to_commit < 0}
    assert off <= {line.row.id for line in lines_touched(reviewed(*changes), TODAY)[0]}


def test_an_order_bears_the_vat_that_is_not_recovered_as_its_invoice_will():
    outside = set_("employer/fil", vat_regime="exempt")
    taxed = set_("commitment/atelier", vat_rate="0.2")
    ordered = decor(outside, ORDER, taxed)
    assert (ordered.open, ordered.final) == (1800, 1800)
    billed = (outside, ORDER, taxed, invoice(amount="1500", vat="300"))
    assert (decor(*billed).spent, decor(*billed).open, decor(*billed).final) == (1800, 0, 1800)
    assert follow_findings(reviewed(*billed), TODAY) == []


def test_a_sum_given_back_is_still_to_come_back():
    refund = set_("budget_line/decor", quantity="-1")
    found = decor(refund)
    assert (found.revised, found.to_complete, found.final, found.variance) == (-1800, -1800, -1800, 0)
    line = follow(reviewed(refund), TODAY).line("line/decor")
    assert figure(line, "final", TODAY).value == -1800
    assert decor(refund, invoice(amount="-1800", commitment=None)).to_complete == 0


@pytest.mark.parametrize("name", ["woyzeck", "court-metrage"])
@pytest.mark.parametrize("on", [date(2026, 9, 25), date(2027, 6, 1)])
def test_what_the_budget_calls_engaged_is_what_the_follow_up_calls_engaged(name, on):
    outcome = review(read_dossier((EXAMPLES / f"{name}.filage.yaml").read_bytes()), load_law(), on)
    followed = {line.row.id: line.amounts.committed for line in follow(outcome, on).lines}
    assert committed_of(outcome, on) == {ident: amount for ident, amount in followed.items() if amount}


def test_an_order_is_engaged_and_an_unsigned_contract_is_not():
    found = committed_of(reviewed(ORDER, set_("engagement/dana", contract="draft")), TODAY)
    signed = committed_of(reviewed(ORDER), TODAY)
    pay = "pay/dana/exploitation"
    assert (found["line/decor"], pay in found, signed[pay]) == (
        1500,
        False,
        reviewed().budget.by_id()[pay].amount,
    )
