"""A financial report rendered to one PDF: the account of what was done, the table of the form, the files joined."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from filage.documents.merge_pdf import Assembled, Piece, Placed, assemble
from filage.documents.request_pdf import DRAFT, pieces_data, section_data
from filage.documents.typst import pdf_bytes
from filage.kernel import french
from filage.kernel.money import ONE, round_half_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Content = Mapping[str, Any]

TEMPLATE = "financial_report.typ"
TENTH = Decimal("0.001")
TOLD_NOTES = 2
"""The first notes of a report are for the funder too; those after are for whoever draws it up."""


def financial_report_pdf(
    content: Content, pieces: Sequence[Piece], form: Content, *, stamp: str = DRAFT
) -> Assembled:
    """Render the content of a report (its JSON form) and join its files; the same content gives the same pages.

    A draft carries our own notes; a stamped copy only what the funder is to read.
    """
    on = date.fromisoformat(content["on"])

    def draw(placed: tuple[Placed, ...], total: int) -> bytes:
        return pdf_bytes(TEMPLATE, _data(content, placed, total, form, stamp), on)

    return assemble(draw, pieces, on, f"{content['title']}, {content['name']}")


def _data(
    content: Content, placed: Iterable[Placed], total: int, form: Content, stamp: str
) -> dict[str, Any]:
    due, draft = content["due"], stamp == DRAFT
    expense, income = content["expense"], content["income"]
    return {
        **{key: content[key] for key in ("title", "subtitle", "name", "company", "city", "funder", "scheme")},
        "on": french.day(date.fromisoformat(content["on"])),
        "stamp": stamp,
        "draft": draft,
        "total": total,
        "granted": "" if content["granted"] is None else _euros(content["granted"]),
        "due": french.day(date.fromisoformat(due["on"])) if due else "",
        "due_because": due["because"] if due else "",
        "form_name": form["form"],
        "warning": form["warning"],
        "form_source": form["source"],
        "forecast_source": content["forecast_source"],
        "figures": [
            _figure("Subvention notifiée", content["granted"], content["funder"]),
            _figure("Charges réalisées", expense[1], f"prévues : {_euros(expense[0])}"),
            _figure("Produits réalisés", income[1], f"prévus : {_euros(income[0])}"),
        ],
        "sections": [section_data(one, draft=draft) for one in content["sections"]],
        "charges": _rows(content["charges"]),
        "produits": _rows(content["produits"]),
        "total_charges": _totals(expense),
        "total_produits": _totals(income),
        "sentence": content["sentence"],
        "unspent_note": content["unspent_note"] if draft else "",
        "notes": list(content["notes"] if draft else content["notes"][:TOLD_NOTES]),
        "pieces": pieces_data(placed),
    }


def _figure(label: str, amount: str | None, detail: str) -> dict[str, str]:
    return {"label": label, "value": "–" if amount is None else _euros(amount), "detail": detail}


def _rows(rows: Iterable[Content]) -> list[dict[str, Any]]:
    return [
        {
            "code": row["code"] if "INDIR" not in row["code"] else "",
            "label": row["label"],
            "level": row["level"],
            **_cells(Decimal(row["forecast"]), Decimal(row["actual"])),
        }
        for row in rows
    ]


def _totals(pair: Sequence[str]) -> dict[str, str]:
    return _cells(Decimal(pair[0]), Decimal(pair[1]))


def _cells(forecast: Decimal, actual: Decimal) -> dict[str, str]:
    rate = french.percent(round_half_up(actual / forecast, TENTH)) if forecast else ""
    return {
        "forecast": _whole(forecast) if forecast else "",
        "actual": _whole(actual) if actual else "",
        "rate": rate if forecast and (actual or forecast) else "",
    }


def _whole(amount: Decimal) -> str:
    return french.number(round_half_up(amount, ONE))


def _euros(amount: str) -> str:
    return f"{_whole(Decimal(amount))}{french.NBSP}€"
