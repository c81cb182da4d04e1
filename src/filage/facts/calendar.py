"""When and where: events, and who takes part."""

from __future__ import annotations

from typing import Annotated

from filage.facts.base import Choice, Fact, Part, RefTo, many, maybe, say
from filage.facts.production import BudgetPhase, EventKind
from filage.facts.scalars import Count, Day, Flag, Number, Text, WallTime

Option = Annotated[str, Choice(
    draft="À l’étude", option_2="2e option", option_1="1re option", confirmed="Confirmé", signed="Signé",
    cancelled="Annulé",
)]  # fmt: skip


class Break(Part):
    """A pause inside a shift, in wall-clock time."""

    start: WallTime = say("De")
    end: WallTime = say("À")


class Moment(Part):
    """One line of a day’s schedule: at what time, what, for whom."""

    at: WallTime = say("À")
    until: WallTime | None = maybe("Jusqu’à")
    label: Text = say("Quoi")
    who: tuple[Annotated[str, RefTo("person", "position")], ...] = many("Pour qui", "Toute l’équipe si vide.")
    told: Text | None = maybe("Précision", "« équipe du lieu », « foyer, 9 repas »…")
    key: Flag = say("Heure clé", default=False)


class Event(Fact):
    """Something that happens on a day at a place; an end not after its start is on the next day."""

    kind = "event"
    title = "Événement"
    collection = "events"

    label: Text | None = maybe("Titre")
    type: EventKind = say("Nature")
    day: Day = say("Jour")
    start: WallTime | None = maybe("Début", "Absent : toute la journée.")
    end: WallTime | None = maybe("Fin")
    end_day: Day | None = maybe("Jour de fin")
    zone: Text | None = maybe("Fuseau horaire", "Absent : celui du lieu.")
    venue: Annotated[str, RefTo("venue")] | None = maybe("Lieu")
    space: Annotated[str, RefTo("space")] | None = maybe("Espace")
    phase: BudgetPhase | None = maybe(
        "Budget", "Absent : exploitation pour une représentation et ce qui l’entoure."
    )
    option: Option = say("État", default="confirmed")
    option_until: Day | None = maybe("Option jusqu’au")
    scenes: tuple[Annotated[str, RefTo("scene")], ...] = many("Scènes")
    premiere: Flag = say("Première", default=False)
    moments: tuple[Moment, ...] = many("Déroulé")
    needs: tuple[Annotated[str, RefTo("need")], ...] = many("Besoins")
    vehicles: tuple[Annotated[str, RefTo("vehicle")], ...] = many("Véhicules")
    locked: Flag = say("Verrouillé", "Ni l’optimiseur ni un déplacement en bloc n’y touchent.", default=False)
    weather: Text | None = maybe("Météo prévue")


class Participation(Fact):
    """Somebody's part in an event: through which engagement, from when to when, planned and done."""

    kind = "participation"
    title = "Participation"
    collection = "participations"

    event: Annotated[str, RefTo("event")] = say("Événement")
    engagement: Annotated[str, RefTo("engagement")] | None = maybe("Engagement")
    person: Annotated[str, RefTo("person")] | None = maybe("Personne", "Si elle vient sans engagement.")
    call: WallTime | None = maybe("Convocation", "Absente : le début de l’événement.")
    wrap: WallTime | None = maybe("Fin", "Absente : la fin de l’événement.")
    breaks: tuple[Break, ...] = many("Pauses")
    units: Number | None = maybe(
        "Unités payées", "Absent : 1, ou les heures pour un paiement à l’heure ; 0 si non payé."
    )
    actual_units: Number | None = maybe("Unités faites", "Une fois l’événement passé.")
    actual_start: WallTime | None = maybe("Arrivée réelle")
    actual_end: WallTime | None = maybe("Départ réel")
    actual_breaks: tuple[Break, ...] = many("Pauses réelles")
    validated_on: Day | None = maybe("Heures validées le", "Par la personne, depuis son lien privé.")
    validated_as: Text | None = maybe(
        "Heures telles que validées", "Autres que celles d’aujourd’hui : à revalider."
    )
    contested: Text | None = maybe("Désaccord sur les heures", "Ce que la personne en dit.")
    travels: Flag = say("Voyage compris", default=False)
    pickup: WallTime | None = maybe("Prise en charge")
    driver: Text | None = maybe("Chauffeur ou transport")
    dressing: WallTime | None = maybe("Loges", "Habillage, coiffure, maquillage.")
    ready: WallTime | None = maybe("Prêt", "Prêt à tourner ou à jouer.")


class Availability(Fact):
    """Whether somebody is free over some days: asked, then answered by them."""

    kind = "availability"
    title = "Disponibilité"
    collection = "availabilities"

    person: Annotated[str, RefTo("person")] = say("Personne")
    starts_on: Day = say("Du")
    ends_on: Day = say("Au")
    start: WallTime | None = maybe("De", "Absent : toute la journée.")
    end: WallTime | None = maybe("À")
    answer: Annotated[str, Choice(
        asked="Demandée", free="Disponible", maybe="À confirmer", busy="Indisponible",
    )] = say("Réponse", default="asked")  # fmt: skip
    said: Text | None = maybe("Ce qu’en dit la personne")
    answered_on: Day | None = maybe("Répondu le")


class Planned(Part):
    """One event of a day template."""

    type: EventKind = say("Nature")
    label: Text | None = maybe("Titre")
    start: WallTime | None = maybe("Début")
    end: WallTime | None = maybe("Fin")
    days_after: Count = say("Jour", "0 : le jour même ; 1 : le lendemain.", default=0)
    positions: tuple[Annotated[str, RefTo("position")], ...] = many("Postes", "Toute l’équipe si vide.")
    moments: tuple[Moment, ...] = many("Déroulé")


class DayTemplate(Fact):
    """A usual day (« journée type »): the events it is made of, to be put on any day."""

    kind = "day_template"
    title = "Journée type"
    collection = "day_templates"

    label: Text = say("Nom")
    events: tuple[Planned, ...] = many("Événements")


class Vehicle(Fact):
    """A vehicle of the structure, or hired."""

    kind = "vehicle"
    title = "Véhicule"
    collection = "vehicles"
    shared = True

    label: Text = say("Nom")
    seats: Count | None = maybe("Places")
    volume: Number | None = maybe("Volume", unit="m³")
    licence: Text | None = maybe("Permis", "B, C, D…")
    plate: Text | None = maybe("Immatriculation")
