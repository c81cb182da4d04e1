"""`filage schedule tour` on a dossier: the order and days of its performances, kilometres, nights, what to ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from filage.cli.schedule_layout import progress_told, save_changes
from filage.cli.shared import console, print_json, safe
from filage.kernel import french

if TYPE_CHECKING:
    from filage.planning.schedule.road import Road, RoadPlan


@dataclass(frozen=True)
class RoadWanted:
    """What the command was asked."""

    seconds: float
    seed: int
    first: date | None
    last: date | None
    write: Path | None
    changes: Path | None
    as_json: bool


def lay_road(path: Path, data: bytes, wanted: RoadWanted) -> None:
    """Order the dates of a dossier, then show or write them."""
    import ortools.sat.python.cp_model  # noqa: F401 - imported before the search starts: `seconds` are its own

    from filage.facts.reading import read_dossier
    from filage.planning.schedule.road_plan import plan_road, road_changes, road_json
    from filage.planning.schedule.road_read import road_of

    dossier = read_dossier(data, file=str(path))
    road = road_of(dossier, first=wanted.first, last=wanted.last)
    with progress_told() as watch:
        plan = plan_road(road, seed=wanted.seed, seconds=wanted.seconds, watch=watch)
    save_changes(dossier, road_changes(dossier, plan), wanted.write, wanted.changes)
    if wanted.as_json:
        print_json(road_json(plan, road))
    else:
        _show(plan, road)


def _show(plan: RoadPlan, road: Road) -> None:
    """Write the tour for a person: a line a date, then kilometres and nights, then what to ask."""
    from rich.table import Table

    out = console()
    of = {stop.event: stop for stop in road.stops}
    table = Table("Jour", "Date", "Lieu", "Route", "Nuits avant", "Avant")
    for stop in plan.stops:
        given = of[stop.event]
        way = f"{stop.km} km, {french.duration(Decimal(stop.minutes) / 60)}" if stop.km else ""
        table.add_row(
            french.day(stop.day),
            safe(given.name),
            safe(road.names.get(given.venue, given.venue)),
            way + (", par la base" if stop.by_home else ""),
            str(stop.nights) if stop.nights else "",
            french.day(stop.was, year=False) if stop.was != stop.day else "",
        )
    out.print(table)
    now = f" (le calendrier actuel : {plan.km_now} km)" if plan.km_now is not None else ""
    out.print(f"{plan.km} km, retour compris, et {plan.nights} nuits hors de chez soi{now}.")
    seconds = french.number(Decimal(str(plan.seconds)), 1)
    bound = "" if plan.status == "optimal" else f" ; aucune ne peut descendre sous {plan.bound} km"
    what = "prouvé : rien de plus court" if plan.status == "optimal" else "la meilleure trouvée"
    out.print(f"C’est {what}{bound} ({seconds} s).")
    for line in (*plan.findings, *road.warnings):
        out.print(safe(f"- {line}"))
