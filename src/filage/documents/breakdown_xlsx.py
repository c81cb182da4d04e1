"""The breakdown as a workbook: scenes, elements, presences; totals are live formulas, texts are never formulas."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from filage.documents.breakdown_words import event_line, holders, role_name, scenes_line, summary_line
from filage.documents.xlsx import xlsx_bytes
from filage.kernel import french
from filage.kernel.table import Cell, Column, Formula, Row, Sheet, Workbook, sum_of, text
from filage.script.categories import TITLES
from filage.script.presence import HOLD, JOURNEY, period
from filage.script.risks import risk_labels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filage.script.breakdown import BreakdownSheet
    from filage.script.breakdown_file import Breakdown
    from filage.script.element_list import ElementRow
    from filage.script.presence import DayOutOfDays, PresenceRow

# What is worth printing comes first; the rest is to sort and to filter, the PDF prints it.
_SCENES = (
    Column("N°", 8), Column("Scène", 40), Column("Partie", 16), Column("Int./ext.", 9), Column("Décor", 26),
    Column("Moment", 14), Column("Huitièmes", 10, numeric=True), Column("Estimé", 8),
    Column("Durée (min)", 11, numeric=True), Column("Mots", 8, numeric=True), Column("Précautions", 26),
    Column("Rôles", 60, printed=False), Column("Éléments", 60, printed=False), Column("Besoins", 60, printed=False),
    Column("Plans", 8, numeric=True, printed=False), Column("Tops", 8, numeric=True, printed=False),
    Column("Dates", 50, printed=False), Column("Résumé", 60, printed=False),
)  # fmt: skip
_ELEMENTS = (
    Column("Élément", 40), Column("N°", 6, numeric=True), Column("Scènes", 32), Column("Nombre", 9, numeric=True),
    Column("Huitièmes", 10, numeric=True), Column("Mots", 8, numeric=True), Column("Tenu par", 28),
    Column("Précautions", 26), Column("Préparation (min)", 16, numeric=True),
    Column("Besoins", 60, printed=False), Column("Jours", 60, printed=False),
)  # fmt: skip


def breakdown_xlsx(breakdown: Breakdown, version: str) -> bytes:
    """Render the breakdown as a workbook of three sheets; the same breakdown gives the same bytes."""
    sheets = (
        Sheet("Scènes", summary_line(breakdown), _SCENES, tuple(_scenes(breakdown))),
        Sheet("Éléments", "par catégorie", _ELEMENTS, tuple(_elements(breakdown))),
        _presences(breakdown.presence),
    )
    title = f"{breakdown.title}, dépouillement"
    return xlsx_bytes(Workbook(title, breakdown.company, breakdown.on, sheets), version)


def _whole(value: int | None, key: str = "") -> Cell:
    return Cell(None if value is None else Decimal(value), "count", None, key)


def _total(value: int, formula: Formula) -> Cell:
    return Cell(Decimal(value), "count", formula)


# -- scenes ----------------------------------------------------------------------------------------


def _scenes(breakdown: Breakdown) -> Iterator[Row]:
    for sheet in breakdown.sheets:
        yield Row(_scene(sheet))
    kept = [sheet for sheet in breakdown.sheets if not sheet.spare]
    if kept:
        cells = [Cell()] * len(_SCENES)
        cells[1] = text("Total des scènes jouées")
        for column, field in ((6, "eighths"), (8, "minutes"), (9, "words")):
            value = sum(getattr(sheet, field) or 0 for sheet in kept)
            cells[column] = _total(value, sum_of(tuple(f"{field}/{sheet.about}" for sheet in kept)))
        yield Row(tuple(cells), "total")


def _scene(sheet: BreakdownSheet) -> tuple[Cell, ...]:
    about = sheet.about
    return (
        text(sheet.number),
        text(f"{sheet.heading} (de secours)" if sheet.spare else sheet.heading),
        text(sheet.part),
        text(sheet.int_ext),
        text(sheet.set),
        text(sheet.time),
        _whole(sheet.eighths, f"eighths/{about}"),
        text("≈" if sheet.estimated and sheet.eighths is not None else ""),
        _whole(sheet.minutes, f"minutes/{about}"),
        _whole(sheet.words, f"words/{about}"),
        text(", ".join(risk.label for risk in sheet.risks)),
        text(", ".join(role_name(role) for role in sheet.cast), "small"),
        text(
            " ; ".join(
                f"{group.label} : {', '.join(one.label for one in group.elements)}" for group in sheet.groups
            ),
            "small",
        ),
        text(" ; ".join(f"{need.label} ({need.state_label.lower()})" for need in sheet.needs), "small"),
        _whole(len(sheet.shots) or None),
        _whole(len(sheet.cues) or None),
        text(" ; ".join(event_line(event) for event in sheet.events), "small"),
        text(sheet.summary, "small"),
    )


# -- elements --------------------------------------------------------------------------------------


def _elements(breakdown: Breakdown) -> Iterator[Row]:
    for one in breakdown.lists:
        yield Row((text(TITLES[one.category]), *[Cell()] * (len(_ELEMENTS) - 1)), "group")
        for row in one.rows:
            yield Row(_element(row))


def _element(row: ElementRow) -> tuple[Cell, ...]:
    labels = risk_labels()
    played = row.element.category == "cast"
    return (
        text(row.element.label),
        _whole(row.number),
        text(scenes_line(row.scenes), "small"),
        _whole(len(row.scenes)),
        _whole(row.eighths or None),
        _whole(row.words),
        text(holders(row.holders) if played else ""),
        text(", ".join(labels[risk] for risk in row.element.risks)),
        _whole(row.element.minutes),
        text(" ; ".join(f"{need.label} ({need.state_label.lower()})" for need in row.element.needs), "small"),
        text(", ".join(french.day(day) for day in row.days), "small"),
    )


# -- presences -------------------------------------------------------------------------------------


def _presences(presence: DayOutOfDays) -> Sheet:
    columns = (
        Column("Qui", 32),
        Column("Rôles", 36),
        *(Column(french.day(one.day, year=False), 13) for one in presence.columns),
        Column("Période", 26),
        *(Column(title, 9, numeric=True) for title in ("Travail", "Attente", "Voyage", "Total")),
    )
    context = " ; ".join(f"{mark} : {meaning}" for mark, meaning in presence.legend)
    return Sheet("Présences", context, columns, tuple(_presence_rows(presence, len(columns))))


def _presence_rows(presence: DayOutOfDays, width: int) -> Iterator[Row]:
    category = ""
    for rank, row in enumerate(presence.rows):
        if row.category != category:
            category = row.category
            yield Row((text(TITLES[category]), *[Cell()] * (width - 1)), "group")
        yield Row(_presence(row, rank))


def _presence(row: PresenceRow, rank: int) -> tuple[Cell, ...]:
    keys = [f"day/{rank}/{column}" for column in range(len(row.cells))]
    marks = [
        Cell(cell.mark + ("*" if cell.missing else "") or None, "text", None, key)
        for cell, key in zip(row.cells, keys, strict=True)
    ]
    roles = ", ".join(f"{number}. {label}" for number, label in zip(row.numbers, row.roles, strict=False))
    return (
        text(row.label),
        text(roles if row.held else f"{roles}, à distribuer"),
        *marks,
        text(period(row)),
        _counted(row.work, keys, "*W*"),
        _counted(row.hold, keys, HOLD),
        _counted(row.travel, keys, JOURNEY),
        _counted(row.total, keys, "?*"),
    )


def _counted(value: int, keys: list[str], mark: str) -> Cell:
    """How many days bear a mark, counted by the workbook itself."""
    if not keys:
        return _whole(value)
    return Cell(Decimal(value), "count", Formula(f'COUNTIF({{days}},"{mark}")', {"days": tuple(keys)}))
