"""The price sheet rendered to PDF: figures are written in French here, the page is set by Typst."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from filage.documents.typst import pdf_bytes
from filage.kernel import french

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from filage.budget.price_paper import PricePaper, TownPrice

TEMPLATE = "price_sheet.typ"
FOOT = 40


def price_pdf(paper: PricePaper, version: str) -> bytes:
    """Render the price sheet; the same one gives the same bytes."""
    return pdf_bytes(TEMPLATE, _data(paper, version), paper.on)


def _data(paper: PricePaper, version: str) -> dict[str, Any]:
    return {
        "title": paper.title,
        "foot": paper.title if len(paper.title) <= FOOT else f"{paper.title[:FOOT]}…",
        "company": " · ".join(part for part in (paper.company, paper.city) if part),
        "on": french.day(paper.on),
        "valid_until": french.day(paper.valid_until),
        "version": version,
        "scenario": paper.scenario,
        "heads": [f"{n} date" if n == 1 else f"{n} dates" for n in paper.sheet.series],
        "proof": [
            {"label": row.label, "total": row.is_total, "values": _money(row.values)}
            for row in paper.sheet.rows
        ]
        if paper.proof
        else [],
        "prices": [
            {"label": "Prix de cession HT, la date", "strong": True, "values": _money(paper.unit_prices)},
            {"label": "Série HT, hors voyages", "strong": False, "values": _money(paper.totals)},
            {
                "label": f"TVA {french.percent(paper.vat_rate)}",
                "strong": False,
                "values": _money(paper.vat),
            },
            {"label": "Série TTC, hors voyages", "strong": True, "values": _money(paper.including_vat)},
        ],
        "scope": _capital(", ".join(paper.scope)),
        "formula": _capital(", ".join(paper.formula)),
        "towns": [_town(town, paper.vat_rate) for town in paper.towns],
    }


def _town(town: TownPrice, rate: Decimal) -> dict[str, Any]:
    return {
        "name": town.name,
        "told": town.told,
        "rows": [
            {"label": "Voyages, hébergement, repas HT", "strong": False, "values": _money(town.vhr)},
            {"label": "Série HT, voyages compris", "strong": False, "values": _money(town.totals)},
            {"label": f"TVA {french.percent(rate)}", "strong": False, "values": _money(town.vat)},
            {"label": "Série TTC, voyages compris", "strong": True, "values": _money(town.including_vat)},
        ],
    }


def _money(values: Iterable[Decimal]) -> list[str]:
    return [french.number(value, 2) for value in values]


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
