"""The published shape of the risk of a budget: amounts are text with two decimals, chances fractions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from decimal import Decimal

    from filage.budget.risk import Risk


def risk_json(risk: Risk) -> dict[str, Any]:
    """Return the shape `docs/shapes/risk.schema.json`."""
    choices = risk.choices
    return {
        "draws": choices.draws,
        "seed": choices.seed,
        "together": choices.together,
        "spread": {origin: f"{rate:f}" for origin, rate in choices.spread},
        "budget": _amount(risk.budget),
        "reserve": _amount(risk.reserve),
        "reserves": list(risk.reserves),
        "target": None if choices.target is None else _amount(choices.target),
        "inside": f"{risk.inside:f}",
        "inside_target": None if risk.inside_target is None else f"{risk.inside_target:f}",
        "mean": _amount(risk.mean),
        "deviation": _amount(risk.deviation),
        "percentiles": {str(rank): _amount(value) for rank, value in risk.percentiles},
        "bins": [{"low": _amount(b.low), "high": _amount(b.high), "count": b.count} for b in risk.bins],
        "lines": [
            {
                "id": weight.range.row.id,
                "label": weight.range.row.label,
                "low": _amount(weight.range.low),
                "amount": _amount(weight.range.amount),
                "high": _amount(weight.range.high),
                "basis": weight.range.basis,
                "share": f"{weight.share:f}",
            }
            for weight in risk.weights
        ],
        "certain": _amount(risk.certain),
        "notices": list(risk.notices),
    }


def _amount(value: Decimal) -> str:
    return f"{value:.2f}"
