"""The rows of the grid as HTML, built by hand: a budget of 5,000 lines is drawn in one go.

Everything that comes from facts goes through `escape`; icons are drawn once per process and reused.
"""

from functools import cache
from typing import Final

from django.utils.html import escape
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from filage_web.budget.grid import Grid, Group, Part
from filage_web.budget.places import Places
from filage_web.budget.render_line import line_html, more_link
from filage_web.templatetags.french import amount
from filage_web.templatetags.shell import icon, status_icon

__all__ = ["Places", "body", "group_html", "group_row", "line_html", "lines_html", "part_html"]

AT_ONCE: Final = 400
"""Lines of a post drawn at once."""


def body(grid: Grid, places: Places) -> SafeString:
    """Draw every part."""
    html = "".join(part_html(part, grid, places) for part in grid.parts if part.groups)
    return mark_safe(html or _nothing_found(grid))  # noqa: S308


def _nothing_found(grid: Grid) -> str:
    if not grid.search:
        return ""
    said = _("Aucune ligne ne correspond : changez la recherche ou effacez-la.")
    return f'<tbody><tr class="nothing"><td></td><td colspan="6" class="muted">{said}</td></tr></tbody>'


def part_html(part: Part, grid: Grid, places: Places) -> str:
    """Draw a part: its heading, then its posts, each in two bodies so that the second can fold."""
    kind = "part" if part.counts else "part apart"
    head = (
        f'<tbody><tr class="{kind}" id="part-{part.key}"><td></td><th scope="row">{escape(part.label)}</th>'
        f'<td></td><td></td><td class="num" data-label="{_("Prévu")}">{amount(part.amount)}</td>'
        f'<td class="num" data-label="{_("Engagé")}">{amount(part.committed)}</td><td></td></tr></tbody>'
    )
    return head + "".join(group_html(group, grid, places) for group in part.groups)


def group_html(group: Group, grid: Grid, places: Places) -> str:
    """Draw a post; its lines too when it is open."""
    lines = lines_html(group, places) if group.is_open else ""
    state = "" if group.is_open else " hidden"
    head = f"<tbody>{group_row(group, grid, places)}</tbody>"
    adds = f' data-adds="{escape(urlencode(group.adds))}"' if group.adds and places.editable else ""
    return f'{head}<tbody id="p-{group.key}" data-lines="{len(group.shown)}"{adds}{state}>{lines}</tbody>'


def group_row(group: Group, grid: Grid, places: Places) -> str:
    """Draw the row of a post: its name folds and unfolds its lines."""
    expanded = "true" if group.is_open else "false"
    href = escape(_toggle(group, grid, places))
    doubt = status_icon("doubt") if group.doubts and not group.is_open else ""
    adding = ""
    if places.editable and group.adds:
        label = escape(_("Ajouter une ligne au poste {post}").format(post=group.label))
        adding = (
            f'<a class="button quiet compact icon-only" href="{escape(_adding(group, places))}" data-add '
            f'aria-label="{label}">{_plus()}</a>'
        )
    return (
        f'<tr class="post" id="g-{group.key}"><td class="muted">{escape(group.code)}</td><th scope="row">'
        f'<a class="fold" href="{href}" data-fold="p-{group.key}" aria-expanded="{expanded}">'
        f"{_chevron()}<b>{escape(group.label)}</b></a></th><td></td><td></td>"
        f'<td class="num" data-label="{_("Prévu")}"><b>{amount(group.amount)}</b></td>'
        f'<td class="num committed" data-label="{_("Engagé")}">{amount(group.committed)}</td>'
        f'<td class="tools">{doubt}{adding}{_post_link(group, places)}</td></tr>'
    )


def _post_link(group: Group, places: Places) -> str:
    if not places.editable or not group.ident:
        return ""
    return more_link(places.post(group.ident), _("Modifier le poste {post}").format(post=group.label))


def _toggle(group: Group, grid: Grid, places: Places) -> str:
    opened = [one.key for one in grid.groups() if one.is_open != (one is group)]
    asked = urlencode({"ouverts": ",".join(opened) or "aucun"})
    extra = f"&{places.scenario}" if places.scenario else ""
    return f"{places.page}?{asked}{extra}#g-{group.key}"


def _adding(group: Group, places: Places) -> str:
    extra = f"&{places.scenario}" if places.scenario else ""
    return f"{places.line}?{urlencode(group.adds)}{extra}"


def lines_html(group: Group, places: Places, start: int = 0) -> str:
    """Draw the lines of a post from one on; beyond a few hundred, the next ones are asked for by a link."""
    lines = group.lines[start:] if places.whole else group.lines[start : start + AT_ONCE]
    html = "".join(line_html(line, places) for line in lines)
    left = len(group.lines) - start - len(lines)
    return html + (_more_row(group, places, start + len(lines), left) if left else "")


def _more_row(group: Group, places: Places, start: int, left: int) -> str:
    asked = urlencode({"ouverts": group.key, "entier": "1"})
    extra = f"&{places.scenario}" if places.scenario else ""
    words = _("{next} lignes suivantes, sur {left}").format(next=min(left, AT_ONCE), left=left)
    href = escape(f"{places.page}?{asked}{extra}#p-{group.key}")
    return (
        f'<tr class="more" data-start="{start}"><td></td><td colspan="6">'
        f'<a href="{href}" data-more>{words}</a></td></tr>'
    )


@cache
def _chevron() -> str:
    return str(icon("right"))


@cache
def _plus() -> str:
    return str(icon("plus"))
