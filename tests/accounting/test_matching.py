"""An expense is proposed to a line or an order, with the signs; nobody is matched in silence."""

from filage.accounting.follow import follow
from filage.accounting.matching import Matcher, assign
from filage.facts.changing import apply_change
from filage.facts.spending import Expense
from filage.kernel.changes import add
from support.dossiers import TODAY, reviewed

MAKER = add("company/atelier", label="Atelier du Doubs", role="supplier")
ORDER = add("commitment/c", label="Panneaux", line="budget_line/decor", amount="1000", on="2026-09-01",
            company="company/atelier")  # fmt: skip


def proposed(*changes, **values):
    values = {"label": "Achat", "amount": "10", "on": "2026-10-01"} | values
    outcome = reviewed(*changes, add("expense/x", **values))
    expense = outcome.dossier.find("expense/x", Expense)
    return Matcher(follow(outcome, TODAY), outcome.dossier).proposals(expense)


def test_the_same_supplier_and_amount_with_tax_find_the_order():
    first = proposed(MAKER, ORDER, company="company/atelier", amount="1200")[0]
    assert (first.row, first.order) == ("line/decor", "commitment/c")
    assert [reason.split(",")[0] for reason in first.reasons] == [
        "même fournisseur que la commande", "même montant que la commande",
    ]  # fmt: skip


def test_the_supplier_s_name_in_a_bank_label_is_enough():
    first = proposed(MAKER, ORDER, label="PRLV ATELIER DOUBS 4412")[0]
    assert first.order == "commitment/c"


def test_a_word_of_the_line_proposes_it_without_order():
    assert [(p.row, p.order) for p in proposed(label="Toile pour le décor")] == [("line/decor", None)]


def test_a_past_choice_proposes_the_same_line():
    past = add("expense/p", label="Leroy 12", amount="5", on="2026-09-01", line="budget_line/consommables")
    first = proposed(past, label="LEROY 45")[0]
    assert (first.row, first.reasons) == (
        "line/consommables",
        ("d’autres dépenses du même libellé y sont déjà",),
    )


def test_nothing_points_anywhere():
    assert proposed(label="Divers") == ()


def test_a_choice_confirmed_is_one_change():
    outcome = reviewed(
        MAKER, ORDER, add("expense/x", label="A", amount="1", on="2026-10-01", row="stay/dole")
    )
    expense = outcome.dossier.find("expense/x", Expense)
    change = assign(expense, "line/decor", "commitment/c")
    moved = apply_change(outcome.dossier, change).find("expense/x", Expense)
    assert (moved.line, moved.row, moved.commitment) == ("budget_line/decor", None, "commitment/c")
    back = apply_change(outcome.dossier, assign(moved, "stay/dole")).find("expense/x", Expense)
    assert (back.line, back.row, back.commitment) == (None, "stay/dole", None)


def test_the_sum_paid_is_split_into_the_order_s_amount_and_its_vat():
    first = proposed(MAKER, ORDER, company="company/atelier", amount="1200")[0]
    assert first.before_tax == 1000
    known = proposed(MAKER, ORDER, company="company/atelier", amount="1200", vat="0")[0]
    assert known.before_tax is None
    outcome = reviewed(MAKER, ORDER, add("expense/x", label="A", amount="1200", on="2026-10-01"))
    expense = outcome.dossier.find("expense/x", Expense)
    change = assign(expense, first.row, first.order, first.before_tax)
    split = apply_change(outcome.dossier, change).find("expense/x", Expense)
    assert (split.amount, split.vat) == (1000, 200)
