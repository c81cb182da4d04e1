"""Co-producers: what each brings, in cash, in kind or in industry, its share and its rights; shares add up to one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from filage.facts.funding import Funding
from filage.facts.people import Company
from filage.kernel import french
from filage.kernel.finding import Finding
from filage.kernel.money import ONE, ZERO

if TYPE_CHECKING:
    from filage.facts.dossier import Dossier

WAYS = ("cash", "in_kind", "industry")


@dataclass(frozen=True, slots=True)
class Partner:
    """One co-producer: what it brings in each way, its share of the work, what it receives."""

    label: str
    about: str
    fundings: tuple[Funding, ...]

    def brings(self, way: str) -> Decimal:
        """What it brings in one way (cash, in_kind, industry), in euros."""
        return sum((one.amount for one in self.fundings if one.contribution == way), ZERO)

    @property
    def cash(self) -> Decimal:
        """What it brings in money."""
        return self.brings("cash")

    @property
    def in_kind(self) -> Decimal:
        """What it brings in kind."""
        return self.brings("in_kind")

    @property
    def industry(self) -> Decimal:
        """What it brings in industry: its people, its machines."""
        return self.brings("industry")

    @property
    def brought(self) -> Decimal:
        """All it brings, valued."""
        return sum((one.amount for one in self.fundings), ZERO)

    @property
    def share(self) -> Decimal | None:
        """Its share of the work, a fraction; None when nobody said."""
        given = [one.share for one in self.fundings if one.share is not None]
        return sum(given, ZERO) if given else None

    @property
    def rights(self) -> str:
        """What it receives in return."""
        return " ; ".join(one.rights for one in self.fundings if one.rights)


@dataclass(frozen=True, slots=True)
class Coproduction:
    """The partners and what is left to the structure."""

    partners: tuple[Partner, ...]

    @property
    def given_away(self) -> Decimal:
        """The shares given to partners, a fraction."""
        return sum((one.share for one in self.partners if one.share is not None), ZERO)

    @property
    def kept(self) -> Decimal:
        """What the structure keeps, a fraction: negative when more than all was given."""
        return ONE - self.given_away

    @property
    def complete(self) -> bool:
        """Whether every partner's share is said."""
        return all(one.share is not None for one in self.partners)


def coproduction_of(dossier: Dossier) -> Coproduction:
    """The co-producers of the plan, refused ones apart, each once."""
    found: dict[str, list[Funding]] = {}
    for one in dossier.all(Funding):
        if one.nature == "coproduction" and one.state != "refused":
            found.setdefault(one.company or one.about, []).append(one)
    partners = []
    for about, fundings in found.items():
        company = dossier.find(about, Company)
        partners.append(Partner(company.label if company else fundings[0].label, about, tuple(fundings)))
    return Coproduction(tuple(partners))


def coproduction_findings(dossier: Dossier) -> list[Finding]:
    """Shares that give more than the whole work away."""
    found = coproduction_of(dossier)
    if found.given_away <= ONE:
        return []
    told = ", ".join(
        f"{one.label} {french.percent(one.share)}" for one in found.partners if one.share is not None
    )
    message = f"Les parts de coproduction font {french.percent(found.given_away)}, plus que l’œuvre : {told}."
    about = found.partners[0].fundings[0].about
    return [Finding("funding.shares_passed", "blocking", about, message, subject="shares")]
