"""The text: its scenes, the elements they need, and the running order that is played."""

from __future__ import annotations

from typing import Annotated

from filage.facts.base import Choice, Fact, Part, RefTo, many, maybe, say
from filage.facts.scalars import Amount, Count, Day, Flag, Text

ElementCategory = Annotated[str, Choice(
    cast="Rôle", extras="Figuration", props="Accessoire", set="Décor", costume="Costume", makeup="Maquillage",
    vehicle="Véhicule", animal="Animal", stunt="Cascade", effect="Effet", music="Musique", sound="Son", video="Vidéo",
    equipment="Matériel", child="Enfant", intimacy="Intimité", safety="Sécurité",
)]  # fmt: skip
NeedState = Annotated[
    str, Choice(to_find="À trouver", quoted="Devis reçu", booked="Réservé", done="En place")
]


class Element(Fact):
    """Something a scene needs: a role, a prop, a costume, a vehicle."""

    kind = "element"
    title = "Élément"
    collection = "elements"

    label: Text = say("Nom")
    category: ElementCategory = say("Catégorie", default="cast")
    source: Text | None = maybe("Nom dans le texte", "Tel que le fichier l’écrit, séparés par des virgules.")
    words: Count | None = maybe("Mots", "Mots dits, comptés dans le texte.")
    silent: Flag = say("Muet", default=False)


class Scene(Fact):
    """One scene of the text or one item of a running order."""

    kind = "scene"
    title = "Scène"
    collection = "scenes"

    number: Text | None = maybe("Numéro")
    label: Text = say("Titre")
    source: Text | None = maybe("Scène du texte", "Identifiant de la scène dans le fichier lu.")
    int_ext: Annotated[str, Choice(INT="Intérieur", EXT="Extérieur", **{"INT/EXT": "Les deux"})] | None = (
        maybe("Int. ou ext.")
    )
    set: Text | None = maybe("Décor")
    time: Text | None = maybe("Moment")
    eighths: Count | None = maybe("Huitièmes", "1 6/8 s’écrit 14.")
    words: Count | None = maybe("Mots")
    seconds: Count | None = maybe("Durée", "Telle que la conduite la donne.", unit="s")
    elements: tuple[Annotated[str, RefTo("element")], ...] = many("Éléments")


class Played(Part):
    """One place of the running order: which scene, under which French title and in which part."""

    scene: Annotated[str, RefTo("scene")] = say("Scène")
    title: Text | None = maybe("Titre joué")
    part: Text | None = maybe("Partie")


class RunningOrder(Fact):
    """Which scenes are played, in which order, from which text."""

    kind = "running_order"
    title = "Ordre joué"
    collection = "running_orders"

    label: Text = say("Nom")
    script: Text | None = maybe("Fichier du texte")
    versions: tuple[Text, ...] = many("Versions du texte")
    scenes: tuple[Played, ...] = many("Scènes jouées")


class Need(Fact):
    """What must be found for the show, with who looks for it and where it stands."""

    kind = "need"
    title = "Besoin"
    collection = "needs"

    label: Text = say("Besoin")
    department: Text | None = maybe("Service")
    state: NeedState = say("État", default="to_find")
    element: Annotated[str, RefTo("element")] | None = maybe("Élément")
    line: Annotated[str, RefTo("budget_line")] | None = maybe("Ligne de budget")
    owner: Annotated[str, RefTo("person")] | None = maybe("Responsable")
    needed_on: Day | None = maybe("Nécessaire le")
    estimate: Amount | None = maybe("Estimation", unit="EUR")
