"""`filage demo`: the office with its examples, on this machine, without mail server or network."""

import os
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final
from urllib.parse import urlencode

import typer

from filage.kernel.errors import BadInput, Problem
from filage_web.commands.office import Data, migrate, open_office
from filage_web.commands.serve import PORT, Host, address, is_free, keep_running, refuse_taken

if TYPE_CHECKING:
    from filage.facts.dossier import Dossier
    from filage_web.accounts.models import Structure, User
    from filage_web.store.files import GivenFile

EXAMPLES: Final = ("woyzeck.filage.yaml", "court-metrage.filage.yaml")
EMAIL: Final = "alice@demo.filage.test"
NAME: Final = "Alice Ferrand"
LINK_FOR: Final = timedelta(hours=12)
PORTS: Final = 20
FOLDER: Final = Path(__file__).resolve().parents[3] / "examples"


def demo(
    data: Data = None,
    host: Host = "127.0.0.1",
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Le port ; sinon le premier libre.")
    ] = None,
) -> None:
    """Ouvrir le bureau avec ses exemples ; les données restent d’une fois à l’autre."""
    folder = open_office(data or _own_folder())
    if port is None:
        port = _free_port(host)
    refuse_taken(host, port)
    migrate()
    shown = prepare()

    def ready() -> None:
        where = address(host, port).rstrip("/")
        typer.echo(f"Filage est ouvert : {where}/")
        typer.echo(f"Entrez par ce lien, une fois : {where}{shown.path}")
        typer.echo(f"Exemples : {', '.join(shown.titles)}")
        typer.echo(f"Données : {folder} (effacez ce dossier pour repartir à neuf)")
        typer.echo("Ctrl+C pour fermer.")

    keep_running(host, port, processes=1, workers=1, ready=ready)


def _own_folder() -> Path | None:
    """The demo's own folder, beside the real office's, unless one is named."""
    if os.environ.get("FILAGE_DATA") or os.environ.get("DATABASE_URL"):
        return None
    from filage_web.paths import data_folder

    usual = data_folder()
    return usual.with_name(f"{usual.name}-demo")


def _free_port(host: str) -> int:
    found = next((port for port in range(PORT, PORT + PORTS) if is_free(host, port)), None)
    if found is None:
        raise BadInput(
            Problem(f"aucun port libre de {PORT} à {PORT + PORTS - 1}", suggestion="--port NUMÉRO")
        )
    return found


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the demo shows: the way in and the examples."""

    path: str
    titles: tuple[str, ...]


def prepare() -> Prepared:
    """Load the examples that are not there yet, and make a link that signs in once."""
    from django.urls import reverse

    from filage_web.accounts.models import User
    from filage_web.accounts.services import make_sign_in_link
    from filage_web.navigation import production_address

    alice = User.objects.filter(email=EMAIL).first() or User.objects.create_user(EMAIL, name=NAME)
    loaded = [_load(FOLDER / name, alice) for name in EXAMPLES]
    structure, production, _title = loaded[0]
    way_in = reverse("enter", args=[make_sign_in_link(alice, LINK_FOR)])
    first = production_address(structure.slug, production)
    titles = tuple(f"{title} ({structure.name})" for structure, _production, title in loaded)
    return Prepared(f"{way_in}?{urlencode({'suite': first})}", titles)


def _load(file: Path, alice: "User") -> "tuple[Structure, str, str]":
    """Load one example into its employer's structure unless it is there; give the structure, the id and the title."""
    from filage.facts.reading import read_dossier
    from filage_web import clock
    from filage_web.commands.shift import shifted, weeks_to_shift
    from filage_web.store.imports import import_dossier
    from filage_web.store.outcomes import outcome_of
    from filage_web.store.queries import production_exists

    if not file.exists():
        raise BadInput(
            Problem("l’exemple manque", file=str(file), suggestion="lancez la démonstration depuis le dépôt")
        )
    dossier = read_dossier(file.read_bytes(), file=file.name)
    structure = _structure(dossier.employer.label, dossier.employer.id, alice)
    if not production_exists(structure, dossier.production.id):
        dossier = shifted(dossier, weeks_to_shift(dossier, clock.today()))
        import_dossier(structure, dossier, actor=alice, files=_scripts(file, dossier), label="Exemple chargé")
        outcome_of(structure, dossier.production.id)
    return structure, dossier.production.id, dossier.production.label


def _structure(name: str, slug: str, alice: "User") -> "Structure":
    from filage_web.accounts.models import Structure
    from filage_web.accounts.services import create_structure

    return Structure.objects.filter(slug=slug).first() or create_structure(name, alice, slug=slug)


def _scripts(file: Path, dossier: "Dossier") -> "list[GivenFile]":
    """The texts the running orders name, when they lie beside the example."""
    from filage.facts.script import RunningOrder
    from filage_web.store.files import GivenFile

    names = {order.script for order in dossier.all(RunningOrder) if order.script}
    return [
        GivenFile(path.name, path.read_bytes(), "text/xml" if path.suffix == ".xml" else "text/plain")
        for name in sorted(names)
        if (path := file.parent / name).is_file()
    ]
