"""The optimiser against published best known values: what it finds, what it proves, in how long.

Instances that cannot be shipped are read from the folder named by `FILAGE_BENCH_DATA` (talent/, rcpsp/, tsptw/).
"""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy  # noqa: F401, ICN001 - imported before anything is timed
import ortools.sat.python.cp_model  # noqa: F401

from bench.result import Result, at_most
from filage.planning.schedule.answer import Watch
from filage.planning.schedule.reading import shown
from filage.planning.schedule.talent import read_talent
from filage.planning.schedule.talent_merge import merge
from filage.planning.schedule.talent_plan import plan_talent
from filage.planning.schedule.tasks import read_tasks
from filage.planning.schedule.tasks_plan import plan_tasks
from filage.planning.schedule.tour import OBJECTIVES, read_tour
from filage.planning.schedule.tour_plan import plan_tour

if TYPE_CHECKING:
    from collections.abc import Iterator

SHIPPED = Path(__file__).resolve().parents[1] / "examples" / "schedule"
DATA = "FILAGE_BENCH_DATA"
FILM_SECONDS, MANY_PEOPLE, FILM_MANY_SECONDS = 0.5, 20, 2.0
FILM_SCENES = 20
TASK_SECONDS, TOUR_SECONDS, LONG_SECONDS = 15.0, 2.0, 30.0
GIVEN_SECONDS = 20.0
LONG_BEST = {"play_rostand-cyrano": 1567}


@dataclass(frozen=True, slots=True)
class Run:
    """One instance: what is published, what was found, proved and spent."""

    kind: str
    name: str
    size: str
    published: float | None
    found: float
    bound: float
    seconds: float
    limit: float

    @property
    def is_proved(self) -> bool:
        """Whether nothing better exists."""
        return self.found == self.bound

    @property
    def is_as_good(self) -> bool:
        """Whether the published value is reached."""
        return self.published is None or self.found <= self.published


def main() -> None:
    """Write the results as JSON, or with --table the table of the guide."""
    runs = list(measured())
    if "--table" in sys.argv:
        print(table(runs))
    else:
        sys.stdout.write(json.dumps([asdict(result) for result in results(runs)]))


def results(runs: list[Run]) -> list[Result]:
    """For each kind, the slowest run against its time, and how many fall short of the published value."""
    found = []
    for kind in dict.fromkeys(run.kind for run in runs):
        same = [run for run in runs if run.kind == kind]
        slowest = max(same, key=lambda run: run.seconds / run.limit)
        worse = [run.name for run in same if not run.is_as_good]
        unproved = [run.name for run in same if not run.is_proved and kind != "pièce longue"]
        ident = kind.replace(" ", "_").replace("è", "e").replace("é", "e")
        label = f"optimiser, {kind}: slowest of {len(same)} ({slowest.name}), solver time"
        found.append(at_most(f"schedule_{ident}", label, slowest.seconds, slowest.limit, "s"))
        label = f"optimiser, {kind}: not at the published value, or not proved {' '.join(worse + unproved)}".rstrip()
        allowed = 0 if kind != "tâches j60" else len(same)
        found.append(
            at_most(f"schedule_{ident}_missed", label, len({*worse, *unproved}), allowed, "instances")
        )
    return found


def measured() -> Iterator[Run]:
    """Every instance there is, shipped or named by the environment."""
    for path in files("talent"):
        yield talent_run(path)
    for path in files("rcpsp"):
        yield tasks_run(path)
    for path in files("tour", "tsptw"):
        for objective in OBJECTIVES:
            yield tour_run(path, objective)


def files(*folders: str) -> list[Path]:
    """The instances of a kind, each name once."""
    others = os.environ.get(DATA)
    roots = [SHIPPED, *([Path(others)] if others else [])]
    named = {
        path.stem: path for root in roots for folder in folders for path in (root / folder).glob("*.json")
    }
    return [named[name] for name in sorted(named)]


def content(path: Path) -> Any:
    """An instance, numbers exactly as written."""
    return json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def started(limit: float) -> tuple[Watch, float]:
    """A watch, and when it started."""
    start = time.perf_counter()
    return Watch(lambda: limit - (time.perf_counter() - start)), start


def talent_run(path: Path) -> Run:
    """Scenes."""
    written = content(path)
    talent = read_talent(written)
    small = merge(talent).talent
    scenes, people = len(small.casts), len(talent.costs)
    long = scenes > FILM_SCENES
    limit = LONG_SECONDS if long else FILM_MANY_SECONDS if people >= MANY_PEOPLE else FILM_SECONDS
    watch, start = started(GIVEN_SECONDS)
    plan = plan_talent(talent, watch)
    seconds = time.perf_counter() - start
    published = LONG_BEST.get(path.stem, written.get("optimum_total"))
    size = f"{len(talent.casts)} scènes ({scenes} groupes), {people} personnes"
    values = (shown(plan.cost, talent.scale), shown(plan.bound, talent.scale))
    return Run("pièce longue" if long else "scènes", path.stem, size, published, *values, seconds, limit)


def tasks_run(path: Path) -> Run:
    """Tasks."""
    written = content(path)
    tasks = read_tasks(written)
    watch, start = started(TASK_SECONDS - 1)
    plan = plan_tasks(tasks, watch)
    seconds = time.perf_counter() - start
    kind = "tâches j60" if path.stem.startswith("j60") else "tâches j30"
    size = f"{len(tasks.durations)} tâches"
    return Run(
        kind, path.stem, size, written.get("best_known"), plan.makespan, plan.bound, seconds, TASK_SECONDS
    )


def tour_run(path: Path, objective: Any) -> Run:
    """A tour."""
    written = content(path)
    tour = read_tour(written)
    watch, start = started(GIVEN_SECONDS)
    plan = plan_tour(tour, watch, objective=objective)
    seconds = time.perf_counter() - start
    known = written.get("makespan_best_here" if objective == "makespan" else "travel_time_best")
    published = None if known is None else float(known)
    size = f"{len(tour.windows) - 1} lieux"
    values = (shown(plan.value, tour.scale), shown(plan.bound, tour.scale))
    return Run("tournées", f"{path.stem} {objective}", size, published, *values, seconds, TOUR_SECONDS)


def table(runs: list[Run]) -> str:
    """The table of the guide."""
    lines = ["| Instance | Taille | Publié | Trouvé | Borne | Secondes |", "|---|---|---|---|---|---|"]
    for run in runs:
        published = "–" if run.published is None else french(run.published)
        bound = "prouvé" if run.is_proved else french(run.bound)
        seconds = french(round(run.seconds, 2 if run.seconds < 1 else 1)) if run.seconds >= 0.01 else "< 0,01"
        lines.append(f"| {run.name} | {run.size} | {published} | {french(run.found)} | {bound} | {seconds} |")
    return "\n".join(lines)


def french(number: float) -> str:
    """A number with a comma, without a useless zero."""
    return f"{number:g}".replace(".", ",") if number == int(number) else str(number).replace(".", ",")


if __name__ == "__main__":
    main()
