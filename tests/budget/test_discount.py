"""What a discount costs."""

from decimal import Decimal

from filage.budget.discount import discount_of
from filage.budget.price import PriceInput, price_of
from filage.kernel import step as steps

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
