"""Each premium gives the hours worked out by hand in its file."""

from datetime import date
from decimal import Decimal

import pytest

from filage.kernel.finding import NotChecked
from filage.worktime.premiums import premium_hours, premium_ids, premiums
from support.premium_cases import FOLDER, cases


def shown(found, wanted):
    said = {"on": found.on, "hours": found.hours, "rate": found.rate, "pays": found.pays, "unit": found.unit,
            "label": found.label}  # fmt: skip
    return {key: said[key] for key in wanted}


def wanted_of(line):
    exact = {key: Decimal(value) if key in ("hours", "rate") else value for key, value in line.items()}
    exact["on"] = date.fromisoformat(line["on"])
    return {"pays": "uplift", "unit": "hours", **exact}


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.rule} {case.label}")
def test_the_hours_are_those_worked_out_by_hand(case):
    found = premium_hours(case.shifts, case.workers, case.setting, case.told)
    lines = [line for line in found.due if line.rule == case.rule]
    wanted = [wanted_of(line) for line in case.data["expect"]]
    assert [shown(line, want) for line, want in zip(lines, wanted, strict=True)] == wanted
    asked = [need.needs for need in found.not_checked if need.rule == case.rule]
    assert asked == case.data.get("not_checked", [])
    assert all(isinstance(need, NotChecked) for need in found.not_checked)


def test_every_premium_has_a_worked_case_and_every_case_a_premium():
    assert {path.stem for path in FOLDER.glob("*.yaml")} == {premium.id for premium in premiums()}


def test_the_twenty_rows_of_the_rules_that_raise_the_pay_are_there():
    assert len(premium_ids()) == 20
    assert {premium.id for premium in premiums()} - set(premium_ids()) == {
        "2642-JOUR-4J", "3090-A4-ROADS-4H", "3090-A5-3E-SERVICE", "3097-ART-REPOS-25", "3097-TECH-6E-JOUR",
        "3097-TECH-REPOS-100", "3097-TECH-JOUR", "3097-TECH-JOUR-PUB", "CT-1MAI-DOUBLE",
    }  # fmt: skip


def test_no_text_of_a_convention_claims_to_be_the_one_in_force():
    confident = {premium.convention for premium in premiums() if premium.confidence == "confirmed"}
    assert confident == {"code_travail"}
    assert all(p.source.warning for p in premiums() if p.convention != "code_travail")
