"""Lengths as the trade writes them, read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filage.script.page import eighths_in, pages


@given(st.integers(1, 7_000))
def test_what_is_written_is_read_back(eighths):
    assert eighths_in(pages(eighths)) == eighths


@pytest.mark.parametrize(("written", "eighths"), [("≈ 1 6/8", 14), (" 2 ", 16), ("3 / 8", 3), ("0", 0)])
def test_reads_what_a_hand_writes(written, eighths):
    assert eighths_in(written) == eighths


@pytest.mark.parametrize("written", ["", "8/8", "1 6/4", "un peu", "1.5", "-1", "1 6/8 2"])
def test_refuses_what_is_no_length(written):
    assert eighths_in(written) is None
