"""Allowances: money that repays a cost of the work, outside contributions up to a limit, pay beyond it.

The limits are law data (`defraiement.*`): arrêté of 20 December 2002 on professional expenses, amounts of each year.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from filage.facts.base import label_of
from filage.kernel import french
from filage.kernel import step as steps
from filage.kernel.errors import LawNotCovered
from filage.kernel.finding import Finding
from filage.kernel.step import Source
from filage.payroll.terms import ARTISTE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from filage.facts.team import Allowance, Engagement, Position
    from filage.kernel.step import Step
    from filage.law import Law

LIMITS = {
    "restaurant": "defraiement.urssaf_repas_restaurant",
    "off_site": "defraiement.urssaf_repas_hors_restaurant",
    "on_site": "defraiement.urssaf_repas_lieu_travail",
    "night_paris": "defraiement.urssaf_gd_paris",
    "night_elsewhere": "defraiement.urssaf_gd_autres",
    "kilometre": "defraiement.km_voiture_7cv",
}
"""The exempt limit of one unit, by nature of allowance; « other » has none."""
CARS = {cv: f"defraiement.km_voiture_{cv}cv" for cv in (3, 4, 5, 6, 7)}
"""The scale of a kilometre by fiscal power of the car."""
AWAY = ("restaurant", "night_paris", "night_elsewhere")
"""What is paid to somebody who eats or sleeps away from home."""
THREE_MONTHS = timedelta(days=92)
UNCERTAIN = 2
DFS_SOURCE = Source(
    "dfs_allowances",
    "Arrêté du 20/12/2002, art. 9, cité par la réponse à la question écrite 39845 (05/10/2004)",
    "https://www.assemblee-nationale.fr/dyn/12/questions/QANR5L12QE39845",
    date(2026, 11, 22),
    "uncertain",
)


@dataclass(frozen=True, slots=True)
class AllowanceCost:
    """What one allowance costs, in euros: `exempt` is paid outside contributions, `taxable` joins gross pay."""

    label: str
    day: date
    phase: str
    quantity: Decimal
    unit_amount: Decimal
    exempt: Step
    taxable: Step | None = None

    @property
    def month(self) -> str:
        """The month of the slip that pays it, `2026-11`."""
        return f"{self.day:%Y-%m}"


def allowance_costs(
    engagement: Engagement, position: Position, law: Law, phase_on: Callable[[date], str], *, dfs: bool
) -> tuple[tuple[AllowanceCost, ...], tuple[Finding, ...]]:
    """Return the allowances of an engagement, each split at its limit, and what must be known of them.

    `phase_on` gives the budget of a day; with the deduction for expenses (`dfs`), allowances join gross pay but for an
    artist's meals and nights away, kept apart as doubtful (arrêté of 20 December 2002, article 9).
    """
    costs, findings = [], []
    for allowance in engagement.allowances:
        day = allowance.day or engagement.ends_on
        cost, said = _one(allowance, day, phase_on(day), engagement, law)
        findings += said
        if dfs:
            joins = not (position.status == ARTISTE and allowance.type in AWAY)
            cost, deducted = _with_dfs(cost, engagement, joins=joins)
            findings.append(deducted)
        costs.append(cost)
    return tuple(costs), tuple(findings)


def total_exempt(costs: Iterable[AllowanceCost]) -> Step:
    """All that is paid outside contributions, in euros."""
    return steps.total("Indemnités hors cotisations", [cost.exempt for cost in costs])


def _one(
    allowance: Allowance, day: date, phase: str, engagement: Engagement, law: Law
) -> tuple[AllowanceCost, list[Finding]]:
    label = allowance.label or label_of(allowance, "type")
    quantity = steps.given("quantité", allowance.quantity, unit="", by=engagement.about)
    each = steps.given("montant", allowance.unit_amount, by=engagement.about)
    paid = steps.rounded(steps.product(label, quantity, each))

    def made(exempt: Step, taxable: Step | None = None) -> AllowanceCost:
        return AllowanceCost(label, day, phase, allowance.quantity, allowance.unit_amount, exempt, taxable)

    limit = _limit(allowance.type, day, law)
    if limit is None:
        return made(_doubtful(paid)), [_unknown(label, engagement, day)]
    said = [*_vehicle(label, allowance, engagement, day, law), *_long_stay(label, allowance, engagement, day)]
    if each.value <= limit.value:
        return made(paid), said
    within = steps.least("montant exonéré", each, limit)
    exempt = steps.rounded(steps.product(f"{label}, part exonérée", quantity, within))
    taxable = steps.difference(f"{label}, au-delà de la limite d’exonération", paid, exempt)
    return made(exempt, taxable), [*said, _excess(label, allowance, limit, taxable, engagement)]


def _limit(kind: str, day: date, law: Law) -> Step | None:
    name = LIMITS.get(kind)
    if name is None:
        return None
    try:
        return law[name].forecast(day)
    except LawNotCovered:
        return None


def _doubtful(step: Step) -> Step:
    return replace(step, certainty=UNCERTAIN)


def _with_dfs(cost: AllowanceCost, engagement: Engagement, *, joins: bool) -> tuple[AllowanceCost, Finding]:
    """Join an allowance to gross pay, or keep an artist's meals and nights away apart: both to check."""
    amount = french.euro(cost.exempt.value)
    if joins:
        said = (
            f"{cost.label} : avec l’abattement pour frais (DFS), l’indemnité rejoint en principe le brut "
            f"({amount}) ; à vérifier auprès de l’Urssaf."
        )
        parts = [cost.exempt] if cost.taxable is None else [cost.exempt, cost.taxable]
        whole = _doubtful(steps.total(f"{cost.label}, jointe au brut (DFS)", parts))
        cost = replace(cost, exempt=steps.total(cost.label, []), taxable=whole)
    else:
        said = (
            f"{cost.label} : {amount} laissés hors cotisations malgré l’abattement pour frais (DFS), ce que la "
            "doctrine admet pour un artiste en tournée ; hors tournée, l’indemnité rejoint le brut : à vérifier."
        )
        cost = replace(cost, exempt=_doubtful(cost.exempt))
    return cost, Finding("payroll.allowance_with_dfs", "warning", engagement.about, said, DFS_SOURCE)


def _unknown(label: str, engagement: Engagement, day: date) -> Finding:
    message = (
        f"{label} : aucune limite d’exonération connue au {french.day(day)} ; comptée hors cotisations, "
        "à condition de rembourser une dépense justifiée."
    )
    return Finding("payroll.allowance_unknown", "warning", engagement.about, message)


def _excess(label: str, allowance: Allowance, limit: Step, taxable: Step, engagement: Engagement) -> Finding:
    beyond = allowance.unit_amount - limit.value
    assumed = f" ({limit.rule})" if limit.how == "assumed" else ""
    message = (
        f"{label} : {french.euro(allowance.unit_amount)} dépassent de {_unit_euro(beyond)} la limite d’exonération de "
        f"{_unit_euro(limit.value)}{assumed} ; {french.euro(taxable.value)} s’ajoutent au brut."
    )
    source = next((s for leaf in limit.leaves() for s in leaf.sources), None)
    return Finding("payroll.allowance_excess", "warning", engagement.about, message, source)


def _vehicle(label: str, allowance: Allowance, engagement: Engagement, day: date, law: Law) -> list[Finding]:
    """The least powerful car whose scale covers the amount of a kilometre, when it is not any car."""
    if allowance.type != "kilometre":
        return []
    scale = {cv: law[name].forecast(day).value for cv, name in CARS.items()}
    needed = next((cv for cv, rate in scale.items() if allowance.unit_amount <= rate), max(scale))
    if needed == min(scale):
        return []
    message = (
        f"{label} : exonérée jusqu’à {_unit_euro(scale[needed])} le kilomètre pour une voiture d’au moins {needed} CV, "
        "et jusqu’à 5 000 km par an ; vérifiez la carte grise."
    )
    return [Finding("payroll.allowance_vehicle", "info", engagement.about, message)]


def _long_stay(label: str, allowance: Allowance, engagement: Engagement, day: date) -> list[Finding]:
    if allowance.type not in AWAY or day - engagement.starts_on < THREE_MONTHS:
        return []
    message = (
        f"{label} : au-delà de trois mois au même endroit, la limite d’exonération baisse de 15 % (de 30 % après deux "
        "ans) ; la limite appliquée ici est celle des trois premiers mois."
    )
    return [Finding("payroll.allowance_long_stay", "info", engagement.about, message)]


def _unit_euro(value: Decimal) -> str:
    """Write an amount per unit: two decimals, three for a kilometre."""
    return (
        french.euro(value) if value == value.quantize(Decimal("0.01")) else f"{french.number(value)}\u00a0€"
    )
