"""The boxes of the calendar: drawn by the hundred, hence without a component and as short as can be."""

from typing import Any

from django import template
from django.utils.html import escape
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
    venue: bool = False,
) -> SafeString:
    """Draw an event as a box: a link for who may change it, with what its drag and its keys need.

    The panel it opens, where to come back to and the plan shown are said once, by what holds the boxes (`hx-target`,
    `hx-vals`); ids, days and hours hold nothing to escape.
    """
    year = context.get("year")
    inner = _inner(entry, hours, words, place, clash=clash, year=year)
    look = f"slot {entry.look}{' clash' if clash else ''}{f' {where}' if where else ''}"
    if not context.get("editable"):
        return mark_safe(f'<span class="{look}">{inner}</span>')  # noqa: S308 - its parts are escaped
    address = f"{context['base']}date/{entry.id}/"
    more = f' id="event-{entry.id}"' if anchored else ""
    more += f' data-venue="{entry.place}"' if venue and entry.place else ""
    more += " data-locked" if entry.locked else ""
    return mark_safe(  # noqa: S308 - its parts are escaped
        f'<a class="{look}" href="{address}{context["query"]}" hx-get="{address}" draggable="false" data-event '
        f'data-date="{entry.id}" data-on="{entry.day.isoformat()}" data-start="{entry.start}"{more} '
        f'aria-label="{escape(_told(entry, hours, year))}">{inner}</a>'
    )


def _told(entry: Any, hours: str, year: Any) -> str:
    """The box in words."""
    told = f"{entry.name}, {day(entry.day, year)} {entry.hours or hours}".rstrip()
    plan = f", {entry.differs} dans ce plan" if entry.differs else ""
    return f"{told}, {entry.state}{plan}"


def _inner(entry: Any, hours: str, words: str, place: str, *, clash: bool, year: Any) -> str:
    signs = (icon("breach") if clash or entry.breach else "") + (icon("lock") if entry.locked else "")
    text = f"{words} {hours}".strip() or "–"
    found = f'{signs}<span class="what">{escape(text)}</span>'
    if place:
        found += f'<span class="place">{escape(place)}</span>'
    if entry.option_until and words:
        found += f'<span class="until">→ {day_short(entry.option_until, year)}</span>'
    if entry.differs and words:
        found += f'<span class="until">{entry.differs}</span>'
    return found


@register.simple_tag
def at(start: int, length: int, lane: int = 1, lanes: int = 1) -> str:
    """The classes that place a box on a grid: its first quarter hour, how many, its lane among so many."""
    shared = f" of-{min(lanes, 6)}" if lanes > 1 else ""
    return f"from-{start} for-{length} lane-{min(lane, 6)}{shared}"
