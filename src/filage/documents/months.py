"""A calendar month by month, as pages print it: a run of like days is one line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from filage.kernel import french
from filage.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from filage.planning.appointments import Appointment

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
PREMIERE = "première"


def months_of(calendar: Sequence[Appointment]) -> Iterator[dict[str, Any]]:
    """The events month by month; the same thing at the same hours and place, day after day, is one line."""
    months: dict[tuple[int, int], list[list[Appointment]]] = {}
    for event in calendar:
        runs = months.setdefault((event.day.year, event.day.month), [])
        open_run = next((run for run in reversed(runs) if _continues(run, event)), None)
        if open_run is None:
            runs.append([event])
        else:
            open_run.append(event)
    for (year, month), runs in months.items():
        yield {"label": f"{MONTHS[month - 1].capitalize()} {year}", "events": [_run(run) for run in runs]}


def _continues(run: Sequence[Appointment], event: Appointment) -> bool:
    last = run[-1]
    over_a_weekend = 1 <= (event.day - last.day).days <= (3 if event.day.weekday() == 0 else 1)
    alone = event.performance or last.end_day is not None or event.end_day is not None
    return not alone and over_a_weekend and replace(last, day=event.day) == event


def _run(run: Sequence[Appointment]) -> dict[str, Any]:
    first, last = run[0], run[-1]
    end = last.day if len(run) > 1 else first.end_day
    day = french.day(first.day, year=False)
    if end is not None:
        if end.month == first.day.month:
            day = day.rpartition(" ")[0]
        day = f"{day} – {french.day(end, year=False)}"
    what = first.label or first.kind
    if len(run) > 1:
        what = f"{what}, {len(run)} jours"
    if first.premiere and fold(PREMIERE) not in fold(what):
        what = f"{what}, {PREMIERE}"
    hours = f"{french.clock(first.start)}" if first.start else "journée"
    if first.start and first.end:
        hours = f"{hours}\u00a0–\u00a0{french.clock(first.end)}"
    return {
        "day": day, "hours": hours, "what": what,
        "kind": first.kind if first.label else "", "place": first.place, "state": first.state.lower(),
        "sure": first.sure, "strong": first.performance,
    }  # fmt: skip
