"""`filage law`: what the law data holds, where it comes from, what is out of date."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from filage.cli.shared import print_json, read_day
from filage.cli.today import today
from filage.kernel import french
from filage.kernel.errors import BadInput, Problem
from filage.law import (
    Moved,
    Parameter,
    Standing,
    Value,
    check_law,
    load_law,
    moved_between,
    same_day,
    standing,
)

if TYPE_CHECKING:
    from decimal import Decimal

app = typer.Typer(help="Les valeurs légales : sources, dates, confiance.", no_args_is_help=True)

CONFIDENCE = {"confirmed": "texte lu", "one_source": "source secondaire", "uncertain": "à vérifier"}
STATUS = {
    "known": "en vigueur",
    "assumed": "supposée, refusée pour un contrat ou une paie",
    "to_ask": "propre à chaque structure",
    "repealed": "plus en vigueur",
    "not_covered": "inconnue à cette date",
}
REVISED = {
    "yearly-01-01": "chaque 1er janvier",
    "yearly-04-01": "chaque 1er avril",
    "on_text": "quand un texte la change",
    "never": "jamais",
}
BAD_DATA = 3


On = Annotated[
    date | None,
    typer.Option("--on", parser=read_day, metavar="AAAA-MM-JJ", help="Le jour ; aujourd’hui par défaut."),
]
Json = Annotated[bool, typer.Option("--json", help="Écrire du JSON.")]
Area = Annotated[str, typer.Option(help="Le domaine, début des identifiants (paie, tva…).")]


@app.command("list")
def list_parameters(area: Area = "", on: On = None, json_: Json = False) -> None:
    """Lister les paramètres et leur valeur du jour."""
    day, law = on or today(), load_law()
    parameters = [p for p in law.parameters() if not area or p.id.startswith(f"{area}.")]
    if not parameters:
        areas = ", ".join(sorted({parameter.split(".")[0] for parameter in law}))
        raise BadInput(Problem(f"domaine inconnu « {area} »", suggestion=f"domaines : {areas}"))
    rows = [_summary(parameter, day) for parameter in parameters]
    if json_:
        print_json(
            {
                "on": day.isoformat(),
                "checked_on_oldest": law.checked_on_oldest.isoformat(),
                "parameters": rows,
            }
        )
        return
    width = max(len(parameter.id) for parameter in parameters)
    for parameter in parameters:
        value, mark = _shown_on(parameter, day), _mark(parameter, day)
        typer.echo(f"{parameter.id:<{width}}  {value:>14}  {parameter.label}{mark}")


@app.command()
def show(
    parameter_id: Annotated[str, typer.Argument(metavar="ID", help="L’identifiant, par exemple paie.pmss.")],
    on: On = None,
    json_: Json = False,
) -> None:
    """Montrer un paramètre : sa valeur du jour, toutes les autres, leurs sources, leur terme."""
    day = on or today()
    parameter = load_law()[parameter_id]
    if json_:
        print_json({**_summary(parameter, day), **_details(parameter)})
        return
    for line in _sheet(parameter, day):
        typer.echo(line)


From = Annotated[
    date | None,
    typer.Option(
        "--from",
        parser=read_day,
        metavar="AAAA-MM-JJ",
        help="Le premier jour ; un an avant l’autre par défaut.",
    ),
]
To = Annotated[
    date | None,
    typer.Option(
        "--to", parser=read_day, metavar="AAAA-MM-JJ", help="Le second jour ; aujourd’hui par défaut."
    ),
]


@app.command()
def diff(from_: From = None, to: To = None, json_: Json = False) -> None:
    """Comparer deux jours : les paramètres qui ne disent plus la même chose."""
    after = to or today()
    before = from_ or same_day(after, after.year - 1)
    moved = moved_between(load_law(), before, after)
    if json_:
        print_json(
            {
                "from": before.isoformat(),
                "to": after.isoformat(),
                "parameters": [_moved_json(one) for one in moved],
            }
        )
        return
    between = f"entre le {french.day(before)} et le {french.day(after)}"
    typer.echo(f"{between}, paramètres qui changent : {len(moved)}")
    width = max((len(one.parameter.id) for one in moved), default=0)
    for one in moved:
        values = f"{_shown_as(one.before):>14} → {_shown_as(one.after):<14}"
        typer.echo(f"{one.parameter.id:<{width}}  {values}  {one.parameter.label}")


@app.command()
def check(on: On = None, json_: Json = False) -> None:
    """Vérifier les données : erreurs, valeurs périmées, valeurs à saisir, valeurs à vérifier."""
    state = check_law(load_law(), on or today())
    if json_:
        print_json(
            {
                "on": state.on.isoformat(),
                "parameters": state.parameters,
                "checked_on_oldest": _iso(state.checked_on_oldest),
                "problems": [problem.as_json() for problem in state.problems],
                "stale": [{"id": p.id, "known_until": _iso(p.known_until)} for p in state.stale],
                "to_ask": [parameter.id for parameter in state.to_ask],
                "uncertain": [parameter.id for parameter in state.uncertain],
            }
        )
    else:
        oldest = (
            f", la plus ancienne vérifiée le {state.checked_on_oldest}" if state.checked_on_oldest else ""
        )
        typer.echo(f"{state.parameters} paramètres au {french.day(state.on)}{oldest}")
        _section("erreurs de données", [str(problem) for problem in state.problems])
        _section("périmés, à revoir", [f"{p.id}, connu jusqu’au {french.day(_end(p))}" for p in state.stale])
        _section("à saisir par la structure", [f"{p.id} : {p.label}" for p in state.to_ask])
        _section("à vérifier", [f"{p.id} : {p.label}" for p in state.uncertain])
    if state.problems:
        raise typer.Exit(BAD_DATA)


def _summary(parameter: Parameter, day: date) -> dict[str, Any]:
    found = standing(parameter, day)
    status, step, value = found.status, found.step, found.dated
    return {
        "id": parameter.id,
        "label": parameter.label,
        "unit": parameter.unit,
        "on": day.isoformat(),
        "status": status,
        "value": f"{step.value:f}" if step else None,
        "assumption": step.rule if step and status == "assumed" else "",
        "confidence": step.confidence if step else None,
        "warning": value.warning if value else "",
        "known_until": _iso(parameter.known_until),
        "checked_on": parameter.checked_on.isoformat(),
        "revised": parameter.revised,
    }


def _moved_json(moved: Moved) -> dict[str, Any]:
    parameter, change = moved.parameter, moved.change
    return {
        "id": parameter.id,
        "label": parameter.label,
        "unit": parameter.unit,
        "before": _side_json(moved.before),
        "after": _side_json(moved.after),
        "change": None if change is None else f"{change:f}",
    }


def _side_json(side: Standing) -> dict[str, Any]:
    source = side.source
    return {
        "status": side.status,
        "value": None if side.value is None else f"{side.value:f}",
        "confidence": side.step.confidence if side.step else None,
        "source": source.title if source else None,
        "url": source.url if source else None,
    }


def _details(parameter: Parameter) -> dict[str, Any]:
    return {
        "part": parameter.part,
        "base": parameter.base,
        "applies_to": list(parameter.applies_to),
        "note": parameter.note,
        "values": [_value_json(value) for value in parameter.values],
    }


def _value_json(value: Value) -> dict[str, Any]:
    return {
        "from": value.starts_on.isoformat(),
        "to": _iso(value.ends_on),
        "value": None if value.value is None else f"{value.value:f}",
        "source": value.source.title,
        "url": value.source.url,
        "confidence": value.source.confidence,
        "checked_on": _iso(value.source.checked_on),
        "warning": value.warning,
    }


def _sheet(parameter: Parameter, day: date) -> list[str]:
    """Return the lines of `law show`."""
    found = standing(parameter, day)
    status, step = found.status, found.step
    doubt = f", {CONFIDENCE[step.confidence]}" if step and step.confidence == "uncertain" else ""
    end = parameter.known_until
    lines = [
        f"{parameter.label} ({parameter.id})",
        f"  au {french.day(day)} : {_shown_on(parameter, day)} ({STATUS[status]}{doubt})",
        f"  connu jusqu’au {french.day(end)}" if end else "  connu sans terme fixé",
        f"  révisé {REVISED[parameter.revised]} ; vérifié le {french.day(parameter.checked_on)}",
    ]
    if step and status == "assumed":
        lines.insert(2, f"  {step.rule}")
    described = {
        "part": parameter.part,
        "assiette": parameter.base,
        "concerne": ", ".join(parameter.applies_to),
    }
    lines += [f"  {name} : {text}" for name, text in described.items() if text]
    lines += [f"  {parameter.note}"] if parameter.note else []
    for value in parameter.values:
        lines += _value_lines(parameter, value)
    return lines


def _value_lines(parameter: Parameter, value: Value) -> list[str]:
    period = (
        f"du {french.day(value.starts_on)} au {french.day(value.ends_on)}"
        if value.ends_on
        else f"depuis le {french.day(value.starts_on)}"
    )
    lines = [
        "",
        f"  {_shown(value.value, parameter.unit)}  {period}",
        f"    {value.source.title} ({CONFIDENCE[value.source.confidence]})",
    ]
    lines += [f"    {value.source.url}"] if value.source.url else []
    lines += [f"    attention : {value.warning}"] if value.warning not in ("", parameter.note) else []
    lines += [f"    calcul : {value.own_formula}"] if value.own_formula else []
    return lines


def _shown_on(parameter: Parameter, day: date) -> str:
    return _shown_as(standing(parameter, day))


def _shown_as(found: Standing) -> str:
    if found.value is not None:
        return _shown(found.value, found.parameter.unit)
    return {"to_ask": "à saisir", "repealed": "supprimé"}.get(found.status, "inconnu")


def _shown(value: Decimal | None, unit: str) -> str:
    if value is None:
        return "à saisir"
    if unit == "flag":
        return "oui" if value else "non"
    return french.number(value) if unit in ("ratio", "count") else french.quantity(value, unit)


def _mark(parameter: Parameter, day: date) -> str:
    found = standing(parameter, day)
    status, step = found.status, found.step
    if status == "assumed":
        return "  [supposé]"
    return "  [à vérifier]" if step and step.confidence == "uncertain" else ""


def _end(parameter: Parameter) -> date:
    return parameter.known_until or date.max


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _section(title: str, lines: list[str]) -> None:
    typer.echo(f"{title} : {len(lines)}")
    for line in lines:
        typer.echo(f"  {line}")
