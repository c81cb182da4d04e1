"""`filage schedule shoot` and `rehearse` on a dossier: the plan found, put in the calendar, and why not another."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from filage.cli.shared import console, print_json, safe
from filage.kernel import french
from filage.kernel.errors import BadInput, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filage.facts.dossier import Dossier
    from filage.kernel.changes import Change
    from filage.planning.schedule.laying import Answer, LayingProblem, Layout, Progress
    from filage.planning.schedule.laying_state import Watching

YAML = (".yaml", ".yml", ".zip")
STATUSES = {"optimal": "prouvé : rien ne coûte moins", "feasible": "le meilleur trouvé"}


@dataclass(frozen=True)
class Wanted:
    """What the command was asked."""

    sort: str
    plan: str | None
    seconds: float
    seed: int
    holding: int
    why_not: str | None
    write: Path | None
    changes: Path | None
    as_json: bool


def is_dossier(path: Path, data: bytes) -> bool:
    """Whether a file is a dossier, and not an instance of scenes in order."""
    if path.suffix in YAML:
        return True
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith(b"{"):
        return bool(start) and path.suffix != ".json"
    try:
        return "schema" in json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False


def lay_dossier(path: Path, data: bytes, wanted: Wanted) -> None:
    """Lay the scenes of a dossier, then show, write or explain."""
    import ortools.sat.python.cp_model  # noqa: F401 - imported before the search starts: `seconds` are its own

    from filage.cli.today import today
    from filage.facts.reading import read_dossier
    from filage.law import load_law
    from filage.payroll.day_cost import day_costs
    from filage.planning.schedule.laying import changes_of, lay_out, plan_named, problem_of
    from filage.planning.schedule.laying_sun import daylight_of
    from filage.review import review

    dossier = read_dossier(data, file=str(path))
    plan = plan_named(dossier, wanted.plan, wanted.sort)
    sun, a_day = daylight_of(dossier, plan), day_costs(review(dossier, load_law(), today()).costs)
    problem = problem_of(dossier, plan, day_cost=a_day, daylight=sun, holding=wanted.holding)
    with progress_told() as watch:
        layout = lay_out(problem, seed=wanted.seed, seconds=wanted.seconds, watch=watch)
    if wanted.why_not:
        _explain(problem, layout, wanted)
        return
    if wanted.write or wanted.changes:
        save_changes(dossier, changes_of(dossier, layout, plan), wanted.write, wanted.changes)
    if wanted.as_json:
        _print_layout(layout, problem)
    else:
        _show(layout, problem)


def _print_layout(layout: Layout, problem: LayingProblem) -> None:
    from filage.planning.schedule.laying import layout_json

    print_json(layout_json(layout, problem))


@contextmanager
def progress_told() -> Iterator[Watching]:
    """Tell progress where a person can see it; Ctrl+C keeps the best."""
    from filage.planning.schedule.laying_search import nobody

    if not sys.stderr.isatty():
        yield nobody
        return
    from rich.console import Console

    with Console(stderr=True).status("Recherche… (Ctrl+C garde le meilleur trouvé)") as status:

        def watch(progress: Progress) -> bool:
            told = []
            if progress.best is not None:
                told.append(f"trouvé {french.euro(progress.best)}")
            if progress.bound:
                told.append(f"au mieux {french.euro(progress.bound)}")
            status.update(f"Recherche… {', '.join(told)} (Ctrl+C garde le meilleur trouvé)")
            return True

        yield watch


def _explain(problem: LayingProblem, layout: Layout, wanted: Wanted) -> None:
    from filage.planning.schedule.laying import answer_json, why_not
    from filage.planning.schedule.laying_why import SECONDS

    one, before = _pair(wanted.why_not or "")
    seconds = max(SECONDS, wanted.seconds / 2)
    answer = why_not(problem, layout, one, before, seed=wanted.seed, seconds=seconds)
    if wanted.as_json:
        print_json(answer_json(answer))
        return
    out = console()
    out.print(safe(answer.words))
    _show_bound(answer)


def _show_bound(answer: Answer) -> None:
    if answer.layout is not None and answer.bound is not None:
        told = f"Ce plan-là : {french.euro(answer.layout.cost)} ; aucun ne descend sous {french.euro(answer.bound)}."
        console().print(told)


def _pair(written: str) -> tuple[str, str | date]:
    one, comma, other = written.partition(",")
    if not comma or not one.strip() or not other.strip():
        message = f"« {written} » ne dit pas quoi avant quoi"
        advice = "écrivez 12,14 (la 12 avant la 14) ou 12,2026-10-27 (la 12 ce jour-là)"
        raise BadInput(Problem(message, "--why-not", suggestion=advice))
    try:
        return one.strip(), date.fromisoformat(other.strip())
    except ValueError:
        return one.strip(), other.strip()


def save_changes(
    dossier: Dossier, changes: list[Change], write: Path | None, only_changes: Path | None
) -> None:
    """Write the dossier with the plan in its calendar, or only the changes; nothing when neither is asked."""
    from filage.facts.changing import apply_changes
    from filage.facts.writing import write_json, write_yaml

    if only_changes is not None:
        content = [change.model_dump(mode="json", exclude_defaults=True) for change in changes]
        _save(only_changes, json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n")
    if write is not None:
        after = apply_changes(dossier, changes)
        _save(write, (write_json if write.suffix == ".json" else write_yaml)(after, with_private=True))


def _save(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise BadInput(Problem(f"ce fichier ne s’écrit pas ({error.strerror})", file=str(path))) from None


def _show(layout: Layout, problem: LayingProblem) -> None:
    """Write the plan for a person: a line a day, then what it costs and what to know."""
    from rich.table import Table

    from filage.planning.schedule.laying_words import told_minute, weekday

    out = console()
    table = Table("Jour", "Horaires", "Scènes", "Qui")
    for day in layout.days:
        scenes = ", ".join(
            f"{_name(problem, one.scene, one.piece)} ({told_minute(one.start)})" for one in day.scenes
        )
        cast = {one.person for one in problem.cast}
        who = ", ".join(
            f"{problem.names.get(one.person, one.person)} {told_minute(one.call)}"
            for one in day.people
            if one.person in cast
        )
        hours = f"{told_minute(day.start)} – {told_minute(day.end)}"
        table.add_row(safe(weekday(day.day)), hours, safe(scenes), safe(who))
    out.print(table)
    _show_cost(layout)
    for line in (*problem.warnings, *layout.findings):
        out.print(safe(f"- {line}"))
    if layout.unused:
        out.print(safe(f"Jours libres : {', '.join(weekday(day) for day in layout.unused)}."))


def _name(problem: LayingProblem, scene: str, piece: str) -> str:
    return next(one.name for one in problem.scenes if one.scene == scene and one.piece == piece)


def _show_cost(layout: Layout) -> None:
    out = console()
    held = f", dont attente {french.euro(layout.holding)}" if layout.holding else ""
    bound = (
        "" if layout.status == "optimal" else f" ; aucun ne peut descendre sous {french.euro(layout.bound)}"
    )
    out.print(f"Coût : {french.euro(layout.cost)}{held}.")
    seconds = french.number(Decimal(str(layout.seconds)), 1)
    out.print(f"C’est {STATUSES[layout.status]}{bound} ({seconds} s).")
