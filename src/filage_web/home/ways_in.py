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
        "new_from_dossier",
        _("Un dossier Filage"),
        _("Un fichier .filage.yaml exporté d’ici ou d’ailleurs. Rien n’est perdu à l’aller-retour."),
        _("Déposer un dossier"),
        _("1 min"),
    ),
    WayIn(
        "new_production",
        _("Une page vide"),
        _("Un titre suffit. Dates, équipe et budget se complètent ensuite, dans l’ordre que vous voulez."),
        _("Partir d’une page vide"),
        _("2 min"),
    ),
)


def ways_in(structure: str) -> list[WayIn]:
    """List the doors whose address exists."""
    return [
        WayIn(door.url_name, door.title, door.text, door.action, door.minutes, href)
        for door in DOORS
        if (href := _address(door.url_name, structure))
    ]


def _address(url_name: str, structure: str) -> str:
    try:
        return reverse(url_name, kwargs={"structure": structure})
    except NoReverseMatch:
        return ""
