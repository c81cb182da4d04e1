"""`filage breakdown`: the breakdown of a production: its scenes, its elements, who is there on which day."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from filage.cli.shared import (
    DossierFile,
    Json,
    On,
    Scenario,
    console,
    file_dossier,
    print_json,
    safe,
    write_files,
)

if TYPE_CHECKING:
    from rich.console import Console

    from filage.script.breakdown import BreakdownSheet
    from filage.script.breakdown_file import Breakdown


def breakdown(
    file: DossierFile,
    pdf: Annotated[Path | None, typer.Option(metavar="FILE", help="Écrire le dépouillement en PDF.")] = None,
    xlsx: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Écrire le classeur : scènes, éléments, présences.")
    ] = None,
    one_per_page: Annotated[
        bool, typer.Option("--one-per-page", help="Dans le PDF, une scène par page.")
    ] = False,
    scenario: Scenario = None,
    on: On = None,
    json_: Json = False,
) -> None:
    """Dépouiller une production : scènes, éléments, présences."""
    from filage.cli.today import today
    from filage.facts.scenarios import resolve
    from filage.script.breakdown_file import breakdown_of

    dossier, _lost = resolve(file_dossier(file).without_private(), scenario)
    made = breakdown_of(dossier, on or today())
    _write(made, pdf, xlsx, one_per_page=one_per_page)
    if json_:
        from filage.script.breakdown_json import breakdown_json

        print_json(breakdown_json(made))
    elif pdf is None and xlsx is None:
        _show(made)


def _write(made: Breakdown, pdf: Path | None, xlsx: Path | None, *, one_per_page: bool) -> None:
    """Write the files asked for; every path that cannot be written is told at once."""
    from filage import __version__

    contents: list[tuple[Path, bytes]] = []
    if pdf is not None:
        from filage.documents.breakdown_pdf import Layout, breakdown_pdf

        layout: Layout = "page" if one_per_page else "compact"
        contents.append((pdf, breakdown_pdf(made, __version__, layout)))
    if xlsx is not None:
        from filage.documents.breakdown_xlsx import breakdown_xlsx

        contents.append((xlsx, breakdown_xlsx(made, __version__)))
    write_files(contents)


def _show(made: Breakdown) -> None:
    """Write the outline for a person: scenes, then elements, then presences."""
    from filage.documents.breakdown_words import summary_line

    out = console()
    out.print(f"[bold]{safe(made.title)}[/bold] · dépouillement · {safe(made.version or 'sans texte')}")
    out.print(safe(summary_line(made)))
    for sheet in made.sheets:
        _show_scene(out, sheet)
    _show_elements(out, made)
    _show_presences(out, made)


def _show_scene(out: Console, sheet: BreakdownSheet) -> None:
    from filage.documents.breakdown_words import event_line, minutes, place_of, role_name

    told = " · ".join(
        part for part in (place_of(sheet), sheet.length, sheet.duration, minutes(sheet)) if part
    )
    spare = " (de secours)" if sheet.spare else ""
    out.print(f"\n[bold]{safe(sheet.number)} {safe(sheet.heading)}[/bold]{spare}")
    lines = [
        told,
        sheet.summary,
        ", ".join(role_name(role) for role in sheet.cast),
        *(f"{group.label} : {', '.join(one.label for one in group.elements)}" for group in sheet.groups),
        *(f"précaution, {risk.label.lower()} : {', '.join(risk.elements)}" for risk in sheet.risks),
        *(f"besoin, {need.state_label.lower()} : {need.label}" for need in sheet.needs),
        f"prévue : {' ; '.join(event_line(event) for event in sheet.events)}" if sheet.events else "",
    ]
    for line in lines:
        if line:
            out.print(f"   {safe(line)}")


def _show_elements(out: Console, made: Breakdown) -> None:
    from filage.documents.breakdown_words import holders, scenes_line
    from filage.script.categories import TITLES

    for one in made.lists:
        out.print(f"\n[bold]{TITLES[one.category]}[/bold]")
        for row in one.rows:
            number = f"{row.number}. " if row.number else ""
            held = f" · {holders(row.holders)}" if one.category == "cast" else ""
            word = "scène" if len(row.scenes) == 1 else "scènes"
            scenes = f"{word} {scenes_line(row.scenes)}" if row.scenes else "aucune scène"
            out.print(f"   {safe(number + row.element.label)}{safe(held)} · {safe(scenes)}")


def _show_presences(out: Console, made: Breakdown) -> None:
    from rich.table import Table

    from filage.script.presence import period

    if not made.presence.rows or not made.presence.columns:
        return
    out.print(f"\n[bold]{made.presence.title}[/bold]")
    table = Table()
    for title in ("Qui", "Rôles", "Période"):
        table.add_column(title)
    for title in ("W", "H", "T", "Total"):
        table.add_column(title, justify="right", no_wrap=True)
    for row in made.presence.rows:
        counts = (row.work, row.hold, row.travel, row.total)
        table.add_row(safe(row.label), safe(", ".join(row.roles)), period(row), *map(str, counts))
    out.print(table)
