"""`filage envelope`: the smallest things to give up to reach a target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from filage.cli.shared import (
    DossierFile,
    Json,
    On,
    Scenario,
    console,
    file_dossier,
    print_json,
    read_decimal,
    safe,
)

if TYPE_CHECKING:
    from filage.review.envelope import Envelope


def envelope(  # noqa: PLR0917 - one parameter per option
    file: DossierFile,
    target: Annotated[str, typer.Option(metavar="EUROS", help="Ce qu’il ne faut pas dépasser.")],
    measure: Annotated[
        str,
        typer.Option(
            metavar="cost|price|gap",
            help="Ce qu’on vise : le coût, le prix d’une date, ce qui reste à trouver.",
        ),
    ] = "cost",
    size: Annotated[int, typer.Option(help="Renoncements ensemble, au plus.")] = 3,
    reviews: Annotated[int, typer.Option(help="Relectures du dossier, au plus.")] = 400,
    on: On = None,
    scenario: Scenario = None,
    json_: Json = False,
) -> None:
    """Chercher les plus petits renoncements qui tiennent une enveloppe, et ce que chacun perd."""
    from filage.cli.today import today
    from filage.facts.scenarios import resolve
    from filage.law import load_law
    from filage.review.envelope import Target
    from filage.review.envelope import envelope as search
    from filage.review.envelope_json import envelope_json

    aimed = Target(measure, read_decimal(target, "--target"))
    dossier, _lost = resolve(file_dossier(file), scenario)
    found = search(dossier, load_law(), on or today(), aimed, most_reviews=reviews, largest=size)
    if json_:
        print_json(envelope_json(found))
    else:
        _show(found)


def _show(found: Envelope) -> None:
    from filage.kernel import french
    from filage.review.envelope import MEASURES

    out = console()
    now = "inconnu" if found.now is None else french.euro(found.now)
    out.print(
        f"Viser {french.euro(found.target.amount)} pour {MEASURES[found.target.measure]} ; aujourd’hui {now}."
    )
    if found.reached:
        out.print("L’enveloppe est déjà tenue.")
        return
    for way in found.ways[:10]:
        out.print(f"\n{french.euro(way.value)} : {safe(' + '.join(lever.label for lever in way.levers))}")
        for loss in way.losses:
            out.print(f"  {safe(loss.words)}")
    if len(found.ways) > 10:  # noqa: PLR2004 - more are for --json
        out.print(f"\net {len(found.ways) - 10} autres (--json).")
    if not found.ways:
        lowest = "" if found.lowest is None else f" : au plus bas {french.euro(found.lowest)}"
        out.print(f"Aucun ensemble essayé n’y arrive{lowest}.")
    left = f", {found.left} ensembles non essayés (--reviews)" if found.left else ""
    out.print(f"\n{found.reviews} relectures{left}.")
