"""The structure that employs, sells and signs."""

from __future__ import annotations

from typing import Annotated

from filage.facts.base import Choice, Fact, Part, many, maybe, say
from filage.facts.scalars import Amount, Count, Day, Flag, Number, Rate, Text

LegalForm = Annotated[
    str, Choice(association="Association", company="Société", public="Établissement public", other="Autre")
]
VatRegime = Annotated[
    str,
    Choice(subject="Assujettie à la TVA", exempt="Hors du champ de la TVA", partial="Assujettie en partie"),
]


class Licence(Part):
    """A receipt of declaration as entrepreneur de spectacles."""

    category: Text = say("Catégorie", "1 lieu, 2 producteur, 3 diffuseur.")
    number: Text = say("Numéro de récépissé")
    expires_on: Day | None = maybe("Expire le")


class OwnRate(Part):
    """A value of the law data replaced by the structure's own, with its source."""

    parameter: Text = say("Paramètre", "Identifiant du droit, par exemple paie.atmp_technicien.")
    value: Number = say("Valeur", "Une fraction pour un taux : 1,60 % s’écrit 0.016.")
    starts_on: Day = say("À partir du")
    ends_on: Day | None = maybe("Jusqu’au")
    source: Text = say("Source", "Notification, accord, contrat : de quoi retrouver le papier.")


class FixedSum(Part):
    """A sum the structure pays for its people, outside any rate: payslip fee, occupational health, provident fund."""

    label: Text = say("Objet")
    amount: Amount = say("Montant", unit="EUR")
    per: Annotated[str, Choice(
        slip="Par bulletin", engagement="Par engagement", person_year="Par personne et par an", year="Par an",
    )] = say("Due")  # fmt: skip
    permanent: Flag = say("Permanents", default=True)
    intermittent: Flag = say("Intermittents", default=True)
    source: Text = say("Source", "Facture, contrat : de quoi retrouver le papier.")


class Expectation(Part):
    """The change the structure expects of a value not yet published."""

    parameter: Text = say("Paramètre")
    change: Number = say("Évolution attendue", "0.02 pour +2 %.")


class Employer(Fact):
    """The structure: identity, licences, convention, VAT, headcount and its own rates."""

    kind = "employer"
    title = "Structure"
    collection = "employer"
    shared = True
    alone = True

    label: Text = say("Nom")
    legal_form: LegalForm = say("Forme", default="association")
    siret: Text | None = maybe("SIRET")
    city: Text | None = maybe("Ville")
    address: Text | None = maybe("Adresse")
    idcc: Text | None = maybe("Convention collective (IDCC)", "1285, 3090, 2642, 3097…")
    headcount: Count = say("Effectif", "Effectif moyen annuel au sens de la Sécurité sociale.", default=5)
    vat_regime: VatRegime = say("TVA", default="subject")
    vat_period: Annotated[str, Choice(month="Chaque mois", quarter="Chaque trimestre")] = say(
        "TVA déclarée", default="month"
    )
    corporate_tax: Flag = say("Soumise à l’impôt sur les sociétés", default=False)
    small: Flag = say("PME", "Moins de 250 salariés et 50 M€ de chiffre d’affaires.", default=True)
    licences: tuple[Licence, ...] = many("Licences d’entrepreneur de spectacles")
    rates: tuple[OwnRate, ...] = many("Taux propres à la structure")
    expectations: tuple[Expectation, ...] = many("Évolutions attendues")
    health_monthly: Amount | None = maybe(
        "Complémentaire santé des permanents", "Part de l’employeur par salarié et par mois.", unit="EUR"
    )
    fixed_sums: tuple[FixedSum, ...] = many(
        "Sommes fixes", "Façon du bulletin, médecine du travail, mutuelle…"
    )
    salary_tax_share: Rate | None = maybe(
        "Part soumise à la taxe sur les salaires",
        "Part des recettes hors TVA l’an dernier ; absente : 1 hors champ de la TVA, 0 si assujettie.",
    )
    union_member: Flag = say(
        "Adhérente d’un syndicat signataire", "Décide de la grille de salaires.", default=False
    )
    agreements: tuple[Text, ...] = many(
        "Accords invoqués", "Identifiants des dérogations : CT-JOUR-12H-DEROG."
    )
    holiday_zone: Annotated[str, Choice(A="Zone A", B="Zone B", C="Zone C")] | None = maybe("Zone scolaire")
    short_contract_surcharge: Rate | None = maybe(
        "Majoration CDDU", "À 0 si elle n’est pas due ; sinon le droit s’applique."
    )
