"""The boxes of the calendar: drawn by the hundred, hence without a component."""

from typing import Any
from urllib.parse import quote

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from filage_web.templatetags.french import day, day_short
from filage_web.templatetags.shell import icon

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(  # noqa: PLR0913 - what a box may be told
    context: dict[str, Any],
    entry: Any,
    hours: str = "",
    words: str = "",
    place: str = "",
    where: str = "",
    *,
    clash: bool = False,
    anchored: bool = False,
) -> SafeString:
    """Draw an event as a box: a link for who may change it, with what its drag and its keys need."""
    year = context.get("year")
    inner = _inner(entry, hours, words, place, clash=clash, year=year)
    look = f"slot {entry.look}{' clash' if clash else ''}{f' {where}' if where else ''}"
    told = f"{entry.name}, {day(entry.day, year)} {entry.hours or hours}, {entry.state}".replace("  ", " ")
    if not context.get("editable"):
        return format_html('<span class="{}">{}</span>', look, inner)
    base = f"{context['base']}date/{entry.id}/"
    suffix = context["suffix"]
    return format_html(
        '<a class="{}"{} href="{}{}" hx-get="{}?retour={}{}" hx-target="#panel" draggable="false" data-event '
        'data-date="{}" data-on="{}" data-start="{}" data-venue="{}"{} data-move="{}deplacer/" '
        'data-check="{}verifier/" aria-label="{}">{}</a>',
        look,
        format_html(' id="event-{}"', entry.id) if anchored else "",
        base,
        f"?{suffix.removeprefix('&')}" if suffix else "",
        base,
        quote(context["here"]),
        suffix,
        entry.id,
        entry.day.isoformat(),
        entry.start,
        entry.place,
        mark_safe(" data-locked") if entry.locked else "",
        base,
        base,
        f"{told}, {entry.differs} dans ce plan" if entry.differs else told,
        inner,
    )


def _inner(entry: Any, hours: str, words: str, place: str, *, clash: bool, year: Any) -> SafeString:
    parts = []
    if clash or entry.breach:
        parts.append(icon("breach"))
    if entry.locked:
        parts.append(icon("lock"))
    text = f"{words} {hours}".strip() or "–"
    parts.append(format_html('<span class="what">{}</span>', text))
    if place:
        parts.append(format_html('<span class="place">{}</span>', place))
    if entry.option_until and words:
        parts.append(format_html('<span class="until">→ {}</span>', day_short(entry.option_until, year)))
    if entry.differs and words:
        parts.append(format_html('<span class="until">{}</span>', entry.differs))
    return mark_safe("".join(conditional_escape(part) for part in parts))  # noqa: S308 - each part is escaped


@register.simple_tag
def at(start: int, length: int, lane: int = 1, lanes: int = 1) -> str:
    """The classes that place a box on a grid: its first quarter hour, how many, its lane among so many."""
    shared = f" lane-{min(lane, 6)} of-{min(lanes, 6)}" if lanes > 1 else f" lane-{min(lane, 6)}"
    return f"from-{start} for-{length}{shared}"
