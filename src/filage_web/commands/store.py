"""`filage store`: bring the database to this version; find what no longer reads before a deployment."""

import typer

from filage.kernel.errors import BadInput
from filage_web.commands.office import Data, migrate, need_migrated, open_office

app = typer.Typer(help="La base du bureau : la mettre à jour, la vérifier.", no_args_is_help=True)


@app.command("migrate")
def migrate_store(data: Data = None) -> None:
    """Mettre la base à la version de ce Filage."""
    folder = open_office(data)
    migrate()
    typer.echo(f"Base à jour ({folder}).")


@app.command("check")
def check_store(data: Data = None) -> None:
    """Relire tous les faits enregistrés et dire lesquels ne se lisent plus."""
    open_office(data)
    need_migrated()
    from filage_web.store.maintenance import unreadable_rows
    from filage_web.store.models import Row

    problems = unreadable_rows()
    if problems:
        raise BadInput(problems)
    typer.echo(f"{Row.objects.count()} faits relus, tous lisibles.")
