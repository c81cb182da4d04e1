"""The days the law changes: the last day before, the first day after, and the days it does not cover."""

from datetime import date
from decimal import Decimal

import pytest

from filage.kernel.errors import LawNotCovered
from filage.payroll.ceiling import Presence
from payroll.samples import amount, lines_of, slip, terms

PERMANENT = "permanent"


def rate(day: str, ident: str, status: str = "artiste", gross: str = "1000", **more):
    found = lines_of(slip(gross, terms(status, date.fromisoformat(day), **more)), ident)
    return [line.rate for line in found]


@pytest.mark.parametrize(
    ("before", "after", "ident", "status", "old", "new"),
    [
        ("2025-04-30", "2025-05-01", "chomage", "artiste", "0.0405", "0.04"),
        ("2025-12-31", "2026-01-01", "vieillesse_deplafonnee", PERMANENT, "0.0202", "0.0211"),
        ("2025-12-31", "2026-01-01", "vieillesse_deplafonnee", "artiste", "0.0141", "0.0148"),
        ("2025-12-31", "2026-01-01", "maladie", PERMANENT, "0.07", "0.13"),
        ("2025-12-31", "2026-01-01", "allocations_familiales", PERMANENT, "0.0345", "0.0525"),
        ("2025-12-31", "2026-01-01", "maladie", "artiste", "0.049", "0.091"),
    ],
)
def test_a_rate_changes_on_its_day(before, after, ident, status, old, new):
    gross = {"artiste": "100", PERMANENT: "2600"}[status]
    assert rate(before, ident, status, gross) == [Decimal(old)]
    assert rate(after, ident, status, gross) == [Decimal(new)]


def test_the_general_reduction_becomes_the_single_one_in_2026():
    ids = [
        [line.id for line in slip("1900", terms(PERMANENT, day)).lines if line.amount < 0]
        for day in (date(2025, 12, 31), date(2026, 1, 1))
    ]
    assert ids == [["reduction_generale"], ["rgdu"]]


@pytest.mark.parametrize(
    ("day", "ident", "without", "with_fund"),
    [
        (date(2025, 6, 20), "reduction_generale", "-0.1759", "-0.1954"),
        (date(2026, 6, 20), "rgdu", "-0.2550", "-0.2833"),
    ],
)
def test_a_holiday_fund_raises_either_reduction_by_100_over_90(day, ident, without, with_fund):
    week = Presence(days=5, hours=Decimal(35))
    rates = [
        lines_of(slip("500", terms("technicien", day, paid_leave_fund=fund), week), ident)[0].rate
        for fund in (False, True)
    ]
    assert rates == [Decimal(without), Decimal(with_fund)]


def test_the_largest_coefficient_of_2025_changes_in_may():
    smic_month = "1801.80"
    before, after = (
        lines_of(slip(smic_month, terms(PERMANENT, day)), "reduction_generale")[0].rate
        for day in (date(2025, 4, 30), date(2025, 5, 1))
    )
    assert (before, after) == (Decimal("-0.3194"), Decimal("-0.3193"))


@pytest.mark.parametrize(
    ("day", "association", "due"),
    [
        ("2026-02-28", True, False),
        ("2026-03-01", True, True),
        ("2026-02-28", False, True),
        ("2025-06-15", True, False),
    ],
)
def test_associations_owe_apprenticeship_tax_from_march_2026(day, association, due):
    assert bool(rate(day, "taxe_apprentissage", association=association)) == due


def test_the_reduced_rates_of_2025_stop_at_their_thresholds():
    of = terms(PERMANENT, date(2025, 6, 15))
    month = Decimal("11.88") * 1820 / 12
    health, family = (month * Decimal("2.25")), (month * Decimal("3.3"))
    cent = Decimal("0.01")
    health, family = (limit.quantize(cent, "ROUND_DOWN") for limit in (health, family))
    rates = [
        (
            lines_of(slip(gross, of), "maladie")[0].rate,
            lines_of(slip(gross, of), "allocations_familiales")[0].rate,
        )
        for gross in (health, health + cent, family, family + cent)
    ]
    assert rates == [
        (Decimal("0.07"), Decimal("0.0345")),
        (Decimal("0.13"), Decimal("0.0345")),
        (Decimal("0.13"), Decimal("0.0345")),
        (Decimal("0.13"), Decimal("0.0525")),
    ]


def test_a_day_before_the_first_value_is_refused():
    with pytest.raises(LawNotCovered, match="aucune valeur connue avant"):
        slip("200", terms(day=date(2014, 3, 14)))


def test_a_day_of_2027_is_assumed_and_says_so():
    found = slip("800", terms(day=date(2027, 3, 14)))
    [capped] = lines_of(found, "vieillesse_plafonnee")
    assert rules(capped.step) == {"plafond horaire : valeur 2026 reprise pour 2027"}
    assert (capped.confidence, capped.amount) == ("uncertain", amount(slip("800"), "vieillesse_plafonnee"))
    assert {step.rule for step in found.assumed} == {
        "plafond horaire : valeur 2026 reprise pour 2027",
        "AT/MP artistes (code risque national 923AC) : valeur 2026 reprise pour 2027",
    }


def test_a_ceiling_assumed_that_changes_nothing_casts_no_doubt():
    [line] = lines_of(slip("200", terms(day=date(2027, 3, 14))), "vieillesse_plafonnee")
    assert (line.base, line.confidence) == (200, "one_source")


def rules(step):
    return {leaf.rule for leaf in step.leaves() if leaf.how == "assumed"}


def test_an_at_rate_the_law_leaves_to_the_employer_is_missing_until_given():
    without, given = (
        slip("700", terms("technicien")),
        slip("700", terms("technicien", at_rate=Decimal("0.016"))),
    )
    assert (without.complete, without.missing, lines_of(without, "accident_travail")) == (
        False,
        ("paie.atmp_technicien",),
        [],
    )
    assert (given.complete, amount(given, "accident_travail")) == (True, Decimal("11.20"))
    assert given.totals.employer_cost - without.totals.employer_cost == Decimal("11.20")


def test_an_artists_at_rate_is_uncertain_until_notified():
    [assumed] = lines_of(slip("200"), "accident_travail")
    [notified] = lines_of(slip("200", terms(at_rate=Decimal("0.016"))), "accident_travail")
    assert (assumed.rate, assumed.confidence) == (Decimal("0.0112"), "uncertain")
    assert (notified.rate, notified.confidence) == (Decimal("0.0112"), "one_source")
