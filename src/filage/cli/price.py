"""`filage price`: the price of cession from a few figures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from filage.cli.shared import Json, console, file_json, print_json


def price(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Les montants, en JSON ; « - » : l’entrée standard.")
    ],
    json_: Json = False,
) -> None:
    """Calculer un prix de cession et le nombre de dates à l’équilibre."""
    from filage.budget.price import price_json, price_of, read_price_input

    found = price_of(read_price_input(file_json(file)))
    if json_:
        print_json(price_json(found))
        return
    from filage.cli.review_shown import break_even, prices_table

    out = console()
    out.print(prices_table(found))
    out.print(break_even(found))
