"""`filage budget`: the budget in the presentation a reader asks for, printed, in a workbook, in PDF, beside others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from filage.cli.shared import DossierFile, Json, On, Scenario, print_json, reviewed
from filage.kernel.errors import BadInput, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from filage.budget.views import BudgetView
    from filage.review import Outcome

MOST_OTHERS = 3


def budget(  # noqa: PLR0917 - the options of a command
    file: DossierFile,
    view: Annotated[
        str | None,
        typer.Option(
            metavar="ID", help="La présentation ; absente : la plus courante du genre de production."
        ),
    ] = None,
    views: Annotated[bool, typer.Option("--views", help="Lister les présentations.")] = False,
    detail: Annotated[bool, typer.Option("--detail", help="Montrer chaque ligne.")] = False,
    top: Annotated[
        bool, typer.Option("--top", help="Une page : intitulés, totaux, ce qui reste à trouver.")
    ] = False,
    compare: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Un autre dossier à mettre à côté ; jusqu’à trois fois."),
    ] = None,
    xlsx: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Écrire le classeur, formules vives.")
    ] = None,
    pdf: Annotated[Path | None, typer.Option(metavar="FILE", help="Écrire le PDF.")] = None,
    scenario: Scenario = None,
    on: On = None,
    json_: Json = False,
) -> None:
    """Présenter le budget : production et exploitation, plan comptable, CERFA, devis… et le comparer à d’autres."""
    from dataclasses import replace

    from filage.budget.views import view_named

    chosen = view_named(view) if view else None  # a wrong name is said before anything is read
    others = compare or []
    if len(others) > MOST_OTHERS:
        raise BadInput(
            Problem(f"on compare quatre budgets au plus ; il y en a {len(others) + 1}", path="--compare")
        )
    outcome = reviewed(file, on, scenario)
    outcome = replace(outcome, dossier=outcome.dossier.without_private())
    if views:
        _list(outcome, as_json=json_)
        return
    chosen = chosen or _usual(outcome)
    if others:
        named = [(_name(outcome, scenario), outcome)]
        named += [(_name(other, None), other) for other in (reviewed(path, on) for path in others)]
        _compare(_distinct(named), chosen, xlsx, pdf, as_json=json_, detail=detail)
        return
    _present(
        outcome, chosen, xlsx, pdf, state=_state(outcome, scenario), as_json=json_, detail=detail, top=top
    )


def _usual(outcome: Outcome) -> BudgetView:
    """The presentation made for the kind of production, else the first."""
    from filage.budget.views import usual_views

    usual = usual_views(outcome.dossier.production.form)
    return next((view for view in usual if view.forms), usual[0])


def _state(outcome: Outcome, scenario: str | None) -> str:
    fact = outcome.dossier.get(f"scenario/{scenario}") if scenario else None
    return f"scénario « {fact.name()} »" if fact else ""


def _name(outcome: Outcome, scenario: str | None) -> str:
    state = _state(outcome, scenario)
    return f"{outcome.dossier.production.label}, {state}" if state else outcome.dossier.production.label


def _distinct(named: Sequence[tuple[str, Outcome]]) -> list[tuple[str, Outcome]]:
    """The names, numbered when two are the same."""
    names = [name for name, _ in named]
    return [
        (name if names.count(name) == 1 else f"{name} ({number})", outcome)
        for number, (name, outcome) in enumerate(named, start=1)
    ]


def _present(
    outcome: Outcome, view: BudgetView, xlsx: Path | None, pdf: Path | None, *, state: str, as_json: bool,
    detail: bool, top: bool,
) -> None:  # fmt: skip
    from filage import __version__
    from filage.budget.views.paper import paper_of
    from filage.review.view_book import laid_out, view_workbook

    laid = laid_out(outcome, view)
    if xlsx:
        from filage.documents.xlsx import xlsx_bytes

        _write(xlsx, xlsx_bytes(view_workbook(outcome, view), __version__))
    if pdf:
        from filage.documents.budget_view import top_sheet_pdf, view_pdf

        paper = paper_of(outcome.dossier, outcome.on, state)
        made = (
            top_sheet_pdf(laid, paper, __version__)
            if top
            else view_pdf(laid, paper, __version__, detail=detail or None)
        )
        _write(pdf, made)
    if as_json:
        from filage.budget.views.shape import laid_out_json

        print_json(
            {"production": outcome.dossier.production.id, "on": outcome.on.isoformat(), **laid_out_json(laid)}
        )
    elif not (xlsx or pdf):
        from filage.cli.budget_shown import show

        show(outcome, laid, detail=detail, top=top)


def _compare(
    named: Sequence[tuple[str, Outcome]], view: BudgetView, xlsx: Path | None, pdf: Path | None, *, as_json: bool,
    detail: bool,
) -> None:  # fmt: skip
    from filage import __version__
    from filage.budget.views.paper import paper_of
    from filage.budget.views.side_by_side import side_by_side
    from filage.review.view_book import compared_workbook, laid_out

    first = named[0][1]
    found = side_by_side([(name, laid_out(outcome, view)) for name, outcome in named])
    paper = paper_of(first.dossier, first.on)
    if xlsx:
        from filage.documents.xlsx import xlsx_bytes

        _write(xlsx, xlsx_bytes(compared_workbook(found, paper), __version__))
    if pdf:
        from filage.documents.budget_view import compared_pdf

        _write(pdf, compared_pdf(found, paper, __version__, detail=detail))
    if as_json:
        from filage.budget.views.shape import side_by_side_json

        print_json({"on": first.on.isoformat(), **side_by_side_json(found)})
    elif not (xlsx or pdf):
        from filage.cli.budget_shown import show_compared

        show_compared(found, detail=detail)


def _write(path: Path, content: bytes) -> None:
    """Write beside, then move into place: a full disk leaves the old file."""
    beside = path.with_name(f".{path.name}.filage")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise BadInput(Problem(f"impossible d’y écrire ({error.strerror})", path=str(path))) from error


def _list(outcome: Outcome, *, as_json: bool) -> None:
    from filage.budget.views import views
    from filage.budget.views.shape import view_json

    form = outcome.dossier.production.form
    if as_json:
        print_json({"views": [view_json(view) for view in views()]})
        return
    for view in views():
        usual = "  (d’usage ici)" if view.serves(form) else ""
        typer.echo(f"{view.id:<16} {view.label}{usual}")
