"""Measures of one process: elapsed time, and the peak of its memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KIB = 1024


@dataclass(frozen=True, slots=True)
class Run:
    """One whole process: seconds from start to end, and its peak memory in MB."""

    seconds: float
    megabytes: float


def in_process(act: Callable[[], object], *, times: int) -> float:
    """The median elapsed time of several calls, in seconds."""
    durations = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        durations.append(time.perf_counter() - start)
    return statistics.median(durations)


def whole_process(command: Sequence[str], *, times: int, environment: Mapping[str, str] | None = None) -> Run:
    """The median time of a command run several times, and the greatest memory it took.

    A first run, unmeasured where there are several, leaves the compiled modules on the disk, as any use does.
    """
    if times > 1:
        _one_process(command, environment)
    runs = [_one_process(command, environment) for _ in range(times)]
    return Run(statistics.median(run.seconds for run in runs), max(run.megabytes for run in runs))


def _one_process(command: Sequence[str], environment: Mapping[str, str] | None) -> Run:
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a device, not a file of ours
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=nowhere, env=_compiling(environment)
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    return Run(seconds, usage.ru_maxrss / KIB)


def _compiling(environment: Mapping[str, str] | None) -> dict[str, str]:
    """The environment, without the habit some machines have of never keeping compiled modules."""
    return {k: v for k, v in (environment or os.environ).items() if k != "PYTHONDONTWRITEBYTECODE"}


def filage(*arguments: str) -> list[str]:
    """The command line of Filage in this environment."""
    return [str(Path(sys.executable).parent / "filage"), *arguments]
