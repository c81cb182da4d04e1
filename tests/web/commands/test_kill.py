"""A process killed in the middle of its writes loses nothing it said was saved."""

from __future__ import annotations

import time

import pytest

from .scenes import OPEN, READ, WRITE


@pytest.mark.parametrize("pause", [0.05, 0.4])
def test_kill_9_in_the_middle_of_writes_loses_no_saved_change(office, pause):
    office.python(OPEN)
    writing = office.start(WRITE)
    said = writing.stdout.readline()
    assert said
    time.sleep(pause)
    writing.kill()
    rest = writing.wait().stdout
    revision, number = map(int, (said + rest).strip().splitlines()[-1].split())
    found_revision, found_number = map(int, office.python(READ).split())
    # at most the write whose answer had not yet been printed is there as well
    assert (found_revision - revision, found_number - number) in {(0, 0), (1, 1)}
    assert office.filage("store", "check").returncode == 0
