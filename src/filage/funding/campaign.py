"""Crowdfunding: the curve against the goal, what is still needed a day, and what is left once all is paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from filage.facts.campaign import Campaign
from filage.facts.funding import Funding
from filage.kernel import french
from filage.kernel import step as steps
from filage.kernel.finding import Deadline, Finding, Severity
from filage.kernel.interval import days_between, later_day
from filage.kernel.money import CENT, ONE, ZERO, round_half_up

if TYPE_CHECKING:
    from filage.facts.dossier import Dossier
    from filage.kernel.step import Step

USUAL_CURVE = ((ZERO, ZERO), (Decimal("0.1"), Decimal("0.3")), (Decimal("0.8"), Decimal("0.7")), (ONE, ONE))
"""What campaigns usually raise by a share of their time: fast at both ends. Usage of the trade, not a rule."""
SOON = 7


@dataclass(frozen=True, slots=True)
class Point:
    """One day of a campaign: what came in since the start (None after today) and what a usual curve expects."""

    on: date
    raised: Decimal | None
    expected: Decimal


@dataclass(frozen=True, slots=True)
class CampaignView:
    """A campaign on a day: what came in, what is needed, the curve, and the net of what would be paid out."""

    campaign: Campaign
    today: date
    raised: Decimal
    backers: int
    points: tuple[Point, ...]
    net: Step

    @property
    def missing(self) -> Decimal:
        """What is left to raise, in euros."""
        return max(self.campaign.goal - self.raised, ZERO)

    @property
    def days_left(self) -> int:
        """The days left, today included, over the campaign; 0 once it is over."""
        first = max(self.today, self.campaign.starts_on)
        return max(days_between(first, self.campaign.ends_on), 0)

    @property
    def needed_per_day(self) -> Decimal | None:
        """What each day left must bring, in euros; None once over."""
        return round_half_up(self.missing / self.days_left) if self.days_left else None

    @property
    def state(self) -> str:
        """`coming`, `running`, `reached`, `failed` (all or nothing, short of the goal) or `closed`."""
        if self.today < self.campaign.starts_on:
            return "coming"
        if self.days_left:
            return "running"
        if not self.missing:
            return "reached"
        return "failed" if self.campaign.all_or_nothing else "closed"

    @property
    def expected(self) -> Decimal:
        """What a usual campaign would have raised by now."""
        held = [point.expected for point in self.points if point.on <= self.today]
        return held[-1] if held else ZERO


def campaigns_of(dossier: Dossier, today: date) -> tuple[CampaignView, ...]:
    """Every campaign of a production as it stands on a day."""
    return tuple(campaign_view(one, today) for one in dossier.all(Campaign))


def campaign_view(campaign: Campaign, today: date) -> CampaignView:
    """One campaign as it stands on a day; several pledges of one day are added up."""
    raised = sum((one.amount for one in campaign.pledges if one.on <= today), ZERO)
    backers = sum(one.backers or 0 for one in campaign.pledges if one.on <= today)
    return CampaignView(
        campaign, today, raised, backers, tuple(_points(campaign, today)), _net(campaign, raised, today)
    )


def _net(campaign: Campaign, raised: Decimal, today: date) -> Step:
    """What a campaign would leave: at its goal while it may reach it, of what came in once it is over."""
    if today <= campaign.ends_on:
        return net_of(campaign, max(campaign.goal, raised), label="Collecte à l’objectif")
    if campaign.all_or_nothing and raised < campaign.goal:
        return steps.given("Objectif manqué : rien n’est versé", ZERO, by=campaign.about)
    return net_of(campaign, raised)


def net_of(campaign: Campaign, raised: Decimal, *, label: str = "Collecte") -> Step:
    """What is left of an amount raised, in euros: less fees, their VAT, rewards and their sending."""
    gross = steps.given(label, raised, by=campaign.about)
    rate = steps.given(
        "Commission et frais de paiement", campaign.fee_rate + campaign.payment_rate, unit="rate"
    )
    fees = steps.rounded(steps.product("Frais", gross, rate))
    vat = steps.rounded(
        steps.product(
            "TVA sur les frais (se récupère si la structure y est assujettie)",
            fees,
            steps.given("TVA", campaign.vat_on_fees, unit="rate"),
        )
    )
    return steps.difference("Net de la campagne", gross, fees, vat, rewards_cost(campaign))


def rewards_cost(campaign: Campaign) -> Step:
    """What the rewards cost to make and send, for the number expected, in euros."""
    parts = []
    for reward in campaign.rewards:
        number = steps.given("Nombre prévu", reward.expected, unit="contreparties")
        unit = steps.given("Coût et envoi", reward.cost + reward.shipping)
        parts.append(steps.product(reward.label, number, unit))
    return steps.total("Contreparties", parts)


def campaign_findings(dossier: Dossier, today: date) -> list[Finding]:
    """Fees or rewards the plan forgot, a goal missed, a campaign behind, rewards owed and late."""
    findings = []
    for view in campaigns_of(dossier, today):
        findings += [*_plan_findings(view, dossier), *_pace(view), *_deliveries(view, today)]
    return findings


def campaign_deadlines(dossier: Dossier) -> list[Deadline]:
    """The ends of campaigns and the days rewards are owed."""
    deadlines = []
    for one in dossier.all(Campaign):
        goal = f"objectif {french.euro(one.goal)}"
        deadlines.append(
            Deadline(one.ends_on, f"Fin de la collecte : {one.label}", one.about, "financement", goal)
        )
        deadlines += [
            Deadline(reward.delivered_by, f"Contrepartie à livrer : {reward.label}", one.about, "financement")
            for reward in one.rewards
            if reward.delivered_by and (reward.delivered or 0) < reward.expected
        ]
    return deadlines


def _points(campaign: Campaign, today: date) -> list[Point]:
    days = days_between(campaign.starts_on, campaign.ends_on)
    points, so_far = [], ZERO
    for number in range(max(days, 1)):
        on = later_day(campaign.starts_on, number)
        so_far += sum((one.amount for one in campaign.pledges if one.on == on), ZERO)
        spent = Decimal(number + 1) / Decimal(max(days, 1))
        expected = round_half_up(campaign.goal * _usual(spent), CENT)
        points.append(Point(on, so_far if on <= today else None, expected))
    return points


def _usual(spent: Decimal) -> Decimal:
    for (left, low), (right, high) in pairwise(USUAL_CURVE):
        if spent <= right:
            return low + (high - low) * (spent - left) / (right - left)
    return ONE


def _plan_findings(view: CampaignView, dossier: Dossier) -> list[Finding]:
    campaign = view.campaign
    funding = dossier.find(campaign.funding, Funding)
    found = []
    if not campaign.fee_rate and not campaign.payment_rate and campaign.platform:
        message = f"{campaign.label} : aucuns frais saisis ; {campaign.platform} en prend peut-être."
        found.append(Finding("campaign.fees_forgotten", "info", campaign.about, message, subject="fees"))
    if funding is None or funding.state == "refused":
        return found
    net = round_half_up(view.net.value)
    if view.state == "failed":
        message = (
            f"{campaign.label} : l’objectif n’est pas atteint, rien n’est versé (tout ou rien) ; le plan compte "
            f"encore {french.euro(funding.amount)}."
        )
        found.append(Finding("campaign.failed", "blocking", funding.about, message, subject="failed"))
    elif funding.amount > net:
        message = (
            f"{campaign.label} : le plan compte {french.euro(funding.amount)}, il en restera {french.euro(net)} "
            "après les frais et les contreparties."
        )
        found.append(Finding("campaign.net", "warning", funding.about, message, subject="net"))
    return found


def _pace(view: CampaignView) -> list[Finding]:
    if view.state != "running" or view.raised >= view.expected or view.needed_per_day is None:
        return []
    message = (
        f"{view.campaign.label} : {french.euro(view.raised)} collectés, une campagne courante en serait à "
        f"{french.euro(view.expected)} ; il faut {french.euro(view.needed_per_day)} par jour."
    )
    severity: Severity = "warning" if view.days_left <= SOON else "info"
    return [Finding("campaign.behind", severity, view.campaign.about, message, subject="pace")]


def _deliveries(view: CampaignView, today: date) -> list[Finding]:
    if view.state == "failed":
        return []
    late = [
        reward
        for reward in view.campaign.rewards
        if reward.delivered_by and reward.delivered_by < today and (reward.delivered or 0) < reward.expected
    ]
    return [
        Finding(
            "campaign.delivery_late", "warning", view.campaign.about,
            f"{view.campaign.label}, « {reward.label} » : {reward.delivered or 0} sur {reward.expected} livrées, "
            f"promises avant le {french.day(reward.delivered_by)}.", subject=reward.label,
        )
        for reward in late if reward.delivered_by
    ]  # fmt: skip
