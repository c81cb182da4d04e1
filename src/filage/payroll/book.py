"""The pay slips as a sheet: every contribution, its base, its rate and its amount as a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.kernel.money import ZERO, round_half_up, share_out
from filage.kernel.table import Cell, Column, Formula, Row, Sheet, amount, note, text
from filage.payroll.quantity import unit_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from filage.payroll.engagement import MonthlySlip, PayCost
    from filage.payroll.slip import Line

COLUMNS = (
    Column("Engagement", 40),
    Column("Mois", 9),
    Column("Ligne", 44),
    Column("Tranche", 8),
    Column("Base ou brut", 13, numeric=True),
    Column("Taux ou unités", 12, numeric=True),
    Column("Montant", 13, numeric=True),
    Column("Payeur", 11),
    Column("Source", 46),
    Column("Fiabilité", 16),
)
PAYERS = {"employer": "employeur", "employee": "salarié"}
CONFIDENCE = {"confirmed": "texte lu", "one_source": "source secondaire", "uncertain": "à vérifier"}
_TWO_PHASES = 2


def pay_book(costs: Sequence[PayCost]) -> Sheet:
    """Return the sheet « Paie »: one block per slip; the keys of costs are `slip/COST/MONTH/PHASE` (or `whole`)."""
    rows: list[Row] = []
    for index, cost in enumerate(costs):
        for month, slip in enumerate(cost.slips):
            rows.extend(_slip(f"slip/{index}/{month}", cost, slip))
        rows.extend(_repaid(f"repaid/{index}", cost))
    if not rows:
        rows.append(note("Aucune paie pour l’instant : elle viendra des postes et des engagements."))
    context = (
        "Un bulletin par engagement et par mois. Les bases suivent les plafonds ; les taux se changent ici."
    )
    return Sheet("Paie", context, COLUMNS, tuple(rows))


def _slip(key: str, cost: PayCost, monthly: MonthlySlip) -> Iterator[Row]:
    slip = monthly.slip
    who, month = text(cost.label), text(monthly.month)
    people = f" (une personne sur {cost.people})" if cost.people > 1 else ""
    yield Row((text(f"{cost.label}{people}"), month, text(cost.basis)), "group")
    for number, extra in enumerate(monthly.extras):
        paid = amount(extra.value, key=f"{key}/extra/{number}")
        yield Row((who, month, text(extra.label), Cell(), Cell(), Cell(), paid))
    yield Row((who, month, text("Salaire brut"), Cell(), *_gross(key, cost, monthly)))
    for number, line in enumerate(slip.lines):
        yield _contribution(f"{key}/{number}", cost, monthly, line)
    keys = [f"{key}/{number}" for number in range(len(slip.lines))]
    for payer, sign, label, value, name in (
        ("employer", "+", "Coût employeur", slip.totals.employer_cost, f"{key}/whole"),
        ("employee", "-", "Net avant impôt", slip.totals.net_before_tax, f"{key}/net"),
    ):
        own = tuple(f"{k}/amount" for k, line in zip(keys, slip.lines, strict=True) if line.payer == payer)
        formula = Formula(f"{{gross}}{sign}SUM({{own}})", {"gross": f"{key}/gross", "own": own})
        yield Row((who, month, text(label), Cell(), Cell(), Cell(), amount(value, formula, name)), "total")
    if len(monthly.by_phase) > 1 or len(cost.by_phase) > 1:
        yield from _shares(key, cost, monthly)


def _gross(key: str, cost: PayCost, monthly: MonthlySlip) -> tuple[Cell, ...]:
    pay = Cell(cost.unit_pay, "euro", key=f"{key}/pay")
    units = Cell(monthly.units, "number", key=f"{key}/units")
    gross = monthly.slip.totals.gross
    beside = sum((extra.value for extra in monthly.extras), ZERO)
    exact = round_half_up(cost.unit_pay * monthly.units) + beside == gross
    return (
        pay,
        units,
        amount(gross, _gross_formula(key, monthly) if exact else None, f"{key}/gross"),
        text(unit_name(cost.unit)),
    )


def _gross_formula(key: str, monthly: MonthlySlip) -> Formula:
    """The units at their pay, and what gross holds beside them."""
    cells: dict[str, str | tuple[str, ...]] = {"pay": f"{key}/pay", "units": f"{key}/units"}
    if not monthly.extras:
        return Formula("ROUND({pay}*{units},2)", cells)
    cells["extras"] = tuple(f"{key}/extra/{number}" for number in range(len(monthly.extras)))
    return Formula("ROUND({pay}*{units},2)+SUM({extras})", cells)


def _repaid(key: str, cost: PayCost) -> Iterator[Row]:
    """What the engagement is repaid outside contributions: the quantity at its price, or what is exempt of it."""
    for number, repaid in enumerate(cost.repaid):
        own = f"{key}/{number}"
        names: dict[str, str | tuple[str, ...]] = {"each": f"{own}/each", "quantity": f"{own}/quantity"}
        formula = Formula("ROUND({each}*{quantity},2)", names) if repaid.taxable is None else None
        yield Row(
            (
                text(cost.label), text(repaid.month), text(f"{repaid.label}, hors cotisations"), Cell(),
                Cell(repaid.unit_amount, "euro", key=f"{own}/each"),
                Cell(repaid.quantity, "number", key=f"{own}/quantity"),
                amount(repaid.exempt.value, formula, f"{own}/amount"), Cell(), Cell(),
                text(CONFIDENCE[repaid.exempt.confidence]),
            )
        )  # fmt: skip


def _contribution(key: str, cost: PayCost, monthly: MonthlySlip, line: Line) -> Row:
    names = {"base": f"{key}/base", "rate": f"{key}/rate"}
    formula = Formula("ROUND({base}*{rate},2)", names) if line.rate is not None else None
    return Row(
        (
            text(cost.label), text(monthly.month), text(line.label), text(line.tranche),
            amount(line.base, key=names["base"]), Cell(line.rate, "rate", key=names["rate"]),
            amount(line.amount, formula, f"{key}/amount"), text(PAYERS[line.payer]), text(line.source.title),
            text(CONFIDENCE[line.confidence]),
        )
    )  # fmt: skip


def _shares(key: str, cost: PayCost, monthly: MonthlySlip) -> Iterator[Row]:
    """The employer cost split over budget phases, to the cent: the first rounded, the second what is left."""
    parts = share_out(monthly.slip.totals.employer_cost, [units for _, units in monthly.by_phase])
    whole, units = f"{key}/whole", f"{key}/units"
    for number, ((phase, part), value) in enumerate(zip(monthly.by_phase, parts, strict=True)):
        names: dict[str, str | tuple[str, ...]] = {"whole": whole, "units": units}
        formula: Formula | None = None
        if len(monthly.by_phase) == 1:
            formula = Formula("{whole}", names)
        elif len(monthly.by_phase) == _TWO_PHASES and monthly.units:
            first = f"{key}/{monthly.by_phase[0][0]}"
            formula = (
                Formula(f"ROUND({{whole}}*{part:f}/{{units}},2)", names)
                if number == 0
                else Formula("{whole}-{first}", {"whole": whole, "first": first})
            )
        label = text(f"Coût employeur, part de {phase}")
        cells = (text(cost.label), text(monthly.month), label, Cell(), Cell(), Cell(part, "number"))
        yield Row((*cells, amount(value, formula, f"{key}/{phase}")))
