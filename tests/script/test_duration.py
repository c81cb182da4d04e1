"""Durations as people write them on running orders."""

from __future__ import annotations

import pytest

from filage.script.duration import clock, seconds_of


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("3:45", 225),
        ("03:45", 225),
        ("0:03:45", 225),
        ("1:02:30", 3750),
        ("100:00", 6000),
        ("3'45", 225),
        ("3’45”", 225),
        ("3’45’’", 225),
        ("3′45″", 225),
        ("3 min 45", 225),
        ("3min45s", 225),
        ("4 mn", 240),
        ("12'", 720),
        ("90 min", 5400),
        ("1 h", 3600),
        ("1h05", 3900),
        ("1 heure 30", 5400),
        ("45 s", 45),
        ('45"', 45),
        ("~ 3:00", 180),
        ("4", 240),
        ("4,5", 270),
        ("2.25", 135),
    ],
)
def test_is_read(written, seconds) -> None:
    assert seconds_of(written) == seconds


@pytest.mark.parametrize("written", ["", "bof", "3:75", "h", "3''45", "min", "3 s 4 min", "-4", "3 bananes"])
def test_is_not_a_duration(written) -> None:
    assert seconds_of(written) is None


def test_a_bare_number_counts_what_its_column_says() -> None:
    assert (seconds_of("225", unit=1), seconds_of("3:45", unit=1)) == (225, 225)


@pytest.mark.parametrize(
    ("seconds", "written"), [(0, "0:00"), (225, "3:45"), (3600, "1:00:00"), (3725, "1:02:05")]
)
def test_is_written_as_the_trade_does_and_read_again(seconds, written) -> None:
    assert clock(seconds) == written
    assert seconds_of(written) == seconds
