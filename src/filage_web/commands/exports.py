"""`filage export`: a production as a file."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from filage.kernel.errors import BadInput, Problem
from filage.kernel.text import closest
from filage_web.commands.office import Data, StructureName, need_migrated, open_office, structure_named

if TYPE_CHECKING:
    from filage_web.accounts.models import Structure
    from filage_web.store.exports import Form

FORMS: "dict[str, Form]" = {".yaml": "yaml", ".yml": "yaml", ".json": "json", ".zip": "zip"}
ProductionName = Annotated[str, typer.Argument(metavar="PRODUCTION", help="L’identifiant de la production.")]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="FICHIER", help="Où écrire : .yaml, .json, ou .zip avec ses fichiers."
    ),
]
WithPrivate = Annotated[bool, typer.Option("--with-private", help="Avec les données privées des personnes.")]


def export(
    production: ProductionName,
    structure: StructureName,
    output: Output = None,
    with_private: WithPrivate = False,
    data: Data = None,
) -> None:
    """Écrire une production dans un fichier que « filage import » relit."""
    open_office(data)
    need_migrated()
    from filage_web.store.errors import UnknownProduction
    from filage_web.store.exports import export_dossier

    form = FORMS.get(output.suffix) if output else "yaml"
    if form is None:
        raise BadInput(Problem("écrivez .yaml, .json ou .zip à la fin du nom", file=str(output)))
    owner = structure_named(structure)
    try:
        exported = export_dossier(owner, production, form, with_private=with_private)
    except UnknownProduction:
        raise BadInput(_unknown(owner, production)) from None
    target = output or Path(exported.name)
    write_private(target, exported.data)
    typer.echo(f"{target} écrit.")


def write_private(target: Path, data: bytes) -> None:
    """Write a file its owner alone can read, whole or not at all."""
    half = target.with_name(f".{target.name}.part")
    try:
        half.touch(mode=0o600)
        half.write_bytes(data)
        half.replace(target)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise BadInput(Problem(f"ce fichier ne s’écrit pas ({error.strerror})", file=str(target))) from None


def _unknown(structure: "Structure", production: str) -> Problem:
    from filage_web.store.models import Production

    known = list(Production.objects.filter(structure=structure).values_list("slug", flat=True))
    near = closest(production, known)
    hint = f"vouliez-vous {near} ?" if near else f"productions connues : {', '.join(known) or 'aucune'}"
    return Problem(f"production « {production} » inconnue", suggestion=hint)
