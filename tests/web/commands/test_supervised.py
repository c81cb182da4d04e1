"""What the office starts stops with it: out of reach of the terminal's Ctrl+C, killed with all it started."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from filage_web.commands.serve import Supervised

STUBBORN = 'trap "" INT TERM; sleep 60 & echo $! > child; wait; wait'


def alive(pid: int) -> bool:
    """Whether a process runs; a dead one nobody waited for does not."""
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.fixture
def stubborn(tmp_path, monkeypatch) -> Supervised:
    """A process that neither Ctrl+C nor a polite request stops, and that started another one."""
    monkeypatch.chdir(tmp_path)
    one = Supervised(["/bin/sh", "-c", STUBBORN])
    one.start()
    while not (tmp_path / "child").exists() or not (tmp_path / "child").read_text().strip():
        time.sleep(0.01)
    return one


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="absent: /proc")
def test_past_the_deadline_it_is_killed_with_what_it_started(stubborn: Supervised, tmp_path) -> None:
    assert stubborn.process is not None
    child = int((tmp_path / "child").read_text())
    stubborn.ask_to_stop()
    stubborn.stop(time.monotonic())
    deadline = time.monotonic() + 5
    while alive(child) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert (alive(stubborn.process.pid), alive(child)) == (False, False)


def test_the_terminals_ctrl_c_does_not_reach_it(stubborn: Supervised) -> None:
    assert stubborn.process is not None
    assert os.getpgid(stubborn.process.pid) != os.getpgrp()
    stubborn.stop(time.monotonic())
