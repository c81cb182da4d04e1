"""Icons, statuses and small needs of the templates."""

from decimal import Decimal
from typing import Any, Final

from django import template
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from filage_web.accounts.roles import LABELS, Role
from filage_web.shell.values import shown

register = template.Library()

STATUSES: Final = {
    "calc": _("calculé"),
    "hand": _("saisi"),
    "doubt": _("à vérifier"),
    "stale": _("périmé"),
    "breach": _("non conforme"),
    "done": _("fait"),
}
SEVERITIES: Final = {"blocking": "breach", "warning": "doubt", "info": "info"}
"""The status under which a finding of the review is drawn."""


@register.simple_tag
def icon(name: str, title: str = "") -> SafeString:
    """Draw an icon of the sprite: decorative beside a word, named (`title`) when alone."""
    sprite = static("filage/icons.svg")
    if title:
        return format_html(
            '<svg class="icon icon-{0}" role="img" aria-label="{2}"><title>{2}</title><use href="{1}#{0}"></use></svg>',
            name,
            sprite,
            title,
        )
    return format_html(
        '<svg class="icon icon-{0}" aria-hidden="true" focusable="false"><use href="{1}#{0}"></use></svg>',
        name,
        sprite,
    )


@register.filter
def status_word(status: str) -> Any:
    """Give the French word of a status."""
    return STATUSES.get(status, status)


@register.filter
def severity_status(severity: str) -> str:
    """Give the status under which a finding's severity is drawn."""
    return SEVERITIES.get(str(severity), "info")


@register.simple_tag
def field_value(value: Any, about: str, field: str) -> str:
    """Write the file value of a fact's field on one line, in French."""
    return shown(value, about.partition("/")[0], field)


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """Read a key of a mapping that a template's dot cannot reach."""
    return mapping.get(key) if hasattr(mapping, "get") else None


@register.simple_tag(takes_context=True)
def can(context: dict[str, Any], verb: str, kind: str = "*") -> bool:
    """Say whether the visitor may do a verb to a kind: `{% can "edit" as editable %}`."""
    may = getattr(context.get("request"), "may", None)
    return bool(may and may(verb, kind))


@register.simple_tag
def status_icon(status: str, word: str = "") -> SafeString:
    """Draw the icon of a status, named in French: for a dense cell, where no word fits."""
    name = str(status) or "info"
    return icon(name, str(word or STATUSES.get(name, _("information"))))


@register.simple_tag
def tag(status: str, text: str = "") -> SafeString:
    """Draw a status tag without going through a component: for tables of hundreds of rows."""
    word = text or STATUSES.get(status, status)
    if not status:
        return format_html('<span class="tag neutral">{}</span>', word)
    return format_html('<span class="tag {0}">{1}<span>{2}</span></span>', status, icon(status), word)


@register.simple_tag
def bound_input(field: BoundField) -> SafeString:
    """Draw the input of a form field, tied to its hint and its errors for those who cannot see them."""
    described = [f"{field.auto_id}_helptext"] if field.help_text else []
    described += [f"{field.auto_id}_error"] if field.errors else []
    extra: dict[str, str | bool] = {"aria-describedby": " ".join(described)} if described else {}
    if field.errors:
        extra["aria-invalid"] = "true"
    return field.as_widget(attrs=extra)


@register.simple_tag
def share_bar(certain: Any, probable: Any, missing: Any) -> SafeString:
    """Draw the parts of a plan on a thousand units: solid is certain, hatched probable, outlined missing."""
    parts = [max(Decimal(str(part or 0)), Decimal(0)) for part in (certain, probable, missing)]
    whole = sum(parts) or Decimal(1)
    widths = [int(part * 1000 / whole) for part in parts]
    return format_html(
        '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect class="hatch-ground" width="6" height="6"/><path class="hatch-line" d="M1 0v6"/></pattern></defs>'
        '<rect class="certain" width="{0}" height="20"/><rect class="probable" x="{1}" width="{2}" height="20"/>'
        '<rect class="missing" x="{3}" y="1" width="{4}" height="18"/>',
        max(widths[0] - 2, 0),
        widths[0],
        max(widths[1] - 2, 0),
        widths[0] + widths[1] + 1,
        max(widths[2] - 2, 0),
    )


@register.filter
def role_label(role: str) -> Any:
    """Name a role in French."""
    return LABELS.get(Role(role), role)
