"""The chances of a budget: certain without ranges, repeatable, and right where a closed form is known."""

import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filage.budget.lines import BudgetRow, budget_of
from filage.budget.risk import BINS, RiskChoices, risk_of
from filage.facts.budget import LineDetail
from filage.facts.dossier import Dossier
from filage.kernel import step as steps
from filage.kernel.changes import add, set_
from filage.kernel.errors import BadInput
from support.dossiers import reviewed

NOTHING = Dossier.of_facts([])


def row(name, amount, low=None, high=None, *, post="30", group=None):
    detail = (
        LineDetail(id=name, line=f"line/{name}", low=low, high=high, group=group) if low or group else None
    )
    value = Decimal(amount)
    return BudgetRow(
        id=f"line/{name}", label=name, about=f"budget_line/{name}", side="expense", phase="production", post=post,
        account=None, amount=value, computed=None, basis="saisi", step=steps.given(name, value), detail=detail,
    )  # fmt: skip


def _ordered(triple):
    """The most likely, the least, the most."""
    least, likely, most = sorted(triple)
    return str(likely), str(least), str(most)


def risk(*rows, **choices):
    return risk_of(NOTHING, budget_of(rows), RiskChoices(**choices))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 10**7), max_size=8), st.integers(0, 99))
def test_without_a_range_the_cost_is_certain(cents, seed):
    rows = [row(f"l{n}", Decimal(cent) / 100) for n, cent in enumerate(cents)]
    found = risk(*rows, seed=seed, draws=50)
    whole = sum((one.amount for one in rows), Decimal(0)).quantize(Decimal(1), "ROUND_HALF_UP")
    assert (found.inside, found.deviation, found.weights) == (1, 0, ())
    assert {value for _, value in found.percentiles} == {found.mean} == {whole}


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500)), min_size=1, max_size=6
    ),
    st.sampled_from(["apart", "group", "post", "all"]),
)
def test_percentiles_rise_and_stay_within_the_ranges(triples, together):
    rows = [row(f"l{n}", *_ordered(t)) for n, t in enumerate(triples)]
    found = risk(*rows, draws=400, together=together)
    values = [value for _, value in found.percentiles]
    assert values == sorted(values)
    assert sum(min(t) for t in triples) <= values[0]
    assert values[-1] <= sum(max(t) for t in triples)
    assert sum(one.count for one in found.bins) == 400
    assert sum(one.share for one in found.weights) in (0, pytest.approx(Decimal(1), abs=Decimal("0.004")))


def test_the_same_seed_gives_the_same_result_and_another_seed_another():
    rows = row("bois", "1000", "900", "1400"), row("fer", "500", "450", "700")
    assert risk(*rows, seed=7) == risk(*rows, seed=7)
    assert risk(*rows, seed=7).mean != risk(*rows, seed=8).mean


def test_one_triangle_has_its_known_mean_and_chance():
    """Triangle 800–1000–1600: mean 1133.33; below 1000, (1000 − 800) / (1600 − 800) = 25 %."""
    found = risk(row("bois", "1000", "800", "1600"), draws=200_000)
    assert abs(found.mean - Decimal("1133.33")) < 3
    assert abs(found.inside - Decimal("0.25")) < Decimal("0.004")
    assert abs(found.deviation - Decimal(170)) < 2
    assert found.weights[0].share == 1


def test_lines_that_move_together_spread_more_than_lines_apart():
    """Two equal triangles: apart the deviation is that of one times √2, together times 2."""
    rows = row("a", "1000", "700", "1300"), row("b", "1000", "700", "1300")
    one = Decimal("122.47")
    apart, together = (risk(*rows, draws=100_000, together=how).deviation for how in ("apart", "post"))
    assert abs(apart - one * Decimal("1.4142")) < 2
    assert abs(together - one * 2) < 2


def test_a_group_moves_together_and_the_others_apart():
    rows = [row(n, "1000", "700", "1300", group="budget_group/g" if n != "c" else None) for n in "abc"]
    grouped = risk(*rows, draws=100_000, together="group").deviation
    assert abs(grouped - Decimal("122.47") * Decimal("2.2361")) < 3


def test_the_line_that_weighs_most_comes_first():
    found = risk(row("petite", "100", "90", "110"), row("grosse", "1000", "500", "1900"))
    assert [weight.range.row.label for weight in found.weights] == ["grosse", "petite"]
    assert found.weights[0].share > Decimal("0.99")


def test_a_line_keeps_its_draws_when_another_comes():
    alone = risk(row("a", "1000", "700", "1300"))
    beside = risk(row("a", "1000", "700", "1300"), row("sure", "500"))
    assert beside.mean == alone.mean + 500


def test_no_default_range_is_taken_unless_it_is_chosen():
    estimate = set_("budget_line/decor", reliability="estimate")
    outcome = reviewed(estimate)
    silent = risk_of(outcome.dossier, outcome.budget)
    chosen = risk_of(outcome.dossier, outcome.budget, RiskChoices(spread=(("estimate", Decimal("0.2")),)))
    assert silent.weights == ()
    [weight] = chosen.weights
    assert (weight.range.row.id, weight.range.low, weight.range.high) == ("line/decor", 1440, 2160)
    assert weight.range.basis == "estimate"


def test_contingency_is_a_reserve_that_overruns_may_use():
    """54 € of contingency on a set at 1,800 €: the budget holds while the set costs at most 1,854 €."""
    outcome = reviewed(add("line_detail/d", line="line/decor", low="1800", high="2000"))
    found = risk_of(outcome.dossier, outcome.budget, RiskChoices(draws=100_000))
    assert (found.reserves, found.reserve) == (("line/imprevus",), Decimal("54.00"))
    held = 1 - (Decimal(146) / 200) ** 2
    assert abs(found.inside - held) < Decimal("0.005")
    spent = risk_of(outcome.dossier, outcome.budget, RiskChoices(draws=1000, reserves=()))
    assert (spent.reserve, spent.inside) == (0, 0)


def test_a_line_that_is_left_out_or_in_kind_is_not_drawn():
    outcome = reviewed(
        add("budget_group/g", label="G", off=True),
        add("line_detail/d", line="line/decor", low="1", high="9000", group="budget_group/g"),
    )
    assert risk_of(outcome.dossier, outcome.budget).weights == ()


def test_an_amount_outside_its_range_widens_it_and_is_said():
    found = risk(row("bois", "1000", "1100", "1400"))
    assert (found.weights[0].range.low, len(found.notices)) == (1000, 1)


def test_a_target_has_its_own_chance():
    found = risk(row("bois", "1000", "800", "1200"), target=Decimal(1200))
    assert (found.inside_target, found.inside < 1) == (1, True)


def test_the_classes_hold_every_draw_once():
    found = risk(row("bois", "1000", "800", "1600"), draws=777)
    assert (len(found.bins), sum(one.count for one in found.bins)) == (BINS, 777)


def test_bad_choices_are_all_named():
    with pytest.raises(BadInput) as refused:
        risk(draws=0, seed=-1, together="moon", spread=(("rumour", Decimal(1)), ("quote", Decimal(-1))))
    assert [problem.path for problem in refused.value.problems] == [
        "draws",
        "seed",
        "together",
        "spread",
        "spread",
    ]


def test_ten_thousand_draws_of_five_hundred_lines_take_less_than_a_second():
    rows = [row(f"l{n}", "1000", "800", "1600") for n in range(500)]
    risk(rows[0])
    start = time.perf_counter()
    risk(*rows)
    assert time.perf_counter() - start < 1
