"""The cash plan as published, as a sheet of a workbook, and its movements gathered as a person reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from filage.accounting.movement import CERTAINTIES, KINDS, READINGS
from filage.kernel import french
from filage.kernel.money import ZERO, round_half_up
from filage.kernel.table import (
    Cell,
    Column,
    Formula,
    Row,
    Sheet,
    Workbook,
    amount,
    note,
    same_as,
    sum_of,
    text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    from filage.accounting.cash import CashPlan, CashReading
    from filage.accounting.movement import Movement
    from filage.facts.dossier import Dossier

GATHERED = {
    "pay": "Salaires nets et indemnités",
    "contributions": "Cotisations",
    "purchase": "Achats et frais",
}


@dataclass(frozen=True, slots=True)
class Gathered:
    """Movements of one day, one kind and one reason read together; `label` counts them when there are several."""

    on: date
    label: str
    movements: tuple[Movement, ...]

    @property
    def first(self) -> Movement:
        """The first of them: its kind, its reason."""
        return self.movements[0]

    @property
    def amount(self) -> Decimal:
        """Their sum, tax included."""
        return sum((one.amount for one in self.movements), ZERO)

    @property
    def net(self) -> Decimal:
        """Their sum before tax."""
        return sum((one.net for one in self.movements), ZERO)

    @property
    def vat(self) -> Decimal:
        """Their VAT."""
        return sum((one.vat for one in self.movements), ZERO)


def gathered(movements: Iterable[Movement]) -> tuple[Gathered, ...]:
    """Read together the pay of a day, its contributions, and what lines without a date spend at the end of a month."""
    together: dict[object, list[Movement]] = {}
    for number, one in enumerate(movements):
        same = one.kind in ("pay", "contributions") or (one.estimated and one.kind == "purchase")
        together.setdefault((one.on, one.kind, one.why, one.certainty) if same else number, []).append(one)
    return tuple(Gathered(many[0].on, _label(many), tuple(many)) for many in together.values())


def _label(many: list[Movement]) -> str:
    if len(many) == 1:
        return many[0].label
    word = "lignes" if many[0].kind == "purchase" else "versements"
    return f"{GATHERED[many[0].kind]}, {len(many)} {word}"


def cash_json(plan: CashPlan, dossier: Dossier) -> dict[str, Any]:
    """Return the published shape: amounts are text with two decimals, negative for money out."""
    return {
        "production": dossier.production.id,
        "on": plan.on.isoformat(),
        "opening": {"on": plan.opening.on.isoformat(), "amount": _money(plan.opening.amount)} if plan.opening else None,
        "readings": {name: _reading(reading) for name, reading in plan.readings.items()},
        "movements": [
            {
                "on": one.on.isoformat(), "label": one.label, "kind": one.kind, "net": _money(one.net),
                "vat": _money(one.vat), "amount": _money(one.amount), "certainty": one.certainty,
                "probability": f"{one.probability.normalize():f}", "about": one.about, "line": one.row or None,
                "why": one.why,
            }
            for one in plan.movements
        ],
        "before": len(plan.before),
        "apart": [{"line": row.id, "label": row.label, "amount": _money(row.amount)} for row in plan.apart],
    }  # fmt: skip


def _reading(reading: CashReading) -> dict[str, Any]:
    return {
        "lowest": _money(reading.lowest),
        "lowest_on": reading.lowest_on.isoformat() if reading.lowest_on else None,
        "bridge": _money(reading.bridge),
        "closing": _money(reading.closing),
        "months": [
            {"month": month.month, "opening": _money(month.opening), "received": _money(month.received),
             "paid": _money(month.paid), "closing": _money(month.closing)}
            for month in reading.months
        ],
    }  # fmt: skip


def _money(value: Decimal) -> str:
    return f"{round_half_up(value):.2f}"


def cash_workbook(plan: CashPlan, dossier: Dossier, reading: str = "full") -> Workbook:
    """Return the workbook of a plan in one reading: months with live balances, then the movements.

    The pay of a day is one movement: who is paid what is not a banker's business.
    """
    read = plan.readings[reading]
    together = gathered(read.movements)
    return Workbook(
        title=f"{dossier.production.label}, trésorerie", author=dossier.employer.label, on=plan.on,
        sheets=(_months_sheet(plan, read, together), _movements_sheet(together)),
    )  # fmt: skip


def lowest_words(read: CashReading) -> str:
    """Say the lowest point and the bridge it asks for."""
    where = f" le {french.day(read.lowest_on)}" if read.lowest_on else " à l’ouverture"
    bridge = f" : {french.euro(read.bridge)} de relais à trouver" if read.bridge else ""
    return f"Point bas {french.euro(read.lowest)}{where}{bridge}."


def _months_sheet(plan: CashPlan, read: CashReading, together: tuple[Gathered, ...]) -> Sheet:
    columns = (
        Column("Mois", 16), Column("Ouverture", 15, numeric=True), Column("Encaissements", 15, numeric=True),
        Column("Décaissements", 15, numeric=True), Column("Clôture", 15, numeric=True),
    )  # fmt: skip
    rows: list[Row] = []
    for number, month in enumerate(read.months):
        opening = same_as(f"month/{number - 1}/closing") if number else None
        key = f"month/{number}/"
        moves = [(place, one) for place, one in enumerate(together) if f"{one.on:%Y-%m}" == month.month]
        received = tuple(f"move/{place}" for place, one in moves if one.amount > 0)
        paid = tuple(f"move/{place}" for place, one in moves if one.amount < 0)
        sums = {"o": f"{key}opening", "r": f"{key}received", "p": f"{key}paid"}
        rows.append(
            Row(
                (text(french.month(month.month)), amount(month.opening, opening, f"{key}opening"),
                 amount(month.received, sum_of(received) if received else None, f"{key}received"),
                 amount(month.paid, sum_of(paid) if paid else None, f"{key}paid"),
                 amount(month.closing, Formula("{o}+{r}+{p}", sums), f"{key}closing"))
            )
        )  # fmt: skip
    if not rows:
        rows.append(note("Aucun mouvement prévu : le budget et le financement sont vides."))
    rows.append(note(lowest_words(read)))
    if plan.opening is None:
        rows.append(note("Sans solde de banque saisi, le plan part de zéro à son premier mouvement."))
    context = f"Lecture : {READINGS[read.reading].lower()}. TVA comprise ; tout ce qui sort compte en entier."
    return Sheet("Trésorerie", context, columns, tuple(rows))


def _movements_sheet(together: tuple[Gathered, ...]) -> Sheet:
    columns = (
        Column("Date", 13), Column("Mouvement", 46), Column("Nature", 20), Column("Hors taxes", 14, numeric=True),
        Column("TVA", 12, numeric=True), Column("Montant", 14, numeric=True), Column("Sûreté", 11),
        Column("Pourquoi", 60), Column("Où corriger", 30, printed=False),
    )  # fmt: skip
    rows = tuple(
        Row(
            (Cell(one.on, "day"), text(one.label), text(KINDS[one.first.kind]), amount(one.net, key=f"net/{place}"),
             amount(one.vat, key=f"vat/{place}"),
             amount(one.amount, Formula("{a}+{b}", {"a": f"net/{place}", "b": f"vat/{place}"}), f"move/{place}"),
             text(CERTAINTIES[one.first.certainty]), text(one.first.why),
             text(one.first.about if len(one.movements) == 1 else None, "small"))
        )
        for place, one in enumerate(together)
    )  # fmt: skip
    return Sheet("Mouvements", "Chaque mouvement, son jour et sa raison.", columns, rows or (note("Aucun."),))
