"""`filage corealisation`: a contract in a file, its shape, what is wrong in it."""

from __future__ import annotations

import json

import pytest

from cli.commands import faults, filage, printed, problems

CONTRACT = {
    "capacity": 200, "fill": 0.6, "average_price": "21.10", "vat_rate": 0.055, "rights_rate": "0.12",
    "tax_rate": "0.035", "rights_base": "box_office", "tax_base": "box_office", "deduction_order": ["rights", "tax"],
    "producer_share": "0.6", "producer_minimum": None, "venue_minimum": "0", "date_cost": 1500,
}  # fmt: skip


@pytest.fixture
def contract(tmp_path):
    def write(**changes):
        path = tmp_path / "corealisation.json"
        path.write_text(json.dumps(CONTRACT | changes), encoding="utf-8")
        return path

    return write


def test_a_corealisation_has_the_published_shape(contract):
    assert faults("corealisation-input", CONTRACT) == []
    found = printed("corealisation", contract())
    assert faults("corealisation", found) == []
    assert (found["producer"], found["break_even_tickets"], found["break_even_fill"]) == (
        "1216.80",
        148,
        "0.7400",
    )


def test_a_house_too_small_has_no_break_even(contract):
    found = printed("corealisation", contract(date_cost=9000))
    assert faults("corealisation", found) == []
    assert (found["break_even_tickets"], found["break_even_fill"]) == (None, None)


@pytest.mark.parametrize(
    ("changes", "said"),
    [({}, "À l’équilibre : 148 billets, 74 % de la jauge."), ({"date_cost": 9000}, "jamais, même à guichets fermés")],
)  # fmt: skip
def test_a_corealisation_is_shown(contract, changes, said):
    shown = " ".join(filage("corealisation", contract(**changes)).stdout.replace("\u00a0", " ").split())
    assert "Au producteur" in shown
    assert said in shown


def test_every_fault_of_a_corealisation_is_told(contract):
    found = problems("corealisation", contract(fill=60, producer_part="0.6", capacity="x", tax_rate="3.5"))
    assert {problem["path"]: problem.get("suggestion", "") for problem in found} == {
        "producer_part": "vouliez-vous « producer_share » ?",
        "capacity": "",
        "fill": "pour 60 %, écrivez 0.6",
        "tax_rate": "pour 3.5 %, écrivez 0.035",
    }


def test_minima_that_cannot_both_be_kept_are_refused(contract):
    [problem] = problems("corealisation", contract(producer_minimum=1500, venue_minimum=1000))
    assert problem["path"] == "producer_minimum"
