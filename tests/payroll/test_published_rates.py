"""The artists' rates, computed from everybody's, are those Urssaf publishes."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from filage.payroll.contribution import contributions, plan_for
from payroll.samples import LAW, terms

FILE = Path(__file__).parents[1] / "cases" / "law" / "published_artist_rates.yaml"
PUBLISHED = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
RULE_OF = {rate: rule for c in contributions() for rule in c.rules if rule.artist_rate for rate in rule.rates}
SIZES = {"paie.fnal_50_et_plus": 50}


def computed(parameter: str, day: date) -> set[Decimal]:
    """The artists' rates that come from a parameter on a day."""
    reduced = parameter.endswith("_reduit")
    of = terms(day=day, headcount=SIZES.get(parameter, 5), reduced_health=reduced, reduced_family=reduced)
    return {
        line.rate.value
        for line in plan_for(of, LAW).lines
        if line.rate is not None
        and line.payer == RULE_OF[parameter].payer
        and any(part.label == LAW[parameter].label for part in flat(line.rate))
    }


def flat(step):
    yield step
    for part in step.parts:
        yield from flat(part)


@pytest.mark.parametrize("row", PUBLISHED, ids=lambda row: f"{row['parameter']}-{row['from']}")
def test_a_published_rate_is_the_computed_one(row):
    assert row["parameter"] in RULE_OF
    first = date.fromisoformat(row["from"])
    earliest = max(first, date(2025, 1, 1))
    days = [earliest, date.fromisoformat(row["to"]) if "to" in row else earliest + timedelta(days=30)]
    for day in days:
        assert computed(row["parameter"], day) == {Decimal(row["published"])}
