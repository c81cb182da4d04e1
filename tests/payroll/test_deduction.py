"""What DFS and a trainee's franchise take out of the pay contributions are based on."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filage.kernel.errors import BadInput, LawNotCovered
from filage.kernel.step import given as typed
from filage.kernel.step import recompute
from filage.payroll.ceiling import Presence
from filage.payroll.deduction import has_dfs, insured_pay
from payroll.samples import ANY_GROSS, ANY_PRESENCE, ANY_TERMS, LAW, amount, lines_of, slip, terms

DAY = Presence(days=1, cachets=Decimal(1), isolated=True)
MONTH = Presence(hours=Decimal("151.67"))


def insured(gross: str, of, presence=DAY) -> Decimal:
    return insured_pay(of, typed("brut", gross), presence, LAW).value


@pytest.mark.parametrize(
    ("year", "dramatic", "musician"),
    [
        (2024, "770", "810"),
        (2025, "790", "820"),
        (2026, "820", "840"),
        (2028, "880", "880"),
        (2032, "1000", "1000"),
    ],
)
def test_the_rate_falls_every_year(year, dramatic, musician):
    day = date(year, 11, 22)
    found = [insured("1000", terms(day=day, dfs=True, job_group=group)) for group in ("dramatic", "musician")]
    assert found == [Decimal(dramatic), Decimal(musician)]


@pytest.mark.parametrize(
    ("used", "left"), [("0", "820"), ("7500", "900"), ("7600", "1000"), ("9000", "1000")]
)
def test_the_deduction_stops_at_its_yearly_limit(used, left):
    of = terms(dfs=True, job_group="dramatic", dfs_used=Decimal(used))
    assert insured("1000", of) == Decimal(left)


@pytest.mark.parametrize(
    ("gross", "hours", "expected"),
    [
        ("200", "12", "164.00"),
        ("180.15", "12", "147.72"),
        ("180.14", "12", "147.72"),
        ("160", "12", "147.72"),
        ("147.72", "12", "147.72"),
        ("147.71", "12", "147.71"),
        ("160", "8", "131.20"),
    ],
)
def test_the_deduction_stops_at_the_smic_of_the_hours_and_never_adds_pay(gross, hours, expected):
    of = terms(dfs=True, job_group="dramatic")
    presence = Presence(days=1, cachets=Decimal(1), isolated=True, hours=Decimal(hours))
    assert insured(gross, of, presence) == Decimal(expected)


def test_a_cachet_without_hours_counts_twelve_and_says_it_is_doubtful():
    base = insured_pay(terms(dfs=True, job_group="dramatic"), typed("brut", 160), DAY, LAW)
    assert (base.value, base.confidence) == (Decimal("147.72"), "uncertain")


@given(ANY_TERMS, ANY_PRESENCE, ANY_GROSS)
def test_what_is_insured_is_never_more_than_the_gross_and_recomputes(of, presence, gross):
    base = insured_pay(of, typed("brut", gross), presence, LAW)
    assert 0 <= base.value <= gross
    assert recompute(base) == base.value


@given(ANY_TERMS, ANY_PRESENCE, ANY_GROSS, st.integers(1, 500))
def test_more_gross_is_never_less_insured(of, presence, gross, cents):
    more = gross + Decimal(cents) / 100
    assert insured(str(more), of, presence) >= insured(str(gross), of, presence)


@given(ANY_TERMS)
def test_without_the_agreement_nothing_is_deducted(of):
    if not of.dfs and of.status != "stagiaire":
        assert insured("1234.56", of) == Decimal("1234.56")


@pytest.mark.parametrize("group", ["circus", "extra", "technician"])
def test_a_job_without_a_rate_is_refused(group):
    of = terms(dfs=True, job_group=group)
    assert not has_dfs(of)
    with pytest.raises(BadInput, match="DFS : aucun taux sourcé pour cet emploi"):
        insured("1000", of)


def test_unemployment_holidays_csg_and_fnas_stay_on_the_gross():
    plain, less = slip("1000"), slip("1000", terms(dfs=True, job_group="dramatic"))
    for ident in ("chomage", "chomage_spectacle", "chomage_majoration_cddu", "conges_spectacles", "fnas"):
        assert amount(less, ident) == amount(plain, ident)
    assert [line.base for line in lines_of(less, "maladie")] == [820]
    assert less.deducted == 180
    assert plain.deducted == 0


def test_the_reduction_under_dfs_is_at_most_130_percent_of_that_without():
    week = Presence(days=5, hours=Decimal(35))
    of = terms("technicien", at_rate=Decimal("0.016"))
    for gross in ("500", "700", "1200"):
        plain = amount(slip(gross, of, week), "rgdu")
        dfs = terms("technicien", at_rate=Decimal("0.016"), dfs=True, job_group="technician")
        assert plain * Decimal("1.3") - Decimal("0.01") <= amount(slip(gross, dfs, week), "rgdu") < 0


def test_no_reduction_appears_because_of_dfs():
    week = Presence(days=5, hours=Decimal(35))
    of = terms("technicien", dfs=True, job_group="technician")
    assert lines_of(slip("1400", of, week), "rgdu") == []


@pytest.mark.parametrize(("gross", "beyond"), [("682.50", "0"), ("682.51", "0.01"), ("900", "217.50")])
def test_a_trainee_owes_on_what_exceeds_the_franchise(gross, beyond):
    assert insured(gross, terms("stagiaire"), Presence()) == Decimal(beyond)


def test_a_trainee_under_the_franchise_owes_nothing():
    found = slip("600", terms("stagiaire", at_rate=Decimal("0.016")), Presence())
    assert (found.lines, found.totals.employer_cost, found.totals.net_before_tax) == ((), 600, 600)


@pytest.mark.parametrize(("gross", "own"), [("933.51", "0"), ("933.52", "0.01"), ("1200", "266.49")])
def test_an_apprentice_owes_on_what_exceeds_half_the_smic_and_the_employer_on_all(gross, own):
    found = slip(gross, terms("apprenti"), Presence())
    theirs = [line.base for line in lines_of(found, "vieillesse_deplafonnee", "employee")]
    assert theirs == ([Decimal(own)] if Decimal(own) else [])
    assert [line.base for line in lines_of(found, "vieillesse_deplafonnee")] == [Decimal(gross)]
    assert bool(lines_of(found, "crds", "employee")) == (Decimal(own) > 0)


@pytest.mark.parametrize(("headcount", "due"), [(10, False), (11, True)])
def test_an_apprentice_owes_no_training_nor_apprenticeship_tax_under_eleven(headcount, due):
    found = slip("1200", terms("apprenti", headcount=headcount, salary_tax_share=Decimal(1)), Presence())
    for ident in ("formation", "taxe_apprentissage", "taxe_salaires"):
        assert bool(lines_of(found, ident)) is due


def test_an_apprentice_of_before_march_2025_is_refused():
    with pytest.raises(LawNotCovered, match="1er mars 2025"):
        slip("1200", terms("apprenti", date(2025, 2, 28)), Presence())
