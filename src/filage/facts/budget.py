"""The budget as typed: named variables, lines, posts, and computed lines replaced by hand."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from filage.facts.base import Choice, Fact, many, maybe, say
from filage.facts.production import BudgetPhase
from filage.facts.scalars import Amount, Expression, Number, Rate, Text

Side = Annotated[str, Choice(expense="Charge", income="Produit")]
InPrice = Annotated[str, Choice(no="Non", plateau="Coût plateau", setup="Montage")]
Reliability = Annotated[str, Choice(typed="Saisi", quote="Devis", estimate="Estimation")]


class Variable(Fact):
    """A named number that budget lines, forecasts and prices may use."""

    kind = "variable"
    title = "Variable"
    collection = "variables"

    name_text: Annotated[Text, Field(pattern=r"^[a-z][a-z0-9_]*$")] = say(
        "Nom", "Lettres minuscules, chiffres, _ : nb_nuits."
    )
    label: Text | None = maybe("Libellé")
    value: Expression = say("Valeur")
    unit: Text | None = maybe("Unité")


class BudgetLine(Fact):
    """A typed line: quantity × unit price over named variables, or a share of the lines of some posts."""

    kind = "budget_line"
    title = "Ligne de budget"
    collection = "budget_lines"

    label: Text = say("Libellé")
    side: Side = say("Sens", default="expense")
    phase: BudgetPhase = say("Budget", default="production")
    post: Text = say("Poste", "Code du poste, par exemple 30.")
    account: Text | None = maybe("Compte", "Plan comptable associatif.")
    quantity: Expression = say("Quantité", default="1")
    unit: Text | None = maybe("Unité")
    unit_price: Expression | None = maybe("Prix unitaire", unit="EUR")
    share_of: tuple[Text, ...] = many(
        "Part des postes", "Codes des postes : le prix unitaire devient un taux."
    )
    rate: Rate | None = maybe("Taux", "Pour une part des postes, par exemple 4 %.")
    per_performance: InPrice = say(
        "Dans le prix", "Coût plateau : compté à chaque représentation dans le prix de cession.", default="no"
    )
    reliability: Reliability = say("Fiabilité", default="typed")
    committed: Amount | None = maybe("Engagé", unit="EUR")


class LineOverride(Fact):
    """A computed line replaced by hand, with the reason; the line shows both values."""

    kind = "line_override"
    title = "Remplacement de ligne"
    collection = "line_overrides"

    line: Text = say("Ligne", "Identifiant de la ligne calculée : pay/marie-tournee/exploitation.")
    amount: Amount | None = maybe("Montant", unit="EUR")
    quantity: Number | None = maybe("Quantité")
    unit_price: Amount | None = maybe("Prix unitaire", unit="EUR")
    computed_when_set: Amount | None = maybe("Montant calculé au moment du remplacement", unit="EUR")
    reason: Text = say("Raison")


class BudgetPost(Fact):
    """A chapter of the budget: code, name and order."""

    kind = "budget_post"
    title = "Poste de budget"
    collection = "budget_posts"

    code: Text = say("Code")
    label: Text = say("Nom")
    phase: BudgetPhase = say("Budget", default="production")
