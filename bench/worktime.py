"""The working time of 60 people over a year: every limit of a convention, every day."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bench.result import Result, at_most
from filage.kernel.interval import Interval
from filage.worktime.check import check_worktime
from filage.worktime.shift import Setting, Shift, Worker

if TYPE_CHECKING:
    from collections.abc import Iterator

PEOPLE, DAYS = 60, 364
SECONDS = 1.0
TIMES = 3
GROUPS = ("dramatic", "musician", "technician", "dancer")


def workers(turn: int) -> tuple[Worker, ...]:
    """Sixty people of four trades, new at each turn; the first is seventeen."""
    return tuple(
        Worker(
            f"p{turn}-{rank}",
            status="technicien" if GROUPS[rank % 4] == "technician" else "artiste",
            job_group=GROUPS[rank % 4],
            born_on=datetime(2008 if rank == 0 else 1985, 6, 1, tzinfo=UTC).date(),
        )
        for rank in range(PEOPLE)
    )


def shifts(turn: int) -> Iterator[Shift]:
    """Five days of work a week for each, a service in the morning and a show in the evening; some end too late."""
    first = datetime(2026, 1, 5, 9, tzinfo=UTC)
    for rank in range(PEOPLE):
        for number in range(DAYS):
            if (number + rank) % 7 in (5, 6):
                continue
            start = first + timedelta(days=number, minutes=15 * (rank % 5))
            yield _shift(f"p{turn}-{rank}", start, 3, "setup" if rank % 4 == 2 else "rehearsal")
            later = start + timedelta(hours=9)
            yield _shift(f"p{turn}-{rank}", later, 6 if number % 11 == 0 else 3, "performance")


def _shift(person: str, start: datetime, hours: int, kind: str) -> Shift:
    pause = Interval(start + timedelta(hours=1, minutes=30), start + timedelta(hours=1, minutes=50))
    return Shift(person, Interval(start, start + timedelta(hours=hours)), kind, (pause,))


def results() -> list[Result]:
    """The least processor time of several runs in one process, each over people never seen before."""
    runs = []
    for turn in range(TIMES):
        people, work = workers(turn), tuple(shifts(turn))
        setting = Setting(idcc="1285", premiere_on=work[400].day)
        start = time.process_time()
        report = check_worktime(work, people, setting)
        runs.append(time.process_time() - start)
    label = f"working time of {PEOPLE} people over a year ({len(work):,} shifts, {len(report.breaches):,} breaches)"
    return [at_most("worktime", label, min(runs), SECONDS, "s")]


if __name__ == "__main__":
    sys.stdout.write(json.dumps([asdict(result) for result in results()]))
