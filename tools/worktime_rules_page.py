"""Write docs/worktime-rules.md: every row of the texts on working time, and what Filage does with it.

python tools/worktime_rules_page.py
"""

from __future__ import annotations

import sys
from pathlib import Path

from filage.worktime.coverage import Covered, coverage

PAGE = Path(__file__).parents[1] / "docs" / "worktime-rules.md"
CONFIDENCE = {"confirmed": "texte lu", "one_source": "une source", "uncertain": "à vérifier"}
HEAD = """# Les règles de temps de travail, une à une

Chaque ligne des textes est là une fois : ce qu'elle dit, ce que Filage en fait, ce qu'il faut savoir pour cela. La
page est écrite par `tools/worktime_rules_page.py` ; [le guide](guide/worktime.md) dit comment le temps est mesuré.
"""
TABLE = """
| Règle | Qui | Condition | Ce que Filage en fait | Limite | Il faut savoir | Texte | Fiabilité |
|---|---|---|---|---|---|---|---|
"""


def page() -> str:
    """The whole page, tables in the order of the texts."""
    parts = [HEAD]
    title = ""
    for row in coverage():
        if row.table != title:
            title = row.table
            parts.append(f"\n## {title}\n{TABLE}")
        parts.append(line(row))
    return "".join(parts)


def line(row: Covered) -> str:
    """One row of a table."""
    what = f"{row.where} : {', '.join(dict.fromkeys(row.measures))}" if row.measures else row.where
    cells = (
        f"`{row.id}`",
        row.people,
        row.condition,
        what,
        " ; ".join(row.limits),
        " ; ".join(row.needs),
        f"[{row.legal_basis}]({row.source.url})",
        CONFIDENCE[row.source.confidence],
    )
    return "| " + " | ".join(cell.replace("|", "/").replace("<", "&lt;") for cell in cells) + " |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE.name} : {len(coverage())} lignes\n")
