"""How the pages of the text write lengths."""

from datetime import timedelta

from django import template

from filage_web.templatetags.french import duration

register = template.Library()


@register.filter
def minutes(value: int | None) -> str:
    """Write a number of minutes: `45 min`, `1 h 20`."""
    return duration(None if value is None else timedelta(minutes=value))
