"""The tour booklet: every day sheet of the tour in one, behind its table of contents."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from filage.kernel.errors import BadInput, Problem
from filage.planning.sheets import day_sheet
from filage.planning.sheets.head import footer_of, person_name
from filage.planning.sheets.shape import Column, Row, Section, Sheet

if TYPE_CHECKING:
    from filage.planning.sheets.asked import Asked
    from filage.planning.sheets.index import Index

WHOLE = "tour"
"""The key of the whole tour; a month, `2026-11`, asks for the days of that month."""


def keys(index: Index) -> tuple[str, ...]:
    """The whole tour, then each of its months; nothing without a tour."""
    days = day_sheet.keys(index)
    months = tuple(dict.fromkeys(day[:7] for day in days))
    return (WHOLE, *months) if days else ()


def content(index: Index, asked: Asked) -> Sheet:
    """Build the booklet; for one person, the days they are concerned by. BadInput without any day."""
    days = [day for day in day_sheet.keys(index) if asked.key == WHOLE or day.startswith(f"{asked.key}-")]
    pages = [day_sheet.content(index, replace(asked, document="day_sheet", key=day)) for day in days]
    if asked.person:
        pages = [page for page in pages if asked.person in page.people]
    if not pages:
        known = ", ".join(keys(index)) or "aucune tournée dans ce dossier"
        raise BadInput(Problem(f"« {asked.key} » n’a pas de jour de tournée", expected=known))
    words = asked.words
    first, last = pages[0].day, pages[-1].day
    assert first is not None
    assert last is not None
    rows = tuple(
        Row(
            f"page/{page.key}",
            (page.when.split(",")[0], page.title, page.place.label if page.place else "", _number(page)),
        )
        for page in pages
    )
    columns = (
        Column("day", words("day"), "name"), Column("town", words("town")), Column("place", words("place")),
        Column("number", words("number"), "number"),
    )  # fmt: skip
    return Sheet(
        document=asked.document, key=asked.key, language=words.language, public=asked.public,
        company=index.company, production=index.production.label, name=words("tour_booklet"),
        title=index.production.label,
        when=words("dates", count=len(pages), first=words.day(first, year=False), last=words.day(last)),
        day=first, person=asked.person, person_name=person_name(index, asked), department=asked.department,
        sections=(Section("contents", words("contents"), "table", rows, columns),),
        people=tuple(dict.fromkeys(person for page in pages for person in page.people)),
        footer=footer_of(index, asked),
        missing=tuple(dict.fromkeys(field for page in pages for field in page.missing)),
        pages=tuple(pages),
    )  # fmt: skip


def _number(page: Sheet) -> str:
    return f"{page.number} / {page.total}" if page.number else ""
