"""`filage schedule`: the best order found for scenes, tasks or a tour, and how far from the best it can be."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from filage.cli.shared import Json, console, file_bytes, file_json, json_of, print_json, read_day
from filage.kernel.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filage.cli.schedule_layout import Wanted
    from filage.planning.schedule.answer import Watch

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Chercher le meilleur ordre, et dire à quel point il l’est.",
)

SECONDS = 20.0
STATUSES = {"optimal": "prouvé : rien de mieux n’existe", "feasible": "le meilleur trouvé"}

InstanceFile = Annotated[
    Path, typer.Argument(metavar="FILE", help="Les données, en JSON ; « - » : l’entrée standard.")
]
SceneFile = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        help="Un dossier (plan de travail), ou des scènes en JSON ; « - » : l’entrée standard.",
    ),
]
PlanId = Annotated[
    str | None,
    typer.Option(metavar="ID", help="Le plan de travail du dossier ; le seul, s’il n’y en a qu’un."),
]
Holding = Annotated[
    int,
    typer.Option(
        metavar="N", min=0, max=200, help="Ce que coûte un jour d’attente, en pour cent d’un jour travaillé."
    ),
]
WhyNot = Annotated[
    str | None,
    typer.Option(
        "--why-not", metavar="12,14", help="Pourquoi pas la 12 avant la 14, ou (12,AAAA-MM-JJ) ce jour-là ?"
    ),
]
Write = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Écrire le dossier, ce plan dans son calendrier.")
]
Changes = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Écrire les changements du calendrier, en JSON.")
]
FirstDay = Annotated[
    date | None,
    typer.Option(
        "--from",
        parser=read_day,
        metavar="AAAA-MM-JJ",
        help="Le premier jour où une option peut aller ; celui de la première date sinon.",
    ),
]
LastDay = Annotated[
    date | None,
    typer.Option(
        "--to",
        parser=read_day,
        metavar="AAAA-MM-JJ",
        help="Le dernier jour où une option peut aller ; celui de la dernière date sinon.",
    ),
]
TimeLimit = Annotated[
    float,
    typer.Option(
        "--time-limit", metavar="S", min=0.1, max=86_400, help="Le temps de recherche, en secondes."
    ),
]
Seed = Annotated[
    int,
    typer.Option(
        metavar="N", min=0, max=2**31 - 1, help="Le point de départ : le même donne la même réponse."
    ),
]


class Sought(StrEnum):
    """What a tour shortens."""

    makespan = "makespan"
    travel = "travel"


@app.command()
def shoot(  # noqa: PLR0917 - the options of a command
    file: SceneFile,
    time_limit: TimeLimit = SECONDS,
    seed: Seed = 0,
    plan: PlanId = None,
    holding: Holding = 100,
    why_not: WhyNot = None,
    write: Write = None,
    changes: Changes = None,
    json_: Json = False,
) -> None:
    """Placer les scènes d’un dossier sur les jours de tournage ; ou ordonner des scènes données en JSON."""
    from filage.cli.schedule_layout import Wanted

    _scenes(file, Wanted("shoot", plan, time_limit, seed, holding, why_not, write, changes, json_))


@app.command()
def rehearse(  # noqa: PLR0917 - the options of a command
    file: SceneFile,
    time_limit: TimeLimit = SECONDS,
    seed: Seed = 0,
    plan: PlanId = None,
    why_not: WhyNot = None,
    write: Write = None,
    changes: Changes = None,
    json_: Json = False,
) -> None:
    """Placer les scènes d’un dossier sur les services de répétition ; ou ordonner des scènes données en JSON."""
    from filage.cli.schedule_layout import Wanted

    _scenes(file, Wanted("rehearse", plan, time_limit, seed, 0, why_not, write, changes, json_))


def _scenes(file: Path, wanted: Wanted) -> None:
    """A dossier is laid over its days; anything else is scenes to put in order."""
    from filage.cli.schedule_layout import is_dossier, lay_dossier

    data = file_bytes(file)
    if is_dossier(file, data):
        lay_dossier(file, data, wanted)
    else:
        _talent(file, json_of(data, file), wanted.seconds, wanted.seed, json_=wanted.as_json)


def _talent(file: Path, content: Any, time_limit: float, seed: int, *, json_: bool) -> None:
    import numpy  # noqa: F401, ICN001 - imported before the search starts: `seconds` are its own

    from filage.planning.schedule.reading import shown
    from filage.planning.schedule.talent import read_talent
    from filage.planning.schedule.talent_plan import plan_talent

    with _named(file):
        talent = read_talent(content)
        with _search(time_limit, talent.scale) as watch:
            plan = plan_talent(talent, watch, seed=seed)
            seconds = _spent(watch, time_limit)
    answer = {
        "order": list(plan.order),
        "cost": shown(plan.cost, talent.scale),
        "holding": shown(plan.holding, talent.scale),
        "bound": shown(plan.bound, talent.scale),
        "status": plan.status,
        "objective": "cost",
        "seed": seed,
        "seconds": seconds,
    }
    _answer(
        answer, ("order", "Ordre des scènes"), ("cost", "Coût"), ("holding", "dont attente"), as_json=json_
    )


@app.command()
def tasks(file: InstanceFile, time_limit: TimeLimit = SECONDS, seed: Seed = 0, json_: Json = False) -> None:
    """Placer des tâches qui partagent des moyens : que tout finisse au plus tôt."""
    import ortools.sat.python.cp_model  # noqa: F401 - imported before the search starts: `seconds` are its own

    from filage.planning.schedule.tasks import read_tasks
    from filage.planning.schedule.tasks_plan import plan_tasks

    with _named(file):
        wanted = read_tasks(file_json(file))
        with _search(time_limit, 1) as watch:
            plan = plan_tasks(wanted, watch, seed=seed)
            seconds = _spent(watch, time_limit)
    answer = {
        "makespan": plan.makespan,
        "starts": list(plan.starts),
        "bound": plan.bound,
        "status": plan.status,
        "objective": "makespan",
        "seed": seed,
        "seconds": seconds,
    }
    _answer(answer, ("starts", "Débuts des tâches"), ("makespan", "Tout est fini à"), as_json=json_)


@app.command()
def tour(  # noqa: PLR0917 - the options of a command
    file: SceneFile,
    objective: Annotated[
        Sought, typer.Option(help="Finir au plus tôt (makespan), ou rouler le moins (travel).")
    ] = Sought.makespan,
    time_limit: TimeLimit = SECONDS,
    seed: Seed = 0,
    from_: FirstDay = None,
    to: LastDay = None,
    write: Write = None,
    changes: Changes = None,
    json_: Json = False,
) -> None:
    """Ordonner les dates d’un dossier ; ou des lieux donnés en JSON, chacun dans sa fenêtre, et revenir au départ."""
    from filage.cli.schedule_layout import is_dossier
    from filage.cli.schedule_road import RoadWanted, lay_road

    data = file_bytes(file)
    if is_dossier(file, data):
        lay_road(file, data, RoadWanted(time_limit, seed, from_, to, write, changes, json_))
    else:
        _places(file, json_of(data, file), objective, time_limit, seed, json_=json_)


def _places(
    file: Path, content: Any, objective: Sought, time_limit: float, seed: int, *, json_: bool
) -> None:
    from filage.planning.schedule.reading import shown
    from filage.planning.schedule.tour import read_tour
    from filage.planning.schedule.tour_plan import plan_tour

    with _named(file):
        wanted = read_tour(content)
        with _search(time_limit, wanted.scale) as watch:
            plan = plan_tour(wanted, watch, objective=objective.value, seed=seed)
            seconds = _spent(watch, time_limit)
    answer = {
        "order": list(plan.order),
        plan.objective: shown(plan.value, wanted.scale),
        "bound": shown(plan.bound, wanted.scale),
        "status": plan.status,
        "objective": plan.objective,
        "seed": seed,
        "seconds": seconds,
    }
    title = "Temps de route" if plan.objective == "travel" else "Retour à"
    _answer(answer, ("order", "Ordre des lieux"), (plan.objective, title), as_json=json_)


@contextmanager
def _named(file: Path) -> Iterator[None]:
    """Give every problem the name of the file it comes from."""
    try:
        yield
    except BadInput as error:
        raise BadInput(
            replace(problem, file=problem.file or str(file)) for problem in error.problems
        ) from None


@contextmanager
def _search(time_limit: float, scale: int) -> Iterator[Watch]:
    """A watch started now, which tells the best value and the bound where a person can see them."""
    from filage.planning.schedule.answer import Watch

    start = time.perf_counter()

    def left() -> float:
        return time_limit - (time.perf_counter() - start)

    if not sys.stderr.isatty():
        yield Watch(left)
        return
    from rich.console import Console

    screen = Console(stderr=True)
    with screen.status("Recherche… (Ctrl+C garde le meilleur trouvé)") as status:

        def tell(best: int | None, bound: int | None) -> None:
            status.update(f"Recherche… {_told(best, bound, scale)} (Ctrl+C garde le meilleur trouvé)")

        yield Watch(left, tell)


def _told(best: int | None, bound: int | None, scale: int) -> str:
    from filage.planning.schedule.reading import shown

    parts = [f"trouvé {shown(best, scale)}"] if best is not None else []
    parts += [f"au mieux {shown(bound, scale)}"] if bound is not None else []
    return ", ".join(parts)


def _spent(watch: Watch, time_limit: float) -> float:
    """The seconds of the search."""
    return round(time_limit - watch.left(), 3)


def _answer(answer: dict[str, Any], listed: tuple[str, str], *shown: tuple[str, str], as_json: bool) -> None:
    """Write the answer, for a program or for a person."""
    if as_json:
        print_json(answer)
        return
    out = console()
    for key, title in shown:
        out.print(f"{title} : {_french(answer[key])}")
    bound = (
        "" if answer["status"] == "optimal" else f" ; aucun ne peut descendre sous {_french(answer['bound'])}"
    )
    out.print(f"C’est {STATUSES[answer['status']]}{bound} ({_french(answer['seconds'])} s).")
    key, title = listed
    out.print(f"{title} : {' '.join(str(value) for value in answer[key])}")


def _french(number: float) -> str:
    """A number with a comma."""
    return str(number).replace(".", ",")
