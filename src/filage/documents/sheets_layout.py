"""How the parts of a sheet share the width of a page: which columns stretch, and by how much."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from filage.planning.sheets.words import words_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from filage.planning.sheets import Section, Sheet

NARROW = 26
"""Letters up to which a name keeps its line."""
SHORT = 16
"""Letters up to which a column of text keeps its natural width."""
WIDEST = 60
"""Letters a column of text counts at most when the width is shared out."""


def page_data(sheet: Sheet, was: Mapping[str, str]) -> dict[str, Any]:
    """A sheet as the template reads it."""
    return {
        "company": sheet.company,
        "name": sheet.name,
        "title": sheet.title,
        "production": sheet.production,
        "when": sheet.when,
        "person": sheet.person_name,
        "place": _place(sheet),
        "hours": [{"label": hour.label, "at": hour.at} for hour in sheet.hours],
        "footer": sheet.footer,
        "runs": [[_section(sheet, section, was) for section in run] for run in runs(sheet)],
        "one_page": sheet.document not in ("running_sheet", "tour_booklet"),
    }


def _place(sheet: Sheet) -> dict[str, str] | None:
    place = sheet.place
    if place is None:
        return None
    city = "" if place.city and place.city in place.address else place.city
    title = words_in(sheet.language)("place")
    return {
        "title": title,
        "label": place.label,
        "address": ", ".join(part for part in (place.address, city) if part),
    }


def runs(sheet: Sheet) -> list[list[Section]]:
    """The sections in order, those that ask for half the width together."""
    found: list[list[Section]] = []
    for section in sheet.sections:
        if section.half and found and found[-1][0].half:
            found[-1].append(section)
        else:
            found.append([section])
    return found


def _section(sheet: Sheet, section: Section, was: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": section.id,
        "title": section.title,
        "page": words_in(sheet.language)("page"),
        "form": section.form,
        "half": section.half,
        "columns": columns(section),
        "rows": [
            {"cells": list(row.cells), "mark": row.mark, "was": was.get(row.id, "")} for row in section.rows
        ],
    }


def columns(section: Section) -> list[dict[str, Any]]:
    """Each column with its share of the width: 0 keeps its natural width, more is stretched in proportion."""
    lengths = [
        max((len(row.cells[rank]) for row in section.rows), default=0) for rank in range(len(section.columns))
    ]
    shares = [
        0
        if column.kind in ("time", "number", "phone")
        or length <= (NARROW if column.kind == "name" else SHORT)
        else min(WIDEST, length)
        for column, length in zip(section.columns, lengths, strict=True)
    ]
    if shares and not any(shares):
        shares[_widest_name(section, lengths)] = 1
    return [
        {"label": column.label, "kind": column.kind, "share": share}
        for column, share in zip(section.columns, shares, strict=True)
    ]


def _widest_name(section: Section, lengths: list[int]) -> int:
    """The column that takes the space left when none stretches: the longest of words, else of names."""
    kinds = [column.kind for column in section.columns]
    ranks = [rank for kind in ("text", "name") for rank, one in enumerate(kinds) if one == kind]
    words = [rank for rank in ranks if kinds[rank] == kinds[ranks[0]]]
    return max(words or range(len(lengths)), key=lengths.__getitem__)
