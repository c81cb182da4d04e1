"""Boxes on a grid of hours: cut at midnight, side by side, never outside the hours shown."""

from __future__ import annotations

from datetime import date, time

from hypothesis import given
from hypothesis import strategies as st

from filage_web.planning.laying import DAY, Piece, hours_shown, pieces, side_by_side

FRIDAY, SATURDAY, SUNDAY = (date(2026, 11, day) for day in (13, 14, 15))


def test_an_evening_is_one_piece() -> None:
    assert pieces(FRIDAY, time(20), time(22)) == [Piece(FRIDAY, 80, 88)]


def test_a_night_is_cut_at_midnight() -> None:
    assert pieces(FRIDAY, time(22), time(2)) == [
        Piece(FRIDAY, 88, DAY, ends=False),
        Piece(SATURDAY, 0, 8, begins=False),
    ]


def test_an_end_at_midnight_leaves_nothing_on_the_next_day() -> None:
    assert pieces(FRIDAY, time(22), time(0)) == [Piece(FRIDAY, 88, DAY, ends=False)]


def test_three_days_fill_the_middle_one() -> None:
    assert pieces(FRIDAY, time(9), time(12), SUNDAY) == [
        Piece(FRIDAY, 36, DAY, ends=False),
        Piece(SATURDAY, 0, DAY, begins=False, ends=False),
        Piece(SUNDAY, 0, 48, begins=False),
    ]


def test_without_an_end_it_is_drawn_as_one_hour() -> None:
    assert pieces(FRIDAY, time(20), None) == [Piece(FRIDAY, 80, 84)]


def test_what_overlaps_shares_the_width_and_the_rest_does_not() -> None:
    laid = side_by_side(
        [("a", Piece(FRIDAY, 40, 48)), ("b", Piece(FRIDAY, 44, 52)), ("c", Piece(FRIDAY, 52, 60))]
    )
    assert [(one.thing, one.lane, one.lanes) for one in laid] == [("a", 1, 2), ("b", 2, 2), ("c", 1, 1)]


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(1, 40)), max_size=12))
def test_two_boxes_of_one_lane_never_touch(spans: list[tuple[int, int]]) -> None:
    laid = side_by_side(
        [(n, Piece(FRIDAY, start, start + length)) for n, (start, length) in enumerate(spans)]
    )
    assert sorted(one.thing for one in laid) == list(range(len(spans)))
    for one in laid:
        assert 1 <= one.lane <= one.lanes
        for other in laid:
            apart = one.piece.end <= other.piece.start or other.piece.end <= one.piece.start
            assert one is other or one.lane != other.lane or apart


def test_the_hours_shown_hold_all_there_is() -> None:
    assert hours_shown([]) == (8, 22)
    assert hours_shown([Piece(FRIDAY, 26, 30), Piece(FRIDAY, 90, 95)]) == (6, 24)


def test_what_follows_at_once_stays_below_whatever_the_minutes() -> None:
    show, talk = pieces(FRIDAY, time(20), time(21, 40)), pieces(FRIDAY, time(21, 40), time(22, 10))
    assert [one.lanes for one in side_by_side([("show", show[0]), ("talk", talk[0])])] == [1, 1]
