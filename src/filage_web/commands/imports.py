"""`filage import`: a dossier file into a structure."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from filage.kernel.errors import BadInput, Problem
from filage_web.commands.office import Data, StructureName, need_migrated, open_office, structure_named

if TYPE_CHECKING:
    from filage.facts.base import Fact
    from filage_web.store.errors import Question
    from filage_web.store.imports import Decision

DossierFile = Annotated[
    Path, typer.Argument(metavar="FICHIER", help="Un dossier YAML ou JSON, ou une archive .filage.zip.")
]
KeepMine = Annotated[
    list[str] | None,
    typer.Option("--mine", metavar="SORTE/ID", help="Garder ce que la structure sait de ce fait."),
]
TakeTheirs = Annotated[
    list[str] | None,
    typer.Option("--theirs", metavar="SORTE/ID", help="Prendre ce que le fichier dit de ce fait."),
]


def import_(
    file: DossierFile,
    structure: StructureName,
    mine: KeepMine = None,
    theirs: TakeTheirs = None,
    data: Data = None,
) -> None:
    """Importer un dossier dans une structure ; rien n’est importé à moitié."""
    from filage.cli.shared import file_bytes

    open_office(data)
    need_migrated()
    from filage_web.store.archive import read_any
    from filage_web.store.errors import Undecided
    from filage_web.store.imports import import_dossier

    dossier, files = read_any(file_bytes(file), file=str(file))
    decisions: dict[str, Decision] = dict.fromkeys(mine or (), "mine")
    decisions |= dict.fromkeys(theirs or (), "theirs")
    try:
        slug = import_dossier(
            structure_named(structure), dossier, actor=None, decisions=decisions, files=files
        )
    except Undecided as error:
        raise BadInput(_asked(error.questions)) from None
    typer.echo(f"{dossier.production.label} : {len(dossier)} faits, production « {slug} ».")


def _asked(questions: Iterable["Question"]) -> list[Problem]:
    return [
        Problem(
            f"la structure le sait autrement : {_differences(question.mine, question.theirs)}",
            question.about,
            suggestion=f"--mine {question.about} pour garder, --theirs {question.about} pour remplacer",
        )
        for question in questions
    ]


def _differences(mine: "Fact", theirs: "Fact") -> str:
    """Both versions of each field that differs; of private facts, the fields alone."""
    from filage.facts.writing import values_of

    ours, others = values_of(mine), values_of(theirs)
    fields = [name for name in {**ours, **others} if ours.get(name) != others.get(name)]
    if mine.private or not fields:
        return ", ".join(fields) or "ses autres faits"
    return " ; ".join(
        f"{name} « {_short(ours.get(name))} » ici, « {_short(others.get(name))} » là" for name in fields
    )


def _short(value: object, most: int = 60) -> str:
    text = "absent" if value is None else str(value)
    return text if len(text) <= most else f"{text[: most - 1]}…"
