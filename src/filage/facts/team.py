"""Positions to fill and the engagements that fill them."""

from __future__ import annotations

from typing import Annotated

from filage.facts.base import Choice, Fact, Part, RefTo, many, maybe, say
from filage.facts.production import BudgetPhase
from filage.facts.scalars import Amount, Count, Day, Expression, Flag, Number, Rate, Text

Status = Annotated[str, Choice(artiste="Artiste", technicien="Technicien", permanent="Permanent")]
PayUnit = Annotated[str, Choice(
    cachet="Cachet", service="Service de répétition", hour="Heure", day="Jour", week="Semaine", month="Mois",
    package="Forfait",
)]  # fmt: skip
ContractState = Annotated[
    str, Choice(draft="À préparer", to_sign="À signer", signed="Signé", ended="Terminé")
]
Department = Annotated[str, Choice(
    artistic="Équipe artistique", technical="Équipe technique", production="Production et administration",
)]  # fmt: skip


class Forecast(Part):
    """What a position is expected to need before anyone is cast: quantity × gross pay, in one budget phase."""

    phase: BudgetPhase = say("Budget")
    unit: PayUnit = say("Unité")
    quantity: Expression = say("Quantité par personne", "Un nombre ou une expression : nb_dates.")
    unit_pay: Expression = say("Brut par unité", unit="EUR")
    hours: Number | None = maybe("Heures par unité", unit="hours")
    day: Day | None = maybe(
        "Mois de référence", "Jour dont le droit s’applique ; absent : le milieu de la phase."
    )


class Position(Fact):
    """A need for people: which job, how many, at what expected pay."""

    kind = "position"
    title = "Poste à pourvoir"
    collection = "positions"

    label: Text = say("Emploi")
    department: Department = say("Équipe", default="artistic")
    status: Status = say("Statut", default="artiste")
    cadre: Flag = say("Cadre", default=False)
    roles: tuple[Annotated[str, RefTo("element")], ...] = many("Rôles tenus")
    people: Count = say("Nombre", default=1)
    post: Text | None = maybe("Poste de budget", "Code du poste en production.")
    post_exploitation: Text | None = maybe("Poste de budget en exploitation")
    forecast: tuple[Forecast, ...] = many("Prévision")


class Engagement(Fact):
    """One person hired for one position over one period, at one pay."""

    kind = "engagement"
    title = "Engagement"
    collection = "engagements"

    position: Annotated[str, RefTo("position")] = say("Emploi")
    person: Annotated[str, RefTo("person")] = say("Personne")
    label: Text | None = maybe("Objet", "Ce que la personne fait ici, si l’emploi ne suffit pas.")
    phase: BudgetPhase = say("Budget", "Pour ce qui n’est pas encore au calendrier.", default="production")
    starts_on: Day = say("Du")
    ends_on: Day = say("Au")
    unit: PayUnit = say("Unité")
    unit_pay: Amount = say("Brut par unité", unit="EUR")
    quantity: Number | None = maybe("Quantité", "Absente : comptée au calendrier.")
    hours: Number | None = maybe(
        "Heures par unité", "Un jour compte 8 h, une semaine 35 h, sauf mention.", unit="hours"
    )
    isolated: Flag = say("Cachets isolés", "Chaque cachet isolé apporte son jour de plafond.", default=True)
    paid_days: Count | None = maybe(
        "Jours de contrat", "Jours calendaires comptés pour le plafond ; absents : la période."
    )
    at_rate: Rate | None = maybe("Taux AT propre", "Si différent de celui de la structure.")
    contract: ContractState = say("Contrat", default="draft")
