"""How the pages of the text write lengths, references, precautions and marks."""

from collections.abc import Iterable
from datetime import timedelta

from django import template
from django.utils.safestring import SafeString

from filage.facts.base import choices
from filage.facts.script import Element
from filage.script import page
from filage.script.categories import TITLES
from filage.script.risks import risk_labels
from filage_web.templatetags.french import duration
from filage_web.templatetags.shell import tag

register = template.Library()


@register.filter
def minutes(value: int | None) -> str:
    """Write a number of minutes: `45 min`, `1 h 20`."""
    return duration(None if value is None else timedelta(minutes=value))


@register.filter
def pages(eighths: int) -> str:
    """Write a length as the trade does: 14 is `1 6/8`."""
    return page.pages(eighths)


@register.filter
def after_slash(about: str) -> str:
    """Give the id of a reference: `scene/12` → `12`."""
    return str(about).rpartition("/")[2]


@register.filter
def category_word(category: str) -> str:
    """Name a category of elements."""
    return choices(Element, "category").get(category, category)


@register.filter
def category_title(category: str) -> str:
    """Title several elements of a category."""
    return TITLES.get(category, category)


@register.simple_tag
def risk_tag(risk: str) -> SafeString:
    """Draw a precaution: icon and word."""
    return tag("doubt", risk_labels().get(risk, risk))


@register.filter
def confidence_word(confidence: str) -> str:
    """Say how sure a source is."""
    return {"one_source": "une seule source", "uncertain": "à vérifier"}.get(confidence, "")


@register.filter
def mark_word(mark: str, legend: Iterable[tuple[str, str]]) -> str:
    """Say what a mark of the table of days means."""
    return dict(legend).get(mark, mark)
