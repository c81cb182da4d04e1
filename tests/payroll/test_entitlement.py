"""Cachets and hours: twelve hours each, and the estimate of the 507 hours, with what it leaves out."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filage.kernel.changes import set_
from filage.kernel.errors import LawNotCovered
from filage.kernel.step import recompute
from filage.law import load_law
from filage.payroll.entitlement import (
    CAVEATS,
    DeclaredWork,
    cachets_of_hours,
    declared_work,
    hours_of_cachets,
    hours_toward_507,
)
from support.dossiers import small

LAW = load_law()
ON = date(2026, 11, 22)


def cachets(on, number, employer="fil"):
    return DeclaredWork(on, "cachet", Decimal(number), employer)


def hours(on, number, employer="fil", **more):
    return DeclaredWork(on, "hours", Decimal(number), employer, **more)


def months(number):
    return [date(2026, month, 10) for month in range(11 - number + 1, 12)]


def test_a_cachet_is_twelve_hours():
    assert hours_of_cachets(Decimal(3), ON, LAW).value == Decimal(36)


def test_five_hundred_and_seven_hours_are_forty_two_cachets_and_a_quarter():
    assert cachets_of_hours(Decimal(507), ON, LAW).value == Decimal("42.25")


def test_forty_three_cachets_reach_it():
    # 43 x 12 = 516
    work = [cachets(day, n) for day, n in zip(months(4), (11, 11, 11, 10), strict=True)]
    found = hours_toward_507(work, ON, LAW)
    assert (found.total.value, found.missing.value, found.reached, found.annex) == (
        Decimal(516), Decimal(0), True, "10",
    )  # fmt: skip


def test_forty_two_cachets_miss_three_hours():
    work = [cachets(day, n) for day, n in zip(months(4), (11, 11, 10, 10), strict=True)]
    found = hours_toward_507(work, ON, LAW)
    assert (found.total.value, found.missing.value, found.reached) == (Decimal(504), Decimal(3), False)


def test_exactly_507_hours_is_enough():
    found = hours_toward_507([hours(day, "169") for day in months(3)], ON, LAW)
    assert (found.total.value, found.reached, found.annex) == (Decimal(507), True, "8")


def test_the_first_day_counts_and_the_eve_does_not():
    # 365 days that end on 22 November 2026 begin on 23 November 2025.
    found = hours_toward_507([cachets(date(2025, 11, 23), 1), cachets(date(2025, 11, 22), 1)], ON, LAW)
    assert (found.first, found.last) == (date(2025, 11, 23), ON)
    assert found.total.value == Decimal(12)
    assert [(one.work.on, one.reason) for one in found.excluded] == [
        (date(2025, 11, 22), "hors de la période")
    ]


def test_the_day_itself_counts_and_the_next_does_not():
    found = hours_toward_507([cachets(ON, 1), cachets(date(2026, 11, 23), 1)], ON, LAW)
    assert found.total.value == Decimal(12)


def test_a_29_february_is_a_day_of_the_period():
    found = hours_toward_507([cachets(date(2028, 2, 29), 1)], date(2029, 2, 27), LAW)
    assert (found.first, found.total.value) == (date(2028, 2, 29), Decimal(12))


def test_beyond_twenty_eight_cachets_in_a_month_the_rest_is_left_out_and_the_total_is_uncertain():
    found = hours_toward_507([cachets(date(2026, 7, 10), 20), cachets(date(2026, 7, 20), 10)], ON, LAW)
    assert found.total.value == Decimal(336)
    assert [(one.month, one.reason.replace("\u00a0", " ")) for one in found.excluded] == [
        ("2026-07", "2 cachets au-delà du plafond mensuel (28 cachets, à vérifier)")
    ]
    assert found.total.confidence == "uncertain"


def test_under_the_caps_the_total_is_no_more_doubtful_than_its_texts():
    found = hours_toward_507([cachets(date(2026, 7, 10), 28)], ON, LAW)
    assert (found.total.value, found.total.confidence) == (Decimal(336), "one_source")


def test_a_technician_s_month_is_capped_higher_with_two_employers():
    one = hours_toward_507([hours(date(2026, 7, 31), 260)], ON, LAW)
    two = hours_toward_507([hours(date(2026, 7, 31), 130), hours(date(2026, 7, 31), 130, "autre")], ON, LAW)
    assert (one.total.value, two.total.value) == (Decimal(208), Decimal(250))


def test_an_artist_s_hours_are_of_annexe_10_and_not_capped():
    found = hours_toward_507([hours(date(2026, 7, 31), 220, artist=True)], ON, LAW)
    assert (found.total.value, found.annex) == (Decimal(220), "10")


def test_teaching_and_work_elsewhere_are_named_not_counted():
    found = hours_toward_507(
        [
            DeclaredWork(ON, "teaching", Decimal(50)),
            DeclaredWork(ON, "general", Decimal(100)),
            cachets(ON, 0),
        ],
        ON,
        LAW,
    )
    assert found.total.value == 0
    assert [one.reason for one in found.excluded] == [
        "enseignement : compté dans certaines limites, que Filage ne modélise pas",
        "hors des annexes 8 et 10",
        "quantité nulle ou négative",
    ]


def test_nothing_at_all_misses_everything_and_says_it_is_an_estimate():
    found = hours_toward_507([], ON, LAW)
    assert (found.total.value, found.missing.value, found.annex) == (Decimal(0), Decimal(507), "")
    assert found.caveats == CAVEATS
    assert found.caveats[0].startswith("Estimation")


def test_a_day_before_the_rules_is_refused():
    with pytest.raises(LawNotCovered):
        hours_toward_507([], date(2016, 7, 31), LAW)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.tuples(st.dates(date(2025, 6, 1), date(2027, 1, 31)), st.sampled_from(["cachet", "hours"]),
                  st.integers(0, 300)),
        max_size=12,
    )
)  # fmt: skip
def test_more_work_never_lowers_the_total_and_the_reason_gives_it_back(items):
    work = [DeclaredWork(day, kind, Decimal(number)) for day, kind, number in items]
    whole = hours_toward_507(work, ON, LAW)
    assert recompute(whole.total) == whole.total.value
    assert recompute(whole.missing) == whole.missing.value
    assert whole.total.value + whole.missing.value >= Decimal(507)
    assert hours_toward_507(work[:-1], ON, LAW).total.value <= whole.total.value


def test_the_work_of_an_artist_comes_from_the_calendar_day_by_day():
    dossier = small(set_("engagement/dana", clear=("quantity",)))
    assert [
        (one.on, one.kind, one.quantity, one.artist) for one in declared_work(dossier, "person/dana")
    ] == [
        (date(2026, 11, 5), "cachet", Decimal(1), True),
        (date(2026, 11, 13), "cachet", Decimal(1), True),
        (date(2026, 11, 14), "cachet", Decimal(1), True),
    ]


def test_days_of_a_technician_count_eight_hours_each_on_their_day():
    work = declared_work(small(), "person/elie")
    assert {(one.kind, one.quantity) for one in work} == {("hours", Decimal(8))}
    days = [one.on for one in work]
    assert (len(days), days[0], days[-1]) == (4, date(2026, 11, 4), date(2026, 11, 14))
    so_far = hours_toward_507(work, date(2026, 11, 5), LAW)
    assert so_far.total.value == Decimal(16), "the days to come of the month are left out"


def test_a_permanent_is_outside_the_annexes():
    dossier = small(set_("position/regie", status="permanent"))
    assert {one.kind for one in declared_work(dossier, "person/elie")} == {"general"}


def test_nobody_else_s_work_is_counted():
    assert declared_work(small(), "person/nobody") == ()
