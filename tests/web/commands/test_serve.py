"""The office opened for real: pages answer, a dead worker is replaced, asking to stop stops everything."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

FILAGE = str(Path(sys.executable).with_name("filage"))
SECONDS = 60


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def children_of(pid: int) -> dict[str, int]:
    """The worker and the web server among the children of a process."""
    found = {}
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        words = Path(f"/proc/{child}/cmdline").read_text().split("\0")
        found["worker" if "filage_web.commands.worker" in words else "web"] = int(child)
    return found


def until(ready) -> object:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if found := ready():
            return found
        time.sleep(0.1)
    raise AssertionError("never came")


@pytest.mark.sqlite
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads /proc")
def test_the_demo_opens_keeps_its_worker_alive_and_stops(tmp_path):
    port = free_port()
    environment = {
        key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "FILAGE_DATA"}
    }
    with subprocess.Popen(
        [FILAGE, "demo", "--data", str(tmp_path / "demo"), "--port", str(port)],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as running:  # fmt: skip
        try:
            told = [running.stdout.readline() for _ in range(5)]
            assert told[0] == f"Filage est ouvert : http://127.0.0.1:{port}/\n"
            assert str(tmp_path / "demo") in told[3]
            link = re.search(r"http://\S+/entrer/\S+", told[1]).group()
            browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
            assert "<h1" in (page := browser.open(link, timeout=SECONDS).read().decode())
            assert "Woyzeck" in page
            worker = children_of(running.pid)["worker"]
            os.kill(worker, signal.SIGKILL)
            until(lambda: children_of(running.pid).get("worker", worker) != worker)
            served = children_of(running.pid)["web"]
        finally:
            running.terminate()
        assert running.wait(SECONDS) == 0
    assert not Path(f"/proc/{served}").exists()
    with closing(socket.socket()) as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
