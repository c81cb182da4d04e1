"""What each slot costs and brings, day by day."""

from datetime import date
from decimal import Decimal
from typing import Any

from filage.budget.slots import Programme, programme_of
from filage.kernel.changes import add, remove, set_
from filage.law import load_law
from support.dossiers import TODAY, reviewed


def programme(*changes: Any) -> tuple[Programme, Decimal]:
    outcome = reviewed(*changes)
    return programme_of(outcome.dossier, outcome.budget, load_law(), TODAY), outcome.budget.expense


def test_slots_and_what_serves_none_add_up_to_the_expenses() -> None:
    found, expense = programme()
    assert found.cost + found.common == expense
    assert [day.day for day in found.days] == [date(2026, 11, 5), date(2026, 11, 13), date(2026, 11, 14)]


def test_travel_goes_to_the_dates_it_serves_and_pay_to_those_played() -> None:
    found, _ = programme()
    dole = [slot for day in found.days for slot in day.slots][1:]
    labels = [sorted(part.row.id for part in slot.costs) for slot in dole]
    assert labels == [["meal/dole", "pay/dana/exploitation", "pay/elie/exploitation", "stay/dole"]] * 2
    assert (
        sum((part.amount for slot in dole for part in slot.costs if part.row.id == "stay/dole"), Decimal(0))
        == 136
    )


def test_a_line_is_shared_between_the_dates_it_names_to_the_cent() -> None:
    found, _ = programme(
        set_("budget_line/decor", unit_price="100"),
        add("line_detail/d", line="line/decor", events=["event/premiere", "event/dole-1", "event/dole-2"]),
    )
    shares = [
        part.amount
        for day in found.days
        for slot in day.slots
        for part in slot.costs
        if part.row.id == "line/decor"
    ]
    assert sorted(shares) == [Decimal("33.33"), Decimal("33.33"), Decimal("33.34")]


def test_tickets_are_counted_on_their_slot_and_passes_on_their_day() -> None:
    tariffs = [{"label": "Plein", "price": "10.55"}]
    found, _ = programme(
        add("ticketing/p", label="Première", event="event/premiere", capacity="100", fill="1", tariffs=tariffs,
            vat_rate="0.055"),
        add("ticketing/pass", label="Pass", day="2026-11-06", capacity="50", fill="1", tariffs=tariffs,
            vat_rate="0.055"),
    )  # fmt: skip
    assert [(day.day.day, day.takings, day.seats) for day in found.days] == [
        (5, Decimal(1000), 100), (6, Decimal(500), 50), (13, Decimal(0), 0), (14, Decimal(0), 0),
    ]  # fmt: skip


def test_a_cancelled_slot_is_no_slot_and_its_costs_are_kept_apart() -> None:
    found, expense = programme(set_("event/dole-2", option="cancelled"), remove("contract/dole"))
    assert [day.day.day for day in found.days] == [5, 13]
    assert found.cost + found.common == expense


def test_tickets_of_a_date_sold_are_those_of_its_buyer() -> None:
    tariffs = [{"label": "Plein", "price": "10.55"}]
    found, _ = programme(
        add("ticketing/d", label="Dole", event="event/dole-1", capacity="100", fill="1", tariffs=tariffs)
    )
    assert found.takings == 0
