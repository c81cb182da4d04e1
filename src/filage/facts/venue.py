"""Where: venues and their spaces."""

from __future__ import annotations

from typing import Annotated

from filage.facts.base import Fact, RefTo, maybe, say
from filage.facts.scalars import Count, Number, Text


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


class Space(Fact):
    """One space of a venue."""

    kind = "space"
    title = "Espace"
    collection = "spaces"
    shared = True

    venue: Annotated[str, RefTo("venue")] = say("Lieu")
    label: Text = say("Nom")
    capacity: Count | None = maybe("Jauge")
