"""How a production begins: the doors that exist in this version, in order."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True, slots=True)
class WayIn:
    """One door: what one brings, what follows."""

    url_name: str
    title: Text
    text: Text
    action: Text
    minutes: Text
    href: str = ""


DOORS = (
    WayIn(
        "new_from_template",
        _("Un modèle"),
        _(
            "Théâtre, concert, festival, film, captation. Étapes, équipe, lignes et obligations "
            "du métier déjà en place."
        ),
        _("Choisir un modèle"),
        _("4 min"),
    ),
    WayIn(
        "new_from_script",
        _("Un texte"),
        _(
            "TEI, Fountain, Final Draft ou conduite (CSV, XLSX). Scènes, rôles et mots comptés ; "
            "l’équipe part de la distribution."
        ),
        _("Déposer un texte"),
        _("5 min"),
    ),
    WayIn(
        "new_from_spreadsheet",
        _("Votre tableur"),
        _("XLSX, XLS, ODS ou CSV. Colonnes reconnues, aperçu, chaque ligne refusée avec sa raison."),
        _("Déposer un tableur"),
        _("3 min"),
    ),
    WayIn(
        "new_from_dossier",
        _("Un dossier Filage"),
        _("Un fichier .filage.yaml exporté d’ici ou d’ailleurs. Rien n’est perdu à l’aller-retour."),
        _("Déposer un dossier"),
        _("1 min"),
    ),
)
"""The four ways in, of equal weight."""
OTHERS = (
    WayIn("new_from_copy", "", "", _("Copier une production"), ""),
    WayIn("new_production", "", "", _("Partir d’une page vide"), ""),
)
"""The ways in that need nothing from elsewhere, or another production."""


def ways_in(structure: str) -> list[WayIn]:
    """List the doors whose address exists."""
    return _existing(DOORS, structure)


def other_ways(structure: str) -> list[WayIn]:
    """List the other ways to begin whose address exists."""
    return _existing(OTHERS, structure)


def _existing(doors: tuple[WayIn, ...], structure: str) -> list[WayIn]:
    return [
        WayIn(door.url_name, door.title, door.text, door.action, door.minutes, href)
        for door in doors
        if (href := _address(door.url_name, structure))
    ]


def _address(url_name: str, structure: str) -> str:
    try:
        return reverse(url_name, kwargs={"structure": structure})
    except NoReverseMatch:
        return ""
