"""Before there is a script: what the artist says, what was written, and the passages that ask for something."""

from __future__ import annotations

from typing import Annotated

from filage.facts.base import Choice, Fact, RefTo, maybe, say
from filage.facts.scalars import Count, Day, LongText, Text


class Writing(Fact):
    """A text about the work: a note of intent, a synopsis, a pitch, an outline; its words as they were read."""

    kind = "writing"
    title = "Écrit"
    collection = "writings"

    label: Text = say("Titre")
    type: Annotated[str, Choice(
        intent="Note d’intention", synopsis="Synopsis", pitch="Pitch", outline="Séquencier", treatment="Traitement",
        other="Autre",
    )] = say("Nature", default="intent")  # fmt: skip
    file: Text | None = maybe("Fichier", "Nom du fichier joint dont le texte a été tiré.")
    language: Text | None = maybe("Langue", "fr, en…")
    on: Day | None = maybe("Le")
    text: LongText = say("Texte", long=True)


class Answer(Fact):
    """What the artist answered to one question of the guided interview."""

    kind = "answer"
    title = "Réponse"
    collection = "answers"

    question: Text = say("Question", "Telle qu’elle a été posée.")
    topic: Text | None = maybe("Identifiant de la question", "Celui du guide, si elle en vient.")
    text: Text = say("Réponse", long=True)
    person: Annotated[str, RefTo("person")] | None = maybe("De")
    on: Day | None = maybe("Le")
    confirmed_on: Day | None = maybe("Confirmée le")


class Mark(Fact):
    """A passage marked in a writing or in a scene: what it asks for stays tied to its words."""

    kind = "mark"
    title = "Passage marqué"
    collection = "marks"

    writing: Annotated[str, RefTo("writing")] | None = maybe("Dans l’écrit")
    scene: Annotated[str, RefTo("scene")] | None = maybe("Dans la scène")
    passage: Text = say("Passage", "Les mots tels qu’ils sont écrits.", long=True)
    start: Count | None = maybe("Place", "Rang du premier signe dans l’écrit ou le texte de la scène.")
    element: Annotated[str, RefTo("element")] | None = maybe("Élément")
