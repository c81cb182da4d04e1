"""The French article of the trade's words, so that a change reads as a sentence: « le raccord », « l’ouverture »."""

from __future__ import annotations

from filage.kernel import french
from filage.kernel.text import fold
from filage.planning.sheets.words import small

_WORDS = {
    "le ": """
        raccord montage demontage filage repas dejeuner diner depart debut briefing service rendez-vous chargement
        dechargement tournage retour train trajet line catering lever travail cours point petit jour bus passage""",
    "la ": """
        representation repetition balance generale premiere pause lecture fin rencontre residence conduite mise
        projection visite reprise captation seance couturiere reunion seconde derniere prise""",
    "l’": """
        ouverture arrivee entree italienne echauffement enregistrement accueil installation essai habillage entracte
        atelier allemande accord heure""",
    "les ": "costumes reglages saluts essayages portes maquillages balances raccords",
}
_ARTICLES = {word: article for article, words in _WORDS.items() for word in words.split()}


def with_article(label: str) -> tuple[str, bool]:
    """A label as a sentence names it, and whether it is plural; a word that is not in the table is quoted."""
    first = fold(label).replace(",", " ").split(" ")[0] if label else ""
    if first == "votre":
        return small(label), False
    article = _ARTICLES.get(first)
    if article is None:
        return f"« {label} »", False
    return f"{article}{small(label)}", article == "les "


def of_somebody(what: str, who: str) -> str:
    """« l’arrivée d’Inès », « l’arrivée de Karim »."""
    named, _plural = with_article(what)
    return f"{named} {french.of(who)}"
