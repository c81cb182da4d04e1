"""Positions to fill and the engagements that fill them."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from filage.facts.base import Choice, Fact, Part, RefTo, many, maybe, say
from filage.facts.production import BudgetPhase
from filage.facts.scalars import Amount, Count, Day, Expression, Flag, Number, Rate, Text

Status = Annotated[str, Choice(
    artiste="Artiste", technicien="Technicien", permanent="Permanent", figurant="Figurant (artiste de complément)",
    realisateur="Réalisateur", stagiaire="Stagiaire", apprenti="Apprenti",
)]  # fmt: skip
JobGroup = Annotated[str, Choice(
    dramatic="Artistes dramatiques", lyric="Artistes lyriques", dancer="Danseurs", musician="Musiciens",
    circus="Artistes de cirque", interpreter="Artistes-interprètes (cinéma, audiovisuel)",
    extra="Acteurs de complément (figurants)", technician="Techniciens", safety="Technique et sécurité",
    roads="Manutention (roads)", driver="Conducteurs", office="Administration et accueil",
)]  # fmt: skip
ContractType = Annotated[str, Choice(cddu="CDD d’usage", cdd="CDD", cdi="CDI")]
AllowanceKind = Annotated[str, Choice(
    restaurant="Repas au restaurant en déplacement", off_site="Repas hors des locaux, sans restaurant",
    on_site="Repas sur le lieu de travail (panier)", night_paris="Nuit à Paris et petite couronne",
    night_elsewhere="Nuit ailleurs en France", kilometre="Indemnité kilométrique", other="Autre indemnité",
)]  # fmt: skip
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
    job: Text | None = maybe(
        "Emploi de la grille", "L’emploi tel que la convention le nomme, pour le minimum."
    )
    job_group: JobGroup | None = maybe("Population", "Pour la durée du travail ; absente : selon le statut.")
    roles: tuple[Annotated[str, RefTo("element")], ...] = many("Rôles tenus")
    people: Count = say("Nombre", default=1)
    post: Text | None = maybe("Poste de budget", "Code du poste en production.")
    post_exploitation: Text | None = maybe("Poste de budget en exploitation")
    forecast: tuple[Forecast, ...] = many("Prévision")


class Allowance(Part):
    """Money that repays a cost of the work; exempt within limits, pay beyond them."""

    type: AllowanceKind = say("Nature")
    label: Text | None = maybe("Objet")
    quantity: Number = say("Quantité", default=Decimal(1))
    unit_amount: Amount = say("Montant", unit="EUR")
    day: Day | None = maybe("Jour", "Absent : le dernier jour de l’engagement.")


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
    contract_type: ContractType | None = maybe("Type de contrat", "Absent : CDDU, ou CDI pour un permanent.")
    weekly_hours: Number | None = maybe(
        "Heures par semaine", "Temps partiel ; absentes : 35 h.", unit="hours"
    )
    dfs: Flag = say(
        "Abattement (DFS)", "Déduction forfaitaire pour frais, avec l’accord du salarié.", default=False
    )
    dfs_agreed_on: Day | None = maybe("Accord du salarié le")
    experience_years: Number | None = maybe("Expérience (années)", "Pour les grilles par ancienneté.")
    allowances: tuple[Allowance, ...] = many("Indemnités et défraiements")
    authorised: tuple[Text, ...] = many(
        "Autorisations détenues", "Identifiants de règles : MIN-ENF-AUTORISATION."
    )
