"""`filage cost`: what a salary costs and leaves, from gross, from a net wanted or from an employer's budget."""

from __future__ import annotations

import sys
from calendar import monthrange
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from filage.cli.cost_missing import missing_of
from filage.cli.shared import Json, file_json, print_json, read_day
from filage.kernel.errors import BadInput, Problem

if TYPE_CHECKING:
    from filage.payroll.inverse import Inverse
    from filage.payroll.slip import Slip

WAYS_IN = {"gross": "--gross", "from_net": "--from-net", "from_cost": "--from-cost"}
DFS_REFUSED = "DFS : pas encore calculée ; retirez --dfs pour un calcul sans abattement"
DEFAULTS = {"idcc": "1285", "headcount": "5", "paid_leave_fund": True}
OPTIONS = {"date": "--start", "paid_leave_fund": "--no-paid-leave-fund"}
"""Keys of a case that no option of the same name gives."""


def cost(  # noqa: PLR0917 - one parameter per option
    status: Annotated[
        str | None, typer.Option(help="artiste, technicien ou permanent.", metavar="STATUT")
    ] = None,
    gross: Annotated[str | None, typer.Option(help="Le brut du bulletin.", metavar="EUROS")] = None,
    from_net: Annotated[str | None, typer.Option(help="Le net avant impôt voulu.", metavar="EUROS")] = None,
    from_cost: Annotated[str | None, typer.Option(help="Le coût employeur voulu.", metavar="EUROS")] = None,
    cachets: Annotated[str | None, typer.Option(help="Cachets du bulletin.", metavar="N")] = None,
    hours: Annotated[str | None, typer.Option(help="Heures payées.", metavar="H")] = None,
    days: Annotated[
        str | None, typer.Option(help="Jours calendaires du contrat dans le mois.", metavar="J")
    ] = None,
    start: Annotated[
        date | None,
        typer.Option(help="Premier jour ; aujourd’hui par défaut.", parser=read_day, metavar="AAAA-MM-JJ"),
    ] = None,
    end: Annotated[
        date | None,
        typer.Option(help="Dernier jour : le droit de ce jour.", parser=read_day, metavar="AAAA-MM-JJ"),
    ] = None,
    cadre: Annotated[bool, typer.Option("--cadre", help="Cadre.")] = False,
    idcc: Annotated[str, typer.Option(help="Convention : 1285, 3090, 2642, 3097.", metavar="N")] = "1285",
    headcount: Annotated[str, typer.Option(help="Effectif de la structure.", metavar="N")] = "5",
    at_rate: Annotated[
        str | None, typer.Option(help="Taux AT notifié, en fraction : 0.016 pour 1,60 %.", metavar="TAUX")
    ] = None,
    association: Annotated[
        bool, typer.Option("--association", help="La structure est une association.")
    ] = False,
    dfs: Annotated[
        bool, typer.Option("--dfs", help="Déduction forfaitaire spécifique (pas encore calculée).")
    ] = False,
    versement_mobilite: Annotated[
        str | None, typer.Option(help="Taux de la commune, en fraction.", metavar="TAUX")
    ] = None,
    health: Annotated[
        str | None, typer.Option(help="Part de l’employeur dans la complémentaire santé.", metavar="EUROS")
    ] = None,
    no_paid_leave_fund: Annotated[
        bool, typer.Option("--no-paid-leave-fund", help="Sans caisse de congés (100/90 de la réduction).")
    ] = False,
    batch: Annotated[Path | None, typer.Option(help="Une liste de cas, en JSON.", metavar="FILE")] = None,
    json_: Json = False,
) -> None:
    """Calculer ce que coûte et laisse un salaire, cotisation par cotisation."""
    targets = {
        name: text
        for name, text in zip(WAYS_IN, (gross, from_net, from_cost), strict=True)
        if text is not None
    }
    case = {
        "status": status,
        "cadre": cadre,
        "cachets": cachets,
        "hours": hours,
        "days": days,
        "date": _law_day(start, end).isoformat(),
        "headcount": headcount,
        "idcc": idcc,
        "association": association,
        "at_rate": at_rate,
        "versement_mobilite": versement_mobilite,
        "health": health,
        **({"paid_leave_fund": False} if no_paid_leave_fund else {}),
    }
    case = {key: value for key, value in case.items() if value is not None}
    if batch is not None:
        _refuse_options(batch, {**case, **targets}, start or end, dfs=dfs)
        _cost_batch(batch)
        return
    found = _one(case, targets, start, end, dfs=dfs)
    if json_:
        print_json(cost_json(found))
    else:
        from filage.cli.cost_shown import show

        show(found)


def _refuse_options(batch: Path, typed: dict[str, Any], day: date | None, *, dfs: bool) -> None:
    """Refuse what a batch would not read: each of its cases says everything about itself."""
    unread = {key for key, value in typed.items() if key != "date" and value != DEFAULTS.get(key, False)}
    options = [WAYS_IN.get(key) or OPTIONS.get(key, f"--{key.replace('_', '-')}") for key in unread]
    options += (["--start, --end"] if day else []) + (["--dfs"] if dfs else [])
    if options:
        advice = f"retirez {', '.join(sorted(options))}"
        raise BadInput(
            Problem("--batch lit tous ses cas dans le fichier", file=str(batch), suggestion=advice)
        )


def _cost_batch(batch: Path) -> None:
    import gc

    from filage.law import load_law
    from filage.payroll.case import case_text

    cases = file_json(batch)
    if not isinstance(cases, list):
        raise BadInput(
            Problem("une liste de cas est attendue", file=str(batch), expected='[{"id": …, "status": …}, …]')
        )
    gc.disable()  # nothing here is circular; looking for circles among 300,000 lines would double the time
    law = load_law()
    write = sys.stdout.write  # typer.echo would look for colours in every character
    write("[")
    for rank, case in enumerate(cases):
        write(case_text(case, rank, law) if rank == 0 else f",\n{case_text(case, rank, law)}")
    write("]\n")


def _law_day(start: date | None, end: date | None) -> date:
    """The law is read on the last day worked of the slip (D6)."""
    from filage.cli.today import today

    return end or start or today()


def _one(
    case: dict[str, Any], targets: dict[str, str], start: date | None, end: date | None, *, dfs: bool
) -> Inverse:
    """Read the case, then compute it or search the gross; BadInput lists everything wrong, by option."""
    from filage.law import load_law
    from filage.payroll.case import read_case
    from filage.payroll.inverse import Inverse, lowest_gross
    from filage.payroll.slip import cost_slip, thresholds

    problems = [Problem(DFS_REFUSED, path="--dfs")] if dfs else []
    if len(targets) != 1:
        problems.append(Problem("un montant et un seul est attendu", expected=" ou ".join(WAYS_IN.values())))
    problems += _period_problems(start, end)
    way, amount = next(iter(targets.items()), ("gross", "1"))
    days = None if problems or "days" in case else _contract_days(start, end)
    try:
        terms, target, presence = read_case(
            {**case, "gross": amount, **({} if days is None else {"days": days})}
        )
    except BadInput as error:
        problems += [_by_option(problem, way) for problem in error.problems]
    if problems:
        raise BadInput(problems)

    law = load_law()

    def slip_of(gross_pay: Decimal) -> Slip:
        return cost_slip(terms, gross_pay, presence, law)

    match way:
        case "from_net":
            limits = thresholds(terms, presence, law)
            return lowest_gross(target, slip_of, lambda slip: slip.totals.net_before_tax, limits)
        case "from_cost":
            return lowest_gross(target, slip_of, lambda slip: slip.totals.employer_cost)
        case _:
            return Inverse(True, slip_of(target))


def _period_problems(start: date | None, end: date | None) -> list[Problem]:
    if start is None or end is None:
        return []
    if end < start:
        return [Problem(f"le {end} est avant le {start}", path="--end")]
    if (start.year, start.month) != (end.year, end.month):
        advice = "demandez chaque mois à part, ou écrivez l’engagement dans un dossier"
        return [
            Problem("un bulletin par mois : ce contrat en touche plusieurs", path="--end", suggestion=advice)
        ]
    return []


def _contract_days(start: date | None, end: date | None) -> int | None:
    """Calendar days from the first to the last; None for the full month, or when one of them is not given."""
    if start is None or end is None:
        return None
    days = (end - start).days + 1
    return None if days == monthrange(end.year, end.month)[1] else days


def _by_option(problem: Problem, way: str) -> Problem:
    key = problem.path
    option = WAYS_IN[way] if key == "gross" else OPTIONS.get(key, f"--{key.replace('_', '-')}")
    return Problem(problem.message, path=option, expected=problem.expected, suggestion=problem.suggestion)


def cost_json(found: Inverse) -> dict[str, Any]:
    """Return the published shape: that of a batch, with what is missing and what else answers."""
    from filage.payroll.case import slip_json

    slip = found.slip
    return {
        **slip_json(slip),
        "complete": slip.complete,
        "missing": missing_of(slip),
        "assumed": list(dict.fromkeys(step.rule for step in slip.assumed)),
        "exact": found.exact,
        "neighbours": [
            {name: f"{amount:.2f}" for name, amount in neighbour.totals._asdict().items()}
            for neighbour in found.neighbours
        ],
        "others": [f"{other:.2f}" for other in found.others],
    }
