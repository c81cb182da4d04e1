"""Crowdfunding: the campaign, what came in each day, what is owed in return."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from filage.facts.base import Fact, Part, RefTo, many, maybe, say
from filage.facts.scalars import Amount, Count, Day, Flag, Rate, Text


class Pledge(Part):
    """What a campaign raised on one day."""

    on: Day = say("Le")
    amount: Amount = say("Montant", unit="EUR")
    backers: Count | None = maybe("Contributeurs")


class Reward(Part):
    """What a backer receives: what it costs to make and to send, and by when."""

    label: Text = say("Contrepartie")
    price: Amount = say("À partir de", unit="EUR")
    expected: Count = say("Nombre prévu", default=0)
    cost: Amount = say("Coût unitaire", unit="EUR", default=Decimal(0))
    shipping: Amount = say("Envoi unitaire", unit="EUR", default=Decimal(0))
    delivered_by: Day | None = maybe("Livrée avant le")
    delivered: Count | None = maybe("Livrées")


class Campaign(Fact):
    """A crowdfunding campaign: goal, fees, days, what came in and what is owed in return."""

    kind = "campaign"
    title = "Campagne participative"
    collection = "campaigns"

    label: Text = say("Nom")
    funding: Annotated[str, RefTo("funding")] | None = maybe(
        "Financement", "La source du plan qu’elle nourrit."
    )
    platform: Text | None = maybe("Plateforme")
    goal: Amount = say("Objectif", unit="EUR")
    all_or_nothing: Flag = say("Tout ou rien", default=True)
    fee_rate: Rate = say("Commission de la plateforme", default=Decimal("0.08"))
    payment_rate: Rate = say("Frais de paiement", default=Decimal(0))
    vat_on_fees: Rate = say("TVA sur les frais", default=Decimal("0.2"))
    starts_on: Day = say("Du")
    ends_on: Day = say("Au")
    pledges: tuple[Pledge, ...] = many("Collecte")
    rewards: tuple[Reward, ...] = many("Contreparties")
