"""`filage worktime`: shifts against the limits of working time."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from filage.cli.shared import Json, console, file_json, print_json, safe

if TYPE_CHECKING:
    from filage.worktime.check import WorktimeReport
    from filage.worktime.shift import Setting

SEVERITIES = {"blocking": "bloquant", "warning": "à voir", "info": "information"}


def worktime(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Les présences, en JSON ; « - » : l’entrée standard.")
    ],
    json_: Json = False,
) -> None:
    """Contrôler des présences : repos, amplitudes, pauses, durées, mineurs."""
    from filage.worktime.asked import read_worktime, worktime_json
    from filage.worktime.check import check_worktime

    gc.disable()  # many small values that all live to the end: nothing to collect
    shifts, people, setting = read_worktime(file_json(file))
    report = check_worktime(shifts, people, setting)
    if json_:
        print_json(worktime_json(report, setting))
        return
    _show(report, setting)


def _show(report: WorktimeReport, setting: Setting) -> None:
    """Write the report for a person: what is not met first, what was not checked after."""
    from rich.table import Table

    from filage.worktime.asked import undescribed
    from filage.worktime.message import clash_message, message, ways_out

    out = console()
    table = Table("Gravité", "Règle", "Constat", "Que faire")
    for breach in report.breaches:
        ways = ways_out(breach)
        table.add_row(
            SEVERITIES[breach.severity],
            breach.rule,
            safe(message(breach)),
            safe(ways[0].label if ways else ""),
        )
    for clash in report.clashes:
        table.add_row(SEVERITIES["blocking"], "", safe(clash_message(clash)), "")
    if table.row_count:
        out.print(table)
    else:
        out.print("Aucune limite dépassée parmi celles qui ont été contrôlées.")
    missing = (*undescribed(setting), *report.not_checked)
    if missing:
        out.print("Non contrôlé :")
        rules: dict[str, list[str]] = {}
        for one in missing:
            rules.setdefault(one.needs, []).append(one.rule)
        for needs, names in rules.items():
            out.print(safe(f"- il manque {needs} ({', '.join(names)})"))
