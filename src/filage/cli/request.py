"""`filage request`: the request to a funder, or the report that answers it, in one PDF or as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from filage.cli.shared import (
    STANDARD_INPUT,
    DossierFile,
    Json,
    On,
    Scenario,
    console,
    print_json,
    reviewed,
    safe,
)
from filage.kernel.errors import BadInput, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from filage.documents.merge_pdf import Assembled, Piece
    from filage.facts.dossier import Dossier
    from filage.facts.funding import Funding, Request


def request(  # noqa: PLR0917 - the options of a command
    file: DossierFile,
    funding: Annotated[
        str | None, typer.Option(metavar="ID", help="Le financement demandé ; inutile s’il n’y en a qu’un.")
    ] = None,
    report: Annotated[
        bool, typer.Option("--report", help="Le compte rendu financier, au lieu de la demande.")
    ] = False,
    request_id: Annotated[
        str | None,
        typer.Option(
            "--request", metavar="ID", help="Le dossier de demande dont prendre les textes et les fichiers."
        ),
    ] = None,
    files: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Où lire les pièces jointes ; à côté du dossier par défaut."),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help="Le PDF à écrire.")] = None,
    scenario: Scenario = None,
    on: On = None,
    json_: Json = False,
) -> None:
    """Monter la demande à un financeur, ou le compte rendu financier, en un PDF ; ce qui manque est listé d’un coup."""
    from filage.funding.request_headings import APPLICATION, REPORT

    outcome = reviewed(file, on, scenario)
    purpose = REPORT if report else APPLICATION
    dossier = outcome.dossier
    chosen = _request(dossier, request_id, purpose)
    source = _funding(dossier, funding or (chosen.funding if chosen else None))
    chosen = chosen or _request_for(dossier, source, purpose)
    content = _content(outcome, purpose, source, chosen)
    joined = _pieces(content["files"], files, file)
    made = _made(content, joined, purpose) if out or json_ else None
    if out and made:
        _write(made.data, out)
    warnings = [*content["lacks"], *_apart(joined)]
    if json_ and made:
        print_json(_json(content, made, warnings, out))
        return
    _show(content, warnings, out, made)


def _content(outcome: Any, purpose: str, funding: Funding, chosen: Request | None) -> dict[str, Any]:
    from filage.funding.request_headings import REPORT
    from filage.funding.request_json import to_json

    if purpose == REPORT:
        from filage.reporting.financial_report import report_file

        made: Any = report_file(outcome, outcome.on, funding, chosen)
    else:
        from filage.funding.request import request_file

        made = request_file(
            outcome.dossier, budget=outcome.budget, costs=outcome.costs, plan=outcome.plan, on=outcome.on,
            funding=funding, request=chosen,
        )  # fmt: skip
    content: dict[str, Any] = to_json(made)
    return content


def _request(dossier: Dossier, ident: str | None, purpose: str) -> Request | None:
    """The request named; BadInput when there is none of that id, or when it is of the other kind."""
    from filage.facts.base import label_of
    from filage.facts.funding import Request
    from filage.kernel.text import closest

    if ident is None:
        return None
    known = {one.id: one for one in dossier.all(Request)}
    found = known.get(ident.removeprefix("request/"))
    if found is None:
        near = closest(ident, known)
        advice = f"vouliez-vous {near} ?" if near else "retirez --request"
        raise BadInput(Problem(f"le dossier n’a pas de demande « {ident} »", suggestion=advice))
    if found.purpose != purpose:
        word = label_of(found, "purpose").lower()
        advice = "ajoutez --report" if found.purpose == "report" else "retirez --report"
        raise BadInput(Problem(f"« {found.label} » est : {word}", suggestion=advice))
    return found


def _request_for(dossier: Dossier, funding: Funding, purpose: str) -> Request | None:
    """The request already begun for a funding, the last one given."""
    from filage.facts.funding import Request

    found = [one for one in dossier.all(Request) if (one.funding, one.purpose) == (funding.about, purpose)]
    return found[-1] if found else None


def _funding(dossier: Dossier, ident: str | None) -> Funding:
    """The funding asked for; BadInput lists those there are."""
    from filage.facts.funding import Funding
    from filage.kernel.text import closest

    known = {one.id: one for one in dossier.all(Funding)}
    if not known:
        raise BadInput(
            Problem(
                "le dossier n’a aucun financement",
                suggestion="ajoutez-en un dans fundings : la source demandée",
            )
        )
    if ident is None:
        if len(known) == 1:
            return next(iter(known.values()))
        raise BadInput(
            Problem(
                "plusieurs financements : lequel ?",
                expected=", ".join(known),
                suggestion="ajoutez --funding ID",
            )
        )
    found = known.get(ident.removeprefix("funding/"))
    if found is None:
        near = closest(ident, known)
        advice = f"vouliez-vous {near} ?" if near else ""
        raise BadInput(
            Problem(
                f"le dossier n’a pas de financement « {ident} »", expected=", ".join(known), suggestion=advice
            )
        )
    return found


def _pieces(names: list[str], folder: Path | None, file: Path) -> list[Piece]:
    """The files joined, read beside the dossier or where asked; one that is not there goes apart, and is said."""
    from filage.documents.merge_pdf import piece_of

    if folder is not None and not folder.is_dir():
        raise BadInput(Problem("ce dossier du disque n’existe pas", path=str(folder)))
    base = folder or (Path() if file == STANDARD_INPUT else file.parent)
    found = []
    for name in names:
        path = base / Path(name).name
        try:
            data = path.read_bytes() if path.is_file() else None
        except OSError:
            data = None
        found.append(piece_of(name, data))
    return found


def _made(content: Mapping[str, Any], pieces: list[Piece], purpose: str) -> Assembled:
    from filage.funding.request_headings import REPORT, form_of

    form = form_of(purpose)
    told = {"form": form.form, "warning": form.warning, "source": form.source}
    if purpose == REPORT:
        from filage.documents.financial_report_pdf import financial_report_pdf

        return financial_report_pdf(content, pieces, told)
    from filage.documents.request_pdf import request_pdf

    return request_pdf(content, pieces, told)


def _apart(pieces: list[Piece]) -> list[dict[str, str]]:
    return [
        {"message": f"{piece.name}, joint à part : {piece.apart}.", "where": "files"}
        for piece in pieces
        if piece.apart
    ]


def _json(
    content: Mapping[str, Any], made: Assembled, warnings: list[dict[str, str]], out: Path | None
) -> dict[str, Any]:
    from filage.funding.request_json import digest, to_json

    kept = {key: value for key, value in content.items() if key != "lacks"}
    return {
        **kept,
        "warnings": warnings,
        "attachments": to_json(made.pieces),
        "pages": made.pages,
        "digest": digest(content),
        "out": str(out) if out else None,
    }


def _write(data: bytes, path: Path) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise BadInput(Problem(f"impossible d’y écrire ({error.strerror})", path=str(path))) from error


def _show(
    content: Mapping[str, Any], warnings: list[dict[str, str]], out: Path | None, made: Assembled | None
) -> None:
    told = console()
    told.print(f"[bold]{safe(content['title'])}[/bold] · {safe(content['name'])} · {safe(content['funder'])}")
    sentence = content["form"]["sentence"] if "form" in content else content["sentence"]
    if sentence:
        told.print(safe(sentence))
    if out and made:
        told.print(f"{safe(out)} : {made.pages} pages.")
    if warnings:
        told.print("\nIl manque :")
        for warning in warnings:
            told.print(f"  • {safe(warning['message'])}")
    if not out:
        told.print("\nAjoutez --out FICHIER.pdf pour écrire le document.")
