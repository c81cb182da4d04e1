"""`filage minimum`: the minimum wage of a job on a day, its text, and what would change it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

import typer

from filage.cli.law import CONFIDENCE
from filage.cli.shared import Json, print_json, read_day
from filage.cli.today import today
from filage.facts.scalars import canonical_decimal, plain_decimal
from filage.kernel import french
from filage.kernel.errors import BadInput, Problem
from filage.law import load_law
from filage.payroll.minimum import Minimum, Wanted, jobs_near, minimum_for
from filage.payroll.minimum_grid import load_grids
from filage.payroll.minimum_rule import CONDITIONS, UNIT_WORDS

if TYPE_CHECKING:
    from filage.payroll.minimum_grid import Convention

UNITS = ("cachet", "service", "hour", "day", "week", "month")
_FEW = 6


def _count(written: str) -> Decimal:
    number = plain_decimal(written)
    if number is None or number < 0:
        message = f"« {written} » n’est pas un nombre positif, avec un point : 39 ou 7.5"
        raise typer.BadParameter(message)
    return number


def minimum(  # noqa: PLR0917 - the options of the command
    idcc: Annotated[str, typer.Option(metavar="N", help="La convention : 1285, 3090, 2642, 3097…")],
    job: Annotated[str, typer.Option(metavar="TEXTE", help="L’emploi, comme la grille le nomme.")],
    unit: Annotated[str, typer.Option(metavar="UNITÉ", help=f"{', '.join(UNITS)} ; toutes par défaut.")] = "",
    dates: Annotated[
        Decimal | None, typer.Option(parser=_count, metavar="N", help="Les dates ou cachets du mois.")
    ] = None,
    days: Annotated[
        Decimal | None, typer.Option(parser=_count, metavar="N", help="Les jours du contrat.")
    ] = None,
    hours: Annotated[
        Decimal | None, typer.Option(parser=_count, metavar="H", help="Les heures d’une unité.")
    ] = None,
    contract: Annotated[
        str, typer.Option(metavar="TYPE", help="cddu, cdd ou cdi ; cddu par défaut.")
    ] = "cddu",
    experience: Annotated[
        Decimal | None, typer.Option(parser=_count, metavar="ANNÉES", help="L’ancienneté.")
    ] = None,
    seats: Annotated[
        Decimal | None, typer.Option(parser=_count, metavar="N", help="Les places de la salle.")
    ] = None,
    annex: Annotated[str | None, typer.Option(metavar="N", help="L’annexe de la convention.")] = None,
    member: Annotated[
        bool, typer.Option("--member", help="L’employeur adhère à un syndicat signataire.")
    ] = False,
    on: Annotated[
        date | None,
        typer.Option(parser=read_day, metavar="AAAA-MM-JJ", help="Le jour ; aujourd’hui par défaut."),
    ] = None,
    json_: Json = False,
) -> None:
    """Donner le minimum conventionnel d’un emploi : montant, texte, fiabilité."""
    day = on or today()
    _refuse(idcc, unit, contract)
    convention = load_grids()[idcc]
    keys = convention.keys(job)
    if not keys:
        raise BadInput(_unknown_job(idcc, job, convention))
    jobs = [one for one in convention.jobs if convention.keys(one.name)[0] in keys]
    names = tuple(one.name for one in jobs)
    artistic = all(one.artistic for one in jobs)
    found = []
    for wanted_unit in (unit,) if unit else UNITS:
        want = Wanted(
            idcc=idcc,
            job=job,
            unit=wanted_unit,
            status="artiste" if artistic else "technicien",
            dates=dates,
            days=None if days is None else int(days),
            contract_type=contract,
            hours=hours,
            experience_years=experience,
            annex=annex,
            seats=None if seats is None else int(seats),
            union_member=member,
        )
        known = minimum_for(want, day, load_law(), load_grids())
        if known is not None and (known.row is not None or unit):
            found.append(known)
    if json_:
        print_json(
            {
                "idcc": idcc,
                "job": job,
                "names": list(names),
                "on": day.isoformat(),
                "member": member,
                "minimums": [_json(one) for one in found],
            }
        )
        return
    typer.echo(f"{', '.join(names)} · IDCC {idcc} · {french.day(day)}")
    if not found:
        typer.echo("Aucun minimum dans ces conditions ; les conditions d’une grille : " + _conditions())
    for one in found:
        for line in _shown(one):
            typer.echo(line)


def _refuse(idcc: str, unit: str, contract: str) -> None:
    problems = []
    if unit and unit not in UNITS:
        problems.append(Problem(f"unité inconnue « {unit} »", path="--unit", expected=", ".join(UNITS)))
    if contract not in ("cddu", "cdd", "cdi"):
        problems.append(
            Problem(f"contrat inconnu « {contract} »", path="--contract", expected="cddu, cdd ou cdi")
        )
    if not load_grids()[idcc].grids:
        known = ", ".join(load_grids())
        problems.append(
            Problem(
                f"aucune grille connue pour l’IDCC « {idcc} »", path="--idcc", expected=f"une de : {known}"
            )
        )
    if problems:
        raise BadInput(problems)


def _unknown_job(idcc: str, job: str, convention: Convention) -> Problem:
    near = jobs_near(job, convention)[:_FEW]
    named = " ; ".join(f"« {name} »" for name in near)
    advice = f"emplois proches : {named}" if near else "aucun emploi proche"
    return Problem(
        f"la grille IDCC {idcc} ne connaît pas l’emploi « {job} »", path="--job", suggestion=advice
    )


def _conditions() -> str:
    return ", ".join(name for name, _ in CONDITIONS)


def _shown(one: Minimum) -> list[str]:
    most = f" à {french.euro(one.highest.value)}" if one.highest else ""
    open_ones = f" selon {', '.join(one.undecided)}" if one.highest else ""
    amount = f"{french.euro(one.amount.value)}{most}{open_ones}"
    lines = [f"  par {UNIT_WORDS[one.unit]} : {amount} ({CONFIDENCE[one.confidence]})"]
    if one.by_smic:
        grid = f", la grille donne {french.euro(one.grid_amount.value)}" if one.grid_amount else ""
        lines.append(f"      Smic × heures{grid}")
    elif one.amount.how == "same":
        lines.append(f"      {one.amount.label}")
    if one.source is not None:
        checked = f", montant vu le {french.day(one.source.checked_on)}" if one.source.checked_on else ""
        lines.append(f"      {one.source.title}{checked}")
    lines += [f"      à savoir : {note}" for note in one.notes]
    for newer in one.newer:
        amount = f" : {french.euro(newer.amount)}" if newer.amount is not None else ""
        lines.append(f"      plus récent : {newer.title}{amount}")
    return lines


def _json(one: Minimum) -> dict[str, Any]:
    return {
        "unit": one.unit,
        "amount": f"{one.amount.value:.2f}",
        "highest": f"{one.highest.value:.2f}" if one.highest else None,
        "undecided": list(one.undecided),
        "grid_amount": f"{one.grid_amount.value:.2f}" if one.grid_amount else None,
        "smic": f"{one.floor.value:.2f}" if one.floor else None,
        "hours": canonical_decimal(one.row.hours) if one.row and one.row.hours is not None else None,
        "row": one.row.id if one.row else None,
        "job": one.row.name if one.row else None,
        "explanation": one.amount.label,
        "confidence": one.confidence,
        "superseded": one.superseded,
        "source": _source(one),
        "notes": list(one.notes),
        "newer": [
            {
                "title": newer.title,
                "url": newer.url,
                "from": newer.starts_on.isoformat() if newer.starts_on else None,
                "amount": f"{newer.amount:.2f}" if newer.amount is not None else None,
            }
            for newer in one.newer
        ],
    }


def _source(one: Minimum) -> dict[str, Any] | None:
    source = one.source
    if source is None:
        return None
    return {
        "title": source.title,
        "url": source.url,
        "checked_on": source.checked_on.isoformat() if source.checked_on else None,
        "warning": source.warning,
    }
