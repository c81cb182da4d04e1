"""A request rendered to one PDF: cover, form pages, note, calendar, team, budget, plan, then the files joined."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from filage.documents.merge_pdf import Assembled, Piece, Placed, assemble
from filage.documents.months import months_of
from filage.documents.typst import pdf_bytes
from filage.kernel import french
from filage.kernel.money import ONE, round_half_up
from filage.planning.appointments import Appointment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Content = Mapping[str, Any]

TEMPLATE = "request.typ"
NOTHING = "–"
DRAFT = "Essai, n’a pas été émis"


def request_pdf(content: Content, pieces: Sequence[Piece], form: Content, *, stamp: str = DRAFT) -> Assembled:
    """Render the content of a request (its JSON form) and join its files; the same content gives the same pages.

    `form` says the layout it follows: `form`, `warning`, `source`, `confidence`. `stamp` is printed at the foot; a
    draft carries our own notes (what lacks, what to read again), a stamped copy only what the funder is to read.
    """
    on = date.fromisoformat(content["on"])
    title = f"{content['title']}, {content['name']}"

    def draw(placed: tuple[Placed, ...], total: int) -> bytes:
        return pdf_bytes(TEMPLATE, _data(content, placed, total, form, stamp), on)

    return assemble(draw, pieces, on, title)


def _data(
    content: Content, placed: Iterable[Placed], total: int, form: Content, stamp: str
) -> dict[str, Any]:
    return {
        **{key: content[key] for key in ("title", "subtitle", "name", "company", "city", "funder", "scheme")},
        "on": french.day(date.fromisoformat(content["on"])),
        "stamp": stamp,
        "draft": stamp == DRAFT,
        "total": total,
        "pitch": _pitch(content),
        "asked": "" if content["asked"] is None else _euros(content["asked"]),
        "figures": _figures(content, draft=stamp == DRAFT),
        "form_name": form["form"],
        "warning": form["warning"],
        "form_source": form["source"],
        "form": form_page(content["form"], draft=stamp == DRAFT),
        "sections": [section_data(one, draft=stamp == DRAFT) for one in content["sections"]],
        "note": paragraphs(content["note"]),
        "note_source": content["note_source"],
        "months": list(months_of([_appointment(one) for one in content["calendar"]])),
        "teams": content["teams"],
        "phases": _phases(content["posts"]),
        "partners": [_partner(one) for one in content["partners"]],
        "sources": [_source(one) for one in content["sources"]],
        "income": french.euro(sum((Decimal(one["amount"]) for one in content["sources"]), Decimal(0))),
        "expense": french.euro(Decimal(content["expense"])),
        "pieces": pieces_data(placed),
    }


def _pitch(content: Content) -> list[str]:
    """What the project is, as its description says."""
    entries = (entry for section in content["sections"] for entry in section["entries"])
    return next((paragraphs(entry["text"]) for entry in entries if entry["id"] == "description"), [])


def paragraphs(text: str) -> list[str]:
    """A text in its paragraphs."""
    return [part.strip() for part in text.split("\n") if part.strip()]


def section_data(section: Content, *, draft: bool) -> dict[str, Any]:
    """A section of the form: its entries in paragraphs; what is not filled is said so in a draft, blank once issued."""
    return {
        "label": section["label"],
        "pairs": section["pairs"],
        "entries": [
            {"label": entry["label"], "text": paragraphs(entry["text"]), "empty": draft and not entry["text"]}
            for entry in section["entries"]
            if entry["text"] or entry["needed"]
        ],
    }


def pieces_data(placed: Iterable[Placed]) -> list[dict[str, str]]:
    """The files joined: their pages in this document, or why they go apart."""
    return [
        {
            "name": one.name,
            "pages": (f"p. {one.first}" if one.first == one.last else f"p. {one.first} à {one.last}")
            if one.first
            else "",
            "apart": f"joint à part : {one.apart}" if one.apart else "",
        }
        for one in placed
    ]


def form_page(form: Content, *, draft: bool) -> dict[str, Any]:
    """The budget page: two columns of rows in whole euros, totals, sentences; our own warnings in a draft only."""
    return {
        "charges": _form_rows(form["expense"]),
        "produits": _form_rows(form["income"]),
        "valued_charges": _form_rows(form["valued_expense"]),
        "valued_produits": _form_rows(form["valued_income"]),
        "total_charges": _whole(form["expense_total"]),
        "total_produits": _whole(form["income_total"]),
        "total_valued_charges": _whole(form["valued_expense_total"]),
        "total_valued_produits": _whole(form["valued_income_total"]),
        "sentence": form["sentence"],
        "balance": form["balance"] if draft else "",
        "warnings": list(form["warnings"]) if draft else [],
    }


def _form_rows(rows: Iterable[Content]) -> list[dict[str, Any]]:
    return [
        {
            "code": row["code"] if "INDIR" not in row["code"] else "",
            "label": row["label"],
            "amount": _whole(row["amount"]) if Decimal(row["amount"]) else "",
            "level": row["level"],
            "asked": row["asked"],
        }
        for row in rows
    ]


def _whole(amount: str) -> str:
    return french.number(round_half_up(Decimal(amount), ONE))


def _euros(amount: str) -> str:
    return f"{_whole(amount)}{french.NBSP}€"


def _figures(content: Content, *, draft: bool) -> list[dict[str, str]]:
    """What one reads first: what is still to find in a draft, the income as asked for once issued."""
    form = content["form"]
    left = Decimal(form["gap"])
    weight = (
        ""
        if form["weight"] is None
        else french.percent(round_half_up(Decimal(form["weight"]), Decimal("0.001")))
    )
    people = content["people"]
    found = [
        ("Subvention sollicitée", NOTHING if content["asked"] is None else _euros(content["asked"]),
         f"{weight} des produits" if weight else ""),
        ("Total des charges", f"{_whole(form['expense_total'])}{french.NBSP}€", "production et exploitation"),
        ("Total des produits", _euros(form["income_total"]), "demande comprise" if weight else "") if not draft
        else ("Reste à trouver", _euros(form["gap"]), "charges moins produits") if left >= 0
        else ("Excédent", _euros(str(-left)), "produits moins charges"),
        *_dates(content),
        ("Équipe", str(people) if people else NOTHING, "personnes engagées" if people > 1 else ""),
    ]  # fmt: skip
    return [{"label": label, "value": value, "detail": detail} for label, value, detail in found]


def _dates(content: Content) -> list[tuple[str, str, str]]:
    """The first night and how many, or the days of shooting of a work that sells no date."""
    places = f"{content['places']} lieux" if content["places"] > 1 else ""
    if content["performances"]:
        day = french.day(date.fromisoformat(content["premiere"]))
        return [("Première", day, ""), ("Représentations", str(content["performances"]), places)]
    if content["shoot_days"]:
        return [("Jours de tournage", str(content["shoot_days"]), places)]
    return []


def _appointment(one: Content) -> Appointment:
    """The event a content holds, read back."""
    return Appointment(
        date.fromisoformat(one["day"]),
        date.fromisoformat(one["end_day"]) if one["end_day"] else None,
        time.fromisoformat(one["start"]) if one["start"] else None,
        time.fromisoformat(one["end"]) if one["end"] else None,
        one["kind"], one["label"], one["place"], one["state"], one["sure"], one["performance"], one["premiere"],
    )  # fmt: skip


def _phases(posts: Iterable[Content]) -> list[dict[str, Any]]:
    """The detailed budget: charges then income, production then exploitation, each with its total."""
    phases: dict[tuple[str, str], list[Content]] = {}
    for post in posts:
        phases.setdefault((post["side"], post["phase"]), []).append(post)
    return [
        {
            "label": f"{phase}, {side.lower()}",
            "amount": french.euro(sum((Decimal(post["amount"]) for post in found), Decimal(0))),
            "posts": [
                {
                    "label": f"{post['code']}  {post['label']}".strip(),
                    "amount": french.number(Decimal(post["amount"]), 2),
                    "lines": [
                        {"label": line["label"], "amount": french.number(Decimal(line["amount"]), 2)}
                        for line in post["lines"]
                    ],
                }
                for post in found
            ],
        }
        for (side, phase), found in phases.items()
    ]


def _partner(one: Content) -> dict[str, str]:
    amount = "" if one["amount"] is None else french.euro(Decimal(one["amount"]))
    return {**{key: one[key] for key in ("name", "city", "role", "brings", "state")}, "amount": amount}


def _source(one: Content) -> dict[str, Any]:
    amount = french.number(Decimal(one["amount"]), 2)
    return {**{key: one[key] for key in ("label", "nature", "state", "certain", "asked")}, "amount": amount}
