"""Opens the office for a command: settings, database, structures and accounts by name."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from filage.kernel.errors import BadInput, Problem
from filage.kernel.text import closest

if TYPE_CHECKING:
    from filage_web.accounts.models import Structure

Data = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="DOSSIER",
        help="Le dossier des données ; sinon celui de FILAGE_DATA, sinon celui de l’utilisateur.",
    ),
]
StructureName = Annotated[
    str, typer.Option("--structure", metavar="NOM", help="L’adresse courte de la structure.")
]


def open_office(data: Path | None = None) -> Path:
    """Start Django on a data folder and return that folder; what it made stays closed to other users."""
    if data is not None:
        os.environ["FILAGE_DATA"] = str(data.expanduser().resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "filage_web.settings")
    import django
    from django.conf import settings

    try:
        django.setup()
    except PermissionError as error:
        message = f"le dossier des données ne s’ouvre pas : {error.filename}"
        raise BadInput(Problem(message, suggestion="choisissez-en un autre avec --data")) from None
    return Path(settings.FILAGE_DATA)


def migrate() -> None:
    """Bring the database to this version, and the bodies of facts with it."""
    from django.core.management import call_command

    from filage_web.store.maintenance import migrate_bodies

    call_command("migrate", verbosity=0, interactive=False)
    migrate_bodies()


def need_migrated() -> None:
    """Refuse to work on a database of another version."""
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
    except OperationalError as error:
        raise BadInput(
            Problem(f"la base ne répond pas : {error}", suggestion="vérifiez DATABASE_URL")
        ) from None
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        hint = "lancez « filage store migrate » (ou « filage serve », qui le fait)"
        raise BadInput(Problem("la base n’est pas à la version de ce Filage", suggestion=hint))


def structure_named(slug: str) -> "Structure":
    """Find a structure by its short address; BadInput names those that exist."""
    from filage_web.accounts.models import Structure

    found = Structure.objects.filter(slug=slug).first()
    if found is None:
        known = list(Structure.objects.order_by("slug").values_list("slug", flat=True)[:20])
        near = closest(slug, known)
        hint = f"vouliez-vous {near} ?" if near else f"structures connues : {', '.join(known) or 'aucune'}"
        raise BadInput(Problem(f"structure « {slug} » inconnue", suggestion=hint))
    return found
