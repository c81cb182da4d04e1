"""Premiums of a whole production: what the calendar shows, what each engagement already pays."""

from datetime import date
from decimal import Decimal

from filage.kernel.changes import add, set_
from filage.law import load_law
from filage.payroll.pay_rules_calendar import (
    calendar_premiums,
    premiums_by_engagement,
)
from filage.worktime.premium_case import Told, Trip
from support.dossiers import small

LAW = load_law()
MONDAY = date(2026, 11, 16)


def event(ident, day, start, end, kind="setup"):
    return add(f"event/{ident}", type=kind, day=str(day), start=start, end=end, venue="venue/ecluse")


def present(ident, engagement="engagement/elie", **more):
    return add(f"participation/p-{ident}", event=f"event/{ident}", engagement=engagement, **more)


def week(hours_end="18:00", days=5, engagement="engagement/elie", **more):
    changes = []
    for n in range(days):
        ident = f"jour-{n}"
        changes.append(event(ident, date(2026, 11, 16 + n), "09:00", hours_end))
        pause = [{"start": "13:00", "end": "14:00"}]
        changes.append(present(ident, engagement, breaks=pause, **more))
    return changes


def engaged(**given):
    return set_("engagement/elie", **{"starts_on": str(MONDAY), "ends_on": "2026-11-20", **given})


def test_a_team_within_its_hours_owes_nothing():
    assert calendar_premiums(small(), LAW)[0] == []


def test_days_of_eight_hours_pay_the_raise_of_overtime_only():
    # 5 x 8 h at 200.00 a day (25.00 an hour): 5 h beyond 35 at 25 % = 5 x 25 x 0.25 = 31.25.
    pays = premiums_by_engagement(small(engaged(), *week()), LAW)
    assert pays["engagement/elie"].gross.value == Decimal("31.25")


def test_hours_beyond_the_day_paid_are_owed_whole():
    # 5 x 9 h worked, 5 x 8 h paid: 5 h of raise 31.25; 3 h at 25 % = 93.75; 2 h at 50 % = 75.00.
    pays = premiums_by_engagement(small(engaged(), *week("19:00")), LAW)
    assert pays["engagement/elie"].gross.value == Decimal("200.00")


def test_hours_paid_by_the_hour_are_all_paid_plainly():
    # 45 h: 8 x 20 x 0.25 + 2 x 20 x 0.5 = 60.00
    pays = premiums_by_engagement(small(engaged(unit="hour", unit_pay="20"), *week("19:00")), LAW)
    assert pays["engagement/elie"].gross.value == Decimal("60.00")


def test_hours_done_count_once_entered():
    done = week(
        "18:00", actual_start="09:00", actual_end="19:00", actual_breaks=[{"start": "13:00", "end": "14:00"}]
    )
    pays = premiums_by_engagement(small(engaged(), *done), LAW)
    assert pays["engagement/elie"].gross.value == Decimal("200.00")


def test_two_engagements_of_one_trade_share_a_week():
    second = add(
        "engagement/elie-2", position="position/regie", person="person/elie", starts_on="2026-11-21",
        ends_on="2026-11-21", unit="day", unit_pay="200",
    )  # fmt: skip
    saturday = [event("samedi", date(2026, 11, 21), "09:00", "12:00"), present("samedi", "engagement/elie-2")]
    pays = premiums_by_engagement(small(engaged(), *week("17:00"), second, *saturday), LAW)
    # 35 h, then 3 h on Saturday, all paid as a day of 8 h: the raise of 3 h is owed by the second engagement.
    assert {about: pay.gross.value for about, pay in pays.items() if pay.lines} == {
        "engagement/elie-2": Decimal("18.75")
    }


def test_a_cachet_owes_nothing_and_says_why():
    pays = premiums_by_engagement(small(*week("20:00", engagement="engagement/dana")), LAW)
    dana = pays["engagement/dana"]
    assert dana.lines == ()
    assert "un taux horaire : un cachet n’en a pas, et n’ouvre pas d’heures supplémentaires" in {
        need.needs for need in dana.not_counted
    }


def late(**more):
    return small(
        engaged(**more),
        event("nuit", MONDAY, "18:00", "01:30"),
        present("nuit"),
    )


def test_a_meal_is_due_after_one_in_the_morning():
    pay = premiums_by_engagement(late(), LAW)["engagement/elie"]
    assert pay.allowances.value == Decimal("10.76")


def test_a_meal_already_in_the_engagement_is_not_due_again():
    meal = [{"type": "on_site", "unit_amount": "12", "day": str(MONDAY)}]
    pay = premiums_by_engagement(late(allowances=meal), LAW)["engagement/elie"]
    assert pay.allowances.value == 0
    other = [{"type": "on_site", "unit_amount": "12", "day": "2026-11-17"}]
    assert premiums_by_engagement(late(allowances=other), LAW)["engagement/elie"].allowances.value > 0


def test_what_somebody_tells_is_added():
    trip = Told(trips=(Trip("person/elie", MONDAY, Decimal(90), Decimal(2)),))
    pay = premiums_by_engagement(late(), LAW, trip)["engagement/elie"]
    assert pay.allowances.value == Decimal("126.46")  # 115.70 and 10.76


def test_the_convention_of_the_structure_decides():
    code = premiums_by_engagement(small(set_("employer/fil", idcc="2642"), engaged(), *week()), LAW)
    assert {line.rule for line in code["engagement/elie"].lines} == {"CT-HS-25"}
    cinema = premiums_by_engagement(small(set_("employer/fil", idcc="3097"), engaged(), *week()), LAW)
    assert {line.rule for line in cinema["engagement/elie"].lines} == {"3097-TECH-HS"}


def test_a_tour_counts_its_travel():
    around = [{"type": "tour", "starts_on": str(MONDAY), "ends_on": str(MONDAY)}]
    tour = set_("production/petite", circumstances=around)
    trip = [event("route", MONDAY, "08:00", "12:00", "travel"), present("route", units="0")]
    pay = premiums_by_engagement(small(tour, engaged(), *trip), LAW)["engagement/elie"]
    # 2 h and half of 2 h, not paid elsewhere: 3 x 25.00
    assert [(line.rule, line.amount.value) for line in pay.lines] == [
        ("1285-TRAJET-COMPTE", Decimal("75.00"))
    ]


def test_the_population_of_the_position_decides():
    director = set_("position/regie", status="artiste")
    pays = premiums_by_engagement(small(set_("employer/fil", idcc="3097"), director, engaged(), *week()), LAW)
    assert {line.rule for line in pays["engagement/elie"].lines} == {"CT-HS-25"}


def test_a_day_of_ten_hours_pays_its_ten_hours():
    # 5 x 9 h worked, 5 x 10 h paid: only the raise, 8 x 20 x 0.25 + 2 x 20 x 0.5 = 60.00.
    long = engaged(hours="10")
    pays = premiums_by_engagement(small(long, *week("19:00")), LAW)
    assert pays["engagement/elie"].gross.value == Decimal("60.00")


def test_what_could_not_be_told_is_listed_once():
    shoot = [
        set_("employer/fil", idcc="3097"),
        engaged(),
        event("tournage", MONDAY, "09:00", "17:00", "shoot"),
        present("tournage"),
        set_("production/petite", form="fiction"),
    ]
    needs = calendar_premiums(small(*shoot), LAW)[1]
    assert [(need.rule, need.needs) for need in needs] == [
        ("3097-TECH-6E-JOUR", "le lieu du tournage, en région parisienne ou non (job_group)"),
        ("3097-TECH-REPAS", "si la production fournit les repas du tournage"),
    ]
