"""The text: its scenes, the elements they need, and the running order that is played."""

from __future__ import annotations

from typing import Annotated

from filage.facts.base import Choice, Fact, Part, RefTo, many, maybe, say
from filage.facts.scalars import Amount, Count, Day, Flag, Number, Text, WallTime

ElementCategory = Annotated[str, Choice(
    cast="Rôle", extras="Figuration", props="Accessoire", set="Décor", costume="Costume", makeup="Maquillage",
    vehicle="Véhicule", animal="Animal", stunt="Cascade", effect="Effet", music="Musique", sound="Son", video="Vidéo",
    equipment="Matériel", child="Enfant", intimacy="Intimité", safety="Sécurité",
)]  # fmt: skip
Risk = Annotated[str, Choice(
    weapon="Arme", fire="Feu ou flamme", smoke="Fumée ou brouillard", strobe="Lumière stroboscopique",
    height="Hauteur", water="Eau", vehicle="Véhicule en jeu", stunt="Cascade ou combat", animal="Animal",
    child="Enfant", intimacy="Intimité ou nudité", noise="Son très fort", electricity="Électricité",
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
    risks: tuple[Risk, ...] = many(
        "Précautions", "Ce que cet élément demande d’obligations et de préparation."
    )
    minutes: Count | None = maybe("Préparation", "Coiffure, maquillage, costume, mise en place.", unit="min")


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
    estimated: Flag = say("Huitièmes estimés", default=False)
    minutes: Count | None = maybe(
        "Temps de tournage ou de répétition", "Absent : d’après les plans, sinon les huitièmes.", unit="min"
    )
    summary: Text | None = maybe("Résumé", long=True)
    words: Count | None = maybe("Mots")
    seconds: Count | None = maybe("Durée", "Telle que la conduite la donne.", unit="s")
    elements: tuple[Annotated[str, RefTo("element")], ...] = many("Éléments")


class Shot(Fact):
    """One shot of a scene: its frame of the storyboard, and the time it takes to make."""

    kind = "shot"
    title = "Plan"
    collection = "shots"

    scene: Annotated[str, RefTo("scene")] = say("Scène")
    number: Text | None = maybe("Numéro")
    label: Text | None = maybe("Description", long=True)
    size: Text | None = maybe("Valeur de plan", "Plan large, gros plan…")
    minutes: Count | None = maybe("Temps de tournage", unit="min")
    file: Text | None = maybe("Image", "Nom d’un fichier joint.")


class Cue(Fact):
    """Something a department does at a point of a scene: a cue of the running sheet."""

    kind = "cue"
    title = "Top"
    collection = "cues"

    scene: Annotated[str, RefTo("scene")] = say("Séquence")
    number: Text | None = maybe("Numéro")
    department: Annotated[str, Choice(
        light="Lumière", sound="Son et micros", video="Vidéo et synthés", picture="Image et caméras", set="Plateau",
        music="Musique", presenter="Texte ou lancement", other="Autre",
    )] = say("Service")  # fmt: skip
    at: Count | None = maybe("À", "Secondes depuis le début de la séquence.", unit="s")
    mark: Text | None = maybe("Repère", "Le mot ou le geste qui le déclenche.")
    label: Text = say("Action")


class Played(Part):
    """One place of the running order: which scene, under which French title and in which part."""

    scene: Annotated[str, RefTo("scene")] = say("Scène")
    title: Text | None = maybe("Titre joué")
    part: Text | None = maybe("Partie")
    state: Annotated[str, Choice(kept="Jouée", spare="De secours", cut="Supprimée")] = say(
        "État", default="kept"
    )
    seconds_done: Count | None = maybe("Durée réalisée", "Relevée par la scripte.", unit="s")


class RunningOrder(Fact):
    """Which scenes are played, in which order, from which text."""

    kind = "running_order"
    title = "Ordre joué"
    collection = "running_orders"

    label: Text = say("Nom")
    script: Text | None = maybe("Fichier du texte")
    versions: tuple[Text, ...] = many("Versions du texte")
    starts_at: WallTime | None = maybe("Commence à", "Heure de la première séquence.")
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
    quantity: Number | None = maybe("Quantité")
    source: Annotated[str, RefTo("mark", "answer")] | None = maybe(
        "Vient de", "Le passage ou la réponse qui le demande."
    )
    supplier: Annotated[str, RefTo("company")] | None = maybe("Fournisseur")
