"""What must hold of any slip, whatever the pay, the status and the year."""

import json
from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from filage.kernel.step import recompute
from filage.payroll.case import slip_json
from filage.payroll.ceiling import Presence
from filage.payroll.slip import cost_slip
from filage.payroll.written import slip_text
from payroll.samples import ANY_GROSS, ANY_PRESENCE, ANY_TERMS, LAW, terms

CENT = Decimal("0.01")


@given(ANY_TERMS, ANY_PRESENCE, ANY_GROSS, st.integers(1, 3))
@example(terms("permanent", health=Decimal(30)), Presence(), Decimal("5469.09"), 1)
@example(terms("permanent", cadre=True), Presence(), Decimal("4005.00"), 1)
def test_raising_gross_by_a_cent_never_lowers_the_cost(of, presence, gross, cents):
    before = cost_slip(of, gross, presence, LAW).totals.employer_cost
    assert cost_slip(of, gross + CENT * cents, presence, LAW).totals.employer_cost >= before


@given(ANY_TERMS, ANY_PRESENCE, ANY_GROSS)
def test_raising_gross_by_one_per_cent_never_lowers_the_cost(of, presence, gross):
    raised = (gross * Decimal("1.01")).quantize(CENT)
    before = cost_slip(of, gross, presence, LAW).totals.employer_cost
    assert cost_slip(of, raised, presence, LAW).totals.employer_cost >= before


@given(ANY_TERMS, ANY_PRESENCE, ANY_GROSS)
def test_totals_are_the_sums_of_the_lines(of, presence, gross):
    found = cost_slip(of, gross, presence, LAW)
    employer = sum(line.amount for line in found.lines if line.payer == "employer")
    employee = sum(line.amount for line in found.lines if line.payer == "employee")
    assert found.totals == (gross, gross + employer, gross - employee)
    assert (found.employer_cost.value, found.net_before_tax.value) == found.totals[1:]


@given(ANY_TERMS, ANY_PRESENCE, ANY_GROSS)
def test_every_amount_is_what_its_reason_recomputes(of, presence, gross):
    found = cost_slip(of, gross, presence, LAW)
    for line in found.lines:
        assert (line.step.value, recompute(line.step)) == (line.amount, line.amount)
        assert line.step.confidence == line.confidence
    assert recompute(found.employer_cost) == found.totals.employer_cost
    assert recompute(found.net_before_tax) == found.totals.net_before_tax


@given(ANY_TERMS, ANY_PRESENCE, ANY_GROSS)
def test_every_leaf_of_law_has_a_source(of, presence, gross):
    for line in cost_slip(of, gross, presence, LAW).lines:
        for leaf in line.step.leaves():
            assert leaf.how in ("law", "assumed", "given")
            assert leaf.how == "given" or leaf.sources


@given(ANY_TERMS, ANY_PRESENCE, ANY_GROSS)
def test_lines_are_in_cents_and_only_reductions_are_negative(of, presence, gross):
    for line in cost_slip(of, gross, presence, LAW).lines:
        assert line.amount == line.amount.quantize(CENT)
        assert line.amount >= 0 or line.id in ("rgdu", "reduction_generale")


@given(ANY_TERMS, ANY_PRESENCE, ANY_GROSS)
def test_the_text_of_a_slip_is_its_json(of, presence, gross):
    found = cost_slip(of, gross, presence, LAW)
    assert slip_text("un", found) == json.dumps({"id": "un", **slip_json(found)})
