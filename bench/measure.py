"""Measures of whole processes: elapsed time, and the peak of their memory.

The least of several runs is kept, for Filage and for LibreOffice alike: it is what the machine does when nothing else
runs on it. A child's peak memory counts what its parent held when it was born, so the parent stays small: whatever
needs the generated dossier has its own process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
KIB = 1024


@dataclass(frozen=True, slots=True)
class Run:
    """One whole process: seconds from start to end, seconds of processor, and its peak memory in MB."""

    seconds: float
    processor: float
    megabytes: float


def whole_process(command: Sequence[str], *, times: int) -> Run:
    """The least time of a command run several times, and the greatest memory it took.

    A first run, unmeasured where there are several, leaves the compiled modules on the disk, as any use does.
    """
    if times > 1:
        _one_process(command)
    runs = [_one_process(command) for _ in range(times)]
    return Run(
        min(run.seconds for run in runs),
        min(run.processor for run in runs),
        max(run.megabytes for run in runs),
    )


def answer_of(module: str, *arguments: str, environment: Mapping[str, str] | None = None) -> Any:
    """Run a module of the bench in its own process and return the JSON it prints."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True
    )
    return json.loads(done.stdout)


def filage(*arguments: str) -> list[str]:
    """The command line of Filage in this environment."""
    return [str(Path(sys.executable).parent / "filage"), *arguments]


def _one_process(command: Sequence[str]) -> Run:
    with Path(os.devnull).open("wb") as nowhere:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=nowhere, env=_compiling()
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / KIB)


def _compiling() -> dict[str, str]:
    """The environment, without the habit some machines have of never keeping compiled modules."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
