"""A spreadsheet of 20,000 rows: opened, its columns recognised, every row told, and what importing it would write."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from io import BytesIO

from bench.dossier import generated
from bench.result import Result, at_most
from bench.size import Size
from filage.accounting.expense_import import read_expenses
from filage.budget.importing.facts import plan_import
from filage.budget.importing.read import read_budget

ROWS = 20_000
BLOCK = 50
TARGET = 5.0
"""Seconds a person waits for a preview."""


def main() -> None:
    """Print the measures as JSON."""
    sys.stdout.write(json.dumps([asdict(result) for result in measured()]))


def budget_file() -> bytes:
    """A budget as people write them: sections and their sums, French amounts, a row in a hundred without sense."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Budget")
    sheet.append(["Compte", "Libellé", "Quantité", "Prix unitaire", "Montant HT"])
    for number in range(ROWS):
        if number % BLOCK == 0:
            sheet.append([None, f"{number // BLOCK + 1}. Section {number // BLOCK}", None, None, None])
        elif number % 100 == 99:
            sheet.append(["", f"Ligne {number}", "à voir", "?", "n.c."])
        else:
            count, price = 1 + number % 9, 10 + number % 90
            sheet.append(
                [str(6000 + number % 400), f"Ligne {number}", count, f"{price},50 €", count * (price + 0.5)]
            )
    return _bytes(book)


def expenses_file() -> bytes:
    """A journal of purchases: day, piece, supplier, amounts."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Achats")
    sheet.append(["Date", "N° pièce", "Fournisseur", "Libellé", "Montant HT", "TVA", "Compte"])
    for number in range(ROWS):
        day = f"{1 + number % 28:02d}/{1 + number % 12:02d}/2026"
        amount = f"{20 + number % 700},{number % 100:02d}"
        sheet.append(
            [day, f"F{number}", f"Fournisseur {number % 80}", f"Achat {number}", amount, "4,00", "6064"]
        )
    return _bytes(book)


def _bytes(book: object) -> bytes:
    stream = BytesIO()
    book.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def measured() -> list[Result]:
    """The time of each preview, once: a person imports a file once."""
    dossier = generated(Size(lines=200, engagements=3, events=3, people=3))
    budget, expenses = budget_file(), expenses_file()
    start = time.perf_counter()
    plan_import(read_budget(budget, name="budget.xlsx"), dossier)
    read = time.perf_counter()
    read_expenses(expenses, dossier, name="achats.xlsx")
    done = time.perf_counter()
    return [
        at_most("import_budget", f"preview of a budget of {ROWS:,} rows", read - start, TARGET, "s"),
        at_most("import_expenses", f"preview of {ROWS:,} purchases", done - read, TARGET, "s"),
    ]


if __name__ == "__main__":
    main()
