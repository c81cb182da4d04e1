"""Growth: ten times the lines must not take much more than ten times as long."""

from __future__ import annotations

import tempfile

from bench.measure import Run, answer_of, filage, whole_process
from bench.result import Result, at_most
from bench.size import ON

SIZES = (500, 5_000, 50_000)
LINEAR = 12.0
"""Ten times the facts, and a fifth more for what a larger memory costs."""


def growth() -> list[Result]:
    """The whole command for each size, and how much longer ten times the facts take."""
    with tempfile.TemporaryDirectory(prefix="filage-bench-") as folder:
        runs = {lines: _run(lines, folder) for lines in SIZES}
    return [
        *(
            Result(
                f"growth_{lines}",
                f"processor time of the command, {lines:,} lines",
                round(run.processor, 3),
                "s",
            )
            for lines, run in runs.items()
        ),
        *(
            Result(f"memory_{lines}", f"its peak memory, {lines:,} lines", round(run.megabytes, 1), "MB")
            for lines, run in runs.items()
        ),
        at_most(
            "growth",
            "processor time, 50,000 lines against 5,000",
            runs[50_000].processor / runs[5_000].processor,
            LINEAR,
            "times",
        ),
    ]


def _run(lines: int, folder: str) -> Run:
    path = answer_of("bench.files", str(lines), folder)["json"]
    return whole_process(filage("review", path, "--on", ON.isoformat(), "--json"), times=1)
