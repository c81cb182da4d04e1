"""A budget laid out: every line once, the totals of the budget, whatever the presentation."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filage.budget.views import lay_out, place_findings, view_named, views
from filage.budget.views.laying import whole_euros
from filage.kernel.changes import add, set_
from filage.kernel.money import round_half_up
from support.dossiers import reviewed, small

WORDS = [
    "Décor",
    "Costumes",
    "Imprévus",
    "Chose",
    "Frais généraux",
    "Assurance",
    "Droits SACD",
    "Bénévoles",
    "Studio",
]
AMOUNTS = st.decimals(-5_000, 50_000, places=2)
TYPED = st.fixed_dictionaries(
    {
        "label": st.sampled_from(WORDS),
        "side": st.sampled_from(["expense", "income"]),
        "phase": st.sampled_from(["production", "exploitation"]),
        "post": st.sampled_from(["10", "30", "60", "99"]),
        "account": st.sampled_from([None, "604", "6516", "74", "7061", "864", "699", "12"]),
        "unit_price": AMOUNTS.map(str),
        "valued": st.sampled_from(["true", "false", "false"]),
    }
)
FUNDED = st.fixed_dictionaries(
    {
        "label": st.sampled_from(["DRAC", "Région", "Ville de Dole", "CNM", "Anonyme"]),
        "nature": st.sampled_from(["public", "private", "own", "in_kind", "presale", "coproduction", "tax_credit",
                                   "collective", "crowdfunding", "patronage", "sponsorship"]),
        "amount": AMOUNTS.map(str),
        "contribution": st.sampled_from(["cash", "in_kind", "industry"]),
    }
)  # fmt: skip
PLACES = st.sampled_from(
    ["cerfa_12156:61.1", "cerfa_12156:74.1", "cerfa_12156:9.9", "spectacle:P.3.1", "nulle:1"]
)


def laid(name, *changes):
    outcome = reviewed(*changes)
    return lay_out(view_named(name), outcome.dossier, outcome.budget, outcome.costs), outcome


def where(found):
    """The headings of each line, by id."""
    places = {}
    for part in found.parts:
        for branch in part.every():
            for entry in branch.entries:
                places.setdefault(entry.row.id, []).append(branch.node.code)
    return places


def without_none(values):
    return {key: value for key, value in values.items() if value is not None}


@settings(max_examples=25, deadline=None)
@given(
    st.lists(TYPED, max_size=6),
    st.lists(FUNDED, max_size=3),
    st.lists(PLACES, max_size=2, unique=True),
    st.booleans(),
)
def test_every_presentation_adds_up_to_the_budget(lines, fundings, places, off):
    changes = [
        *(add(f"budget_line/l{n}", **without_none(values)) for n, values in enumerate(lines)),
        *(add(f"funding/f{n}", **values) for n, values in enumerate(fundings)),
        add("budget_group/g", label="Option", off=str(off).lower()),
        add("line_detail/d", line="line/decor", group="budget_group/g", places=places),
    ]
    outcome = reviewed(*changes)
    budget = outcome.budget
    for view in views():
        found = lay_out(view, outcome.dossier, budget, outcome.costs)
        by_part = {
            part.title: sum((entry.amount for entry in part.entries()), Decimal(0))
            for part in (found.expense, found.income, found.valued_expense, found.valued_income)
        }
        assert list(by_part.values()) == [
            budget.expense, budget.income, budget.valued_expense, budget.valued_income,
        ]  # fmt: skip
        assert found.valued_expense.shown == found.valued_income.shown
        for part in found.parts:
            tops = [*part.branches, *([part.unplaced] if part.unplaced else [])]
            assert sum((branch.shown for branch in tops), part.counterpart) == part.shown
        if not view.whole_euros:
            assert (found.expense.shown, found.income.shown) == (budget.expense, budget.income)
        else:
            assert found.expense.shown == round_half_up(budget.expense, Decimal(1))


@given(st.lists(AMOUNTS, max_size=30))
def test_dropping_cents_moves_no_amount_by_a_euro_and_keeps_the_total(amounts):
    total = round_half_up(sum(amounts, Decimal(0)), Decimal(1))
    found = whole_euros(amounts, total)
    assert sum(found, Decimal(0)) == total
    assert all(abs(whole - amount) <= 1 for whole, amount in zip(found, amounts, strict=True))


def test_production_and_exploitation_of_the_small_one():
    found, outcome = laid("spectacle")
    assert where(found) == {
        "pay/dana/exploitation": ["E.1.1"], "pay/elie/exploitation": ["E.1.2"], "stay/dole": ["E.3.3"],
        "meal/dole": ["E.3.4"], "line/decor": ["P.3.1"], "line/consommables": ["E.1.4"], "line/imprevus": ["P.7"],
        "cession/dole": ["R.7"], "rebilled/dole": ["R.7"], "funding/drac": ["R.3"], "funding/adami": ["R.4"],
    }  # fmt: skip
    assert found.balance == outcome.budget.balance


def test_pay_and_what_the_employer_adds_stand_apart_where_the_form_wants_it():
    found, outcome = laid("cerfa_12156")
    row = outcome.budget.by_id()["pay/dana/exploitation"]
    parts = {entry.part: entry.amount for entry in found.expense.entries() if entry.row.id == row.id}
    assert parts["gross"] == Decimal("480.00")
    assert sum(parts.values()) == row.amount
    assert set(where(found)[row.id]) == {"63.1", "64.1", "64.2"}


def test_a_replaced_pay_is_split_in_the_same_proportions():
    found, _ = laid(
        "cerfa_12156", add("line_override/o", line="pay/dana/exploitation", amount="1000", reason="x")
    )
    parts = [entry.amount for entry in found.expense.entries() if entry.row.id == "pay/dana/exploitation"]
    assert sum(parts) == Decimal(1000)
    assert len(parts) > 1


def test_a_place_chosen_by_hand_wins():
    found, _ = laid(
        "spectacle", add("line_detail/d", line="line/decor", places=["spectacle:P.5", "cerfa_12156:61.1"])
    )
    assert where(found)["line/decor"] == ["P.5"]
    entry = next(e for e in found.expense.entries() if e.row.id == "line/decor")
    assert entry.how == "chosen"


def test_a_place_that_does_not_exist_is_said_with_the_nearest_and_the_line_stays():
    found, _ = laid("cerfa_12156", add("line_detail/d", line="line/decor", places=["cerfa_12156:61.9"]))
    assert where(found)["line/decor"] == ["60.1"]
    assert found.notices == (
        "Décor : « 61.9 » n’existe pas dans CERFA 12156. Vouliez-vous 61.4, Documentation ?",
    )


def test_a_charge_never_stands_among_the_income():
    found, _ = laid("cerfa_12156", add("line_detail/d", line="line/decor", places=["cerfa_12156:74.1"]))
    assert where(found)["line/decor"] == ["60.1"]
    assert "est du côté des produits" in found.notices[0]


def test_a_line_no_rule_knows_is_shown_without_a_place():
    found, _ = laid("festival", add("budget_line/x", label="Zzz", post="99", unit_price="12"))
    assert [entry.row.id for entry in found.unplaced if entry.row.id == "line/x"] == ["line/x"]
    assert found.expense.unplaced.node.label == "Sans place dans cette présentation"


def test_a_line_in_a_group_that_is_off_is_named_and_counts_for_nothing():
    found, outcome = laid(
        "spectacle",
        add("budget_group/g", label="Option", off="true"),
        add("line_detail/d", line="line/decor", group="budget_group/g"),
    )
    assert [row.id for row in found.left_out] == ["line/decor"]
    assert found.expense.amount == outcome.budget.expense


def test_contributions_in_kind_are_apart_and_equal():
    found, outcome = laid(
        "cerfa_12156", add("budget_line/b", label="Bénévoles", post="70", unit_price="300", valued="true")
    )
    assert where(found)["line/b"] == ["864"]
    assert found.valued_expense.shown == found.valued_income.shown == 300
    assert found.valued_income.counterpart == 300
    assert found.expense.amount == outcome.budget.expense


def test_each_funder_is_a_line_of_the_form_and_whole_euros_add_up_to_the_total():
    found, _ = laid(
        "cerfa_12156",
        add("company/ville", label="Mairie"),
        add(
            "funding/a",
            label="Aide à la création",
            company="company/ville",
            nature="public",
            amount="1200.40",
        ),
        add("funding/b", label="Aide du département", nature="public", amount="300.40"),
    )
    grants = {
        branch.node.code: [entry.whole for entry in branch.entries]
        for branch in found.income.every()
        if branch.node.lists and branch.entries
    }
    assert grants == {"74.1": [1000], "74.3": [300], "74.4": [1201], "74.9": [600]}


def test_what_rests_on_a_name_alone_is_counted():
    found, _ = laid("spectacle")
    assert found.guessed == 3
    assert laid("plan_comptable", set_("budget_line/decor", account="604"))[0].guessed == 2


def test_a_share_of_the_total_is_a_fraction():
    found, _ = laid("spectacle")
    assert sum(found.expense.share(branch) for branch in found.expense.branches) == pytest.approx(1)


def test_a_place_in_no_presentation_is_a_finding():
    dossier = small(add("line_detail/d", line="line/decor", places=["cerfa_12165:61.1", "cerfa_12156:61.1"]))
    assert [(f.code, f.message) for f in place_findings(dossier)] == [
        (
            "budget.unknown_place",
            "line/decor : « cerfa_12165 » n’est pas une présentation du budget. Vouliez-vous cerfa_12156 ?",
        )
    ]


def test_a_code_in_no_presentation_is_a_finding():
    dossier = small(add("line_detail/d", line="line/decor", places=["cerfa_12156:61.9"]))
    assert [f.message for f in place_findings(dossier)] == [
        "line/decor : « 61.9 » n’existe pas dans CERFA 12156. Vouliez-vous 61.4, Documentation ?"
    ]
