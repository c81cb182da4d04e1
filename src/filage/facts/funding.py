"""Money in and out: the financing plan, what is engaged, spent and billed."""

from __future__ import annotations

from typing import Annotated

from filage.facts.base import Choice, Fact, Part, RefTo, many, maybe, say
from filage.facts.production import BudgetPhase
from filage.facts.scalars import Amount, Day, Flag, Rate, Text

FundingNature = Annotated[str, Choice(
    public="Argent public", private="Privé", own="Fonds propres", in_kind="En nature", presale="Préachat",
    coproduction="Coproduction", tax_credit="Crédit d’impôt", collective="Société de gestion",
    crowdfunding="Financement participatif",
)]  # fmt: skip
FundingState = Annotated[str, Choice(
    to_ask="À demander", asked="Demandé", refused="Refusé", granted="Notifié", signed="Signé", paid="Versé",
    acquired="Acquis",
)]  # fmt: skip


class Instalment(Part):
    """One payment expected, and whether it came."""

    label: Text | None = maybe("Objet")
    on: Day = say("Le")
    amount: Amount = say("Montant", unit="EUR")
    received: Flag = say("Reçu", default=False)


class Funding(Fact):
    """Money expected from somebody: how much, how sure, when, under which conditions."""

    kind = "funding"
    title = "Financement"
    collection = "fundings"

    label: Text = say("Source")
    company: Annotated[str, RefTo("company")] | None = maybe("Financeur")
    nature: FundingNature = say("Nature")
    scheme: Text | None = maybe("Dispositif")
    amount: Amount = say("Montant", unit="EUR")
    state: FundingState = say("État", default="to_ask")
    probability: Rate | None = maybe(
        "Probabilité", "Absente : 100 % si notifié, signé, versé ou acquis, 0 % si refusé, sinon 50 %."
    )
    phase: BudgetPhase = say("Budget", default="production")
    deadline_on: Day | None = maybe("Dépôt avant le")
    decision_on: Day | None = maybe("Décision le")
    report_on: Day | None = maybe("Bilan avant le")
    missing: tuple[Text, ...] = many("Pièces manquantes")
    instalments: tuple[Instalment, ...] = many("Versements")
    conditions: Text | None = maybe("Conditions", long=True)
    account: Text | None = maybe("Compte")


class Commitment(Fact):
    """An order or a quote accepted against a budget line."""

    kind = "commitment"
    title = "Engagement de dépense"
    collection = "commitments"

    label: Text = say("Objet")
    line: Annotated[str, RefTo("budget_line")] | None = maybe("Ligne de budget")
    company: Annotated[str, RefTo("company")] | None = maybe("Fournisseur")
    amount: Amount = say("Montant HT", unit="EUR")
    on: Day = say("Le")


class Expense(Fact):
    """Money spent, with its piece."""

    kind = "expense"
    title = "Dépense"
    collection = "expenses"

    label: Text = say("Objet")
    line: Annotated[str, RefTo("budget_line")] | None = maybe("Ligne de budget")
    commitment: Annotated[str, RefTo("commitment")] | None = maybe("Engagement")
    amount: Amount = say("Montant HT", unit="EUR")
    vat: Amount | None = maybe("TVA", unit="EUR")
    on: Day = say("Le")
    paid_on: Day | None = maybe("Payée le")
    piece: Text | None = maybe("Pièce")


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
