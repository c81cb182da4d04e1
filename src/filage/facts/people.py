"""Who: people, their private data apart, and companies. Health, disability and origin are never facts."""

from __future__ import annotations

from typing import Annotated

from filage.facts.base import Choice, Fact, RefTo, many, maybe, say
from filage.facts.scalars import Day, Text

CompanyKind = Annotated[str, Choice(
    venue="Lieu", funder="Financeur", coproducer="Coproducteur", buyer="Acheteur", supplier="Fournisseur",
    sponsor="Parrain ou mécène", rights="Ayant droit", other="Autre",
)]  # fmt: skip

Resource = Annotated[str, Choice(
    money="Argent", space="Espace de travail", lodging="Logement", equipment="Matériel", set_building="Construction",
    skills="Compétences", people="Personnel", dates="Dates", audience="Public", network="Réseau",
    distribution="Diffusion", rights="Droits",
)]  # fmt: skip


class Person(Fact):
    """Somebody the structure works with, as may be shown to the team."""

    kind = "person"
    title = "Personne"
    collection = "people"
    shared = True

    given_name: Text = say("Prénom")
    family_name: Text = say("Nom")
    stage_name: Text | None = maybe("Nom de scène")
    trade: Text | None = maybe("Métier")
    city: Text | None = maybe("Ville")
    email: Text | None = maybe("Courriel")
    languages: tuple[Text, ...] = many("Langues")
    arrangement: Text | None = maybe("Aménagement nécessaire", "Ce qu’il faut prévoir, jamais pourquoi.")

    def name(self) -> str:
        """The name used on sheets."""
        return self.stage_name or f"{self.given_name} {self.family_name}"


class PersonPrivate(Fact):
    """What only payroll may see of a person."""

    kind = "person_private"
    title = "Données privées"
    collection = "people_private"
    shared = True
    private = True

    person: Annotated[str, RefTo("person")] = say("Personne")
    born_on: Day | None = maybe("Naissance")
    nir: Text | None = maybe("Numéro de sécurité sociale")
    address: Text | None = maybe("Adresse", long=True)
    iban: Text | None = maybe("IBAN")
    nationality: Text | None = maybe("Nationalité")
    permit: Text | None = maybe("Titre de séjour")
    permit_until: Day | None = maybe("Titre valable jusqu’au")
    phone: Text | None = maybe("Téléphone")


class Company(Fact):
    """An organisation: venue operator, funder, co-producer, buyer, supplier."""

    kind = "company"
    title = "Organisme"
    collection = "companies"
    shared = True

    label: Text = say("Nom")
    role: CompanyKind = say("Rôle", default="other")
    siret: Text | None = maybe("SIRET")
    city: Text | None = maybe("Ville")
    contact: Text | None = maybe("Contact")
    email: Text | None = maybe("Courriel")
    phone: Text | None = maybe("Téléphone")
    website: Text | None = maybe("Site")
    brings: tuple[Resource, ...] = many("Peut apporter")
