"""The cells of the follow-up: drawn by the thousand, hence without a template of their own."""

from decimal import Decimal
from typing import Final

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from filage.accounting.follow import Amounts
from filage_web.templatetags.french import NOTHING, amount, signed

register = template.Library()

BREACH, DONE = " is-breach", " is-done"
PLACES: Final = ("initial", "", "engaged", "", "paid", "left", "", "variance")
"""The class of each cell, beside that of its colour: by it a narrow page leaves some out."""


@register.simple_tag
def follow_cells(a: Amounts) -> SafeString:
    """Draw the eight amounts of a line, a post or a total, each with the name of its column for narrow pages."""
    labels = (
        _("Initial"), _("Révisé"), _("Engagé"), _("Dépensé"), _("Payé"), _("Disponible"), _("Coût final"),
        _("Écart"),
    )  # fmt: skip
    left, variance = a.to_commit, a.variance
    values = (a.initial, a.revised, a.committed, a.spent, a.paid, left, a.final)
    texts = (*map(amount, values), signed(variance) if variance else NOTHING)
    colours = ("", "", "", "", "", BREACH if left < 0 else "", "", _colour(variance))
    cells = "".join(
        f'<td class="num{" " if place else ""}{place}{colour}" data-label="{escape(label)}">{text}</td>'
        for place, colour, label, text in zip(PLACES, colours, labels, texts, strict=True)
    )
    return mark_safe(cells)  # noqa: S308 - numbers, and names that were escaped


def _colour(variance: Decimal) -> str:
    return BREACH if variance < 0 else DONE if variance > 0 else ""
