"""Money out and billed: what is ordered, what is spent, what the structure bills."""

from __future__ import annotations

from typing import Annotated

from filage.facts.base import Choice, Fact, RefTo, maybe, say
from filage.facts.scalars import Amount, Day, Flag, Number, Rate, Text


class Commitment(Fact):
    """An order or a quote accepted against a budget line."""

    kind = "commitment"
    title = "Engagement de dépense"
    collection = "commitments"

    label: Text = say("Objet")
    type: Annotated[str, Choice(order="Bon de commande", quote="Devis accepté", contract="Contrat")] = say(
        "Nature", default="order"
    )
    line: Annotated[str, RefTo("budget_line")] | None = maybe("Ligne de budget")
    row: Text | None = maybe("Ligne calculée", "Par son nom, si ce n’est pas une ligne saisie.")
    company: Annotated[str, RefTo("company")] | None = maybe("Fournisseur")
    amount: Amount = say("Montant HT", unit="EUR")
    vat_rate: Rate | None = maybe("TVA")
    on: Day = say("Le")
    due_on: Day | None = maybe("À payer le")
    closed: Flag = say(
        "Soldé", "Rien d’autre ne viendra : ce qui n’est pas dépensé se libère.", default=False
    )
    file: Text | None = maybe("Pièce jointe")


class Expense(Fact):
    """Money spent, with its piece."""

    kind = "expense"
    title = "Dépense"
    collection = "expenses"

    label: Text = say("Objet")
    line: Annotated[str, RefTo("budget_line")] | None = maybe("Ligne de budget")
    row: Text | None = maybe("Ligne calculée", "Par son nom, si ce n’est pas une ligne saisie.")
    commitment: Annotated[str, RefTo("commitment")] | None = maybe("Engagement")
    company: Annotated[str, RefTo("company")] | None = maybe("Fournisseur")
    amount: Number = say("Montant HT", "Négatif pour un avoir.", unit="EUR")
    vat: Number | None = maybe("TVA", unit="EUR")
    on: Day = say("Le")
    due_on: Day | None = maybe("À payer le")
    paid_on: Day | None = maybe("Payée le")
    piece: Text | None = maybe("Pièce", "Numéro de la facture ou du reçu.")
    file: Text | None = maybe("Pièce jointe", "Nom du fichier : photo, PDF.")
    account: Text | None = maybe("Compte")
    source: Annotated[str, Choice(typed="Saisie", photo="Photographiée", imported="Importée")] = say(
        "Origine", default="typed"
    )
    fingerprint: Text | None = maybe("Empreinte d’import", "Empêche qu’un même fichier compte deux fois.")


class Invoice(Fact):
    """What the structure bills."""

    kind = "invoice"
    title = "Facture"
    collection = "invoices"

    label: Text = say("Objet")
    contract: Annotated[str, RefTo("contract")] | None = maybe("Contrat")
    number: Text | None = maybe("Numéro")
    amount: Amount = say("Montant HT", unit="EUR")
    vat_rate: Rate | None = maybe("TVA")
    on: Day = say("Le")
    due_on: Day | None = maybe("Échéance")
    paid_on: Day | None = maybe("Payée le")
