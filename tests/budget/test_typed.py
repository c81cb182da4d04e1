"""Typed lines: those without a price are told once."""

from filage.kernel.changes import add
from support.dossiers import reviewed


def told(*changes):
    return [finding.message for finding in reviewed(*changes).findings if finding.code == "budget.to_price"]


def test_lines_without_a_price_are_told_together():
    lines = [add(f"budget_line/l{n}", label=f"Ligne {n}", post="30") for n in range(6)]
    assert told() == []
    assert told(lines[0]) == ["1 ligne reste à chiffrer : Ligne 0. Le total ne compte pas encore leur prix."]
    [message] = told(*lines)
    assert message.startswith("6 lignes restent à chiffrer : Ligne 0, Ligne 1, Ligne 2, Ligne 3 et 2 autres.")


def test_a_price_of_zero_is_a_price():
    assert told(add("budget_line/gratuit", label="Gratuit", post="30", unit_price="0")) == []


def test_a_line_too_large_to_be_money_is_said_and_the_others_stand():
    many = {"quantity": "999999999999999", "unit_price": "999999999999999"}
    outcome = reviewed(add("budget_line/erreur", label="Erreur", post="30", **many))
    assert "line/erreur" not in outcome.budget.by_id()
    assert [f.message for f in outcome.findings if f.code == "budget.expression"] == [
        "Erreur : quantité × prix unitaire donne un nombre trop grand."
    ]
    assert outcome.budget.expense == reviewed().budget.expense
