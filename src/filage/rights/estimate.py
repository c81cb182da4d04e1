"""What rights and tax would come to for a sale: on which base, who pays, how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from filage.facts.contract import Right
from filage.facts.deal import Deal
from filage.kernel import french
from filage.kernel import step as steps
from filage.kernel.finding import Finding
from filage.kernel.money import ZERO
from filage.kernel.text import fold
from filage.rights.tariffs import RIGHTS, TAX, Tariff, tariffs, usual

if TYPE_CHECKING:
    from filage.facts.dossier import Dossier
    from filage.kernel.step import Step

PAYERS = {
    "cession": "l’acheteur, qui tient la billetterie",
    "corealisation": "pris sur la recette avant le partage",
    "coproduction": "pris sur la recette avant le partage",
    "box_office": "le lieu, qui tient la billetterie",
    "rental": "nous, qui tenons la billetterie",
    "promotion": "pris sur la recette avant le partage",
}
"""Who bears rights and tax, by nature of the sale, unless the contract says otherwise."""


@dataclass(frozen=True, slots=True)
class RightsLine:
    """One tariff applied to a sale: its base and amount in euros; None when its rate must be asked."""

    tariff: Tariff
    base: Step | None
    amount: Step | None
    payer: str

    @property
    def confidence(self) -> str:
        """How sure it is: that of the tariff, whatever the figures."""
        return self.tariff.source.confidence


def rights_estimate(
    form: str, sale: str, *, box_office: Step, fee: Step | None = None, department: str | None = None
) -> tuple[RightsLine, ...]:
    """Estimate each tariff such a sale seems to fall under; euros of one evening, `fee` with its approach costs.

    An estimate to be checked with each organisation: the authorisation of the author decides.
    """
    lines: list[RightsLine] = []
    due: dict[str, Step] = {}
    for tariff in usual(form, department):
        base = _base(tariff, box_office, fee, due)
        rate = tariff.step()
        amount = None
        if base is not None and rate is not None:
            amount = steps.rounded(steps.product(tariff.label, base, rate))
            if tariff.kind == RIGHTS:
                due[tariff.organisation] = amount
        lines.append(RightsLine(tariff, base, amount, PAYERS.get(sale, tariff.payer)))
    return tuple(lines)


def _base(tariff: Tariff, box_office: Step, fee: Step | None, due: dict[str, Step]) -> Step | None:
    """What the tariff is taken on; None when that is not known."""
    if tariff.base in ("best", "assessed"):
        return box_office if fee is None else steps.greatest("assiette la plus favorable", box_office, fee)
    if tariff.base == "tickets_or_fee":
        return fee if fee is not None and box_office.value == ZERO else box_office
    if tariff.base == "rights":
        return steps.total("droits", tuple(due.values())) if due else None
    if tariff.base == "sacem":
        return due.get("Sacem")
    return box_office


def usual_rates(dossier: Dossier, department: str | None = None) -> tuple[Decimal, Decimal]:
    """Return the rates of rights and tax an offer starts from: those of the dossier's rights, else the tariffs'."""
    found = usual(dossier.production.form, department)
    agreed = [right.rate for right in _held(dossier) if right.rate is not None]
    rights = sum(agreed, ZERO) if agreed else _first(found, RIGHTS)
    return rights, _first(found, TAX)


def _first(found: tuple[Tariff, ...], kind: str) -> Decimal:
    return next((one.rate for one in found if one.kind == kind and one.rate is not None), ZERO)


def _held(dossier: Dossier) -> list[Right]:
    return [right for right in dossier.all(Right) if right.state != "refused"]


def rights_findings(dossier: Dossier) -> list[Finding]:
    """An offer that counts other rights than those agreed; a right whose rate is not its organisation's tariff."""
    agreed = [right for right in _held(dossier) if right.rate is not None]
    findings = [found for right in agreed if (found := _against_tariff(right, dossier))]
    if not agreed:
        return findings
    whole = sum((right.rate for right in agreed if right.rate is not None), ZERO)
    for deal in dossier.all(Deal):
        bought = deal.type == "cession" and not deal.rights_rate  # the buyer pays: nothing was said of it
        if deal.state == "dropped" or deal.rights_rate == whole or bought:
            continue
        counted, told = french.percent(deal.rights_rate), french.percent(whole)
        message = (
            f"{deal.label} compte {counted} de droits d’auteur ; les droits du dossier en disent {told}."
        )
        findings.append(Finding("rights.deal_differs", "warning", deal.about, message))
    return findings


def _against_tariff(right: Right, dossier: Dossier) -> Finding | None:
    """The tariff of the organisation a right names, when its rate is another."""
    holder = dossier.get(right.holder) if right.holder else None
    names = fold(f"{right.label} {getattr(holder, 'label', '')}").split()
    form = dossier.production.form
    same = [
        one
        for one in tariffs().values()
        if one.kind == RIGHTS and one.rate and form in one.forms and fold(one.organisation) in names
    ]
    if not same or any(one.rate == right.rate for one in same):
        return None
    usually = " ou ".join(french.percent(one.rate) for one in same if one.rate)
    rate = french.percent(right.rate or ZERO)
    message = (
        f"{right.label} : {rate}, là où le tarif relevé est de {usually}, à vérifier. L’autorisation décide."
    )
    return Finding("rights.tariff_differs", "info", right.about, message, same[0].source)
