"""`filage cost`: what a salary costs and leaves, from gross, from a net wanted or from an employer's budget."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from filage.cli.cost_missing import missing_of
from filage.cli.shared import Json, file_json, print_json, read_day
from filage.kernel.errors import BadInput, Problem
from filage.kernel.money import ONE

if TYPE_CHECKING:
    from filage.payroll.contract import ContractCost, ContractMonth
    from filage.payroll.inverse import Inverse
    from filage.payroll.terms import Terms

WAYS_IN = {"gross": "--gross", "from_net": "--from-net", "from_cost": "--from-cost"}
DEFAULTS = {"idcc": "1285", "headcount": "5", "paid_leave_fund": True, "short_contract": True}
OPTIONS = {
    "date": "--start", "paid_leave_fund": "--no-paid-leave-fund", "short_contract": "--no-short-contract-surcharge",
}  # fmt: skip
"""Keys of a case that no option of the same name gives."""
LONGEST_YEARS = 3


def cost(  # noqa: PLR0917 - one parameter per option
    status: Annotated[
        str | None,
        typer.Option(
            help="artiste, technicien, permanent, figurant, realisateur, stagiaire ou apprenti.",
            metavar="STATUT",
        ),
    ] = None,
    gross: Annotated[
        str | None,
        typer.Option(
            help="Le brut du bulletin, ou du contrat entier s’il touche plusieurs mois.", metavar="EUROS"
        ),
    ] = None,
    from_net: Annotated[str | None, typer.Option(help="Le net avant impôt voulu.", metavar="EUROS")] = None,
    from_cost: Annotated[str | None, typer.Option(help="Le coût employeur voulu.", metavar="EUROS")] = None,
    cachets: Annotated[
        str | None, typer.Option(help="Cachets du bulletin ou du contrat.", metavar="N")
    ] = None,
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
        typer.Option(
            help="Dernier jour : chaque mois a son bulletin, au droit de son dernier jour.",
            parser=read_day,
            metavar="AAAA-MM-JJ",
        ),
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
        bool, typer.Option("--dfs", help="Déduction forfaitaire spécifique, avec l’accord du salarié.")
    ] = False,
    job_group: Annotated[
        str | None,
        typer.Option(
            help="L’emploi, pour le taux de DFS : dramatic, lyric, dancer, interpreter, musician, technician.",
            metavar="EMPLOI",
        ),
    ] = None,
    versement_mobilite: Annotated[
        str | None, typer.Option(help="Taux de la commune, en fraction, dû dès 11 salariés.", metavar="TAUX")
    ] = None,
    health: Annotated[
        str | None, typer.Option(help="Part de l’employeur dans la complémentaire santé.", metavar="EUROS")
    ] = None,
    prevoyance: Annotated[
        str | None,
        typer.Option(
            help="Taux de l’employeur dans la prévoyance d’un permanent, en fraction.", metavar="TAUX"
        ),
    ] = None,
    weekly_hours: Annotated[
        str | None, typer.Option(help="Heures par semaine d’un temps partiel.", metavar="H")
    ] = None,
    contract_type: Annotated[
        str | None, typer.Option(help="cddu, cdd ou cdi ; l’usage du statut par défaut.", metavar="TYPE")
    ] = None,
    salary_tax_share: Annotated[
        str | None,
        typer.Option(help="Part soumise à la taxe sur les salaires : 1 hors TVA.", metavar="PART"),
    ] = None,
    no_short_contract_surcharge: Annotated[
        bool, typer.Option("--no-short-contract-surcharge", help="Sans la majoration chômage des CDDU.")
    ] = False,
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
        "prevoyance": prevoyance,
        "dfs": dfs or None,
        "job_group": job_group,
        "weekly_hours": weekly_hours,
        "contract_type": contract_type,
        "salary_tax_share": salary_tax_share,
        **({"short_contract": False} if no_short_contract_surcharge else {}),
        **({"paid_leave_fund": False} if no_paid_leave_fund else {}),
    }
    case = {key: value for key, value in case.items() if value is not None}
    if batch is not None:
        _refuse_options(batch, {**case, **targets}, start or end)
        _cost_batch(batch)
        return
    found = _one(case, targets, start, end)
    if json_:
        print_json(cost_json(found))
    else:
        from filage.cli.cost_shown import show

        show(found)


def _refuse_options(batch: Path, typed: dict[str, Any], day: date | None) -> None:
    """Refuse what a batch would not read: each of its cases says everything about itself."""
    unread = {key for key, value in typed.items() if key != "date" and value != DEFAULTS.get(key, False)}
    options = [WAYS_IN.get(key) or OPTIONS.get(key, f"--{key.replace('_', '-')}") for key in unread]
    options += ["--start, --end"] if day else []
    if options:
        advice = f"retirez {', '.join(sorted(options))}"
        raise BadInput(
            Problem("--batch lit tous ses cas dans le fichier", file=str(batch), suggestion=advice)
        )


def _cost_batch(batch: Path) -> None:
    from filage.kernel.memory import collector_paused
    from filage.law import load_law
    from filage.payroll.case import case_text

    cases = file_json(batch)
    if not isinstance(cases, list):
        raise BadInput(
            Problem("une liste de cas est attendue", file=str(batch), expected='[{"id": …, "status": …}, …]')
        )
    law = load_law()
    write = sys.stdout.write  # typer.echo would look for colours in every character
    with collector_paused():
        for rank, case in enumerate(cases):
            write(",\n" if rank else "[")
            write(case_text(case, rank, law))
        write("]\n" if cases else "[]\n")


def _law_day(start: date | None, end: date | None) -> date:
    """The law is read on the last day worked of the slip (D6)."""
    from filage.cli.today import today

    return end or start or today()


def _one(
    case: dict[str, Any], targets: dict[str, str], start: date | None, end: date | None
) -> Inverse[ContractCost]:
    """Read the case, then compute it or search the gross; BadInput lists everything wrong, by option."""
    from filage.law import load_law
    from filage.payroll.contract import contract_thresholds, cost_contract
    from filage.payroll.inverse import Inverse, lowest_gross

    problems = []
    if len(targets) != 1:
        problems.append(Problem("un montant et un seul est attendu", expected=" ou ".join(WAYS_IN.values())))
    problems += _period_problems(start, end, typed_days="days" in case)
    way, amount = next(iter(targets.items()), ("gross", "1"))
    terms, target, months = _read({**case, "gross": amount}, way, start, end, problems)
    law = load_law()

    def of(gross_pay: Decimal) -> ContractCost:
        return cost_contract(terms, gross_pay, months, law)

    match way:
        case "from_net":
            limits = contract_thresholds(terms, months, law)
            return lowest_gross(target, of, lambda found: found.totals.net_before_tax, limits)
        case "from_cost":
            return lowest_gross(target, of, lambda found: found.totals.employer_cost)
        case _:
            return Inverse(True, of(target))


def _read(
    case: dict[str, Any], way: str, start: date | None, end: date | None, problems: list[Problem]
) -> tuple[Terms, Decimal, tuple[ContractMonth, ...]]:
    """The terms, the amount and the months of the contract; BadInput lists these problems and those of the case."""
    from filage.payroll.case import MORE_KEYS, read_case
    from filage.payroll.contract import ContractMonth, months_of
    from filage.payroll.terms import SHORT_CONTRACT_DAYS

    try:
        terms, target, presence = read_case(case, MORE_KEYS)
    except BadInput as error:
        raise BadInput([*problems, *(_by_option(problem, way) for problem in error.problems)]) from None
    if problems:
        raise BadInput(problems)
    if start is None or end is None or "days" in case:
        return terms, target, (ContractMonth(terms.day, presence, ONE),)
    lasts = (end - start).days + 1
    terms = replace(terms, short_contract=terms.short_contract and lasts <= SHORT_CONTRACT_DAYS)
    return terms, target, months_of(start, end, presence, terms.status)


def _period_problems(start: date | None, end: date | None, *, typed_days: bool) -> list[Problem]:
    if start is None or end is None:
        return []
    if end < start:
        return [Problem(f"le {end} est avant le {start}", path="--end")]
    if end.year - start.year > LONGEST_YEARS:
        return [Problem(f"ce contrat dure plus de {LONGEST_YEARS} ans", path="--end")]
    if typed_days and (start.year, start.month) != (end.year, end.month):
        advice = "retirez --days : les dates disent les jours de chaque mois"
        return [Problem("ce contrat touche plusieurs mois", path="--days", suggestion=advice)]
    return []


def _by_option(problem: Problem, way: str) -> Problem:
    key = problem.path
    option = WAYS_IN[way] if key == "gross" else OPTIONS.get(key, f"--{key.replace('_', '-')}")
    return Problem(problem.message, path=option, expected=problem.expected, suggestion=problem.suggestion)


def cost_json(found: Inverse[ContractCost]) -> dict[str, Any]:
    """Return the published shape: that of a batch, with what is missing and what else answers; a slip a month."""
    from filage.payroll.case import slip_json
    from filage.payroll.slip import line_json

    cost = found.slip
    slips = [{"date": slip.terms.day.isoformat(), **slip_json(slip)} for slip in cost.slips]
    return {
        **_totals_json(cost),
        "lines": [line_json(line, inline_source=True) for line in cost.lines],
        **({"slips": slips} if len(slips) > 1 else {}),
        "complete": cost.complete,
        "missing": missing_of(cost.missing),
        "assumed": list(dict.fromkeys(step.rule for step in cost.assumed)),
        "exact": found.exact,
        "neighbours": [_totals_json(neighbour) for neighbour in found.neighbours],
        "others": [f"{other:.2f}" for other in found.others],
    }


def _totals_json(cost: ContractCost) -> dict[str, str]:
    return {name: f"{amount:.2f}" for name, amount in cost.totals._asdict().items()}
