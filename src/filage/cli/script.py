"""`filage script`: what a text holds: its scenes, who speaks in them, how much."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from filage.cli.shared import print_json
from filage.kernel.errors import BadInput, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console
    from rich.table import Table

    from filage.script.shape import Script, ScriptScene

CHANGES = {"same": "identique", "moved": "déplacée", "changed": "changée", "new": "nouvelle", "cut": "coupée"}
DIFFERS = {
    "number": "numéro",
    "heading": "titre",
    "characters": "personnages",
    "text": "texte",
    "eighths": "longueur",
    "seconds": "durée",
}
NAMES = {"tei": "tei", "fountain": "fountain", "fdx": "Final Draft", "running_order": "conduite"}
SEVERITIES = {"blocking": "bloquant", "warning": "à voir", "info": "note"}


def script(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="Le texte : Final Draft, Fountain, pièce en TEI ; ou une conduite (CSV, XLSX).",
        ),
    ],
    version: Annotated[str | None, typer.Option(metavar="NAME", help="Une seule version du texte.")] = None,
    before: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="La version d’avant : dire ce qui change, scène par scène."),
    ] = None,
    elements: Annotated[
        bool, typer.Option("--elements", help="Proposer les éléments du dépouillement, d’après les mots.")
    ] = False,
    json_: Annotated[bool, typer.Option("--json", help="Écrire du JSON.")] = False,
) -> None:
    """Lire un texte : scènes, personnages, mots."""
    from filage.script.telling import changes_json, elements_json

    if before and elements:
        raise BadInput(
            Problem("--before et --elements ne vont pas ensemble", suggestion="lancez deux commandes")
        )
    texts = _read([file, *([before] if before else [])], version)
    found = texts[0]
    if before:
        print_json(changes_json(texts[1], found)) if json_ else _show_changes(texts[1], found)
    elif elements:
        print_json(elements_json(found)) if json_ else _show_elements(found)
    elif json_:
        print_json(found.as_json())
    else:
        _show(found, version)


def _read(files: list[Path], version: str | None) -> list[Script]:
    """Read every file, and say what is wrong with all of them at once."""
    from filage.script.read import read_script

    texts: list[Script] = []
    problems: list[Problem] = []
    for file in files:
        try:
            texts.append(read_script(_bytes(file), name=str(file), version=version))
        except BadInput as error:
            problems += error.problems
    if problems:
        raise BadInput(problems)
    return texts


def _bytes(file: Path) -> bytes:
    from filage.script.read import MAX_BYTES

    try:
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise BadInput(Problem("ce fichier n’existe pas", file=str(file))) from None
    except IsADirectoryError:
        raise BadInput(Problem("c’est un dossier, pas un fichier", file=str(file))) from None
    except OSError as error:
        raise BadInput(Problem(f"ce fichier ne s’ouvre pas ({error.strerror})", file=str(file))) from None


def _show(found: Script, version: str | None) -> None:
    from rich.console import Console

    console = Console(highlight=False)
    console.print(f"[bold]{_safe(found.title)}[/bold] · {NAMES[found.format]} · {_count(found)}")
    if found.versions and version is None:
        held = " ; ".join(f"{v.id} ({_safe(v.label)}, {v.scenes} scènes)" for v in found.versions)
        console.print(f"Versions : {held}")
        console.print("--version NAME n’en garde qu’une.", style="dim")
    if found.format == "running_order":
        console.print(_items(found))
    else:
        console.print(_scenes(found))
        console.print(_characters(found))
    _findings(console, found)


def _count(found: Script) -> str:
    if found.format == "running_order":
        from filage.script.duration import clock

        length = clock(sum(item.seconds or 0 for item in found.scenes))
        return f"{_many(found.scenes, 'élément')}, {_many(found.characters, 'artiste')}, {length}"
    words = sum(scene.words for scene in found.scenes)
    said = f"{words} mots dits" if words > 1 else f"{words} mot dit"
    return f"{_many(found.scenes, 'scène')}, {_many(found.characters, 'personnage')}, {said}"


def _many(things: Sequence[object], word: str) -> str:
    return f"{len(things)} {word}{'s' if len(things) > 1 else ''}"


def _scenes(found: Script) -> Table:
    from rich.table import Table

    from filage.script.page import pages
    from filage.script.shape import FILMED

    table = Table(title="Scènes", title_justify="left")
    filmed = found.format in FILMED
    table.add_column("N°", no_wrap=True)
    table.add_column("Scène", ratio=3)
    table.add_column("Personnages", ratio=3)
    if filmed:
        table.add_column("Pages", justify="right", no_wrap=True)
    table.add_column("Mots", justify="right", no_wrap=True)
    for scene in found.scenes:
        number = " ".join(part for part in (scene.version, scene.number) if part) or "–"
        length = [f"{'≈ ' if scene.estimated else ''}{pages(scene.eighths)}"] if filmed else []
        heading = " · ".join(part for part in (scene.act, scene.heading) if part)
        cells = [number, heading, ", ".join(scene.characters), *length, str(scene.words)]
        table.add_row(*(_safe(cell) for cell in cells))
    return table


def _items(found: Script) -> Table:
    from rich.table import Table

    from filage.script.duration import clock

    table = Table(title="Conduite", title_justify="left")
    for title in ("N°", "Élément", "Artistes", "Lieu"):
        table.add_column(title)
    for title in ("Durée", "À"):
        table.add_column(title, justify="right", no_wrap=True)
    elapsed = 0
    for item in found.scenes:
        length = "–" if item.seconds is None else clock(item.seconds)
        heading = " · ".join(part for part in (item.part, item.heading) if part)
        cells = [item.number or "–", heading, ", ".join(item.characters), item.set or "", length]
        table.add_row(*(_safe(cell) for cell in cells), clock(elapsed))
        elapsed += item.seconds or 0
    return table


def _characters(found: Script) -> Table:
    from rich.table import Table

    table = Table(title="Personnages", title_justify="left")
    table.add_column("Nom")
    for title in ("Scènes", "Répliques", "Mots"):
        table.add_column(title, justify="right")
    for one in sorted(found.characters, key=lambda character: -character.words):
        counts = ("–", "–", "muet") if one.listed_only else (str(one.scenes), str(one.cues), str(one.words))
        table.add_row(_safe(one.name), *counts)
    return table


def _show_changes(before: Script, after: Script) -> None:
    from rich.console import Console
    from rich.table import Table

    from filage.script.match import match_scenes

    console = Console(highlight=False)
    found = match_scenes(before.scenes, after.scenes)
    counts = ", ".join(_many(held, CHANGES[name]) for name, held in found._asdict().items() if held)
    console.print(f"[bold]{_safe(after.title)}[/bold] · {counts}")
    table = Table()
    for title in ("", "Avant", "Après", "Ce qui change"):
        table.add_column(title)
    for pair in sorted((*found.moved, *found.changed), key=lambda pair: after.scenes.index(pair.after)):
        differs = [DIFFERS[sign] for sign in pair.differs] + (["place"] if pair.moved else [])
        told = f"{', '.join(differs)} ({round(pair.likeness * 100)} % du texte en commun)"
        kind = "changed" if pair in found.changed else "moved"
        table.add_row(CHANGES[kind], _safe(_called(pair.before)), _safe(_called(pair.after)), told)
    for scene in found.new:
        table.add_row(CHANGES["new"], "", _safe(_called(scene)), "")
    for scene in found.cut:
        table.add_row(CHANGES["cut"], _safe(_called(scene)), "", "")
    if table.row_count:
        console.print(table)


def _called(scene: ScriptScene) -> str:
    return f"{scene.number} · {scene.heading}" if scene.number else scene.heading


def _show_elements(found: Script) -> None:
    from rich.console import Console
    from rich.table import Table

    from filage.facts.base import choices
    from filage.facts.script import Element
    from filage.script.elements import suggest_elements
    from filage.script.risks import risk_labels

    named = {risk: label.lower() for risk, label in risk_labels().items()}
    names = choices(Element, "category")
    table = Table()
    for title in ("Scène", "Catégorie", "Élément", "Précaution", "D’après"):
        table.add_column(title)
    for scene in found.scenes:
        rows = [(names[mark.category], mark.label, "", "marqué par l’auteur") for mark in scene.elements]
        for one in suggest_elements(scene):
            if one.risk or not one.marked:
                risk = named[one.risk] if one.risk else ""
                rows.append((names[one.category], one.label, risk, one.passage))
        for index, row in enumerate(rows):
            table.add_row(_safe(_called(scene)) if not index else "", *map(_safe, row))
    console = Console(highlight=False)
    console.print(f"[bold]{_safe(found.title)}[/bold] · {_many(found.scenes, 'scène')}")
    console.print(table)
    console.print(
        "Propositions d’après les mots de l’action : à accepter, à corriger, à compléter.", style="dim"
    )


def _findings(console: Console, found: Script) -> None:
    for finding in found.findings:
        console.print(f"[bold]{SEVERITIES[finding.severity]}[/bold] {_safe(finding.message)}")


def _safe(text: str) -> str:
    """Square brackets of the text are not ours to read as styles."""
    from rich.markup import escape

    return escape(text)
