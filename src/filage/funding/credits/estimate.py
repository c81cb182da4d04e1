"""What a tax credit may amount to: the base, the aids deducted, the rate and the ceilings, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from filage.facts.funding import TaxCredit
from filage.funding.conditions import HELD, MISSING, TO_CHECK, Answer, ConditionView, answered
from filage.funding.credits.data import CreditData, credits_known
from filage.funding.credits.lines import UNDECIDED, Base, CreditLine
from filage.funding.situation import Reviewed, Situation
from filage.kernel import french
from filage.kernel import step as steps
from filage.kernel.errors import BadInput, Problem
from filage.kernel.money import ZERO
from filage.kernel.text import closest

if TYPE_CHECKING:
    from datetime import date

    from filage.facts.dossier import Dossier
    from filage.kernel.step import Step
    from filage.law import Law
    from filage.logistics.travel import TravelCost


class ReviewedTravel(Reviewed, Protocol):
    """A review with its travel; an `Outcome` is one."""

    @property
    def travel(self) -> tuple[TravelCost, ...]:
        """What journeys, nights and meals cost."""


@dataclass(frozen=True, slots=True)
class CreditEstimate:
    """A tax credit for a production: lines, base, aids deducted, rate, amount in euros, conditions, doubts.

    The amount is what the rules read give; `state` says whether a condition is missing. It is never granted by this.
    """

    data: CreditData
    fact: TaxCredit | None
    lines: tuple[CreditLine, ...]
    eligible: Step
    base: Step
    deducted: Step
    rate: Step
    amount: Step
    conditions: tuple[ConditionView, ...]
    doubts: tuple[str, ...]

    @property
    def state(self) -> str:
        """`missing` when a computed condition is not held; else `to_check`: an approval always decides."""
        return MISSING if any(one.state == MISSING for one in self.conditions) else TO_CHECK

    @property
    def undecided(self) -> tuple[CreditLine, ...]:
        """The lines somebody must choose."""
        return tuple(line for line in self.lines if line.state == UNDECIDED)


def estimate_credit(reviewed: ReviewedTravel, credit_id: str, law: Law, today: date) -> CreditEstimate:
    """Estimate one tax credit; BadInput names the closest one when there is none of that id.

    `law` is the structure's: it gives the minimum wages of performers.
    """
    data = credits_known().get(credit_id)
    if data is None:
        raise BadInput(_unknown(credit_id))
    situation = Situation.of(reviewed, today)
    fact = credit_fact(situation.dossier, data)
    base_of = Base(situation, {one.about: one for one in reviewed.travel}, data, law, fact)
    lines = base_of.lines()
    eligible = steps.total("Dépenses comptées", [line.eligible for line in lines if line.eligible.value])
    base = _held_base(eligible, situation, data)
    deducted = _deducted(fact, base, situation)
    rate = _rate(data, situation)
    left = steps.greatest(
        "Base nette", steps.difference("Base nette", base, deducted), steps.given("rien", ZERO)
    )
    amount = steps.rounded(_held_amount(steps.product(f"{data.short} estimé", left, rate), situation, data))
    conditions = tuple(answered(condition, situation) for condition in data.conditions)
    if data.least_base:
        conditions = (*conditions, _least_base(eligible, situation, data))
    unbounded = situation.form in data.per_minute and not situation.dossier.production.duration
    return CreditEstimate(
        data,
        fact,
        lines,
        eligible,
        base,
        deducted,
        rate,
        amount,
        conditions,
        _doubts(data, lines, today, unbounded=unbounded),
    )


def credit_fact(dossier: Dossier, data: CreditData) -> TaxCredit | None:
    """The structure's own choices for a credit, when it wrote them."""
    names = (data.id, data.short.lower())
    return next((one for one in dossier.all(TaxCredit) if one.credit.strip().lower() in names), None)


def _held_base(eligible: Step, situation: Situation, data: CreditData) -> Step:
    """The base under its ceilings: so much per show, so much of the budget."""
    held = eligible
    if data.base_share is not None:
        share = steps.law("Part du budget au plus", data.base_share, data.source, unit="rate")
        most = steps.product("Budget compté au plus", situation.expense, share)
        held = steps.least("Base retenue", held, most)
    if data.ceiling_costs is not None:
        ceiling = steps.law("Plafond de dépenses par spectacle", data.ceiling_costs, data.source)
        held = steps.least("Base retenue", held, ceiling)
    return held


def _deducted(fact: TaxCredit | None, base: Step, situation: Situation) -> Step:
    """Public money taken off: as typed, else in proportion of the base in the expenses."""
    if fact is not None and fact.deducted is not None:
        return steps.given("Aides déduites, saisies", fact.deducted, by=fact.about)
    public = situation.amount_of(("public",))
    if not situation.expense.value:
        return steps.given("Aides déduites", ZERO)
    part = steps.quotient("Part du budget dans la base", base, situation.expense, unit="ratio")
    return steps.product("Aides publiques, au prorata", public, part)


def _rate(data: CreditData, situation: Situation) -> Step:
    if situation.form in data.rate_by_form:
        return steps.law("Taux", data.rate_by_form[situation.form], data.source, unit="rate")
    if situation.dossier.employer.small and data.rate_small is not None:
        return steps.law("Taux des PME", data.rate_small, data.source, unit="rate")
    return steps.law("Taux", data.rate, data.source, unit="rate")


def _held_amount(found: Step, situation: Situation, data: CreditData) -> Step:
    """The credit under its ceilings: by minute of work, by work, by company and year."""
    stairs = data.per_minute.get(situation.form, ())
    minutes = situation.dossier.production.duration
    if stairs and minutes:
        cost = situation.expense.value / minutes
        cap = next(cap for under, cap in stairs if under is None or cost < under)
        length = steps.given("Durée", minutes, unit="min")
        most = steps.product("Plafond par minute", length, steps.law("Par minute", cap, data.source))
        found = steps.least(found.label, found, most)
    for label, ceiling in (
        ("Plafond par œuvre", data.ceiling_work),
        ("Plafond par entreprise", data.ceiling_company),
    ):
        if ceiling is not None:
            found = steps.least(found.label, found, steps.law(label, ceiling, data.source))
    return found


def _least_base(eligible: Step, situation: Situation, data: CreditData) -> ConditionView:
    """The least spending a credit asks for: so much, or a part of a smaller budget."""
    amount, share, under = (data.least_base[name] for name in ("amount", "share", "under"))
    asked = amount if situation.expense.value >= under else situation.expense.value * share
    state = HELD if eligible.value >= asked else MISSING
    text = (
        f"Dépenses comptées : {french.euro(amount)} au moins, ou {french.percent(share)} d’un budget de moins de "
        f"{french.euro(under)}."
    )
    answer = Answer(state, french.euro(eligible.value), french.euro(asked), eligible)
    return ConditionView(text, "least_base", answer, data.source.confidence)


def _doubts(
    data: CreditData, lines: tuple[CreditLine, ...], today: date, *, unbounded: bool
) -> tuple[str, ...]:
    doubts = list(data.doubts)
    if not data.in_force(today) and data.until:
        doubts.insert(0, f"La borne lue est passée : {french.day(data.until)}.")
    left = sum(line.state == UNDECIDED for line in lines)
    if left:
        many = f"{left} lignes restent à choisir : elles ne sont pas comptées."
        doubts.append(many if left > 1 else "Une ligne reste à choisir : elle n’est pas comptée.")
    if unbounded:
        doubts.append("Sans durée saisie, le plafond par minute n’est pas appliqué.")
    return tuple(doubts)


def _unknown(credit_id: str) -> Problem:
    near = closest(credit_id, credits_known())
    hint = f"vouliez-vous dire « {near} » ?" if near else f"crédits connus : {', '.join(credits_known())}"
    return Problem(f"crédit d’impôt inconnu : « {credit_id} »", suggestion=hint)
