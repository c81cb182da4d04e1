"""Receipts of a film or a programme, and the corridors that share them."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from filage.facts.base import Choice, Fact, RefTo, many, maybe, say
from filage.facts.scalars import Amount, Count, Day, Flag, Rate, Text


class Corridor(Fact):
    """One step of a recoupment waterfall: who is paid, from which receipts, until how much."""

    kind = "corridor"
    title = "Couloir de recettes"
    collection = "corridors"

    label: Text = say("Nom")
    rank: Count = say(
        "Rang", "Les couloirs d’un même rang se partagent ce qui reste, au prorata de leurs taux."
    )
    party: Annotated[str, RefTo("company", "person")] | None = maybe(
        "Bénéficiaire", "Absent : la production."
    )
    type: Annotated[str, Choice(
        commission="Commission", expenses="Frais opposables", minimum_guarantee="Minimum garanti",
        recoupment="Récupération d’un apport", share="Pourcentage",
    )] = say("Nature", default="share")  # fmt: skip
    rate: Rate = say("Taux", "Part de ce qui arrive à ce rang.", default=Decimal(1))
    ceiling: Amount | None = maybe("Jusqu’à", "Absent : sans limite.", unit="EUR")
    sources: tuple[Text, ...] = many(
        "Recettes concernées", "Salles, télévision, vidéo à la demande… Toutes si vide."
    )


class Receipt(Fact):
    """Receipts of a film or a programme, by source, expected or reported."""

    kind = "receipt"
    title = "Recette d’exploitation"
    collection = "receipts"

    label: Text = say("Nom")
    source: Text = say("Source", "Salles, télévision, vidéo à la demande, étranger…")
    amount: Amount = say("Montant brut HT", unit="EUR")
    on: Day | None = maybe("Arrêtée le")
    expected: Flag = say("Prévision", default=True)
