"""What premiums cost the employer: the slip with them less the slip without."""

from datetime import date
from decimal import Decimal

from filage.kernel.changes import add, set_
from filage.law import load_law
from filage.payroll.engagement import pay_costs
from filage.payroll.pay_rules_calendar import calendar_premiums, premiums_by_engagement
from filage.payroll.pay_rules_cost import premium_cost
from filage.payroll.quantity import Calendar
from support.dossiers import small

LAW = load_law()


def dossier(end="18:00"):
    changes = [set_("engagement/elie", starts_on="2026-11-16", ends_on="2026-11-20")]
    for n in range(5):
        day = str(date(2026, 11, 16 + n))
        changes.append(
            add(f"event/j-{n}", type="setup", day=day, start="09:00", end=end, venue="venue/ecluse")
        )
        pause = [{"start": "13:00", "end": "14:00"}]
        changes.append(
            add(f"participation/j-{n}", event=f"event/j-{n}", engagement="engagement/elie", breaks=pause)
        )
    return small(*changes)


def costs_of(given):
    return pay_costs(given, LAW, {}, Calendar(given))


def test_the_cost_is_more_than_the_gross_by_its_contributions():
    given = dossier()
    [cost] = [one for one in costs_of(given) if one.about == "engagement/elie"]
    pay = premiums_by_engagement(given, LAW)["engagement/elie"]
    assert pay.gross.value == Decimal("31.25")
    price = premium_cost(pay.lines, cost, LAW)
    assert Decimal("31.25") < price.value < Decimal("31.25") * 2


def test_each_finding_is_priced_and_the_engagement_is_not_touched():
    given = dossier()
    costs = costs_of(given)
    before = [one.employer_cost.value for one in costs]
    [finding] = calendar_premiums(given, LAW, costs)[0]
    assert finding.code == "payroll.premium_due"
    [remedy] = finding.remedies
    assert remedy.cost is not None
    assert remedy.cost > Decimal("31.25")
    assert [one.employer_cost.value for one in costs_of(given)] == before


def test_without_the_costs_of_the_team_the_price_is_left_open():
    [finding] = calendar_premiums(dossier(), LAW)[0]
    assert [remedy.cost for remedy in finding.remedies] == [None]


def test_longer_days_never_cost_less():
    dues = []
    for end in ("17:00", "18:00", "19:00", "20:00", "21:00"):
        pay = premiums_by_engagement(dossier(end), LAW).get("engagement/elie")
        dues.append(pay.gross.value if pay else Decimal(0))
    assert dues == sorted(dues)
    assert dues[0] == 0 < dues[1]
