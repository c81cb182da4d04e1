"""Money in: the financing plan, the schemes, the requests put together for funders."""

from __future__ import annotations

from typing import Annotated

from filage.facts.base import Choice, Fact, Part, RefTo, many, maybe, say
from filage.facts.production import BudgetPhase, ProductionKind
from filage.facts.scalars import Amount, Count, Day, Flag, Rate, Text

FundingNature = Annotated[str, Choice(
    public="Argent public", private="Privé", own="Fonds propres", in_kind="En nature", presale="Préachat",
    coproduction="Coproduction", tax_credit="Crédit d’impôt", collective="Société de gestion",
    crowdfunding="Financement participatif", patronage="Mécénat", sponsorship="Parrainage",
)]  # fmt: skip
FundingState = Annotated[str, Choice(
    to_ask="À demander", asked="Demandé", refused="Refusé", granted="Notifié", signed="Signé", paid="Versé",
    acquired="Acquis",
)]  # fmt: skip
CERTAIN_STATES = ("granted", "signed", "paid", "acquired")
"""The states in which money is sure."""


class Instalment(Part):
    """One payment expected, and whether it came."""

    label: Text | None = maybe("Objet")
    on: Day = say("Le")
    amount: Amount = say("Montant", unit="EUR")
    received: Flag = say("Reçu", default=False)
    condition: Text | None = maybe("Condition", "Ce qu’il faut fournir pour l’obtenir.")


class Counterpart(Part):
    """What a giver or a sponsor receives in return, at its price."""

    label: Text = say("Contrepartie")
    value: Amount = say("Valeur", unit="EUR")


class Funding(Fact):
    """Money expected from somebody: how much, how sure, when, under which conditions."""

    kind = "funding"
    title = "Financement"
    collection = "fundings"

    label: Text = say("Source")
    company: Annotated[str, RefTo("company")] | None = maybe("Financeur")
    nature: FundingNature = say("Nature")
    scheme: Text | None = maybe("Dispositif")
    catalogue: Text | None = maybe(
        "Au catalogue", "Identifiant du dispositif : drac_adsv_projet, ou le sien."
    )
    amount: Amount = say("Montant", unit="EUR")
    state: FundingState = say("État", default="to_ask")
    probability: Rate | None = maybe(
        "Probabilité", "Absente : 100 % si notifié, signé, versé ou acquis, 0 % si refusé, sinon 50 %."
    )
    phase: BudgetPhase = say("Budget", default="production")
    deadline_on: Day | None = maybe("Dépôt avant le")
    decision_on: Day | None = maybe("Décision le")
    report_on: Day | None = maybe("Bilan avant le")
    asked_on: Day | None = maybe("Demandé le")
    asked: Amount | None = maybe("Montant demandé", "S’il diffère de celui qu’on attend.", unit="EUR")
    missing: tuple[Text, ...] = many("Pièces manquantes")
    gathered: tuple[Text, ...] = many("Pièces réunies")
    instalments: tuple[Instalment, ...] = many("Versements")
    conditions: Text | None = maybe("Conditions", long=True)
    contribution: Annotated[
        str, Choice(cash="En numéraire", in_kind="En nature", industry="En industrie")
    ] = say("Apport", default="cash")
    share: Rate | None = maybe("Part de coproduction")
    rights: Text | None = maybe(
        "Droits en retour", "Territoires, exclusivités, part des recettes.", long=True
    )
    counterparts: tuple[Counterpart, ...] = many("Contreparties")
    account: Text | None = maybe("Compte")


class Scheme(Fact):
    """A scheme of the structure's own catalogue: a town, a region, a foundation, with its rules as read."""

    kind = "scheme"
    title = "Dispositif"
    collection = "schemes"
    shared = True

    label: Text = say("Dispositif")
    body: Text = say("Organisme")
    forms: tuple[ProductionKind, ...] = many("Genres de production", "Tous si vide.")
    nature: FundingNature = say("Nature", default="public")
    highest: Amount | None = maybe("Montant au plus", unit="EUR")
    share_of_budget: Rate | None = maybe("Part du budget au plus")
    public_ceiling: Rate | None = maybe("Argent public au plus", "Part du budget, cette aide comprise.")
    performances: Count | None = maybe("Représentations au moins")
    deadlines: tuple[Day, ...] = many("Dépôts avant le")
    conditions: tuple[Text, ...] = many("Conditions")
    pieces: tuple[Text, ...] = many("Pièces demandées")
    source: Text | None = maybe("Source", "Adresse de la page ou titre du règlement.")
    checked_on: Day | None = maybe("Relu le")


class RequestText(Part):
    """One heading of a request or a report, and what is written under it."""

    topic: Text = say("Rubrique")
    text: Text = say("Texte", long=True)


class Request(Fact):
    """A request put together for a funder, or the report that answers it: its words and its attachments."""

    kind = "request"
    title = "Dossier de demande"
    collection = "requests"

    label: Text = say("Nom")
    funding: Annotated[str, RefTo("funding")] | None = maybe("Financement")
    purpose: Annotated[str, Choice(application="Demande", report="Bilan")] = say(
        "Usage", default="application"
    )
    texts: tuple[RequestText, ...] = many("Rubriques")
    files: tuple[Text, ...] = many("Pièces jointes", "Noms de fichiers joints.")
    on: Day | None = maybe("Envoyé le")


class TaxCredit(Fact):
    """A tax credit the structure means to ask for, and what it knows that the budget does not say."""

    kind = "tax_credit"
    title = "Crédit d’impôt"
    collection = "tax_credits"

    credit: Text = say("Crédit", "CISV, CIT, CIPP, CIC, CIA, CIJV…")
    funding: Annotated[str, RefTo("funding")] | None = maybe("Financement")
    deducted: Amount | None = maybe(
        "Aides déduites", "Absent : l’argent public du plan, au prorata.", unit="EUR"
    )
    excluded_lines: tuple[Text, ...] = many("Lignes écartées de l’assiette")
