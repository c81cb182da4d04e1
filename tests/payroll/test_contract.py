"""A contract cut into months: each slip under its law, the parts adding up to the whole."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filage.payroll.ceiling import Presence
from filage.payroll.contract import contract_thresholds, cost_contract, months_of
from payroll.samples import ANY_TERMS, LAW, terms

CENT = Decimal("0.01")


def cut(start: str, end: str, status: str = "artiste", **paid):
    whole = Presence(**{name: Decimal(value) for name, value in paid.items()})
    return months_of(date.fromisoformat(start), date.fromisoformat(end), whole, status)


def test_months_share_the_cachets_by_their_days_and_the_gross_by_the_cachets():
    months = cut("2026-02-20", "2026-04-10", cachets=10)
    assert [(m.last_day.isoformat(), m.presence.days, m.presence.cachets, m.weight) for m in months] == [
        ("2026-02-28", 9, 2, 2), ("2026-03-31", None, 6, 6), ("2026-04-10", 10, 2, 2),
    ]  # fmt: skip


def test_a_month_without_a_cachet_has_no_slip():
    assert [m.last_day.month for m in cut("2026-01-31", "2026-03-31", cachets=2)] == [2, 3]


def test_a_technician_is_shared_by_days():
    months = cut("2026-02-25", "2026-03-03", "technicien", hours=35)
    assert [(m.presence.days, m.presence.hours, m.weight) for m in months] == [(4, 20, 4), (3, 15, 3)]


@pytest.mark.parametrize(
    ("start", "end", "cachets", "isolated"),
    [
        ("2026-11-02", "2026-11-02", 1, True),
        ("2026-11-02", "2026-11-05", 4, True),
        ("2026-11-02", "2026-11-02", 2, False),
        ("2026-11-02", "2026-11-06", 4, False),
        ("2026-11-01", "2026-11-30", 12, False),
    ],
)
def test_cachets_are_isolated_when_each_has_its_own_day(start, end, cachets, isolated):
    [month] = cut(start, end, cachets=cachets)
    assert month.presence.isolated is isolated


def test_dfs_stops_at_its_limit_over_the_months_of_a_year():
    of = terms(dfs=True, job_group="dramatic")
    months = cut("2026-10-01", "2027-01-31", cachets=40)
    found = cost_contract(of, Decimal(100_000), months, LAW)
    assert [slip.deducted for slip in found.slips] == [4500, 3100, 0, 3750]


def test_what_is_missing_is_said_once():
    found = cost_contract(
        terms("technicien"), Decimal(3000), cut("2026-01-01", "2026-03-31", "technicien"), LAW
    )
    assert (len(found.slips), found.missing, found.complete) == (3, ("paie.atmp_technicien",), False)


def test_the_thresholds_of_a_contract_are_those_of_its_months():
    of = terms("permanent", cadre=True)
    months = cut("2026-01-01", "2026-02-14", "permanent")
    assert [round(limit) for limit in contract_thresholds(of, months, LAW)] == [5814, 6008]


@given(
    ANY_TERMS,
    st.dates(date(2025, 3, 1), date(2026, 10, 1)),
    st.integers(0, 200),
    st.decimals("1", "50000", places=2),
)
def test_the_slips_add_up_to_the_contract(of, start, more, gross):
    months = months_of(start, start + timedelta(days=more), Presence(), of.status)
    found = cost_contract(of, gross, months, LAW)
    assert sum(slip.gross.value for slip in found.slips) == gross
    employer = sum(line.amount for line in found.lines if line.payer == "employer")
    employee = sum(line.amount for line in found.lines if line.payer == "employee")
    assert found.totals == (gross, gross + employer, gross - employee)
    assert found.totals.employer_cost == sum(slip.totals.employer_cost for slip in found.slips)
