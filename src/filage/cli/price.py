"""`filage price`: the price of cession from a few figures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from filage.cli.shared import Json, console, file_json, print_json

if TYPE_CHECKING:
    from decimal import Decimal

    from rich.table import Table

    from filage.budget.price import PriceInput, PriceOutcome
    from filage.budget.price_file import PriceFile


def price(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Les montants, en JSON ; « - » : l’entrée standard.")
    ],
    json_: Json = False,
) -> None:
    """Calculer un prix de cession et le nombre de dates à l’équilibre."""
    from filage.budget.price import price_of
    from filage.budget.price_file import price_json, read_price_file

    asked = read_price_file(file_json(file))
    found = price_of(asked.given)
    if json_:
        print_json(price_json(found, asked))
        return
    from filage.cli.review_shown import break_even, prices_table

    out = console()
    out.print(prices_table(found))
    out.print(break_even(found))
    if asked.towns:
        out.print(_towns_table(asked, found))
    if asked.discount is not None:
        out.print(_discount_told(asked.given, asked.discount))


def _towns_table(asked: PriceFile, found: PriceOutcome) -> Table:
    """The series by town: travel, total without VAT, total with it."""
    from rich.table import Table

    from filage.kernel import french
    from filage.kernel.money import ONE, round_half_up

    table = Table(box=None)
    for head in ("Ville", "Dates", "VHR", "Série HT, VHR compris", "Série TTC"):
        table.add_column(head, justify="left" if head == "Ville" else "right")
    for town in asked.towns:
        for price in found.prices:
            vhr = town.cost(price.performances).value
            whole = price.total + vhr
            taxed = round_half_up(whole * (ONE + asked.given.vat_rate))
            amounts = (french.euro(vhr), french.euro(whole), french.euro(taxed))
            table.add_row(town.name, str(price.performances), *amounts)
    return table


def _discount_told(given: PriceInput, rate: Decimal) -> str:
    """What the discount costs, in one sentence."""
    from filage.budget.discount import discount_of
    from filage.kernel import french

    found = discount_of(given, rate)
    first = found.series[0]
    return (
        f"Une remise de {french.percent(rate)} : la date à {french.euro(first.unit_price)}, "
        f"{french.euro(found.tour)} de moins sur {given.performances_planned} dates, "
        f"{french.signed_euro(first.above_floor)} par rapport au prix plancher."
    )
