"""`filage review`: everything that follows from a dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from filage.cli.errors import FAIL_ON_MET
from filage.cli.shared import DossierFile, Json, On, Scenario, print_json, reviewed
from filage.kernel.errors import BadInput, Problem

if TYPE_CHECKING:
    from filage.review import Outcome

FAIL_ON = {"blocking": ("blocking",), "warning": ("blocking", "warning")}


def review(
    file: DossierFile,
    on: On = None,
    scenario: Scenario = None,
    fail_on: Annotated[
        str | None,
        typer.Option(
            metavar="blocking|warning", help="Finir en échec (code 1) si un constat est au moins aussi grave."
        ),
    ] = None,
    with_reasons: Annotated[
        bool, typer.Option("--with-reasons", help="Joindre à chaque ligne, en JSON, l’arbre de ses raisons.")
    ] = False,
    json_: Json = False,
) -> None:
    """Relire un dossier : budget, prix, constats, documents."""
    if fail_on is not None and fail_on not in FAIL_ON:
        raise BadInput(
            Problem(f"« {fail_on} » n’est pas une gravité", path="--fail-on", expected=" ou ".join(FAIL_ON))
        )
    outcome = reviewed(file, on, scenario)
    if json_:
        from filage.review import outcome_json

        print_json(outcome_json(outcome, with_reasons=with_reasons))
    else:
        from filage.cli.review_shown import show

        show(outcome)
    if _is_met(fail_on, outcome):
        raise typer.Exit(FAIL_ON_MET)


def _is_met(fail_on: str | None, outcome: Outcome) -> bool:
    return any(outcome.count(severity) for severity in FAIL_ON.get(fail_on or "", ()))
