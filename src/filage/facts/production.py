"""The work and what was decided about it before anything else."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from filage.facts.base import Choice, Fact, Part, RefTo, many, maybe, say
from filage.facts.scalars import Count, Day, Expression, Flag, Id, Number, Rate, Text

ProductionKind = Annotated[str, Choice(
    theatre="Théâtre", dance="Danse", circus="Cirque", street="Arts de la rue", concert="Concert et tournée",
    opera="Opéra", festival="Festival", fiction="Fiction", documentary="Documentaire", short_film="Court métrage",
    music_video="Clip", captation="Captation", tv_show="Émission et plateau TV", radio="Radio et podcast",
    phonogram="Phonogramme", video_game="Jeu vidéo", exhibition="Exposition", event="Événement",
)]  # fmt: skip
BudgetPhase = Annotated[str, Choice(production="Production", exploitation="Exploitation")]
EventKind = Annotated[str, Choice(
    rehearsal="Répétition", shoot="Tournage", performance="Représentation", setup="Montage", strike="Démontage",
    residency="Résidence", travel="Voyage", meeting="Réunion", promotion="Promotion", mediation="Action culturelle",
    soundcheck="Balance ou raccord", recording="Enregistrement", post_production="Post-production", other="Autre",
)]  # fmt: skip


class Phase(Part):
    """A stretch of the production's life, shown on the phase line."""

    id: Id = say("Identifiant")
    label: Text = say("Nom")
    starts_on: Day = say("Du")
    ends_on: Day = say("Au")
    budget: BudgetPhase = say("Budget", default="production")


class Pricing(Part):
    """How the price of cession is built for this production."""

    performances: Expression | None = maybe("Représentations prévues", "Absent : celles du calendrier.")
    setup_cost: Expression | None = maybe(
        "Montage par série", "Absent : payé dans les événements de montage."
    )
    structure_mode: Literal["amount", "rate_of_cost", "rate_of_price"] = say("Structure", default="amount")
    structure_value: Number = say("Part de la structure", default=Decimal(0))
    margin_mode: Literal["on_cost", "on_price"] = say("Marge", default="on_cost")
    margin_rate: Rate = say("Taux de marge", default=Decimal(0))
    series: tuple[Count, ...] = say("Séries", "Nombres de dates au même lieu.", default=(1, 2, 3))
    vat_rate: Rate | None = maybe("TVA", "Absent : le taux du spectacle.")
    with_consumables: Flag = say("Consommables dans le coût plateau", default=True)
    with_setup: Flag = say(
        "Montage dans le coût plateau", "Sinon il est payé une fois par série.", default=False
    )
    with_rehearsals: Flag = say(
        "Répétitions dans le coût plateau", "Sinon elles sont amorties avec la création.", default=False
    )
    with_payslips: Flag = say(
        "Frais de bulletin dans le coût plateau", "Ce que la structure paie par bulletin.", default=True
    )
    validity: Count = say("Validité de la fiche de prix", default=60, unit="jours")
    admission: Annotated[str, Choice(
        new="Création ou nouvelle mise en scène", usual="Ni l’une ni l’autre",
        drinks="Salles où l’on consomme pendant la séance",
    )] = say("TVA des billets", "2,1 % pour les 140 premières d’une création.", default="new")  # fmt: skip
    played: Count = say(
        "Représentations déjà données",
        "Avant celles du calendrier, chez un autre exploitant aussi.",
        default=0,
    )


class Circumstance(Part):
    """A stretch in which other limits of working time may apply."""

    type: Annotated[str, Choice(
        tour="Tournée", festival="Festival", setup_period="Montage et démontage", before_premiere="Avant la première",
    )] = say("Circonstance")  # fmt: skip
    starts_on: Day = say("Du")
    ends_on: Day = say("Au")


class Contact(Part):
    """Whom to call: by function, with a number that may be printed on a sheet."""

    role: Annotated[str, Choice(
        production="Production", administration="Administration", stage="Régie générale", tour="Responsable de tournée",
        night="La nuit", host="Accueil du lieu", first_aid="Secours", vhss="Écoute VHSS", eco="Référent éco",
        other="Autre",
    )] = say("Fonction")  # fmt: skip
    person: Annotated[str, RefTo("person")] | None = maybe("Personne")
    label: Text | None = maybe("Nom ou service", "Si ce n’est pas une personne de la production.")
    phone: Text | None = maybe("Téléphone professionnel", "Paraît sur les feuilles publiques.")


class Production(Fact):
    """One work: its title, kind, phases, concept and specification."""

    kind = "production"
    title = "Production"
    collection = "production"
    alone = True

    label: Text = say("Titre")
    subtitle: Text | None = maybe("Sous-titre", "D’après qui, quelle langue.")
    form: ProductionKind = say("Genre de production")
    season: Text | None = maybe("Saison ou création", "création 2026")
    director: Text | None = maybe("Mise en scène ou réalisation")
    concept: Text | None = maybe("Note d’intention", long=True)
    specification: Text | None = maybe("Cahier des charges", long=True)
    credits: Text | None = maybe("Mentions et crédits", long=True)
    phases: tuple[Phase, ...] = many("Phases")
    running_order: Annotated[str, RefTo("running_order")] | None = maybe(
        "Version jouée", "L’ordre des scènes joué."
    )
    pricing: Pricing | None = maybe("Prix de cession")
    annex: Annotated[str, Choice(
        **{str(number): f"Annexe {number}" for number in range(1, 7)}
    )] | None = maybe("Annexe de l’IDCC 3090", "Si cette convention s’applique.")  # fmt: skip
    circumstances: tuple[Circumstance, ...] = many(
        "Circonstances", "Tournée, festival, avant-première : elles changent les limites de durée du travail."
    )
    formalities_aside: tuple[Text, ...] = many(
        "Démarches écartées", "Celles dont la ligne de budget n’est plus proposée."
    )
    languages: tuple[Text, ...] = many("Langues du spectacle ou du film", "fr, en… telles qu’on les entend.")
    working_language: Text = say("Langue de travail", default="fr")
    duration: Count | None = maybe("Durée", unit="min")
    interval: Count | None = maybe("Entracte", unit="min")
    contacts: tuple[Contact, ...] = many("Contacts des feuilles")
    safety: Text | None = maybe("Consignes de sécurité", long=True)


class DateCheck(Part):
    """Events of these kinds must lie between two days."""

    form: Literal["date"] = say("Forme")
    kinds: tuple[EventKind, ...] = many("Événements concernés", "Tous si vide.")
    not_before: Day | None = maybe("Pas avant")
    not_after: Day | None = maybe("Pas après")


class PlaceCheck(Part):
    """Events of these kinds must take place in these cities."""

    form: Literal["place"] = say("Forme")
    kinds: tuple[EventKind, ...] = many("Événements concernés", "Tous si vide.")
    cities: tuple[Text, ...] = say("Villes admises")


class ExclusivityCheck(Part):
    """No performance in these cities during a period, except at one venue."""

    form: Literal["exclusivity"] = say("Forme")
    cities: tuple[Text, ...] = say("Villes réservées")
    not_before: Day = say("Du")
    not_after: Day = say("Au")
    venue: Annotated[str, RefTo("venue")] | None = maybe("Sauf au lieu")


class CreditCheck(Part):
    """The credits must carry these words."""

    form: Literal["credit"] = say("Forme")
    wording: Text = say("Mention exigée")


class LocalHiringCheck(Part):
    """At least so many engaged people must live in these cities."""

    form: Literal["local_hiring"] = say("Forme")
    people: Count = say("Personnes au moins")
    cities: tuple[Text, ...] = say("Villes comptées")


Check = Annotated[
    DateCheck | PlaceCheck | ExclusivityCheck | CreditCheck | LocalHiringCheck, Field(discriminator="form")
]


Imposer = Annotated[str, Choice(
    sponsor="Parrain ou mécène", brand="Marque", territory="Territoire", buyer="Acheteur", venue="Lieu",
    funder="Financeur", language="Langue", other="Autre",
)]  # fmt: skip


class Constraint(Fact):
    """Something imposed from outside: by whom, in which words, and a checkable form where there is one."""

    kind = "constraint"
    title = "Contrainte"
    collection = "constraints"

    imposed_by: Imposer = say("Imposée par")
    who: Annotated[str, RefTo("company")] | None = maybe("Qui")
    text: Text = say("Texte", "Dans les mots de qui l’impose.", long=True)
    check: Check | None = maybe("Forme vérifiable")
