"""Which minimum a job has on a day: worked cases as data, conversions, and what is never guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from filage.facts.wages import WageGrid
from filage.kernel.step import recompute
from filage.law import load_law
from filage.payroll.minimum_grid import load_grids
from filage.payroll.minimum_rule import Wanted, jobs_near, minimum_for

LAW, GRIDS = load_law(), load_grids()
FOLDER = Path(__file__).parents[1] / "cases" / "minimums"
CASES = [
    (path.stem.removeprefix("idcc_"), case)
    for path in sorted(FOLDER.glob("idcc_*.yaml"))
    for case in yaml.safe_load(path.read_text("utf-8"))
]
DECIMALS = ("dates", "hours", "weekly_hours", "experience_years")


def wanted(idcc: str, said: dict) -> Wanted:
    return Wanted(
        idcc=idcc, **{key: Decimal(str(value)) if key in DECIMALS else value for key, value in said.items()}
    )


def found_for(idcc: str, said: dict, on: str, grids=GRIDS):
    return minimum_for(wanted(idcc, said), date.fromisoformat(on), LAW, grids)


@pytest.mark.parametrize(("idcc", "case"), CASES, ids=[f"{idcc} {case['case']}" for idcc, case in CASES])
def test_a_worked_case_is_found_to_the_cent(idcc, case):
    found = found_for(idcc, case["want"], str(case["day"]))
    said = {
        "amount": f"{found.amount.value:.2f}",
        "highest": f"{found.highest.value:.2f}" if found.highest else None,
        "undecided": list(found.undecided),
        "row": found.row.id if found.row else None,
        "confidence": found.confidence,
        "superseded": found.superseded,
        "newer": [f"{newer.amount:.2f}" for newer in found.newer if newer.amount],
    }
    expected = {"highest": None, "undecided": [], "superseded": False, "newer": [], **case}
    assert said == {key: expected[key] for key in said}
    if "grid" in case:
        assert (found.by_smic, f"{found.grid_amount.value:.2f}") == (True, case["grid"])


@pytest.mark.parametrize(("idcc", "case"), CASES, ids=[f"{idcc} {case['case']}" for idcc, case in CASES])
def test_a_minimum_explains_itself(idcc, case):
    found = found_for(idcc, case["want"], str(case["day"]))
    assert recompute(found.amount) == found.amount.value
    assert found.source is not None
    assert found.source.title


DRAMATIC = {"job": "artiste dramatique", "unit": "cachet", "status": "artiste", "dates": 1}


def test_the_source_names_the_agreement_and_its_address():
    source = found_for("1285", DRAMATIC, "2026-11-05").source
    assert source.id == "minima/1285-2026-DRAM-CACHET-1-2"
    assert source.title.startswith("accord sur les salaires du 1er juillet 2026")
    assert source.url.startswith("https://www.sceneensemble.com/")


def test_nothing_is_said_of_a_day_before_every_grid():
    assert found_for("1285", DRAMATIC, "2022-01-01") is None


def test_nothing_is_said_of_an_unknown_job_or_convention_paid_by_the_cachet():
    assert found_for("1285", {**DRAMATIC, "job": "dresseur de puces"}, "2026-11-05") is None
    assert found_for("9999", DRAMATIC, "2026-11-05") is None


def test_a_job_is_known_by_the_id_of_its_row_too():
    found = found_for("1285", {**DRAMATIC, "job": "1285-2026-dram-cachet-1-2"}, "2026-11-05")
    assert found.amount.value == Decimal("162.75")


def test_the_conventions_that_became_an_annexe_read_the_grid_of_the_other():
    said = {"job": "Corps de ballet", "unit": "day", "status": "artiste", "union_member": True}
    assert found_for("1734", said, "2026-11-05").amount.value == Decimal("289.23")


def test_the_annexe_of_underfunded_films_is_claimed_never_assumed():
    said = {"job": "Scripte", "unit": "week", "status": "technicien", "days": 20}
    assert found_for("3097", said, "2026-11-05").row.annex == "1"
    assert found_for("3097", {**said, "annex": "3"}, "2026-11-05").row.annex == "3"


def test_a_near_job_is_proposed():
    assert jobs_near("artist dramatique", GRIDS["1285"])[0] == "Artiste dramatique ou chorégraphique"
    assert jobs_near("régie générale", GRIDS["3097"])[0] == "Régisseur général cinéma"
    assert jobs_near("Marie", GRIDS["1285"], ("cachet",), "artiste")[:2] == (
        "Artiste de chœur",
        "Artiste de cirque",
    )
    assert (
        jobs_near("Marie", GRIDS["1285"], ("day", "month"), "technicien")[0]
        == "Emploi non artistique groupe 1"
    )


def own(**more) -> WageGrid:
    row = {"job": "Artiste dramatique ou chorégraphique", "unit": "cachet", "amount": "170"}
    values = {
        "id": "nao-2027",
        "label": "NAO 2027",
        "idcc": "1285",
        "source": "Accord du 2 janvier 2027",
        "starts_on": "2027-01-01",
        "rows": [row],
        **more,
    }
    return WageGrid.model_validate(values)


def test_a_structure_s_newer_grid_wins_from_its_day():
    grids = GRIDS.with_own([own(starts_on_all="2027-01-01")])
    before, after = (found_for("1285", DRAMATIC, day, grids) for day in ("2026-12-31", "2027-01-01"))
    assert (before.amount.value, before.grid.own) == (Decimal("162.75"), False)
    assert (after.amount.value, after.grid.own, after.confidence) == (Decimal(170), True, "confirmed")
    assert after.source.title == "Accord du 2 janvier 2027 ; Structure : Accord du 2 janvier 2027"
    assert [(newer.title, newer.amount) for newer in before.newer] == [("NAO 2027", Decimal(170))]


def test_a_structure_s_older_grid_does_not_win():
    grids = GRIDS.with_own([own(starts_on="2025-01-01", starts_on_all="2025-01-01")])
    assert found_for("1285", DRAMATIC, "2026-11-05", grids).amount.value == Decimal("162.75")
    assert found_for("1285", DRAMATIC, "2026-07-01", grids).amount.value == Decimal(170)


def test_a_structure_s_grid_begun_the_same_day_wins():
    grids = GRIDS.with_own([own(starts_on="2026-08-01", starts_on_all="2026-08-01")])
    assert found_for("1285", DRAMATIC, "2026-11-05", grids).amount.value == Decimal(170)


def test_a_structure_s_grid_not_extended_is_to_check_for_another_employer():
    grids = GRIDS.with_own([own()])
    assert found_for("1285", DRAMATIC, "2027-01-01", grids).confidence == "uncertain"
    member = found_for("1285", {**DRAMATIC, "union_member": True}, "2027-01-01", grids)
    assert member.confidence == "confirmed"


def test_a_structure_s_grid_of_another_convention_is_not_read():
    assert found_for(
        "1285", DRAMATIC, "2027-02-01", GRIDS.with_own([own(idcc="3090")])
    ).amount.value == Decimal("162.75")
