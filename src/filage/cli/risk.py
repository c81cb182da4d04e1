"""`filage risk`: the chances of staying inside the budget."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from filage.cli.shared import (
    DossierFile,
    Json,
    On,
    Scenario,
    console,
    print_json,
    read_decimal,
    reviewed,
    safe,
)

if TYPE_CHECKING:
    from filage.budget.risk import Risk

Fraction = Annotated[
    str | None, typer.Option(metavar="TAUX", help="Fourchette par défaut de ces lignes, ± : 0.15 pour 15 %.")
]
ORIGINS = ("quote", "estimate", "typed", "forecast", "computed")


def risk(  # noqa: PLR0917 - one option per choice
    file: DossierFile,
    on: On = None,
    scenario: Scenario = None,
    seed: Annotated[int, typer.Option(help="La graine du tirage : la même donne le même résultat.")] = 1,
    draws: Annotated[int, typer.Option(help="Le nombre de tirages.")] = 10_000,
    together: Annotated[
        str,
        typer.Option(
            metavar="apart|group|post|all", help="Ce qui varie ensemble : rien, un groupe, un poste, tout."
        ),
    ] = "apart",
    quote: Fraction = None,
    estimate: Fraction = None,
    typed: Fraction = None,
    forecast: Fraction = None,
    computed: Fraction = None,
    target: Annotated[str | None, typer.Option(metavar="EUROS", help="Un coût à ne pas dépasser.")] = None,
    json_: Json = False,
) -> None:
    """Tirer au sort le coût du budget : les chances de le tenir, les lignes qui pèsent."""
    from filage.budget.risk import RiskChoices, risk_of
    from filage.budget.risk_json import risk_json

    given = dict(zip(ORIGINS, (quote, estimate, typed, forecast, computed), strict=True))
    choices = RiskChoices(
        draws=draws,
        seed=seed,
        spread=tuple(
            (name, read_decimal(text, f"--{name}")) for name, text in given.items() if text is not None
        ),
        together=together,
        target=None if target is None else read_decimal(target, "--target"),
    )
    outcome = reviewed(file, on, scenario)
    found = risk_of(outcome.dossier, outcome.budget, choices)
    if json_:
        print_json(risk_json(found))
    else:
        _show(found)


def _show(found: Risk) -> None:
    from rich.table import Table

    from filage.budget.risk import ORIGINS as LABELS
    from filage.budget.risk import TOGETHER
    from filage.kernel import french

    out = console()
    if not found.weights:
        out.print(
            "Aucune ligne n’a de fourchette : donnez-en une à une ligne, ou une par défaut (--estimate 0.15)."
        )
    out.print(f"Budget {french.euro(found.budget)}, dont réserve {french.euro(found.reserve)}.")
    out.print(f"Tenir le budget : {french.percent(found.inside)} des tirages.")
    if found.choices.target is not None and found.inside_target is not None:
        out.print(
            f"Tenir {french.euro(found.choices.target)} : {french.percent(found.inside_target)} des tirages."
        )
    ranks = dict(found.percentiles)
    out.print(
        f"Une fois sur deux au plus {french.euro(ranks[50])}, neuf fois sur dix au plus {french.euro(ranks[90])} ; "
        f"en moyenne {french.euro(found.mean)}."
    )
    table = Table("Ligne", "Au moins", "Budget", "Au plus", "Fourchette", "Part de l’incertitude")
    for weight in found.weights[:12]:
        one = weight.range
        basis = "de la ligne" if one.basis == "own" else LABELS[one.basis]
        amounts = (french.euro(one.low), french.euro(one.amount), french.euro(one.high))
        table.add_row(safe(one.row.label), *amounts, basis, french.percent(weight.share))
    if table.row_count:
        out.print(table)
    out.print(
        f"{TOGETHER[found.choices.together]} ; {found.choices.draws} tirages, graine {found.choices.seed}."
    )
    for notice in found.notices:
        out.print(safe(notice))
