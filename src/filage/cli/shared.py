"""What the commands share: the options they have in common, reading files, writing JSON."""

from __future__ import annotations

import gc
import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from filage.kernel.errors import BadInput, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from rich.console import Console

    from filage.facts.dossier import Dossier
    from filage.review import Outcome

STANDARD_INPUT = Path("-")


def read_day(written: str) -> date:
    """Read a day typed as AAAA-MM-JJ, and in no other way."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        day = None
    if day is None or day.isoformat() != written:
        message = f"« {written} » n’est pas un jour ; écrivez AAAA-MM-JJ, par exemple 2026-03-14"
        raise typer.BadParameter(message)
    return day


Json = Annotated[bool, typer.Option("--json", help="Écrire du JSON.")]
On = Annotated[
    date | None,
    typer.Option(
        "--on",
        parser=read_day,
        metavar="AAAA-MM-JJ",
        help="Le jour de la relecture ; aujourd’hui par défaut.",
    ),
]
DossierFile = Annotated[
    Path, typer.Argument(metavar="FILE", help="Le dossier, en YAML ou en JSON ; « - » : l’entrée standard.")
]
Scenario = Annotated[str | None, typer.Option(metavar="ID", help="Le scénario à appliquer.")]


def file_bytes(path: Path) -> bytes:
    """Read a whole file, or the standard input for « - »; BadInput says why it cannot be read."""
    if path == STANDARD_INPUT:
        return typer.get_binary_stream("stdin").read()
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise BadInput(Problem("ce fichier n’existe pas", file=str(path))) from None
    except IsADirectoryError:
        raise BadInput(Problem("c’est un dossier du disque, pas un fichier", file=str(path))) from None
    except OSError as error:
        raise BadInput(Problem(f"ce fichier ne s’ouvre pas ({error.strerror})", file=str(path))) from None


def file_json(path: Path) -> Any:
    """Read a JSON file, its numbers exactly as written; BadInput says where it is not JSON."""
    return json_of(file_bytes(path), path)


def json_of(data: bytes, path: Path) -> Any:
    """Read the JSON of a file already read."""
    from decimal import Decimal

    try:
        return json.loads(data.decode("utf-8-sig"), parse_float=Decimal, parse_constant=str)
    except json.JSONDecodeError as error:
        problem = Problem(f"ce n’est pas du JSON (colonne {error.colno})", file=str(path), line=error.lineno)
    except (UnicodeDecodeError, RecursionError, ValueError):
        problem = Problem("ce n’est pas du JSON en UTF-8", file=str(path))
    raise BadInput(problem)


def print_json(content: Any) -> None:
    """Write JSON: indented for a person at a terminal, on one line (four times as fast) for another program."""
    indent = 2 if sys.stdout.isatty() else None
    # not typer.echo, which looks through megabytes for colours that JSON escapes anyway
    sys.stdout.write(json.dumps(content, ensure_ascii=False, indent=indent, check_circular=False) + "\n")


def read_decimal(text: str, option: str) -> Decimal:
    """Read a plain number given to an option; BadInput names the option."""
    from filage.facts.scalars import plain_decimal

    value = plain_decimal(text)
    if value is None:
        raise BadInput(Problem(f"« {text} » n’est pas un nombre", path=option, expected="1250.50"))
    return value


def file_dossier(path: Path) -> Dossier:
    """Read a dossier; BadInput lists everything wrong in it, with its line."""
    from filage.facts.reading import read_dossier

    return read_dossier(file_bytes(path), file=str(path))


def file_dossiers(*paths: Path) -> list[Dossier]:
    """Read several dossiers; BadInput lists everything wrong in all of them."""
    dossiers: list[Dossier] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            dossiers.append(file_dossier(path))
        except BadInput as error:
            problems.extend(error.problems)
    if problems:
        raise BadInput(problems)
    return dossiers


def reviewed(path: Path, on: date | None, scenario: str | None = None) -> Outcome:
    """Read a dossier, resolve a scenario and review it on a day; what the scenario lost is among the findings."""
    # a review makes many small values that all live to the end: nothing to collect, a fifth of the time to look
    gc.disable()
    from dataclasses import replace

    from filage.cli.today import today
    from filage.facts.scenarios import resolve
    from filage.kernel.finding import by_severity
    from filage.law import load_law
    from filage.review import review

    dossier, lost = resolve(file_dossier(path), scenario)
    outcome = review(dossier, load_law(), on or today())
    return replace(outcome, findings=by_severity([*lost, *outcome.findings])) if lost else outcome


def write_files(contents: Iterable[tuple[Path, bytes]]) -> None:
    """Write each file; every path that cannot be written is told at once."""
    problems: list[Problem] = []
    for path, content in contents:
        try:
            path.write_bytes(content)
        except OSError as error:
            problems.append(Problem(f"impossible d’y écrire ({error.strerror})", path=str(path)))
    if problems:
        raise BadInput(problems)


def console() -> Console:
    """A console for people: no colour guessed in our text."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=False)


def safe(text: object) -> str:
    """Return a text whose square brackets are not read as styles."""
    from rich.markup import escape

    return escape(str(text))
