"""`make bench`: measure, compare with LibreOffice in the same run, write results.json and a table.

`FILAGE_BENCH_DATA` may name a folder of scheduling instances that cannot be shipped; without it only those shipped run.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from bench.growth import growth
from bench.measure import answer_of, filage, whole_process
from bench.result import Result, against_peer, at_most
from bench.size import NOMINAL, ON

TIMES = 5
MEMORY_MB = 200
RESULTS = Path(__file__).resolve().parent / "results.json"


def main() -> int:
    """Run every measure; 1 when a target is missed."""
    screen = Console(stderr=True)
    results: list[Result] = []
    with Progress(
        SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=screen
    ) as bar:
        task = bar.add_task("LibreOffice: open, recalculate, save 5,000 lines")
        peer = peer_seconds()
        bar.update(task, description="Filage: one fact changed, reviewed again")
        results.append(
            against_peer(
                "warm",
                "one fact changed and reviewed again, in process",
                answer_of("bench.warm"),
                peer,
                share=0.1,
            )
        )
        bar.update(task, description="Filage: whole process, from files")
        results += cold(peer)
        bar.update(task, description="Filage: growth, 500 to 50,000 lines")
        results += growth()
        bar.update(task, description="Pay slips: 10,000 engagements, and publicodes")
        results += [Result(**row) for row in answer_of("bench.payroll")]
        bar.update(task, description="Risk: 10,000 draws")
        results += [Result(**row) for row in answer_of("bench.risk")]
        bar.update(task, description="Follow-up: 2,000 expenses, 500 orders")
        results += [Result(**row) for row in answer_of("bench.spending")]
        bar.update(task, description="Spreadsheets of 20,000 rows")
        results += [Result(**row) for row in answer_of("bench.spreadsheet")]
        bar.update(task, description="Working time: 60 people over a year")
        results += [Result(**row) for row in answer_of("bench.worktime")]
        bar.update(task, description="Breakdown: a script of 190 scenes")
        results += [Result(**row) for row in answer_of("bench.breakdown")]
        bar.update(task, description="Sheets: 60 people called on a day")
        results += [Result(**row) for row in answer_of("bench.sheets")]
        bar.update(task, description="The optimiser: published instances")
        if not os.environ.get("FILAGE_BENCH_DATA"):
            screen.print("FILAGE_BENCH_DATA names no folder: plays and PSPLIB tasks are left out.")
        results += [Result(**row) for row in answer_of("bench.schedule")]
        bar.update(task, description="The office: a production's pages")
        results += office_results("bench.office")
        bar.update(task, description="The office: the budget's grid of 5,000 lines, in a browser")
        results += office_results("bench.grid")
        bar.update(task, description="The office: the calendar of a festival")
        results += office_results("bench.festival")
    write(results, peer)
    show(results, peer)
    return int(any(result.missed for result in results))


def peer_seconds() -> float | None:
    """The least time of LibreOffice on the same lines; None, said aloud, where it is absent."""
    runs = answer_of("bench.libreoffice")
    if runs is None:
        Console(stderr=True).print("LibreOffice is not here (libreoffice-calc): nothing to compare with.")
        return None
    return float(min(runs))


def cold(peer: float | None) -> list[Result]:
    """The whole command on a JSON, then a YAML file, and its memory."""
    with tempfile.TemporaryDirectory(prefix="filage-bench-") as folder:
        runs = {
            suffix: whole_process(filage("review", path, "--on", ON.isoformat(), "--json"), times=TIMES)
            for suffix, path in answer_of("bench.files", str(NOMINAL.lines), folder).items()
        }
    peak = max(run.megabytes for run in runs.values())
    return [
        against_peer("cold_json", "whole command, JSON dossier", runs["json"].seconds, peer, share=0.5),
        against_peer("cold_yaml", "whole command, YAML dossier", runs["yaml"].seconds, peer, share=1),
        at_most("memory", "peak memory of the command", peak, MEMORY_MB, "MB"),
    ]


def office_results(module: str) -> list[Result]:
    """What a module measures of the office, on a database of its own."""
    with tempfile.TemporaryDirectory(prefix="filage-bench-") as folder:
        environment = {**os.environ, "FILAGE_DATA": folder, "DATABASE_URL": ""}
        return [Result(**row) for row in answer_of(module, environment=environment)]


def write(results: list[Result], peer: float | None) -> None:
    """Write results.json, with what is needed to compare it with another one."""
    document = {
        "measured_on": datetime.now(tz=UTC).date().isoformat(),
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "dossier": {"engagements": NOMINAL.engagements, "lines": NOMINAL.lines, "events": NOMINAL.events},
        "libreoffice_seconds": None if peer is None else round(peer, 3),
        "results": [result.as_dict() for result in results],
    }
    RESULTS.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def show(results: list[Result], peer: float | None) -> None:
    """Print the table."""
    title = "LibreOffice absent" if peer is None else f"LibreOffice: {peer:.2f} s for the same 5,000 lines"
    table = Table(title=title)
    for heading in ("", "measured", "target", ""):
        table.add_column(heading)
    for result in results:
        verdict = "" if result.target is None else "[red]missed" if result.missed else "[green]met"
        target = "" if result.target is None else f"≤ {result.target:g} {result.unit}"
        table.add_row(result.label, f"{result.value:g} {result.unit}", target, verdict)
    Console(width=110).print(table)


if __name__ == "__main__":
    sys.exit(main())
