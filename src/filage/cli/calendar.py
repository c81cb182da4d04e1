"""`filage calendar`: what a calendar file somebody sends would become, row by row."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from filage.cli.shared import Json, console, file_bytes, print_json, read_day, safe

if TYPE_CHECKING:
    from filage.planning.ics_reading import IcsRead, ProposedEvent


def calendar(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Le calendrier, en ICS ; « - » : l’entrée standard.")
    ],
    until: Annotated[
        date | None,
        typer.Option(
            parser=read_day,
            metavar="AAAA-MM-JJ",
            help="Le dernier jour lu d’un événement qui se répète ; sinon deux ans.",
        ),
    ] = None,
    zone: Annotated[
        str, typer.Option(metavar="FUSEAU", help="Le fuseau des heures qui n’en disent pas.")
    ] = "Europe/Paris",
    json_: Json = False,
) -> None:
    """Lire un calendrier (ICS) : les événements proposés, leurs heures, ce qui ne va pas."""
    from filage.planning.ics_reading import read_ics

    found = read_ics(file_bytes(file), file=str(file), zone=zone, until=until)
    if json_:
        print_json(_json(found))
    else:
        _show(found)


def _json(found: IcsRead) -> dict[str, Any]:
    return {"title": found.title, "events": [_row(row) for row in found.events], "notes": list(found.notes)}


def _row(row: ProposedEvent) -> dict[str, Any]:
    return {
        "line": row.line,
        "uid": row.uid,
        "label": row.label,
        "type": row.type,
        "option": row.option,
        "day": row.day.isoformat() if row.day else None,
        "start": f"{row.start:%H:%M}" if row.start else None,
        "end": f"{row.end:%H:%M}" if row.end else None,
        "end_day": row.end_day.isoformat() if row.end_day else None,
        "zone": row.zone,
        "location": row.location,
        "problems": list(row.problems),
        "notes": list(row.notes),
    }


def _show(found: IcsRead) -> None:
    """Write the rows for a person: what can be taken, then why the others cannot."""
    from rich.table import Table

    from filage.kernel import french

    out = console()
    table = Table("Jour", "De", "À", "Titre", "Lieu", "Remarques")
    for row in found.events:
        if row.usable and row.day:
            hours = (f"{at:%H:%M}" if at else "" for at in (row.start, row.end))
            table.add_row(
                french.day(row.day), *hours, safe(row.label), safe(row.location), safe(" ; ".join(row.notes))
            )
    if table.row_count:
        out.print(table)
    refused = [row for row in found.events if not row.usable]
    for row in refused:
        out.print(safe(f"Refusé, ligne {row.line}, « {row.label} » : {' ; '.join(row.problems)}."))
    for note in found.notes:
        out.print(safe(f"{note}."))
    out.print(f"Événements lus : {table.row_count} ; refusés : {len(refused)}.")
