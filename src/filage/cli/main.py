"""The command `filage`: every command is imported when it is called, so that `filage --help` is immediate (D15)."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from filage import __version__
from filage.cli.errors import BAD_INPUT, guarded
from filage.kernel.errors import BadInput, Problem
from filage.kernel.text import closest

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

OFFICE_GROUP = "filage.commands"
# no command uses pydantic plugins; looking for them in every installed package costs each command 12 ms
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


@dataclass(frozen=True, slots=True)
class Listed:
    """A command as `--help` lists it: where it lives and what it does."""

    target: str
    summary: str


COMMANDS = {
    "review": Listed("filage.cli.review:review", "Relire un dossier : budget, prix, constats, documents."),
    "diff": Listed("filage.cli.diff:diff", "Comparer deux dossiers : faits, montants, constats, documents."),
    "why": Listed("filage.cli.why:why", "Dire d’où vient un montant, jusqu’au texte de loi."),
    "build": Listed("filage.cli.build:build", "Produire les documents d’un dossier."),
    "budget": Listed(
        "filage.cli.budget:budget",
        "Présenter le budget : plan comptable, CERFA, devis… ; classeur, PDF, comparaison.",
    ),
    "read-budget": Listed(
        "filage.cli.read_budget:read_budget",
        "Lire un budget tenu dans un tableur : lignes, totaux comparés, refus.",
    ),
    "cost": Listed("filage.cli.cost:cost", "Calculer ce que coûte et laisse un salaire."),
    "minimum": Listed("filage.cli.minimum:minimum", "Donner le minimum conventionnel d’un emploi."),
    "pay": Listed(
        "filage.cli.pay:pay", "Préparer la paie d’un mois : lignes, AEM, Congés Spectacles, heures."
    ),
    "price": Listed(
        "filage.cli.price:price", "Calculer un prix de cession et le nombre de dates à l’équilibre."
    ),
    "corealisation": Listed(
        "filage.cli.corealisation:corealisation",
        "Partager la recette d’une coréalisation, et chercher le nombre de billets à l’équilibre.",
    ),
    "envelope": Listed(
        "filage.cli.envelope:envelope",
        "Chercher les plus petits renoncements qui tiennent une enveloppe, et ce que chacun perd.",
    ),
    "risk": Listed(
        "filage.cli.risk:risk",
        "Tirer au sort le coût du budget : les chances de le tenir, les lignes qui pèsent.",
    ),
    "follow": Listed(
        "filage.cli.follow:follow", "Suivre le budget : engagé, dépensé, payé, coût final estimé, écart."
    ),
    "cash": Listed(
        "filage.cli.cash:cash",
        "Prévoir la trésorerie mois par mois : point bas, relais, ce qui arrive si une aide tarde.",
    ),
    "worktime": Listed(
        "filage.cli.worktime:worktime", "Contrôler des présences : repos, amplitudes, pauses, mineurs."
    ),
    "script": Listed("filage.cli.script:script", "Lire un texte : scènes, personnages, mots."),
    "breakdown": Listed(
        "filage.cli.breakdown:breakdown",
        "Dépouiller une production : scènes, éléments, présences ; PDF, classeur.",
    ),
    "schedule": Listed(
        "filage.cli.schedule:app", "Chercher le meilleur ordre : tournage, répétitions, tâches, tournée."
    ),
    "funding": Listed(
        "filage.cli.funding:funding",
        "Montrer le plan de financement : plafonds, dispositifs qui semblent possibles, crédits d’impôt.",
    ),
    "recoupment": Listed(
        "filage.cli.recoupment:recoupment", "Partager les recettes d’un film entre ses couloirs."
    ),
    "sheet": Listed(
        "filage.cli.sheet:sheet",
        "Montrer une feuille : de service, de route, conducteur ; en PDF ou en JSON.",
    ),
    "request": Listed(
        "filage.cli.request:request",
        "Monter la demande à un financeur, ou le compte rendu financier, en un PDF.",
    ),
    "calendar": Listed(
        "filage.cli.calendar:calendar", "Lire un calendrier (ICS) : ce qu’il propose, ce qui ne va pas."
    ),
    "law": Listed("filage.cli.law:app", "Les valeurs légales : sources, dates, confiance."),
    "schema": Listed("filage.cli.schema:schema", "Écrire le schéma JSON d’un dossier."),
}
"""The commands of the library; those of the office announce themselves by entry points."""

OFFICE_SUMMARIES = {
    "account": "Créer un compte du bureau et donner un lien pour y entrer.",
    "backup": "Sauvegarder le bureau dans un fichier, sans l’interrompre.",
    "demo": "Ouvrir le bureau avec ses exemples.",
    "erase": "Effacer les données privées d’une personne.",
    "export": "Écrire une production du bureau dans un fichier.",
    "import": "Importer un dossier dans le bureau.",
    "restore": "Remettre une sauvegarde en place.",
    "serve": "Ouvrir le bureau dans un navigateur.",
    "store": "La base du bureau : la mettre à jour, la vérifier.",
    "worker": "Faire le travail que le bureau met de côté.",
}
"""What `--help` says of the office's commands without importing them."""


class _Later(TyperCommand):
    """A command known by name and summary, imported when it runs."""

    def __init__(self, name: str, summary: str, load: Any) -> None:
        super().__init__(name, help=summary)
        self._load = load

    def make_context(self, info_name: Any, args: Any, parent: Any = None, **extra: Any) -> Any:
        """Import the command and let it read its own words."""
        return _command(self.name or "", self._load()).make_context(info_name, args, parent, **extra)


class Commands(TyperGroup):
    """The library's commands, then the office's."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - click's signature
        """Every name, without importing anything."""
        return [*COMMANDS, *sorted(_office())]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - click's signature
        """A command of that name, still to be imported; None when there is none."""
        listed = COMMANDS.get(cmd_name)
        if listed is not None:
            return _Later(cmd_name, listed.summary, lambda: _imported(listed.target))
        office = _office().get(cmd_name)
        return _Later(cmd_name, OFFICE_SUMMARIES.get(cmd_name, ""), office.load) if office else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Refuse an unknown name by naming the closest."""
        if args and self.get_command(ctx, args[0]) is None:
            near = closest(args[0], self.list_commands(ctx))
            advice = f"vouliez-vous « filage {near} » ?" if near else "« filage --help » liste les commandes"
            raise BadInput(Problem(f"commande inconnue « {args[0]} »", suggestion=advice))
        return super().resolve_command(ctx, args)

    def main(self, args: Any = None, prog_name: str | None = None, *words: Any, **extra: Any) -> Any:
        """Run, then leave with the exit code of `filage.cli.errors`."""
        typed = list(sys.argv[1:] if args is None else args)
        run = super().main
        extra["standalone_mode"] = False
        code = guarded(lambda: run(typed, prog_name or "filage", *words, **extra), as_json="--json" in typed)
        if args is None and typed[:1] and typed[0] in COMMANDS:
            _leave_at_once(code)
        sys.exit(code)


@cache
def _office() -> dict[str, EntryPoint]:
    from importlib.metadata import entry_points  # slow to import, and only the office's commands need it

    return {entry.name: entry for entry in entry_points(group=OFFICE_GROUP)}


def _leave_at_once(code: int) -> None:
    """End the process without emptying its memory value by value: a tenth of a review's time, and nothing is open."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # nobody reads us any more: Python's own ending knows what to do
        return
    os._exit(code)


def _imported(target: str) -> Any:
    module, _, name = target.partition(":")
    return getattr(import_module(module), name)


def _command(name: str, found: Any) -> Any:
    """A click command from a typer application or a plain function."""
    if not isinstance(found, typer.Typer):
        one = typer.Typer(add_completion=False)
        one.command(name)(found)
        found = one
    return typer.main.get_command(found)


app = typer.Typer(cls=Commands, add_completion=False, rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def filage(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Écrire la version et s’arrêter.")] = False,
) -> None:
    """Filage, le bureau de production du spectacle et de l’audiovisuel."""
    if version:
        typer.echo(f"Filage {__version__}")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help(), err=True)
        raise typer.Exit(BAD_INPUT)
