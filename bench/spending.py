"""Follow-up: 2,000 expenses and 500 orders on a budget of 1,000 lines; a quarter of the expenses wait for a line."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import timedelta

from bench.dossier import START, generated
from bench.result import Result, at_most
from bench.size import ON, Size
from filage.accounting.cash import cash_plan
from filage.accounting.duplicates import duplicates
from filage.accounting.follow import follow
from filage.accounting.matching import Matcher
from filage.facts.base import Fact
from filage.facts.dossier import Dossier
from filage.facts.people import Company
from filage.facts.spending import Commitment, Expense
from filage.law.book import load_law
from filage.review.run import review

LINES, EXPENSES, ORDERS, SUPPLIERS = 1_000, 2_000, 500, 80
TIMES = 3
WAITING = 4
"""One expense in so many has no line yet."""
SECOND = 1.0


def main() -> None:
    """Print the measures as JSON."""
    sys.stdout.write(json.dumps([asdict(result) for result in measured()]))


def spent(size: Size) -> Dossier:
    """A dossier of that size with its orders and expenses."""
    return generated(size).with_facts(_facts(size))


def _facts(size: Size) -> Iterator[Fact]:
    for number in range(SUPPLIERS):
        yield Company(id=f"c-{number}", label=f"Fournisseur {_word(number)}")
    for number in range(ORDERS):
        yield Commitment(
            id=f"o-{number}", label=f"Commande {_word(number)}", line=f"budget_line/l-{_expense_line(number, size)}",
            company=f"company/c-{number % SUPPLIERS}", amount=str(200 + number), on=START.isoformat(),
        )  # fmt: skip
    for number in range(EXPENSES):
        day = START + timedelta(days=number % 280)
        placed = {} if number % WAITING == 0 else {"line": f"budget_line/l-{_expense_line(number, size)}"}
        yield Expense(
            id=f"x-{number}", label=f"Achat {_word(number // 3)} {_word(number)}",
            company=f"company/c-{number * 7 % SUPPLIERS}", amount=f"{20 + number % 500}.{number % 100:02d}",
            vat="12.50", on=day.isoformat(), paid_on=day.isoformat() if number % 3 else None,
            piece=f"F{number % 1900}", source="imported", **placed,
        )  # fmt: skip


def _expense_line(number: int, size: Size) -> int:
    """A line of expense: those whose number is a multiple of seven are income."""
    line = number * 13 % size.lines
    return line + 1 if line % 7 == 0 else line


def _word(number: int) -> str:
    """A word of its own for a number, without figures, as a label has."""
    syllables = ("ba", "co", "di", "fu", "ga", "lo", "mi", "nu", "pa", "re")
    return "".join(syllables[int(figure)] for figure in f"{number:03d}")


def measured() -> list[Result]:
    """The least times of the follow-up, the cash plan, the lines proposed, the duplicates, and the review itself."""
    dossier, law = spent(Size.of_lines(LINES)), load_law()
    outcome = review(dossier, law, ON)
    found = follow(outcome, ON)
    told = f"{EXPENSES:,} expenses, {ORDERS} orders"

    def proposed() -> None:
        matcher = Matcher(found, dossier)
        for bill in found.unassigned:
            matcher.proposals(bill.expense)

    return [
        _of("follow", f"follow-up of {told}", lambda: follow(outcome, ON), SECOND / 4),
        _of("cash", f"cash plan with {told}", lambda: cash_plan(outcome, law, ON), SECOND),
        _of("matching", f"lines proposed for {len(found.unassigned)} expenses of {told}", proposed, SECOND),
        _of(
            "duplicates", f"expenses given twice among {EXPENSES:,}", lambda: duplicates(dossier), SECOND / 4
        ),
        _of(
            "spending_review",
            f"review of {LINES:,} lines with {told}",
            lambda: review(dossier, law, ON),
            SECOND,
        ),
    ]


def _of(ident: str, label: str, done: Callable[[], object], target: float) -> Result:
    times = []
    for _ in range(TIMES):
        start = time.perf_counter()
        done()
        times.append(time.perf_counter() - start)
    return at_most(ident, label, min(times), target, "s")


if __name__ == "__main__":
    main()
