"""The day-out-of-days: first day, work, wait, last day, travel, and who was not called."""

from __future__ import annotations

from datetime import date

import pytest

from filage.facts.calendar import Event
from filage.kernel.changes import add, set_
from filage.script.presence import day_out_of_days, days_of
from script.breakdowns import shoot

DANA = {"person": "person/dana"}


def marks(found) -> dict[str, list[str]]:
    table = day_out_of_days(found)
    return {
        row.about: [cell.mark + ("*" if cell.missing else "") for cell in row.cells] for row in table.rows
    }


def test_a_person_starts_waits_and_finishes_a_role_nobody_holds_has_its_row() -> None:
    assert marks(shoot()) == {
        "element/marc": ["", "SW", "WF"],
        "person/dana": ["SW", "H", "WF"],
        "element/figurants": ["", "", ""],
        "element/chien": ["", "", "SWF"],
    }


def test_the_days_of_each_are_counted() -> None:
    rows = {row.about: row for row in day_out_of_days(shoot()).rows}
    dana = rows["person/dana"]
    assert (dana.work, dana.hold, dana.travel, dana.total) == (2, 1, 0, 3)
    assert (dana.starts_on, dana.ends_on) == (date(2026, 10, 20), date(2026, 10, 22))
    assert (dana.label, dana.roles, dana.numbers, dana.held) == ("Dana Morel", ("Zoé",), (2,), True)
    assert (rows["element/marc"].held, rows["element/figurants"].total) == (False, 0)


def test_somebody_called_without_a_scene_works() -> None:
    found = shoot(add("participation/d", event="event/j2", **DANA))
    assert marks(found)["person/dana"] == ["SW", "W", "WF"]


def test_a_scene_that_asks_for_somebody_nobody_called_is_said() -> None:
    found = shoot(add("participation/e", event="event/j3", person="person/elie"))
    assert marks(found)["person/dana"] == ["SW", "H", "WF*"]


def test_a_day_of_travel_is_a_day_of_its_own() -> None:
    found = shoot(
        add("event/route", type="travel", day="2026-10-19"),
        add("participation/r", event="event/route", **DANA),
    )
    table = day_out_of_days(found)
    assert [(one.day.day, one.rank, one.label) for one in table.columns] == [
        (19, None, "voyage"), (20, 1, "J1"), (21, 2, "J2"), (22, 3, "J3"),
    ]  # fmt: skip
    dana = next(row for row in table.rows if row.about == "person/dana")
    assert ([cell.mark for cell in dana.cells], dana.travel, dana.total) == (["T", "SW", "H", "WF"], 1, 4)


def test_nobody_waits_on_a_day_when_one_only_travels() -> None:
    found = shoot(
        set_("event/j2", option="cancelled"),
        add("event/route", type="travel", day="2026-10-21"),
        add("participation/r", event="event/route", person="person/elie"),
    )
    assert marks(found)["person/dana"] == ["SW", "", "WF"]


def test_a_role_with_two_holders_is_worked_by_the_one_who_is_called() -> None:
    found = shoot(
        add(
            "engagement/elie",
            position="position/zoe",
            person="person/elie",
            starts_on="2026-10-20",
            ends_on="2026-10-22",
            unit="day",
            unit_pay="200",
        ),
        add("participation/e", event="event/j3", engagement="engagement/elie"),
    )
    told = marks(found)
    assert (told["person/dana"], told["person/elie"]) == (["SWF", "", ""], ["SW", "H", "WF"])


def test_a_play_counts_rehearsals_and_a_performance_plays_every_scene() -> None:
    found = shoot(
        *(set_(f"event/{one}", type="rehearsal") for one in ("j1", "j2")),
        set_("event/j3", type="performance", scenes=[]),
    )
    assert day_out_of_days(found).title == "Présences aux répétitions et aux représentations"
    assert marks(found) == {
        "element/marc": ["", "SW", "WF"],
        "person/dana": ["SW", "H", "WF"],
        "element/figurants": ["", "", ""],
        "element/chien": ["", "", "SWF"],
    }


def test_an_empty_calendar_gives_an_empty_table() -> None:
    found = shoot(*(set_(f"event/{one}", option="cancelled") for one in ("j1", "j2", "j3")))
    table = day_out_of_days(found)
    assert (table.columns, [row.total for row in table.rows]) == ((), [0, 0, 0, 0])


@pytest.mark.parametrize(
    ("values", "days"),
    [
        ({"day": "2026-10-20"}, [20]),
        ({"day": "2026-10-20", "end_day": "2026-10-22"}, [20, 21, 22]),
        ({"day": "2026-10-20", "end_day": "2026-10-21", "start": "20:00", "end": "02:00"}, [20]),
        ({"day": "2026-10-20", "end_day": "2026-10-21", "start": "10:00", "end": "18:00"}, [20, 21]),
    ],
)
def test_the_days_of_an_event(values, days) -> None:
    assert [one.day for one in days_of(Event(id="e", type="shoot", **values))] == days
