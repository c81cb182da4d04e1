"""The worked examples, every line to the cent."""

from pathlib import Path

import pytest
import yaml

from filage.law import load_law
from filage.payroll.case import MORE_KEYS, read_case, slip_json
from filage.payroll.slip import compute_slip

FOLDER = Path(__file__).parents[1] / "cases" / "payroll"
EXAMPLES = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.yaml"))]
COMPARED = ("id", "tranche", "payer", "base", "rate", "amount")


def in_order(lines):
    return sorted(
        ({key: line[key] for key in COMPARED} for line in lines),
        key=lambda line: (line["id"], line["payer"], line["base"], line["rate"] or ""),
    )


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["label"])
def test_every_line_and_both_totals_are_exact(example):
    terms, gross, presence = read_case(example["case"], MORE_KEYS)
    found = slip_json(compute_slip(terms, gross, presence, load_law()))
    assert in_order(found["lines"]) == in_order(example["lines"])
    assert (found["employer_cost"], found["net_before_tax"]) == (
        example["employer_cost"],
        example["net_before_tax"],
    )


def test_every_way_of_being_paid_has_its_example():
    assert len(EXAMPLES) == 16
