"""Where: venues and their spaces."""

from __future__ import annotations

from typing import Annotated

from filage.facts.base import Choice, Fact, RefTo, many, maybe, say
from filage.facts.scalars import Amount, Count, Day, Flag, Number, Text, WallTime


class Venue(Fact):
    """A place where one rehearses, plays, shoots or lives."""

    kind = "venue"
    title = "Lieu"
    collection = "venues"
    shared = True

    label: Text = say("Nom")
    city: Text | None = maybe("Ville")
    address: Text | None = maybe("Adresse")
    country: Text = say("Pays", default="FR")
    zone: Text | None = maybe("Fuseau horaire", "Europe/Paris si absent.")
    company: Annotated[str, RefTo("company")] | None = maybe("Exploité par")
    capacity: Count | None = maybe("Jauge")
    stage_width: Number | None = maybe("Ouverture", unit="m")
    stage_depth: Number | None = maybe("Profondeur", unit="m")
    stage_height: Number | None = maybe("Hauteur sous gril", unit="m")
    distance_km: Number | None = maybe("Distance du siège", unit="km")
    contact: Text | None = maybe("Contact")
    access: Text | None = maybe("Accès et accessibilité", long=True)
    latitude: Number | None = maybe("Latitude", unit="°")
    longitude: Number | None = maybe("Longitude", unit="°")
    curfew: WallTime | None = maybe("Couvre-feu", "Heure après laquelle on n’y fait plus de bruit.")
    parking: Text | None = maybe("Stationnement")
    dressing_rooms: Text | None = maybe("Loges et douches")
    catering: Text | None = maybe("Repas sur place")
    wifi: Text | None = maybe("Wifi")
    hospital: Text | None = maybe("Urgences les plus proches")
    first_aid: Text | None = maybe("Secours sur place")
    power: Text | None = maybe("Alimentation électrique")
    outdoors: Flag = say("En plein air", default=False)


class Space(Fact):
    """One space of a venue."""

    kind = "space"
    title = "Espace"
    collection = "spaces"
    shared = True

    venue: Annotated[str, RefTo("venue")] = say("Lieu")
    label: Text = say("Nom")
    capacity: Count | None = maybe("Jauge")


class Scouting(Fact):
    """A place seen for a set: what it offers, what it costs, what it asks, and its rank among the candidates."""

    kind = "scouting"
    title = "Repérage"
    collection = "scoutings"

    set: Text = say("Décor", "Tel que les scènes le nomment.")
    venue: Annotated[str, RefTo("venue")] = say("Lieu")
    rank: Annotated[str, Choice(
        first="Premier choix", fallback="Repli", candidate="À l’étude", refused="Écarté",
    )] = say("Rang", default="candidate")  # fmt: skip
    seen_on: Day | None = maybe("Vu le")
    cost: Amount | None = maybe("Coût par jour", unit="EUR")
    distance_km: Number | None = maybe("Distance de la base", unit="km")
    accessibility: Text | None = maybe("Accessibilité")
    power: Text | None = maybe("Alimentation électrique")
    authorisation: Annotated[str, Choice(
        none="Aucune", to_ask="À demander", asked="Demandée", granted="Accordée", refused="Refusée",
    )] = say("Autorisation", default="to_ask")  # fmt: skip
    owner: Text | None = maybe("Propriétaire ou gestionnaire")
    lead_days: Count | None = maybe("Délai d’autorisation", unit="jours")
    photos: tuple[Text, ...] = many("Photos", "Noms de fichiers joints.")
    light: Text | None = maybe("Lumière et bruit")
    line: Annotated[str, RefTo("budget_line")] | None = maybe("Ligne de budget")
