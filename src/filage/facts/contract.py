"""What is signed, authorised, done and sent."""

from __future__ import annotations

from typing import Annotated

from filage.facts.base import Choice, Fact, RefTo, many, maybe, say
from filage.facts.funding import Instalment
from filage.facts.scalars import Amount, Day, Flag, Rate, Text

ContractKind = Annotated[str, Choice(
    cession="Cession", coproduction="Coproduction", corealisation="Coréalisation", residency="Résidence",
    presale="Préachat", rental="Location de salle", promotion="Promotion locale", rights="Droits d’auteur",
    service="Prestation", other="Autre",
)]  # fmt: skip
SaleState = Annotated[str, Choice(
    draft="À préparer", option_2="2e option", option_1="1re option", confirmed="Confirmé", to_sign="À signer",
    signed="Signé", cancelled="Annulé",
)]  # fmt: skip


class Contract(Fact):
    """An agreement with an organisation; for a cession, which dates at which price."""

    kind = "contract"
    title = "Contrat"
    collection = "contracts"

    label: Text = say("Objet")
    type: ContractKind = say("Nature")
    company: Annotated[str, RefTo("company")] | None = maybe("Avec")
    venue: Annotated[str, RefTo("venue")] | None = maybe("Lieu")
    events: tuple[Annotated[str, RefTo("event")], ...] = many("Dates vendues")
    unit_price: Amount | None = maybe("Prix HT par date", unit="EUR")
    bills_travel: Flag = say("Voyages refacturés", "VHR refacturés au coût à l’acheteur.", default=False)
    vat_rate: Rate | None = maybe("TVA", "Absente : le taux du spectacle.")
    state: SaleState = say("État", default="draft")
    probability: Rate | None = maybe("Probabilité", "Absente : selon l’état.")
    sign_by: Day | None = maybe("À signer avant le")
    signed_on: Day | None = maybe("Signé le")
    received: Amount | None = maybe("Déjà reçu", unit="EUR")
    instalments: tuple[Instalment, ...] = many(
        "Échéances", "Acompte, solde ; absentes : à réception, après les dates."
    )
    deal: Annotated[str, RefTo("deal")] | None = maybe("Offre retenue")
    account: Text | None = maybe("Compte")


class Right(Fact):
    """An authorisation to use a work, an image, a place."""

    kind = "right"
    title = "Droit"
    collection = "rights"

    label: Text = say("Objet")
    holder: Annotated[str, RefTo("company")] | None = maybe("Titulaire")
    scope: Text | None = maybe("Étendue", long=True)
    rate: Rate | None = maybe("Taux", "Part de la recette ou du prix de cession HT.")
    state: Annotated[
        str, Choice(to_ask="À demander", asked="Demandé", granted="Accordé", refused="Refusé")
    ] = say("État", default="to_ask")
    until: Day | None = maybe("Jusqu’au")


class Evidence(Fact):
    """A proof kept: what, when, for whom."""

    kind = "evidence"
    title = "Preuve"
    collection = "evidences"

    label: Text = say("Objet")
    on: Day = say("Le")
    file: Text | None = maybe("Fichier")


class Issue(Fact):
    """A document that was sent, to whom and when."""

    kind = "issue"
    title = "Envoi"
    collection = "issues"

    label: Text = say("Document")
    on: Day = say("Le")
    recipients: tuple[Text, ...] = many("Destinataires")
    version: Text | None = maybe("Version")


class Rider(Fact):
    """What the show needs from a venue."""

    kind = "rider"
    title = "Fiche technique"
    collection = "riders"

    label: Text = say("Titre")
    version: Text | None = maybe("Version")
    text: Text = say("Besoins", long=True)


class Action(Fact):
    """Something planned outside the stage: communication, eco, prevention, accessibility."""

    kind = "action"
    title = "Action"
    collection = "actions"

    label: Text = say("Action")
    plan: Annotated[str, Choice(
        communication="Communication", eco="Éco-conception", vhss="Prévention VHSS", accessibility="Accessibilité",
        mediation="Action culturelle", administration="Administration",
    )] = say("Plan")  # fmt: skip
    due_on: Day | None = maybe("Avant le")
    owner: Annotated[str, RefTo("person")] | None = maybe("Responsable")
    done: Flag = say("Faite", default=False)
