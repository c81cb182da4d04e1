"""Shares of posts: insurance, overhead, contingency, one on top of another as in real estimates."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from filage.kernel.changes import add, set_
from filage.kernel.step import recompute
from support.dossiers import amounts, reviewed


def share(name, post, of, rate="0.1", **more):
    return add(f"budget_line/{name}", label=name.capitalize(), post=post, share_of=of, rate=rate, **more)


def found(*changes):
    values = amounts(reviewed(set_("budget_line/imprevus", rate="0"), *changes))
    return {name[5:]: Decimal(value) for name, value in values.items() if name.startswith("line/")}


def said(code, *changes):
    return [finding.message for finding in reviewed(*changes).findings if finding.code == code]


def test_contingency_counts_the_overhead_it_names_whatever_the_order():
    """As the CNC estimate does: contingency on the posts and on the overhead."""
    overhead, contingency = share("frais", "91", ["30"], "0.07"), share("alea", "92", ["30", "91"])
    for order in ((overhead, contingency), (contingency, overhead)):
        values = found(*order)
        assert (values["frais"], values["alea"]) == (Decimal("126.00"), Decimal("192.60"))


def test_a_line_that_is_excepted_is_not_counted():
    """Contingency is not taken on the producer's fee."""
    fee = add("budget_line/producteur", label="Producteur", post="30", unit_price="5000")
    assert found(fee, share("alea", "92", ["30"], share_except=["line/producteur"]))["alea"] == Decimal(
        "180.00"
    )


def test_an_excepted_line_that_is_not_there_is_said():
    messages = said("budget.share_except_unknown", share("alea", "92", ["30"], share_except=["line/perdue"]))
    assert messages == ["Alea excepte line/perdue, qui n’existe pas : l’exception n’a aucun effet."]


def test_shares_that_count_each_other_are_named_and_count_without_one_another():
    circle = (share("aaa", "91", ["30", "92"]), share("bbb", "92", ["30", "91"]))
    [message] = said("budget.circular_share", *circle)
    assert message.startswith("Parts en boucle : Aaa → Bbb → Aaa. Chacune compte sans l’autre")
    values = found(*circle, share("ccc", "93", ["91", "92"]))
    assert (values["aaa"], values["bbb"], values["ccc"]) == (Decimal(180), Decimal(180), Decimal(36))


def test_an_exception_undoes_the_circle():
    circle = (share("aaa", "91", ["30", "92"]), share("bbb", "92", ["30", "91"], share_except=["line/aaa"]))
    assert said("budget.circular_share", *circle) == []
    assert found(*circle)["aaa"] == Decimal("198.00")


def test_a_share_never_counts_itself():
    assert found(share("alea", "30", ["30"]))["alea"] == Decimal("180.00")


def test_a_share_counts_the_amount_by_hand_of_another_share():
    override = add("line_override/x", line="line/frais", amount="500", reason="convention")
    assert found(share("frais", "91", ["30"]), share("alea", "92", ["91"]), override)["alea"] == Decimal(50)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.lists(st.sampled_from(["30", *"abcd"]), min_size=1, max_size=3)),
        min_size=1, max_size=6,
    )
)  # fmt: skip
def test_any_tangle_of_shares_is_computed_once_and_explains_itself(tangle):
    """Every share has one row, its reason recomputes to it, and those outside circles count what they name."""
    changes = [share(f"s{rank}", post, of) for rank, (post, of) in enumerate(tangle)]
    outcome = reviewed(*changes)
    rows = {row.id: row for row in outcome.budget.rows}
    assert [f"line/s{rank}" in rows for rank in range(len(tangle))] == [True] * len(tangle)
    assert [recompute(rows[f"line/s{rank}"].step) for rank in range(len(tangle))] == [
        rows[f"line/s{rank}"].amount for rank in range(len(tangle))
    ]
    if any(finding.code == "budget.circular_share" for finding in outcome.findings):
        return
    for rank, (_, of) in enumerate(tangle):
        base = sum(
            row.amount for row in rows.values()
            if row.side == "expense" and row.post in of and row.id != f"line/s{rank}"
        )  # fmt: skip
        assert rows[f"line/s{rank}"].quantity == base
