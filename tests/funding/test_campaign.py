"""Crowdfunding, worked by hand: the curve, what is needed a day, the net of fees and rewards."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from filage.facts.campaign import Campaign
from filage.funding.campaign import CampaignView, campaign_view, net_of
from filage.kernel.changes import add, set_
from filage.kernel.step import recompute
from support.dossiers import TODAY, codes, reviewed

ULULE: dict[str, Any] = {
    "label": "Woyzeck sur Ulule", "platform": "Ulule", "goal": "3000", "starts_on": "2026-10-01",
    "ends_on": "2026-10-30",
}  # fmt: skip


def view(today: date = TODAY, **values: Any) -> CampaignView:
    return campaign_view(Campaign(id="ulule", **ULULE | values), today)


def test_the_net_is_what_fees_their_vat_and_rewards_leave() -> None:
    campaign = Campaign(
        id="c", **ULULE, fee_rate="0.0667", payment_rate="0.015",
        rewards=[{"label": "Affiche", "price": "30", "expected": "40", "cost": "4", "shipping": "3.50"},
                 {"label": "Place", "price": "15", "expected": "20"}],
    )  # fmt: skip
    # 3 000 × 8,17 % = 245,10 ; TVA 20 % = 49,02 ; affiches 40 × 7,50 = 300
    net = net_of(campaign, Decimal(3000))
    assert net.value == Decimal("2405.88")
    assert recompute(net) == net.value


def test_a_campaign_that_may_reach_its_goal_is_read_at_its_goal() -> None:
    pledged = [{"on": "2026-10-02", "amount": "10"}]
    assert view(pledges=pledged).net.parts[0].value == 3000
    assert view(pledges=[{"on": "2026-10-02", "amount": "3500"}]).net.parts[0].value == 3500
    over = date(2026, 10, 31)
    assert view(over, pledges=pledged, all_or_nothing="false").net.parts[0].value == 10
    assert view(over, pledges=pledged).net.value == 0


def test_several_pledges_of_one_day_add_up_and_tomorrow_s_do_not_count() -> None:
    pledges = [{"on": "2026-10-02", "amount": "100", "backers": "3"}, {"on": "2026-10-02", "amount": "50"},
               {"on": "2026-10-20", "amount": "999"}]  # fmt: skip
    seen = view(pledges=pledges)
    assert (seen.raised, seen.backers) == (Decimal(150), 3)
    assert [point.raised for point in seen.points[:3]] == [Decimal(0), Decimal(150), Decimal(150)]
    assert seen.points[12].raised is None


def test_a_day_needs_what_is_missing_over_the_days_left_today_included() -> None:
    # 12 Oct. to 30 Oct.: 19 days ; 3 000 − 150
    seen = view(pledges=[{"on": "2026-10-02", "amount": "150"}])
    assert (seen.days_left, seen.needed_per_day) == (19, Decimal("150.00"))
    assert view(date(2026, 9, 1)).days_left == 30
    assert view(date(2026, 10, 31)).needed_per_day is None


def test_the_usual_curve_is_fast_at_both_ends_and_reaches_the_goal() -> None:
    points = view().points
    assert len(points) == 30
    # a tenth of the time: three days, 30 % of 3 000 €
    assert points[2].expected == Decimal("900.00")
    assert points[23].expected == Decimal("2100.00")
    assert points[-1].expected == Decimal("3000.00")
    assert [p.expected for p in points] == sorted(p.expected for p in points)


@pytest.mark.parametrize(("on", "raised", "all_or_nothing", "state"), [
    (date(2026, 9, 30), "0", "true", "coming"), (date(2026, 10, 1), "0", "true", "running"),
    (date(2026, 10, 30), "0", "true", "running"), (date(2026, 10, 31), "3000", "true", "reached"),
    (date(2026, 10, 31), "2999.99", "true", "failed"), (date(2026, 10, 31), "2999.99", "false", "closed"),
])  # fmt: skip
def test_a_campaign_says_where_it_stands(on: date, raised: str, all_or_nothing: str, state: str) -> None:
    pledges = [{"on": "2026-10-01", "amount": raised}] if raised != "0" else []
    assert view(on, pledges=pledges, all_or_nothing=all_or_nothing).state == state


FED = add("campaign/ulule", **ULULE, funding="funding/adami")


def test_a_plan_that_forgets_the_fees_is_told() -> None:
    gross = set_("funding/adami", nature="crowdfunding", state="asked", amount="3000")
    net = set_("funding/adami", nature="crowdfunding", state="asked", amount="2700")
    assert "campaign.net" in codes(reviewed(FED, gross))
    assert "campaign.net" not in codes(reviewed(FED, net))
    free = set_("campaign/ulule", fee_rate="0")
    assert "campaign.fees_forgotten" in codes(reviewed(FED, net, free))


def test_all_or_nothing_short_of_the_goal_brings_nothing() -> None:
    assert "campaign.failed" not in codes(reviewed(FED, on=date(2026, 10, 30)))
    assert "campaign.failed" in codes(reviewed(FED, on=date(2026, 10, 31)))
    assert "campaign.failed" not in codes(
        reviewed(FED, set_("campaign/ulule", all_or_nothing="false"), on=date(2026, 10, 31))
    )


def test_a_campaign_behind_a_usual_one_is_told_and_one_ahead_is_not() -> None:
    assert "campaign.behind" in codes(reviewed(FED))
    ahead = set_("campaign/ulule", pledges=[{"on": "2026-10-02", "amount": "2000"}])
    assert "campaign.behind" not in codes(reviewed(FED, ahead))


def test_a_reward_is_late_until_every_one_is_delivered() -> None:
    reward = {
        "label": "Affiche",
        "price": "30",
        "expected": "4",
        "delivered_by": "2026-10-11",
        "delivered": "1",
    }
    late = set_("campaign/ulule", rewards=[reward])
    [found] = [one for one in reviewed(FED, late).findings if one.code == "campaign.delivery_late"]
    assert found.message == (
        "Woyzeck sur Ulule, « Affiche » : 1 sur 4 livrées, promises avant le dim. 11 oct. 2026."
    )
    done = set_("campaign/ulule", rewards=[{**reward, "delivered": "4"}])
    assert "campaign.delivery_late" not in codes(reviewed(FED, done))


def test_the_end_and_the_deliveries_feed_the_calendar() -> None:
    reward = {"label": "Affiche", "price": "30", "expected": "4", "delivered_by": "2026-12-11"}
    said = [(d.on.isoformat(), d.label) for d in reviewed(FED, set_("campaign/ulule", rewards=[reward])).deadlines
            if d.about == "campaign/ulule"]  # fmt: skip
    assert said == [("2026-10-30", "Fin de la collecte : Woyzeck sur Ulule"),
                    ("2026-12-11", "Contrepartie à livrer : Affiche")]  # fmt: skip
