"""The layout of the preparation of pay is documented: every column, under its key and title, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from filage.payroll.preparation_book import FIELDS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "guide" / "paie.md").read_text(encoding="utf-8")


def test_every_column_is_documented_in_order_and_private_ones_say_so() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \| ([^|]+) \|", PAGE, re.MULTILINE)
    told = [(key, title.strip(), "privée" in form) for key, title, form in rows]
    assert told == [(field.key, field.title, field.private) for field in FIELDS]
