"""What a discount costs."""

from dataclasses import replace
from decimal import Decimal

from filage.budget.discount import discount_of, tour_of
from filage.budget.price import PriceInput, price_of
from filage.kernel import step as steps
from filage.kernel.changes import set_
from support.dossiers import small

GIVEN = PriceInput(
    creation_cost=steps.given("création", 10000), funding_acquired=steps.given("acquis", 4000),
    performances_planned=6, plateau_cost=steps.given("plateau", 1000), setup_cost=steps.given("montage", 500),
    margin_rate=Decimal("0.1"), series=(1, 2),
)  # fmt: skip


def test_a_discount_is_lost_on_every_date_of_the_tour():
    # 1000 + 500 + 1000, plus 10 %: 2750; 2475 with 10 % less
    found = discount_of(GIVEN, Decimal("0.1"))
    assert [(one.unit_price, one.lost, one.above_floor) for one in found.series] == [
        (Decimal("2475.00"), Decimal("275.00"), Decimal("975.00")),
        (Decimal("2227.50"), Decimal("247.50"), Decimal("977.50")),
    ]
    assert found.tour == 1650
    # 975 a date for 6000 to pay back
    assert (found.break_even, found.result) == (7, Decimal("-150.00"))


def test_each_date_loses_the_price_of_its_own_series():
    # two isolated dates lose 275, four in series of two 247.50; they leave 975 and 977.50 each
    found = discount_of(GIVEN, Decimal("0.1"), {2: 4, 1: 2})
    assert found.played == ((2, 4), (1, 2))
    assert found.tour == 4 * Decimal("247.50") + 2 * 275
    # 4 × 977.50 + 2 × 975 = 5860 for 6000 to pay back: 7 dates at 976.67 on average
    assert (found.result, found.break_even) == (Decimal("-140.00"), 7)


def test_the_tour_is_counted_in_the_series_of_the_calendar():
    # the small production plays once in Besançon, then twice in Dole
    assert tour_of(small(), replace(GIVEN, performances_planned=3)) == {2: 2, 1: 1}
    assert tour_of(small(), GIVEN) == {2: 2, 1: 4}
    assert tour_of(small(), replace(GIVEN, performances_planned=2)) == {2: 1, 1: 1}
    moved = small(set_("event/premiere", venue="venue/fabrique"))
    assert tour_of(moved, replace(GIVEN, performances_planned=3)) == {3: 3}


def test_no_discount_loses_nothing():
    found = discount_of(GIVEN, Decimal(0))
    assert (found.tour, found.result) == (0, dict(price_of(GIVEN).results)[6])


def test_the_highest_discount_brings_the_date_to_its_floor():
    found = discount_of(GIVEN, Decimal(0))
    down = discount_of(GIVEN, found.highest)
    assert found.highest == Decimal("0.454")
    assert 0 <= down.series[0].above_floor < 3


def test_a_discount_under_the_floor_never_balances():
    assert discount_of(GIVEN, Decimal("0.5")).break_even is None
