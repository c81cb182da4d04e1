"""The published shape of a financing plan: sources, gaps, ceilings, schemes, tax credits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from filage.funding.caps import caps_of
from filage.funding.catalogue import possible_schemes
from filage.funding.credits.data import credits_for
from filage.funding.credits.estimate import estimate_credit
from filage.funding.situation import Situation
from filage.kernel.money import round_half_up

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from filage.funding.caps import CapSeen
    from filage.funding.catalogue import SchemeView
    from filage.funding.conditions import ConditionView
    from filage.funding.credits.estimate import CreditEstimate, ReviewedTravel
    from filage.funding.plan import Source
    from filage.kernel.step import Source as Cited
    from filage.law import Law


def funding_json(reviewed: ReviewedTravel, law: Law, today: date, *, every: bool = False) -> dict[str, Any]:
    """Return the plan of a review, the schemes that concern it (`every`: those of other kinds too), its tax credits.

    Amounts are text with two decimals, rates are fractions; `law` is the structure's.
    """
    plan = reviewed.plan
    situation = Situation.of(reviewed, today)
    credits_seen = [
        estimate_credit(reviewed, data.id, law, today)
        for data in credits_for(reviewed.dossier.production.form)
    ]
    return {
        "on": today.isoformat(),
        "expense": _money(plan.expense),
        "gap": {
            "full": _money(plan.gap),
            "weighted": _money(plan.gap_weighted),
            "certain": _money(plan.gap_certain),
        },
        "sources": [_source(one) for one in plan.sources],
        "in_kind": [_source(one) for one in plan.valued],
        "caps": [_cap(one) for one in caps_of(situation)],
        "schemes": [_scheme(one) for one in possible_schemes(reviewed, today, every=every)],
        "credits": [_credit(one) for one in credits_seen],
    }


def _source(one: Source) -> dict[str, Any]:
    return {
        "id": one.about,
        "label": one.label,
        "nature": one.nature,
        "state": one.state,
        "amount": _money(one.amount),
        "probability": str(one.probability),
        "weighted": _money(one.weighted),
        "received": _money(one.received),
    }


def _cap(one: CapSeen) -> dict[str, Any]:
    return {
        "id": one.cap.id,
        "label": one.cap.label,
        "ceiling": str(one.cap.rate),
        "share": str(one.share.value),
        "room": _money(one.room.value),
        "passed": one.passed,
        "scope": one.cap.scope,
        "source": _cited(one.cap.source),
    }


def _scheme(one: SchemeView) -> dict[str, Any]:
    return {
        "id": one.data.id,
        "body": one.data.body,
        "label": one.data.label,
        "state": one.state,
        "words": one.words,
        "amount": _money(one.amount.value) if one.amount is not None else None,
        "at_most": one.at_most,
        "conditions": [_condition(each) for each in one.conditions],
        "deadlines": [day.isoformat() for day in one.deadlines],
        "pieces": list(one.data.pieces),
        "asked": [funding.about for funding in one.fundings],
        "confidence": one.data.confidence,
        "doubt": one.data.doubt,
        "sources": [_cited(each) for each in one.data.sources],
    }


def _credit(one: CreditEstimate) -> dict[str, Any]:
    return {
        "id": one.data.id,
        "label": one.data.label,
        "state": one.state,
        "eligible": _money(one.eligible.value),
        "base": _money(one.base.value),
        "deducted": _money(one.deducted.value),
        "rate": str(one.rate.value),
        "amount": _money(one.amount.value),
        "lines": [
            {
                "id": line.row.id,
                "label": line.row.label,
                "amount": _money(line.row.amount),
                "eligible": _money(line.eligible.value),
                "state": line.state,
                "reason": line.reason,
            }
            for line in one.lines
        ],
        "conditions": [_condition(each) for each in one.conditions],
        "doubts": list(one.doubts),
        "sources": [_cited(each) for each in one.data.sources],
    }


def _condition(one: ConditionView) -> dict[str, Any]:
    return {"text": one.text, "state": one.state, "seen": one.answer.seen, "asked": one.answer.asked}


def _cited(source: Cited) -> dict[str, Any]:
    checked = source.checked_on.isoformat() if source.checked_on else None
    return {"title": source.title, "url": source.url, "checked_on": checked}


def _money(value: Decimal) -> str:
    return f"{round_half_up(value):.2f}"
