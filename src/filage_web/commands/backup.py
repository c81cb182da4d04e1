"""`filage backup`: the whole office in one file, while it serves."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from filage.kernel import french
from filage_web.commands.office import Data, need_migrated, open_office


def backup(
    file: Annotated[Path, typer.Argument(metavar="FICHIER", help="Le fichier à écrire.")], data: Data = None
) -> None:
    """Sauvegarder la base et les fichiers, sans rien interrompre."""
    open_office(data)
    need_migrated()
    from filage_web.store.backups import take_backup

    taken = take_backup(file)
    size = file.stat().st_size / 1_000_000
    typer.echo(f"{file} : {french.number(Decimal(f'{size:.1f}'))} Mo, {taken.files} fichiers.")
    if taken.missing_files:
        typer.echo(f"{taken.missing_files} fichiers manquaient déjà sur le disque.", err=True)
