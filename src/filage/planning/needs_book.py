"""The needs as a workbook: one table by department, with its totals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.facts.base import label_of
from filage.facts.people import Company, Person
from filage.facts.script import Element, Need
from filage.kernel.money import ZERO
from filage.kernel.table import Cell, Column, Row, Sheet, Workbook, note, sum_of, text
from filage.kernel.text import fold
from filage.planning.needs import direct_uses, first_uses, origin_of, used_on

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from filage.facts.dossier import Dossier

COLUMNS = (
    Column("Besoin", 44), Column("Service", 20), Column("État", 14), Column("Quantité", 10, numeric=True),
    Column("Estimation", 14, numeric=True), Column("Nécessaire le", 18), Column("Responsable", 22),
    Column("Fournisseur", 24), Column("Ligne de budget", 26), Column("Élément", 26), Column("Vient de", 50),
)  # fmt: skip
NO_DEPARTMENT = "sans service"


def by_department(needs: Iterable[Need]) -> dict[str, list[Need]]:
    """Group needs by department, by name, those without one last; « Décor » and « décor » are one."""
    groups: dict[str, tuple[str, list[Need]]] = {}
    for need in needs:
        name = need.department or NO_DEPARTMENT
        groups.setdefault(fold(need.department or ""), (name, []))[1].append(need)
    ordered = sorted(groups.items(), key=lambda item: (item[0] == "", item[0]))
    return {name[:1].upper() + name[1:]: found for _key, (name, found) in ordered}


def needs_book(dossier: Dossier, needs: Iterable[Need], on: date) -> Workbook:
    """Draw up the workbook of some needs of a dossier; amounts in euros."""
    kept = list(needs)
    elements, direct = first_uses(dossier), direct_uses(dossier)
    rows: list[Row] = []
    keys: list[str] = []
    for name, group in by_department(kept).items():
        rows.append(Row((Cell(name, "strong"),), "group"))
        for need in group:
            keys.append(f"need/{need.id}")
            rows.append(_row(need, dossier, need.needed_on or used_on(need, elements, direct)))
    if keys:
        total = Cell(None, "euro", sum_of(tuple(keys)))
        known = sum((need.estimate for need in kept if need.estimate is not None), start=ZERO)
        rows.append(
            Row((text("Total estimé"), Cell(), Cell(), Cell(), Cell(known, "euro", total.formula)), "total")
        )
    sheet = Sheet("Besoins", _context(kept), COLUMNS, tuple(rows or [note("Aucun besoin.")]))
    return Workbook(dossier.production.label, dossier.employer.label, on, (sheet,))


def _context(needs: list[Need]) -> str:
    open_ones = sum(need.state in ("to_find", "quoted") for need in needs)
    return f"{len(needs)} besoins, dont {open_ones} encore à trouver ou sur devis ."


def _row(need: Need, dossier: Dossier, day: date | None) -> Row:
    owner = dossier.find(need.owner, Person)
    supplier = dossier.find(need.supplier, Company)
    element = dossier.find(need.element, Element)
    line = dossier.get(need.line) if need.line else None
    return Row(
        (
            text(need.label),
            text(need.department),
            text(label_of(need, "state")),
            Cell(need.quantity, "number"),
            Cell(need.estimate, "euro", key=f"need/{need.id}"),
            Cell(day, "day"),
            text(owner.name() if owner else None),
            text(supplier.label if supplier else None),
            text(line.name() if line else None),
            text(element.label if element else None),
            text(origin_of(need, dossier)),
        )
    )
