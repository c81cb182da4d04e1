"""How many of what a list of changes writes, in words: « 4 jours, 6 dates, 45 convocations »."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from filage.facts.calendar import Event
from filage.facts.dossier import Dossier
from filage.kernel.changes import Change

NOUNS: Final = {
    "event": ("date", "dates"), "participation": ("convocation", "convocations"), "scene": ("scène", "scènes"),
    "engagement": ("engagement", "engagements"), "position": ("poste", "postes"), "person": ("personne", "personnes"),
    "venue": ("lieu", "lieux"), "leg": ("trajet", "trajets"), "stay": ("hébergement", "hébergements"),
    "task": ("tâche", "tâches"), "need": ("besoin", "besoins"), "budget_line": ("ligne de budget", "lignes de budget"),
    "element": ("élément", "éléments"), "vehicle": ("véhicule", "véhicules"), "meal": ("repas", "repas"),
    "funding": ("source de financement", "sources de financement"),
}  # fmt: skip
OTHERS: Final = ("autre fiche", "autres fiches")


def noun(kind: str, count: int) -> str:
    """The word for one or several facts of a kind."""
    return NOUNS.get(kind, OTHERS)[count > 1]


def written_words(changes: Iterable[Change], before: Dossier, after: Dossier) -> str:
    """Say how many days, dates, calls and other facts changes write."""
    changes = list(changes)
    counted = Counter(change.kind if change.kind in NOUNS else "" for change in changes)
    days = {
        event.day
        for change in changes
        if change.kind == Event.kind
        for dossier in (after, before)
        if (event := dossier.find(change.about, Event))
    }
    words = [_counted(len(days), "jour", "jours")] if len(days) > 1 else []
    order = [*(kind for kind in NOUNS if kind in counted), ""]
    words += [_counted(counted[kind], *NOUNS.get(kind, OTHERS)) for kind in order if counted[kind]]
    return ", ".join(words)


def _counted(count: int, one: str, several: str) -> str:
    return f"{count} {several if count > 1 else one}"
