"""Slips written as JSON text at once: the published shape, thirty lines a slip, thousands of slips."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

from filage.kernel.step import CERTAINTIES
from filage.payroll.slip import rate_text

if TYPE_CHECKING:
    from filage.kernel.step import Source
    from filage.payroll.contribution import PlannedLine
    from filage.payroll.slip import Slip


def slip_text(ident: str | int, slip: Slip) -> str:
    """Return the JSON of a slip under its id: what `json.dumps` writes of `slip_json` (tested), without building it."""
    gross, cost, net = slip.totals
    head = (
        f'{{"id": {json.dumps(ident)}, "gross": "{gross:.2f}", "employer_cost": "{cost:.2f}", '
        f'"net_before_tax": "{net:.2f}", "lines": ['
    )
    texts = [head]
    bases: dict[int, str] = {}
    for planned, basis, amount in slip.lines:
        base = bases.get(id(basis))
        if base is None:
            base = bases[id(basis)] = f"{basis.value:.2f}"
        rate = planned.rate
        certainty = basis.certainty if rate is None or rate.certainty < basis.certainty else rate.certainty
        before, between, after = planned.written.get(certainty) or _write(planned, certainty)
        # an amount computed is already to the cent: no need to round it to write it
        texts += (before, base, between, base if rate is None else str(amount), after)
    texts[-1] = texts[-1].removesuffix(", ")
    texts.append("]}")
    return "".join(texts)


def _write(planned: PlannedLine, certainty: int) -> tuple[str, str, str]:
    """The text of a line before its base, between base and amount, and after; kept with the line."""
    rate = "null" if planned.rate is None else f'"{rate_text(planned.rate.value)}"'
    tranche = json.dumps(planned.tranche)
    written = planned.written[certainty] = (
        f'{{"id": "{planned.id}", "tranche": {tranche}, "payer": "{planned.payer}", "base": "',
        f'", "rate": {rate}, "amount": "',
        f'", "source": {_source_text(planned.source)}, "confidence": "{CERTAINTIES[certainty]}"}}, ',
    )
    return written


@lru_cache(maxsize=1_024)
def _source_text(source: Source) -> str:
    return json.dumps({"title": source.title, "url": source.url})
