"""`filage recoupment`: who receives what of a film's receipts, corridor after corridor."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

import typer

from filage.cli.shared import DossierFile, Json, console, file_dossier, print_json, safe
from filage.kernel.errors import BadInput, Problem

if TYPE_CHECKING:
    from filage.facts.dossier import Dossier
    from filage.funding.recoupment import Waterfall


def recoupment(
    file: DossierFile,
    times: Annotated[
        str,
        typer.Option(
            metavar="NOMBRE", help="Multiplier les recettes : 0.5 pour la moitié, 2 pour le double."
        ),
    ] = "1",
    json_: Json = False,
) -> None:
    """Partager les recettes d’un film entre ses couloirs, rang après rang."""
    from filage.facts.recoupment import Corridor, Receipt
    from filage.funding.recoupment import at_scale

    dossier = file_dossier(file)
    problems = [
        Problem(f"le dossier n’a aucun fait de cette sorte : {model.title.lower()}", path=model.collection)
        for model in (Receipt, Corridor)
        if not dossier.all(model)
    ]
    if problems:
        raise BadInput(problems)
    flow = at_scale(dossier, _times(times))
    if json_:
        print_json(_json(dossier, flow))
    else:
        _show(dossier, flow)


def _times(written: str) -> Decimal:
    from filage.facts.scalars import plain_decimal

    found = plain_decimal(written)
    if found is None or found <= 0:
        raise BadInput(
            Problem(
                f"« {written} » n’est pas un multiple", path="--times", expected="un nombre positif : 0.5"
            )
        )
    return found


def _json(dossier: Dossier, flow: Waterfall) -> dict[str, Any]:
    from filage.funding.recoupment import recouped_at

    return {
        "receipts": [{"source": source, "amount": f"{amount:.2f}"} for source, amount in flow.sources],
        "total": f"{flow.receipts:.2f}",
        "payments": [
            {
                "about": payment.corridor.about,
                "label": payment.corridor.label,
                "rank": payment.corridor.rank,
                "party": payment.party,
                "arrives": f"{payment.arrives:.2f}",
                "amount": f"{payment.amount:.2f}",
                "waits_for": None if payment.waits_for is None else f"{payment.waits_for:.2f}",
                "recouped_at": None
                if (at := recouped_at(dossier, payment.corridor)) is None
                else f"{at:.2f}",
            }
            for payment in flow.payments
        ],
        "rest": f"{flow.rest:.2f}",
        "parties": [{"party": party, "amount": f"{amount:.2f}"} for party, amount in flow.by_party()],
    }


def _show(dossier: Dossier, flow: Waterfall) -> None:
    from rich.table import Table

    from filage.funding.recoupment import REST, recouped_at
    from filage.kernel import french

    table = Table(title=f"Recettes : {french.euro(flow.receipts)}", title_justify="left")
    for head in ("Rang", "Couloir", "Bénéficiaire"):
        table.add_column(head)
    for head in ("Reçoit", "Attend encore", "Rempli à partir de"):
        table.add_column(head, justify="right", min_width=11)
    for payment in flow.payments:
        at = recouped_at(dossier, payment.corridor)
        table.add_row(
            str(payment.corridor.rank), safe(payment.corridor.label), safe(payment.party),
            french.euro(payment.amount),
            "" if payment.waits_for is None else french.euro(payment.waits_for),
            "" if at is None else french.euro(at),
        )  # fmt: skip
    table.add_row("", REST, "", french.euro(flow.rest), "", "")
    out = console()
    out.print(table)
    for party, amount in flow.by_party():
        out.print(f"{safe(party)} : {french.euro(amount)}")
