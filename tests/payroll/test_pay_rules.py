"""Premium hours in euros: every worked amount to the cent, and what no pay can be drawn from."""

from datetime import date
from decimal import Decimal

import pytest

from filage.facts.team import Engagement
from filage.kernel.step import recompute
from filage.law import load_law
from filage.payroll.pay_rules import Paid, premium_findings, premium_pay
from filage.worktime.premium_rules import premiums
from filage.worktime.premiums import premium_hours
from filage.worktime.shift import Circumstance, Setting, Worker
from support.premium_cases import cases, shift

LAW = load_law()
BANDS = {p.id: p.parameters["bands"] for p in premiums() if p.kind == "overtime"}
WEEK = date(2026, 3, 9)
ELIE = Worker("elie", status="technicien")


def bands(idcc):
    return BANDS["3097-TECH-HS" if idcc == "3097" else "CT-HS-25"]


def engaged(**given):
    facts = {"id": "elie-1", "position": "position/p", "person": "person/elie", "starts_on": "2026-03-09",
             "ends_on": "2026-03-13", **given}  # fmt: skip
    return Engagement.model_validate(facts)


def days_of(hours, number=5):
    end = f"{8 + hours:02d}:00"
    return [shift("elie", date(2026, 3, 9 + n), "08:00", end, "setup") for n in range(number)]


def paid_for(engagement, shifts, paid=None, idcc=None):
    found = premium_hours(shifts, [ELIE], Setting(idcc=idcc)).due
    return premium_pay(engagement, found, paid or Paid(), LAW, overtime_bands=bands(idcc))


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.rule} {case.label}")
def test_the_amount_is_the_one_worked_out_by_hand(case):
    found = premium_hours(case.shifts, case.workers, case.setting, case.told)
    lines = [line for line in found.due if line.rule == case.rule]
    units = case.data.get("paid", {}).get("units")
    paid = Paid(units=Decimal(units) if units else None)
    pay = premium_pay(case.engagement, lines, paid, LAW, overtime_bands=bands(case.setting.idcc))
    assert pay.gross.value + pay.allowances.value == Decimal(case.data["amount"])
    assert recompute(pay.gross) == pay.gross.value
    assert recompute(pay.allowances) == pay.allowances.value
    assert pay.not_counted == ()


def test_hours_paid_plainly_are_owed_their_raise_only():
    # 45 h paid by the hour at 14.00: 8 x 14 x 0.25 = 28.00 and 2 x 14 x 0.5 = 14.00.
    pay = paid_for(engaged(unit="hour", unit_pay="14.00"), days_of(9))
    assert [(line.quantity, line.amount.value) for line in pay.lines] == [
        (Decimal(8), Decimal("28.00")), (Decimal(2), Decimal("14.00")),
    ]  # fmt: skip


def test_hours_beyond_those_paid_are_owed_whole():
    # 45 h worked, five days of 8 h paid: 5 h of raise, 5 x 14 x 0.25 = 17.50;
    # then 3 h at 25 % = 52.50 and 2 h at 50 % = 42.00.
    engagement = engaged(unit="day", unit_pay="112.00")
    pay = paid_for(engagement, days_of(9), Paid({WEEK: Decimal(40)}))
    assert sorted(line.amount.value for line in pay.lines) == [
        Decimal("17.50"), Decimal("42.00"), Decimal("52.50"),
    ]  # fmt: skip
    assert pay.gross.value == Decimal("112.00")


def test_a_week_of_thirty_nine_hours_already_pays_its_raise():
    # 560.00 / (35 + 4 x 1.25) = 14.00; 40 h worked: one hour more, 17.50.
    engagement = engaged(unit="week", unit_pay="560.00", hours="39")
    assert paid_for(engagement, days_of(8)).gross.value == Decimal("17.50")


def test_a_month_is_worth_its_hours_over_the_year():
    # 2123.33 / (35 x 52/12 = 151.67) = 14.0000 (13.99998): 5 h at 25 % = 87.50.
    engagement = engaged(unit="month", unit_pay="2123.33")
    assert paid_for(engagement, days_of(8)).gross.value == Decimal("87.50")


def test_a_cachet_has_no_overtime_and_says_so():
    pay = paid_for(engaged(unit="cachet", unit_pay="160.00"), days_of(9))
    assert pay.lines == ()
    assert {need.rule for need in pay.not_counted} == {"CT-HS-25"}
    [needs] = {need.needs for need in pay.not_counted}
    assert needs == "un taux horaire : un cachet n’en a pas, et n’ouvre pas d’heures supplémentaires"


def test_a_package_without_hours_says_what_it_needs():
    pay = paid_for(engaged(unit="package", unit_pay="600.00"), days_of(9))
    assert pay.lines == ()
    assert {need.needs for need in pay.not_counted} == {"les heures que paie le forfait"}


def test_a_part_time_pays_overtime_beyond_thirty_five_and_says_what_is_left():
    engagement = engaged(unit="week", unit_pay="336.00", hours="24")
    pay = paid_for(engagement, days_of(8))
    assert pay.gross.value == Decimal("87.50")
    assert [need.rule for need in pay.not_counted] == ["CT-HS-25"]


def test_an_allowance_is_not_gross_pay():
    found = premium_hours([shift("elie", WEEK, "18:00", "02:00", "setup")], [ELIE], Setting(idcc="1285")).due
    pay = premium_pay(engaged(unit="hour", unit_pay="14.00"), found, Paid(), LAW)
    # gross: 1 h of night at 15 % = 2.10 and half an hour of paid break = 7.00
    assert (pay.gross.value, pay.allowances.value) == (Decimal("9.10"), Decimal("10.76"))


def test_travel_already_paid_is_not_due_again():
    tour = (Circumstance("tour", WEEK, WEEK),)
    found = premium_hours(
        [shift("elie", WEEK, "08:00", "10:00", "travel")], [ELIE], Setting(idcc="1285", circumstances=tour)
    ).due
    engagement = engaged(unit="hour", unit_pay="14.00")
    assert premium_pay(engagement, found, Paid(), LAW).gross.value == Decimal("28.00")
    paid = Paid(travel_days=frozenset([WEEK]))
    assert premium_pay(engagement, found, paid, LAW).gross.value == 0
    by_week = engaged(unit="week", unit_pay="490.00")
    assert premium_pay(by_week, found, Paid(), LAW).gross.value == 0


def test_a_finding_says_the_hours_the_sum_and_the_article():
    days = [shift("elie", date(2026, 3, 9 + n), "09:00", "17:00", "setup") for n in range(4)]
    pay = paid_for(
        engaged(unit="week", unit_pay="490.00"),
        [*days, shift("elie", date(2026, 3, 13), "09:00", "15:00", "setup")],
    )
    [finding] = premium_findings([pay])
    assert (finding.code, finding.severity, finding.about) == (
        "payroll.premium_due", "warning", "engagement/elie-1",
    )  # fmt: skip
    assert finding.message.replace("\u00a0", " ") == (
        "Heures supplémentaires à 25 % : 3 h, soit 52,50 € bruts non comptés dans l’engagement "
        "(C. trav. L3121-28, L3121-36)."
    )
    assert finding.source.id == "CT-HS-25"
    assert finding.subject == "CT-HS-25"


def test_a_due_allowance_is_told_for_information():
    found = premium_hours([shift("elie", WEEK, "18:00", "02:00", "setup")], [ELIE], Setting(idcc="1285")).due
    meal = [line for line in found if line.pays == "allowance"]
    pay = premium_pay(engaged(unit="hour", unit_pay="14.00"), meal, Paid(), LAW)
    [finding] = premium_findings([pay])
    assert finding.severity == "info"
    assert (
        finding.message.replace("\u00a0", " ")
        == "Panier : 1, soit 10,76 € d’indemnités à verser (CCNEAC VII.1)."
    )


def test_every_cent_goes_down_to_an_article():
    pay = paid_for(engaged(unit="week", unit_pay="490.00"), days_of(8))
    assert "CT-HS-25" in pay.gross.all_sources()
    assert pay.gross.confidence == "confirmed"


def test_overtime_absorbed_by_the_span_leaves_no_line_of_nothing():
    shifts = [
        shift("elie", date(2026, 3, 9 + n), "09:00", "20:00", "setup", ["13:00", "15:00"]) for n in range(4)
    ]
    found = premium_hours(shifts, [ELIE], Setting(idcc="3090", annex="4")).due
    pay = premium_pay(engaged(unit="hour", unit_pay="14.00"), found, Paid(), LAW)
    assert [(line.rule, line.amount.value) for line in pay.lines] == [
        ("3090-A4-AMPL10-25", Decimal("3.50"))
    ] * 4
