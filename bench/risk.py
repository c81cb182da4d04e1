"""Risk: ten thousand draws of a budget of 500 lines, each with its range."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from decimal import Decimal

from bench.dossier import generated
from bench.result import at_most
from bench.size import ON, Size
from filage.budget.risk import RiskChoices, risk_of
from filage.facts.budget import LineDetail
from filage.law.book import load_law
from filage.review.run import review

LINES = 500
TARGET = 1.0


def main() -> None:
    """Print the measure as JSON."""
    dossier = generated(Size.of_lines(LINES))
    rows = [row for row in review(dossier, load_law(), ON).budget.rows if row.side == "expense"]
    ranges = [
        LineDetail(
            id=f"d-{number}", line=row.id, low=row.amount * Decimal("0.9"), high=row.amount * Decimal("1.3")
        )
        for number, row in enumerate(rows)
    ]
    outcome = review(dossier.with_facts(ranges), load_law(), ON)
    times = []
    for _ in range(3):
        start = time.perf_counter()
        risk_of(outcome.dossier, outcome.budget, RiskChoices(draws=10_000))
        times.append(time.perf_counter() - start)
    result = at_most("risk", f"10,000 draws over {len(ranges)} ranged lines", min(times), TARGET, "s")
    sys.stdout.write(json.dumps([asdict(result)]))


if __name__ == "__main__":
    main()
