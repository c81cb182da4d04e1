"""The contributions as data: what is shipped holds together, what is wrong is named."""

from __future__ import annotations

from decimal import Decimal

import pytest

from filage.kernel.errors import BadInput
from filage.law import load_law
from filage.payroll.contribution import GIVEN_RATES, contributions, plan_for, read_contribution
from filage.payroll.terms import CONDITIONS, STATUSES
from payroll.samples import terms

LAW = load_law()
IDS = {contribution.id for contribution in contributions()}
RULES = [rule for contribution in contributions() for rule in contribution.rules]
RIGHT = "label: Essai\norder: 1\nlines:\n- {payer: employer, base: gross, rate: [paie.csa]}\n"


def test_the_ids_are_the_published_ones():
    assert {
        "accident_travail", "agirc_arrco", "ags", "allocations_familiales", "apec", "casc_svp", "ceg", "cet", "chomage",
        "chomage_majoration_cddu", "chomage_spectacle", "complementaire_sante", "conges_spectacles", "crds", "csa",
        "csg_deductible", "csg_non_deductible", "dialogue_social", "fcap", "fcap_svp", "fnal", "fnas", "fonds_sante",
        "formation", "maladie", "peec", "prevoyance", "taxe_apprentissage", "taxe_salaires", "versement_mobilite",
        "vieillesse_deplafonnee", "vieillesse_plafonnee",
    } == IDS  # fmt: skip


def test_every_rate_named_is_in_the_law():
    named = {
        rate
        for rule in RULES
        for rate in (*rule.rates, rule.increased_by)
        if rate and rate not in GIVEN_RATES
    }
    assert sorted(rate for rate in named if rate not in LAW) == []


def test_every_condition_serves():
    assert {name for rule in RULES for name in rule.when} <= set(CONDITIONS)


def test_the_order_of_the_slip_is_that_of_the_files():
    assert [c.order for c in contributions()] == sorted(c.order for c in contributions())


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("cadre", [False, True])
def test_no_line_is_planned_twice(status, cadre):
    planned = [
        (line.id, line.tranche, line.payer) for line in plan_for(terms(status, cadre=cadre), LAW).lines
    ]
    assert len(planned) == len(set(planned))


def test_reads_a_right_file():
    [rule] = read_contribution("essai", RIGHT).rules
    assert (rule.payer, rule.base, rule.rates, rule.when) == ("employer", "gross", ("paie.csa",), ())


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("- une liste", "ce n’est pas une fiche"),
        (RIGHT + "extra: 1\n", "« extra » inconnu"),
        (RIGHT.replace("label: Essai\n", ""), "« label » manque"),
        (RIGHT.replace("order: 1\n", ""), "« order » manque"),
        ("label: Essai\norder: 1\n", "« lines » manque"),
        ("label: Essai\norder: 1\nlines: oui\n", "« lines » est une liste de lignes"),
        (RIGHT.replace("base: gross", "base: brut"), "base « brut » inconnue"),
        (RIGHT.replace("payer: employer", "payer: patron"), "payer : employer ou employee"),
        (RIGHT.replace("rate: [paie.csa]", "rate: paie.csa"), "rate : une liste de paramètres"),
        (RIGHT.replace(", rate: [paie.csa]", ""), "rate : une liste de paramètres"),
        (RIGHT.replace("rate: [paie.csa]", "rate: [paie.csa], taux: 1"), "« taux » inconnu dans une ligne"),
        (
            RIGHT.replace("rate: [paie.csa]", "rate: [paie.csa], when: [lundi]"),
            "condition « lundi » inconnue",
        ),
        (
            RIGHT.replace("rate: [paie.csa]", "rate: [paie.csa], when: cadre"),
            "when : une liste de conditions",
        ),
    ],
)
def test_a_wrong_file_is_refused_by_name(text, fault):
    with pytest.raises(BadInput) as refused:
        read_contribution("essai", text)
    assert [problem for problem in refused.value.problems if fault in problem.message]
    assert {problem.path for problem in refused.value.problems} == {"essai"}


def test_every_fault_is_told_at_once():
    with pytest.raises(BadInput) as refused:
        read_contribution(
            "essai", RIGHT.replace("gross", "brut").replace("employer", "patron").replace("order", "ordre")
        )
    assert len(refused.value.problems) == 4


@pytest.mark.parametrize("name", ["at_rate", "versement_mobilite", "cover"])
def test_a_rate_given_is_that_of_its_terms_and_of_no_other(name):
    ident = {
        "at_rate": "accident_travail",
        "versement_mobilite": "versement_mobilite",
        "cover": "prevoyance",
    }[name]
    found = []
    for given in ("0.01", "0.02", "0.01"):
        plan = plan_for(terms("permanent", headcount=11, **{name: Decimal(given)}), LAW)
        found += [line.rate.value for line in plan.lines if line.id == ident and line.payer == "employer"]
    assert found == [Decimal("0.01"), Decimal("0.02"), Decimal("0.01")]


@pytest.mark.parametrize(("headcount", "rates"), [(10, []), (11, [Decimal("0.02")])])
def test_the_town_s_rate_is_due_from_eleven_employees(headcount, rates):
    plan = plan_for(terms("permanent", headcount=headcount, versement_mobilite=Decimal("0.02")), LAW)
    assert [line.rate.value for line in plan.lines if line.id == "versement_mobilite"] == rates
