"""`filage sheet`: the sheet of a day, a week or a running order, for everybody or for one person."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from filage.cli.shared import DossierFile, Json, On, Scenario, console, file_dossier, print_json, safe
from filage.kernel.errors import BadInput, Problem

if TYPE_CHECKING:
    from datetime import date

    from rich.console import Console

    from filage.facts.dossier import Dossier
    from filage.planning.sheets import Section, Sheet


def sheet(  # noqa: PLR0917 - the options of a command
    file: DossierFile,
    document: Annotated[
        str | None,
        typer.Option(
            help="La feuille : call_sheet, day_sheet, tour_booklet, rehearsal_schedule, running_sheet."
        ),
    ] = None,
    key: Annotated[
        str | None,
        typer.Option(
            "--key",
            "--day",
            help="Un jour, une semaine (2026-W45), un ordre joué, « tour » ; sinon le prochain.",
        ),
    ] = None,
    person: Annotated[str | None, typer.Option(metavar="ID", help="La version d’une personne.")] = None,
    department: Annotated[str | None, typer.Option(metavar="ID", help="La version d’un service.")] = None,
    public: Annotated[
        bool, typer.Option("--public/--private", help="Sans rien de privé, ou pour l’équipe ou la personne.")
    ] = True,
    language: Annotated[str, typer.Option(help="fr ou en.")] = "fr",
    pdf: Annotated[Path | None, typer.Option(metavar="FILE", help="Écrire la feuille en PDF.")] = None,
    scenario: Scenario = None,
    on: On = None,
    json_: Json = False,
) -> None:
    """Montrer une feuille : de service, de route, livret de tournée, tableau de service, conducteur."""
    from filage.cli.today import today
    from filage.facts.scenarios import resolve
    from filage.planning.sheets import content_of, to_json

    day = on or today()
    dossier, _lost = resolve(file_dossier(file).without_private(), scenario)
    if document is None:
        _list(dossier, as_json=json_)
        return
    made = content_of(
        dossier, document, key or _next(dossier, document, day), day,
        person=person, department=department, public=public, language=language,
    )  # fmt: skip
    if pdf:
        _write(made, pdf)
    if json_:
        print_json(to_json(made))
    elif pdf is None:
        _show(made)


def _next(dossier: Dossier, document: str, day: date) -> str:
    """The key of the coming day or week, else the last; the only one when the document has no days."""
    from filage.planning.sheets import DOCUMENTS, keys_of
    from filage.planning.sheets.asked import week_key

    keys = keys_of(dossier, document)
    if not keys:
        raise BadInput(Problem("le calendrier ne donne aucune de ces feuilles", path=document))
    kind = DOCUMENTS[document].key
    first = {"day": day.isoformat(), "week": week_key(day)}.get(kind, "")
    return next((key for key in keys if key >= first), keys[-1]) if first else keys[0]


def _write(made: Sheet, path: Path) -> None:
    from filage.documents.sheets import sheet_pdf

    try:
        path.write_bytes(sheet_pdf(made))
    except OSError as error:
        raise BadInput(Problem(f"impossible d’y écrire ({error.strerror})", path=str(path))) from error


def _list(dossier: Dossier, *, as_json: bool) -> None:
    """Which sheets there are to make."""
    from filage.planning.sheets import DOCUMENTS, document_name, keys_of

    found = [(one, document_name(one), keys_of(dossier, one)) for one in DOCUMENTS]
    if as_json:
        print_json(
            {"documents": [{"id": one, "name": name, "keys": list(keys)} for one, name, keys in found]}
        )
        return
    for one, name, keys in found:
        told = f"{keys[0]} … {keys[-1]} ({len(keys)})" if len(keys) > 1 else "".join(keys) or "aucune"
        typer.echo(f"{name} ({one}) : {told}")


def _show(made: Sheet) -> None:
    """Write a sheet for a person: its head, its sections, what is missing."""
    out = console()
    out.print(f"[bold]{safe(made.title)}[/bold] · {safe(made.name)} · {safe(made.when)}")
    if made.place:
        out.print(safe(", ".join(part for part in (made.place.label, made.place.address) if part)))
    for hour in made.hours:
        out.print(safe(f"{hour.label} {hour.at}"))
    for page in made.pages or (made,):
        if made.pages:
            out.print(f"\n[bold]{safe(page.title)}[/bold] · {safe(page.when)}")
        for section in page.sections:
            _show_section(out, section)
    if made.missing:
        out.print(safe(f"\nIl manque : {', '.join(made.missing)}."))


def _show_section(out: Console, section: Section) -> None:
    from rich.table import Table

    heads: list[Any] = [safe(column.label) for column in section.columns]
    table = Table(*heads, title=safe(section.title), title_justify="left", show_header=bool(heads), box=None)
    for row in section.rows:
        table.add_row(*(safe(cell) for cell in row.cells))
    out.print(table)
