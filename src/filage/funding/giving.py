"""Gifts and sponsorship: what may be given in return, the receipt, what the giver's tax gives back, VAT."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from filage.facts.funding import Funding
from filage.facts.people import Company
from filage.kernel import french
from filage.kernel import step as steps
from filage.kernel.finding import Finding
from filage.kernel.money import ZERO
from filage.kernel.step import Source

if TYPE_CHECKING:
    from filage.facts.dossier import Dossier
    from filage.kernel.step import Step

PATRONAGE, SPONSORSHIP = "patronage", "sponsorship"


@dataclass(frozen=True, slots=True)
class Rule:
    """One part of the rules of giving: its values by name, and where they come from."""

    values: dict[str, Any]
    source: Source

    def step(self, label: str, name: str, unit: str = "EUR") -> Step:
        """One value, with its source."""
        return steps.law(label, Decimal(self.values[name]), self.source, unit=unit)


@dataclass(frozen=True, slots=True)
class Gift:
    """One gift or sponsorship: its counterparts, the share they are of it, the giver's tax, the receipt, VAT.

    `tax` is what the giver's tax falls by at most, before its own limits; None for a sponsorship, which bears `vat`.
    """

    funding: Funding
    by_company: bool
    counterparts: Step
    share: Step | None
    most: Step
    tax: Step | None
    cost: Step | None
    receipt: str
    limits: str
    vat: Step | None
    warning: str

    @property
    def too_much(self) -> bool:
        """Whether a gift gives back more than a quarter of it."""
        return self.tax is not None and self.counterparts.value > self.most.value


@cache
def giving_rules() -> dict[str, Rule]:
    """The rules of giving, by name: company, person, counterparts, sponsorship."""
    text = files("filage.data").joinpath("funding/giving.yaml").read_text("utf-8")
    data = yaml.safe_load(text)
    checked_on = date.fromisoformat(data.pop("checked_on"))
    return {name: _rule(name, row, checked_on) for name, row in data.items()}


def gifts_of(dossier: Dossier) -> tuple[Gift, ...]:
    """Every gift and sponsorship of the plan, refused ones apart, in the order given."""
    return tuple(
        gift_of(one, dossier)
        for one in dossier.all(Funding)
        if one.nature in (PATRONAGE, SPONSORSHIP) and one.state != "refused"
    )


def gift_of(funding: Funding, dossier: Dossier) -> Gift:
    """One gift: a giver that is an organisation gives as a company, else as a person."""
    rules = giving_rules()
    amount = steps.given(funding.label, funding.amount, by=funding.about)
    back = steps.total("Contreparties", [steps.given(one.label, one.value) for one in funding.counterparts])
    limit = rules["counterparts"].step("Part du don au plus", "share", "rate")
    most = steps.rounded(steps.product("Contreparties au plus", amount, limit))
    share = steps.quotient("Part du don", back, amount, unit="rate") if funding.amount else None
    known = dossier.find(funding.company, Company) is not None or funding.catalogue == "mecenat_entreprise"
    by_company = known and funding.catalogue != "don_particulier"
    if funding.nature == SPONSORSHIP:
        rate = rules[SPONSORSHIP].step("TVA du parrainage", "vat", "rate")
        vat = steps.rounded(steps.product("TVA à facturer", amount, rate))
        return Gift(funding, by_company, back, share, most, None, None, "Facture", "", vat, "")
    tax = _company_tax(amount) if by_company else _person_tax(amount)
    rule = rules["company" if by_company else "person"]
    cost = steps.difference("Coût pour qui donne", amount, tax)
    return Gift(
        funding, by_company, back, share, most, tax, cost, rule.values["receipt"], _limits(rule, by_company), None,
        rule.source.warning,
    )  # fmt: skip


def giving_findings(dossier: Dossier) -> list[Finding]:
    """Gifts whose counterparts are worth more than a quarter: they may be requalified as sponsorship."""
    findings = []
    for gift in gifts_of(dossier):
        if gift.too_much:
            about = gift.funding.about
            message = (
                f"{gift.funding.label} : les contreparties valent {french.euro(gift.counterparts.value)}, plus que le "
                f"quart du don ({french.euro(gift.most.value)}). Le don peut être lu comme un parrainage, avec TVA."
            )
            source = giving_rules()["counterparts"].source
            findings.append(
                Finding("funding.counterparts", "warning", about, message, source, subject="quarter")
            )
    return findings


def _company_tax(amount: Step) -> Step:
    rule = giving_rules()["company"]
    threshold = rule.step("Seuil", "threshold")
    low = steps.least("Jusqu’au seuil", amount, threshold)
    over = steps.greatest(
        "Au-delà", steps.difference("Au-delà", amount, threshold), steps.given("rien", ZERO)
    )
    parts = [
        steps.product("Jusqu’au seuil", low, rule.step("Réduction", "rate", "rate")),
        steps.product("Au-delà du seuil", over, rule.step("Réduction au-delà", "rate_above", "rate")),
    ]
    return steps.rounded(steps.total("Réduction d’impôt au plus", parts))


def _person_tax(amount: Step) -> Step:
    rate = giving_rules()["person"].step("Réduction", "rate", "rate")
    return steps.rounded(steps.product("Réduction d’impôt au plus", amount, rate))


def _limits(rule: Rule, by_company: bool) -> str:  # noqa: FBT001 - two wordings of one limit
    values = rule.values
    if by_company:
        thousandths = french.number(Decimal(values["limit_of_turnover"]) * 1000)
        return (
            f"Versements retenus jusqu’au plus élevé de {french.euro(Decimal(values['limit']))} et {thousandths} ‰ du "
            f"chiffre d’affaires ; le reste se reporte sur {values['carried_years']} exercices."
        )
    income = french.percent(Decimal(values["limit_of_income"]))
    years = values["carried_years"]
    return f"Versements retenus jusqu’à {income} du revenu imposable ; le reste se reporte sur {years} ans."


def _rule(name: str, row: dict[str, Any], checked_on: date) -> Rule:
    source = Source(
        f"funding.giving.{name}",
        row["source"],
        row["url"],
        checked_on,
        row["confidence"],
        row.get("warning", ""),
    )
    return Rule(row, source)
