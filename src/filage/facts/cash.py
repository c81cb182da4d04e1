"""The bank account: what it held, and the movements nothing else foresees."""

from __future__ import annotations

from typing import Annotated

from filage.facts.base import Choice, Fact, say
from filage.facts.scalars import Day, Number, Text


class CashBalance(Fact):
    """What the bank account of the production held one evening."""

    kind = "cash_balance"
    title = "Solde de banque"
    collection = "cash_balances"

    on: Day = say("Le")
    amount: Number = say("Solde", unit="EUR")


class CashItem(Fact):
    """A movement of money nothing else foresees: a loan, an advance, its repayment."""

    kind = "cash_item"
    title = "Mouvement prévu"
    collection = "cash_items"

    label: Text = say("Objet")
    on: Day = say("Le")
    amount: Number = say("Montant", "Négatif pour une sortie.", unit="EUR")
    nature: Annotated[
        str, Choice(loan="Prêt ou relais", repayment="Remboursement", advance="Avance", other="Autre")
    ] = say("Nature", default="other")
