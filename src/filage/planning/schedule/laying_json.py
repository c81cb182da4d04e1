"""A plan as plain JSON, and back: what the office keeps of a computation, what the command line writes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from filage.kernel.errors import BadInput, Problem
from filage.planning.schedule.laying_layout import LaidCall, LaidDay, LaidScene, Layout, PersonCost
from filage.planning.schedule.laying_problem import MINUTES_A_DAY, LayingProblem, Window


def layout_json(layout: Layout, problem: LayingProblem | None = None) -> dict[str, Any]:
    """A plan as JSON: times as `HH:MM`, past 24 after midnight, money in euros; names when the problem is given."""
    names = problem.names if problem else {}
    answer: dict[str, Any] = {
        "cost": _money(layout.cost),
        "holding": _money(layout.holding),
        "bound": _money(layout.bound),
        "status": layout.status,
        "objective": layout.objective,
        "seed": layout.seed,
        "seconds": layout.seconds,
        "moves": layout.moves,
        "setups": layout.setups,
        "unused": [day.isoformat() for day in layout.unused],
        "parts": {
            "crew": _money(layout.crew),
            "moving": _money(layout.moving),
            "setting_up": _money(layout.setting_up),
            "places": _money(layout.places),
        },
        "people": [
            {"person": one.person, "days": one.days, "held": one.held, "cost": _money(one.cost)}
            for one in layout.people
        ],
        "days": [_day_json(day) for day in layout.days],
        "findings": list(layout.findings),
    }
    if problem is not None:
        answer["plan"] = problem.plan
        answer["names"] = dict(names)
        answer["warnings"] = list(problem.warnings)
    return answer


def _day_json(day: LaidDay) -> dict[str, Any]:
    return {
        "slot": day.slot,
        "day": day.day.isoformat(),
        "call": told(day.start),
        "wrap": told(day.end),
        "lunch": list(map(told, day.lunch)) if day.lunch else None,
        "event": day.event or None,
        "scenes": [
            {"scene": one.scene, "start": told(one.start), "end": told(one.end)}
            | ({"piece": one.piece} if one.piece else {})
            for one in day.scenes
        ],
        "people": [
            {
                "person": one.person,
                "call": told(one.call),
                "wrap": told(one.wrap),
                "breaks": [list(map(told, pause)) for pause in one.breaks],
            }
            for one in day.people
        ],
    }


def layout_from_json(content: Any) -> Layout:
    """Read a plan written by `layout_json`; BadInput when it is not one."""
    try:
        return _layout(content)
    except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
        message = f"ce n’est pas un plan de travail écrit par Filage ({error})"
        raise BadInput(Problem(message, suggestion="refaites le calcul")) from None


def _layout(content: Mapping[str, Any]) -> Layout:
    parts = content["parts"]
    status = content["status"]
    if status not in ("optimal", "feasible"):
        raise ValueError(status)
    return Layout(
        days=tuple(_day(one) for one in content["days"]),
        cost=_euros(content["cost"]),
        holding=_euros(content["holding"]),
        bound=_euros(content["bound"]),
        status=status,
        seed=int(content["seed"]),
        seconds=float(content["seconds"]),
        moves=int(content["moves"]),
        setups=int(content["setups"]),
        unused=tuple(date.fromisoformat(one) for one in content["unused"]),
        people=tuple(
            PersonCost(one["person"], int(one["days"]), int(one["held"]), _euros(one["cost"]))
            for one in content["people"]
        ),
        crew=_euros(parts["crew"]),
        moving=_euros(parts["moving"]),
        setting_up=_euros(parts["setting_up"]),
        places=_euros(parts["places"]),
        findings=tuple(content["findings"]),
    )


def _day(one: Mapping[str, Any]) -> LaidDay:
    return LaidDay(
        slot=int(one["slot"]),
        day=date.fromisoformat(one["day"]),
        start=_read(one["call"]),
        end=_read(one["wrap"]),
        scenes=tuple(
            LaidScene(each["scene"], _read(each["start"]), _read(each["end"]), each.get("piece", ""))
            for each in one["scenes"]
        ),
        people=tuple(
            LaidCall(
                each["person"],
                _read(each["call"]),
                _read(each["wrap"]),
                tuple(_window(pause) for pause in each["breaks"]),
            )
            for each in one["people"]
        ),
        lunch=_window(one["lunch"]) if one["lunch"] else None,
        event=one["event"] or "",
    )


def told(minute: int) -> str:
    """Write `09:05`, `25:30` after midnight, `-1:15` before the midnight that opens the day."""
    if minute < 0:
        return f"-{told(-minute)}"
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _read(written: str) -> int:
    sign = -1 if written.startswith("-") else 1
    hours, _colon, minutes = written.removeprefix("-").partition(":")
    found = sign * (int(hours) * 60 + int(minutes))
    if abs(found) > 3 * MINUTES_A_DAY:
        raise ValueError(written)
    return found


def _window(pair: Any) -> Window:
    first, last = pair
    return _read(first), _read(last)


def _money(value: Decimal) -> float:
    return float(value)


def _euros(value: Any) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.01"))
