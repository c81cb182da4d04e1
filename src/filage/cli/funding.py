"""`filage funding`: the financing plan, its ceilings, the schemes that look possible and why, the tax credits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from filage.cli.shared import DossierFile, Json, On, Scenario, console, print_json, reviewed, safe

if TYPE_CHECKING:
    from filage.review import Outcome

MARKS = {"held": "✓", "missing": "✗", "to_check": "?"}


def funding(
    file: DossierFile,
    on: On = None,
    scenario: Scenario = None,
    every: Annotated[bool, typer.Option("--every", help="Les dispositifs des autres genres aussi.")] = False,
    json_: Json = False,
) -> None:
    """Montrer le plan de financement : plafonds, dispositifs qui semblent possibles, crédits d’impôt."""
    from filage.funding.funding_json import funding_json
    from filage.law import load_law
    from filage.review.run import law_of_structure

    outcome = reviewed(file, on, scenario)
    law = law_of_structure(outcome.dossier.employer, load_law())
    content = funding_json(outcome, law, outcome.on, every=every)
    if json_:
        print_json(content)
    else:
        _show(outcome, content)


def _show(outcome: Outcome, content: dict[str, Any]) -> None:
    from decimal import Decimal

    from rich.table import Table

    from filage.kernel import french

    def euro(text: str) -> str:
        return french.euro(Decimal(text))

    out = console()
    plan = Table(
        "Source",
        "État",
        "Montant",
        "Probabilité",
        title=safe(f"{outcome.dossier.production.label}, financement"),
    )
    for one in content["sources"]:
        chance = french.percent(Decimal(one["probability"]))
        plan.add_row(safe(one["label"]), safe(one["state"].lower()), euro(one["amount"]), chance)
    out.print(plan)
    full, weighted, certain = (euro(content["gap"][name]) for name in ("full", "weighted", "certain"))
    typer.echo(f"Charges {euro(content['expense'])}.")
    typer.echo(f"À trouver : {full} (plein), {weighted} (pondéré), {certain} (certain).")
    for one in content["caps"]:
        share, ceiling = (french.percent(Decimal(one[name])) for name in ("share", "ceiling"))
        typer.echo(
            f"{'✗' if one['passed'] else '✓'} Argent public : {share}, {ceiling} au plus ({one['label']})."
        )
    for one in content["schemes"]:
        typer.echo(f"\n{one['body']} : {one['label']}, {one['words']}")
        if one["amount"] is not None:
            typer.echo(f"  {euro(one['amount'])} {'au plus' if one['at_most'] else 'estimés'}")
        for each in one["conditions"]:
            figures = f" ({each['seen']})" if each["seen"] else ""
            typer.echo(f"  {MARKS[each['state']]} {each['text']}{figures}")
    for one in content["credits"]:
        typer.echo(f"\n{one['label']} : {euro(one['amount'])} estimés sur {euro(one['base'])}, à vérifier")
        for doubt in one["doubts"]:
            typer.echo(f"  ? {doubt}")
