"""Cases of working time, written shortly: `2026-03-10T09:00 > 2026-03-10T18:00 rehearsal / 12:00-13:00`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from filage.worktime.asked import read_worktime, worktime_json
from filage.worktime.check import check_worktime

CASES = Path(__file__).parents[1] / "cases" / "worktime"


def read_case(rule: str) -> dict[str, Any]:
    return yaml.safe_load((CASES / f"{rule}.yaml").read_text(encoding="utf-8"))


def shift(text: str, person: str = "dana") -> dict[str, Any]:
    """One shift of the published shape from its short writing."""
    span, _, pauses = text.partition(" / ")
    start, _, rest = span.partition(" > ")
    end, _, kind = rest.partition(" ")
    breaks = [pause.split("-") for pause in pauses.split(", ") if pause]
    return {"person": person, "start": start, "end": end, "kind": kind, "breaks": breaks}


def checked(shifts: list[str], person: dict[str, Any] | None = None, **setting: Any) -> dict[str, Any]:
    """What `filage worktime` says of one person's shifts."""
    people = [{"id": "dana", "birth_date": "1990-01-01", **(person or {})}]
    return report({"people": people, "shifts": [shift(one) for one in shifts], **setting})


def report(content: dict[str, Any]) -> dict[str, Any]:
    shifts, workers, setting = read_worktime(content)
    return worktime_json(check_worktime(shifts, workers, setting), setting)


def rules(answer: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Rule, day and actual value of each finding."""
    return [(one["rule"], one["on"], one["actual"]) for one in answer["findings"]]


def found(case: dict[str, Any], which: str) -> list[dict[str, Any]]:
    """The findings of the case's own rule in one of its three situations."""
    answer = checked(case[which], case.get("person"), **case.get("setting", {}))
    return [one for one in answer["findings"] if one["rule"] == case["rule"]]
