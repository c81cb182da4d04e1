"""`filage restore`: a backup put in the place of what the office holds, while it serves."""

from pathlib import Path
from typing import Annotated

import typer

from filage.kernel.errors import BadInput, Problem
from filage_web.commands.office import Data, migrate, open_office


def restore(
    file: Annotated[Path, typer.Argument(metavar="FICHIER", help="Une sauvegarde de Filage.")],
    yes: Annotated[bool, typer.Option("--yes", help="Remplacer ce que le bureau contient.")] = False,
    data: Data = None,
) -> None:
    """Remettre une sauvegarde en place ; les effacements faits depuis sont refaits."""
    open_office(data)
    from filage_web.store.backups import erase_since, put_back, read_manifest

    read_manifest(file)
    if not yes and (held := _held()):
        hint = "sauvegardez-le avec « filage backup », puis ajoutez --yes"
        raise BadInput(
            Problem(f"ce bureau contient déjà {held} : la sauvegarde le remplacerait", suggestion=hint)
        )
    manifest, since = put_back(file)
    migrate()
    again = erase_since(since)
    typer.echo(f"Sauvegarde du {manifest.made_at} en place : {manifest.files} fichiers.")
    if again:
        typer.echo(f"{again} effacements de données privées faits depuis ont été refaits.")


def _held() -> str:
    """What would be replaced, in words; empty when there is nothing."""
    from django.db import connection

    if "filage_web_structure" not in connection.introspection.table_names():
        return ""
    from filage_web.accounts.models import Structure

    count = Structure.objects.count()
    return f"{count} structure{'s' if count > 1 else ''}" if count else ""
