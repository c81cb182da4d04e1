"""What an engagement would cost, from what one knows of it: its gross, the net wanted, or the employer's budget."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from filage.facts.dossier import Dossier
from filage.facts.team import Engagement
from filage.kernel import french
from filage.kernel.errors import BadInput, Problem
from filage.kernel.finding import Finding
from filage.kernel.money import ONE, round_half_up
from filage.kernel.step import Step
from filage.law import load_law
from filage.payroll.alternatives import Found, cost_alone, gross_for_cost, gross_for_net
from filage.payroll.engagement import PayCost
from filage.payroll.minimum import MinimumCheck, check_engagement
from filage.payroll.quantity import unit_name, unit_words
from filage.review import law_of_structure
from filage.script.casting import days_wanted
from filage_web.team.queries import MINIMUM
from filage_web.why.reasons import UNCERTAIN

GROSS, NET, COST = "gross", "net", "cost"
KNOWN: Final = {GROSS: "brut", NET: "net voulu", COST: "coût employeur"}
UNIT, WHOLE = "unit", "whole"
OVER: Final = {UNIT: "par unité", WHOLE: "en tout"}
SEARCH: Final = {NET: gross_for_net, COST: gross_for_cost}
MINIMUM_WAGE: Final = "minimum"
QUESTIONS: Final = {
    COST: "Pourquoi ce coût ?",
    NET: "Pourquoi ce net ?",
    MINIMUM_WAGE: "Pourquoi ce minimum ?",
}
NEW: Final = "nouveau"
"""The id of an engagement that has none yet."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is typed of the pay: an amount, what it is (gross, net or cost), for one unit or for all of them."""

    amount: Decimal
    known: str = GROSS
    over: str = UNIT


@dataclass(frozen=True, slots=True)
class Effect:
    """What the change would do to the rest: findings come and gone, the money still to be found."""

    new: tuple[Finding, ...] = ()
    gone: tuple[Finding, ...] = ()
    gap: tuple[Decimal, Decimal] | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """An engagement computed: whole when its quantity is known, else for one unit."""

    cost: PayCost
    counted: bool
    """Whether the quantity is known; else one unit alone is costed."""
    asked: Asked
    found: Found | None = None
    minimum: MinimumCheck | None = None
    effect: Effect | None = None

    @property
    def steps(self) -> dict[str, Step]:
        """What each « pourquoi ? » explains, by its name in an address."""
        found = {COST: self.cost.employer_cost, NET: self.cost.net_before_tax}
        if self.minimum and self.minimum.step:
            found[MINIMUM_WAGE] = self.minimum.step
        return found

    @property
    def questions(self) -> list[tuple[str, str]]:
        """Each « pourquoi ? » with its words."""
        return [(key, words) for key, words in QUESTIONS.items() if key in self.steps]

    @property
    def unsaid(self) -> tuple[Finding, ...]:
        """What the change would bring that the figures do not already say: the minimum has its own line."""
        new = self.effect.new if self.effect else ()
        said = self.minimum.message if self.minimum else ""
        return tuple(finding for finding in new if finding.message != said)

    @property
    def unit(self) -> str:
        """The unit of pay, in the singular."""
        name = unit_name(self.cost.unit)
        return name if self.cost.unit == "month" else name.removesuffix("s")

    @property
    def base(self) -> str:
        """How many units: « 3 cachets »."""
        return base_words(self.cost)

    @property
    def gross(self) -> Decimal:
        """Gross pay in all."""
        return self.cost.gross.value

    @property
    def net(self) -> Decimal:
        """What is left before income tax, in all."""
        return self.cost.net

    @property
    def employer_cost(self) -> Decimal:
        """What the employer pays, in all."""
        return self.cost.employer_cost.value

    @property
    def employee(self) -> Decimal:
        """What the employee's contributions take."""
        return self.net - self.gross

    @property
    def employer(self) -> Decimal:
        """What the employer's contributions add."""
        return self.employer_cost - self.gross

    @property
    def each(self) -> tuple[Decimal, Decimal, Decimal] | None:
        """Gross, net and cost of one unit on average; None when there is one only."""
        units = self.cost.quantity
        if not self.counted or units in (0, 1):
            return None
        whole = (self.gross, self.net, self.employer_cost)
        gross, net, cost = (round_half_up(amount / units) for amount in whole)
        return gross, net, cost

    @property
    def coefficient(self) -> Decimal | None:
        """What one euro of gross costs."""
        return round_half_up(self.employer_cost / self.gross, Decimal("0.001")) if self.gross else None

    @property
    def doubts(self) -> int:
        """Values to check in the cost, each once."""
        leaves = self.cost.employer_cost.leaves()
        return len({(leaf.label, leaf.sources) for leaf in leaves if leaf.certainty == UNCERTAIN})

    @property
    def minimum_status(self) -> str:
        """The status of the minimum: broken, to check, met, or none."""
        return MINIMUM[self.minimum.verdict] if self.minimum else ""

    @property
    def others(self) -> tuple[Decimal, ...]:
        """The first higher pays that reach the same target, after a threshold."""
        return self.found.others[:3] if self.found else ()


def base_words(cost: PayCost) -> str:
    """Say the quantity of an engagement with its unit, to the hundredth: « 1,83 mois »."""
    units = round_half_up(cost.quantity)
    name = unit_words(cost.unit, units)
    return f"{french.number(units)} {name}"


def figure_of(dossier: Dossier, engagement: Engagement, asked: Asked, today: date) -> Figure:
    """Compute an engagement from what is known of its pay; BadInput says why not.

    The dossier holds its position. Nothing is counted yet: one unit is computed alone.
    """
    law = law_of_structure(dossier.employer, load_law())
    draft = engagement.model_copy(update={"unit_pay": ONE})
    counted = bool(cost_alone(dossier, draft, law).slips)
    if not counted:
        draft = draft.model_copy(update={"quantity": ONE})
    units = cost_alone(dossier, draft, law).quantity
    target = asked.amount if asked.over == WHOLE else round_half_up(asked.amount * units)
    found = SEARCH[asked.known](dossier, draft, target, law) if asked.known in SEARCH else None
    pay = found.unit_pay if found else asked.amount
    if found is None and asked.over == WHOLE and units:
        pay = round_half_up(asked.amount / units)
    paid = draft.model_copy(update={"unit_pay": pay})
    cost = found.cost if found else cost_alone(dossier, paid, law)
    _refuse_impossible(cost)
    whole = dossier.with_facts([paid if counted else engagement.model_copy(update={"unit_pay": pay})])
    kept = whole.find(engagement.about, Engagement) or paid
    return Figure(cost, counted, asked, found, check_engagement(whole, kept, law, today))


def _refuse_impossible(cost: PayCost) -> None:
    wrong = [finding for finding in cost.findings if finding.severity == "blocking"]
    if wrong and not cost.slips:
        raise BadInput(Problem(finding.message.rstrip(".")) for finding in wrong)


def usual_terms(dossier: Dossier, today: date, roles: Iterable[str] = ()) -> dict[str, str]:
    """What a new engagement begins with: the days its roles are wanted, else the phase under way or to come.

    Then the work plan; nothing when no day is known.
    """
    phases = sorted(dossier.production.phases, key=lambda phase: phase.starts_on)
    roles = tuple(roles)
    wanted = days_wanted(dossier, roles, today) if roles else None
    if wanted:
        meant = next((phase for phase in phases if phase.starts_on <= wanted[0] <= phase.ends_on), None)
        return _terms(*wanted, meant.budget if meant else "")
    coming = next((phase for phase in phases if phase.ends_on >= today), None)
    if coming:
        return _terms(coming.starts_on, coming.ends_on, coming.budget)
    wanted = days_wanted(dossier, (), today)
    return _terms(*wanted) if wanted else {}


def _terms(first: date, last: date, phase: str = "") -> dict[str, str]:
    days = {"starts_on": first.isoformat(), "ends_on": last.isoformat()}
    return days | ({"phase": phase} if phase else {})
