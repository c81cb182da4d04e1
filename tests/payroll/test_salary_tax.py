"""The tax on salaries: its bands at their edges, its share, what is doubtful in it."""

from datetime import date
from decimal import Decimal

import pytest

from filage.kernel.errors import LawNotCovered
from filage.kernel.step import given, recompute
from filage.payroll.salary_tax import salary_tax_bases
from payroll.samples import LAW, lines_of, slip, terms

CENT = Decimal("0.01")
FIRST, SECOND = Decimal(9229) / 12, Decimal(18423) / 12


def bases(pay: Decimal, share: str = "1", day: date = date(2026, 11, 22)):
    of = terms("permanent", day, salary_tax_share=Decimal(share))
    return salary_tax_bases(of, given("rémunération", pay), LAW)


@pytest.mark.parametrize(
    ("pay", "bands"),
    [
        (FIRST.quantize(CENT), 1),
        (FIRST.quantize(CENT) + CENT, 2),
        (SECOND.quantize(CENT), 2),
        (SECOND.quantize(CENT) + CENT, 3),
    ],
)
def test_a_band_opens_above_its_threshold(pay, bands):
    assert len(bases(pay)) == bands


def test_a_share_of_the_pay_is_taxed():
    assert [step.value for step in bases(Decimal(3000), "0.4").values()] == [
        Decimal("1200.00"), Decimal("892.37"), Decimal("585.90"),
    ]  # fmt: skip


def test_the_whole_scale_is_425_850_and_1360():
    found = lines_of(slip("3000", terms("permanent", salary_tax_share=Decimal(1))), "taxe_salaires")
    rates = [line.rate for line in found]
    assert (rates[0], sum(rates[:2]), sum(rates)) == (Decimal("0.0425"), Decimal("0.085"), Decimal("0.136"))


def test_only_what_the_year_settles_is_doubtful():
    found = bases(Decimal(3000))
    assert [step.confidence for step in found.values()] == ["confirmed", "uncertain", "uncertain"]
    assert all(recompute(step) == step.value for step in found.values())


def test_the_thresholds_are_those_of_the_year():
    [_, second, third] = bases(Decimal(3000), day=date(2025, 6, 1)).values()
    assert (second.value, third.value) == (Decimal("2237.75"), Decimal("1478.42"))


def test_years_before_the_data_are_refused():
    with pytest.raises(LawNotCovered):
        bases(Decimal(3000), day=date(2024, 6, 1))
