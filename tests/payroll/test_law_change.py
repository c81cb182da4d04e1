"""The same team under the law of two years, and the weight of each legal value."""

from datetime import date
from decimal import Decimal

from filage.kernel.changes import add, set_
from filage.kernel.step import recompute
from filage.law import load_law
from filage.payroll.law_change import EMPLOYER, cost_of_law_change
from filage.payroll.law_use import uses_of_law
from filage.payroll.slip import cost_slip
from filage.review import law_of_structure
from support.dossiers import reviewed

OWN = "paie.atmp_technicien"


def rates(starts_on: str = "2025-01-01"):
    rate = {"parameter": OWN, "value": "0.016", "starts_on": starts_on, "source": "notification Carsat"}
    return set_("employer/fil", rates=[rate])


def change(*changes, before=2025, after=2026):
    outcome = reviewed(*changes)
    law = law_of_structure(outcome.dossier.employer, load_law())
    return outcome, cost_of_law_change(outcome.costs, law, before_year=before, after_year=after)


def test_the_total_is_the_difference_of_the_same_slips_under_both_laws():
    outcome, found = change(rates())
    law = law_of_structure(outcome.dossier.employer, load_law())
    expected = Decimal(0)
    for cost in outcome.costs:
        for monthly in cost.slips:
            slip = monthly.slip
            old = cost_slip(
                slip.terms.on(slip.terms.day.replace(year=2025)), slip.gross.value, slip.presence, law
            )
            expected += slip.totals.employer_cost - old.totals.employer_cost
    assert expected > 0
    assert (found.total.value, found.after - found.before) == (expected, expected)
    assert found.after == sum(cost.employer_cost.value for cost in outcome.costs)


def test_it_is_the_sum_of_its_contributions_and_of_its_people():
    _, found = change(rates())
    employer = [line for line in found.lines if line.payer == EMPLOYER]
    assert sum(line.change for line in employer) == found.total.value
    assert sum(one.change for one in found.engagements) == found.total.value
    assert [sum(c.change for c in one.contributions if c.payer == EMPLOYER) for one in found.engagements] == [
        one.change for one in found.engagements
    ]


def test_every_change_explains_itself():
    _, found = change(rates())
    assert recompute(found.total) == found.total.value
    for line in found.lines:
        assert recompute(line.step) == line.change
    for one in found.engagements:
        assert recompute(one.step) == one.change


def test_names_the_rates_of_both_years_with_their_sources():
    _, found = change(rates())
    (old_age,) = [
        line for line in found.lines if (line.id, line.payer) == ("vieillesse_deplafonnee", EMPLOYER)
    ]
    assert old_age.rates_before == (Decimal("0.0141"), Decimal("0.0202"))
    assert old_age.rates_after == (Decimal("0.0148"), Decimal("0.0211"))
    assert {source.id for source in old_age.sources} == {
        "paie.vieillesse_deplafonnee_employeur@2024-01-01",
        "paie.vieillesse_deplafonnee_employeur@2026-01-01",
    }


def test_a_rate_given_for_one_year_only_is_left_out_and_said():
    _, found = change(rates("2026-01-01"))
    assert [(u.parameter, u.year, u.whole_slips) for u in found.uncovered] == [(OWN, 2025, False)]
    assert found.uncovered[0].labels == ("Élie Vasseur, régie générale",)
    (elie,) = [one for one in found.engagements if one.about == "engagement/elie"]
    assert "accident_travail" not in {line.id for line in elie.contributions}
    assert sum(line.change for line in found.lines if line.payer == EMPLOYER) == found.total.value


def test_a_year_the_law_data_does_not_cover_is_said_and_counts_for_nothing():
    _, found = change(rates(), before=2020, after=2021)
    assert (found.total.value, found.before, found.lines) == (0, 0, ())
    assert {u.year for u in found.uncovered} == {2020, 2021}
    assert all(u.whole_slips for u in found.uncovered)


def test_the_next_year_is_assumed_and_says_of_what():
    _, found = change(rates(), before=2026, after=2027)
    assert found.total.value == 0
    assert "AT/MP artistes (code risque national 923AC) : valeur 2026 reprise pour 2027" in found.assumed
    expected = set_("employer/fil", expectations=[{"parameter": "paie.atmp_artiste", "change": "0.10"}])
    _, found = change(rates(), expected, before=2026, after=2027)
    assert found.total.value > 0


def test_the_reduced_rates_of_2025_do_not_follow_a_slip_into_2026():
    need = {"phase": "production", "unit": "day", "quantity": "5", "unit_pay": "150", "day": "2025-11-05"}
    outcome, found = change(
        rates(), add("position/plus", label="Renfort", status="technicien", forecast=[need])
    )
    (cost,) = [cost for cost in outcome.costs if cost.about == "position/plus"]
    assert cost.slips[0].slip.terms.reduced_health
    (plus,) = [one for one in found.engagements if one.about == "position/plus"]
    (health,) = [line for line in plus.contributions if line.id == "maladie"]
    assert (health.rates_before, health.rates_after) == ((Decimal("0.07"),), (Decimal("0.13"),))
    assert found.moved_days == 1


def test_going_back_costs_the_opposite():
    outcome, back = change(rates(), before=2026, after=2025)
    _, forward = change(rates(), before=2025, after=2026)
    assert back.total.value == -forward.total.value
    assert back.moved_days == sum(len(cost.slips) for cost in outcome.costs)


def test_no_pay_changes_nothing():
    found = cost_of_law_change([], load_law(), before_year=2025, after_year=2026)
    assert (found.total.value, found.lines, found.engagements) == (0, (), ())


def needed_by(people: int):
    need = {"phase": "production", "unit": "cachet", "quantity": "4", "unit_pay": "160", "day": "2026-11-05"}
    _, found = change(set_("position/marie", people=str(people), forecast=[need]))
    (needed,) = [one for one in found.engagements if one.about == "position/marie"]
    return needed


def test_several_people_of_one_need_count_each():
    three, one = needed_by(3), needed_by(1)
    assert (three.change, three.after) == (one.change * 3, one.after * 3)
    assert one.change > 0


def test_a_value_weighs_the_lines_that_read_it_in_their_rate_or_their_base():
    outcome = reviewed(on=date(2026, 11, 22))
    uses = uses_of_law(outcome.costs)
    lines = [(cost, line) for cost in outcome.costs for monthly in cost.slips for line in monthly.slip.lines]
    holidays = [line.amount for _, line in lines if line.id == "conges_spectacles"]
    assert uses["paie.conges_spectacles"].amount == sum(holidays)
    assert uses["paie.conges_spectacles"].lines == ("Congés Spectacles",)
    assert uses["paie.atmp_artiste"].engagements == ("Dana Morel, Marie",)
    assert uses["paie.csg_assiette"].amount == sum(
        line.amount for _, line in lines if line.id in ("csg_deductible", "csg_non_deductible", "crds")
    )
    assert "tva.spectacle" not in uses
