"""What the style page shows: the tokens, and one example of everything, taken from a fictional production."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

COLOURS = (
    # css class, token, light value, role
    ("paper", "paper", "#FAF9F6", _("fond")),
    ("surface", "surface", "#FFFFFF", _("cartes")),
    ("sunken", "sunken", "#F3F1EB", _("groupes")),
    ("line", "line", "#E5E1D8", _("filet")),
    ("line2", "line2", "#CFC9BC", _("filet")),
    ("field-colour", "field", "#857F73", _("champ 3,8 : 1")),
    ("ink", "ink", "#1C1A17", _("texte 16,5 : 1")),
    ("ink2", "ink2", "#46423B", _("texte second 9,5 : 1")),
    ("ink3", "ink3", "#67625A", _("libellés 5,7 : 1")),
)
STATES = (
    ("calc", "#1F5A96 sur #E8F0F8", _("déduit des faits"), _("6,2 : 1, sur papier 6,7 : 1")),
    ("hand", "#1C1A17 sur #ECE9E1", _("écrit par une personne"), _("14,3 : 1, sur papier 16,5 : 1")),
    ("doubt", "#775300 sur #FBF0CF", _("source absente ou douteuse"), _("6,1 : 1, sur papier 6,6 : 1")),
    ("stale", "#6A3D9A sur #F1EAF8", _("émis, les faits ont changé"), _("6,5 : 1, sur papier 7,3 : 1")),
    ("breach", "#AF231B sur #FCE9E6", _("règle, échéance ou manque"), _("5,8 : 1, sur papier 6,5 : 1")),
    ("done", "#1A6840 sur #E4F2EA", _("signé, payé, conforme"), _("5,9 : 1, sur papier 6,4 : 1")),
)


class SampleForm(forms.Form):
    """Fields in each of their states."""

    cachet = forms.CharField(label=_("Cachet brut"), initial="160,00", help_text=_("minimum 138,85 €"))
    start = forms.CharField(label=_("Début"))
    quantity = forms.CharField(label=_("Quantité"))
    job = forms.ChoiceField(label=_("Emploi"), choices=[("1", _("Artiste dramatique, 1 cachet isolé"))])


def _form() -> SampleForm:
    form = SampleForm({"cachet": "160,00", "start": "31 nov. 2026", "quantity": "nb_date × 6", "job": "1"})
    form.add_error("start", _("Novembre a 30 jours. Essayez 30 nov. 2026."))
    form.add_error("quantity", _("« nb_date » inconnu. Vouliez-vous nb_dates ?"))
    return form


def style_page() -> dict[str, Any]:
    """Give the style page everything it shows."""
    return {
        "colours": COLOURS,
        "states": STATES,
        "form": _form(),
        "icons": ICONS,
        "amount": Decimal("142847.38"),
        "gap": Decimal("3368.98"),
        "rows": (
            ("701", _("Artistes, cachets"), _("6 × 14 cachets"), Decimal(160), Decimal("21279.72"), "calc"),
            ("301", _("Construction du décor"), _("1 devis"), Decimal(11800), Decimal(11800), "hand"),
            ("302", _("Costumes"), _("1 devis"), Decimal(3400), Decimal(3400), "hand"),
        ),
        "overridden": {"computed": Decimal(1872), "amount": Decimal(1800), "gap": Decimal(-72)},
        "total": Decimal("38279.72"),
    }


ICONS = (
    "calc", "hand", "doubt", "stale", "breach", "done", "info", "right", "left", "down", "up", "arrow", "search",
    "menu", "close", "plus", "more", "undo", "download", "upload", "link", "person", "bin", "print", "lock",
)  # fmt: skip
