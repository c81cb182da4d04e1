"""`filage erase`: the private data of one person, gone from the facts and from their whole history."""

from typing import Annotated

import typer

from filage.kernel.errors import BadInput, Problem
from filage_web.commands.office import Data, StructureName, need_migrated, open_office, structure_named


def erase(
    person: Annotated[str, typer.Argument(metavar="person/ID", help="La personne.")],
    structure: StructureName,
    yes: Annotated[bool, typer.Option("--yes", help="Effacer pour de bon.")] = False,
    data: Data = None,
) -> None:
    """Effacer les données privées d’une personne, sans retour ; les documents émis restent."""
    open_office(data)
    need_migrated()
    from filage_web.store.erasure import erase_private
    from filage_web.store.rows import keys_of

    owner = structure_named(structure)
    if not person.startswith("person/") or not keys_of(owner, None, [person]):
        raise BadInput(Problem(f"« {person} » n’est pas une personne de cette structure", "person/ID"))
    if not yes:
        raise BadInput(
            Problem("l’effacement est sans retour", person, suggestion="ajoutez --yes pour le faire")
        )
    count = erase_private(owner, person, actor=None)
    _leave_no_trace()
    typer.echo(
        f"{person} : données privées effacées." if count else f"{person} : rien à effacer, historique vidé."
    )


def _leave_no_trace() -> None:
    """Empty SQLite's journal, which still holds the pages as they were; a reader at work leaves it for later."""
    from contextlib import suppress

    from django.db import OperationalError, connection

    if connection.vendor == "sqlite":
        with suppress(OperationalError), connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
