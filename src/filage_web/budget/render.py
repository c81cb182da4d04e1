"""The rows of the grid as HTML, built by hand: a budget of 5,000 lines is drawn in one go.

Everything that comes from facts goes through `escape`; icons are drawn once per process and reused.
"""

from decimal import Decimal
from functools import cache
from typing import Final

from django.urls import reverse
from django.utils.html import escape
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from filage.budget.lines import BudgetRow
from filage_web.budget.grid import Grid, Group, Line, Part, is_doubtful
from filage_web.forms.french_input import shown
from filage_web.templatetags.french import amount, percent, quantity, signed
from filage_web.templatetags.shell import icon, status_icon

HOLDS: Final = {"label": "text", "quantity": "expression", "unit_price": "expression", "rate": "rate"}
"""What each cell holds, when it is not an amount."""


class Places:
    """The addresses a row needs, made once and filled in per line."""

    def __init__(self, structure: str, production: str, query: str, *, editable: bool) -> None:
        self.editable = editable
        self.query = query
        here = [structure, production]
        self.reason = reverse("why:page", args=[*here, "LINE"])
        self.page = reverse("budget:page", args=here)
        self.line = reverse("budget:line", args=here)
        self.scenario = query.removeprefix("?")
        name = "scenarios:edit_fact" if query else "forms:edit"
        self.posts = reverse(name, args=[*here, "budget_post", "IDENT"])

    def why(self, line: str) -> str:
        """Where the reason of a line is."""
        return self.reason.replace("LINE", line) + self.query

    def edit(self, line: str) -> str:
        """Where a line is edited without the grid."""
        return self._with(self.line, line)

    def post(self, ident: str) -> str:
        """Where a post of the production's own is edited."""
        return f"{self.posts.replace('IDENT', ident)}{self.query}"

    def _with(self, address: str, line: str) -> str:
        asked = urlencode({"line": line})
        return f"{address}?{asked}&{self.scenario}" if self.scenario else f"{address}?{asked}"


def body(grid: Grid, places: Places) -> SafeString:
    """Draw every part."""
    return mark_safe("".join(part_html(part, grid, places) for part in grid.parts if part.groups))  # noqa: S308


def part_html(part: Part, grid: Grid, places: Places) -> str:
    """Draw a part: its heading, then its posts, each in two bodies so that the second can fold."""
    head = (
        f'<tbody><tr class="part" id="part-{part.key}"><td></td><th scope="row">{escape(part.label)}</th>'
        f'<td></td><td></td><td class="num" data-label="{_("Prévu")}">{amount(part.amount)}</td>'
        f'<td class="num" data-label="{_("Engagé")}">{amount(part.committed)}</td><td></td></tr></tbody>'
    )
    return head + "".join(group_html(group, grid, places) for group in part.groups)


def group_html(group: Group, grid: Grid, places: Places) -> str:
    """Draw a post; its lines too when it is open."""
    lines = lines_html(group, places) if group.is_open else ""
    state = "" if group.is_open else " hidden"
    head = f"<tbody>{group_row(group, grid, places)}</tbody>"
    return f'{head}<tbody id="p-{group.key}" data-lines="{len(group.lines)}"{state}>{lines}</tbody>'


def group_row(group: Group, grid: Grid, places: Places) -> str:
    """Draw the row of a post: its name folds and unfolds its lines."""
    expanded = "true" if group.is_open else "false"
    href = escape(_toggle(group, grid, places))
    doubt = status_icon("doubt") if group.doubts and not group.is_open else ""
    adding = ""
    if places.editable and group.code:
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
    return _more(places.post(group.ident), _("Modifier le poste {post}").format(post=group.label))


def _toggle(group: Group, grid: Grid, places: Places) -> str:
    opened = [one.key for one in grid.groups() if one.is_open != (one is group)]
    asked = urlencode({"ouverts": ",".join(opened) or "aucun"})
    extra = f"&{places.scenario}" if places.scenario else ""
    return f"{places.page}?{asked}{extra}#g-{group.key}"


def _adding(group: Group, places: Places) -> str:
    phase = group.key.partition("-")[0]
    extra = f"&{places.scenario}" if places.scenario else ""
    return f"{places.line}?{urlencode({'post': group.code, 'phase': phase})}{extra}"


def lines_html(group: Group, places: Places) -> str:
    """Draw the lines of a post."""
    return "".join(line_html(line, places) for line in group.lines)


def line_html(line: Line, places: Places) -> str:
    """Draw a line."""
    row = line.row
    seen = f' data-seen="{line.seen}"' if line.seen is not None else ""
    why = escape(places.why(row.id))
    named = escape(row.label)
    number = f'<td class="muted">{line.number}</td>'
    cells = (
        f'<th scope="row"{_edits(line, "label", places)}>{named}</th>'
        f"{_quantity(line, places)}{_price(line, places)}"
        f'<td class="num" data-label="{_words()[0]}"{_edits(line, "amount", places)}>{_old(line)}'
        f'<a class="plain" href="{why}" data-why data-panel '
        f'aria-label="{_words()[2].format(label=named, amount=amount(row.amount))}">{amount(row.amount)}</a></td>'
        f'<td class="num committed" data-label="{_words()[1]}"{_edits(line, "committed", places)}>'
        f"{amount(row.committed)}</td>"
        f'<td class="tools">{_origin(line)}{_edit_link(line, places)}</td>'
    )
    return (
        f'<tr id="{escape(line.anchor)}" data-line="{escape(row.id)}"{seen}{_kind(line)}>{number}{cells}</tr>'
    )


@cache
def _words() -> tuple[str, str, str]:
    return _("Prévu"), _("Engagé"), _("{amount}, pourquoi {label} ?")


def _kind(line: Line) -> str:
    if line.override is not None:
        return ' data-kind="override"'
    return ' data-kind="computed"' if "label" not in line.raw and line.row.computed is not None else ""


def _edits(line: Line, field: str, places: Places) -> str:
    if not places.editable or field not in line.raw:
        return ""
    value = shown(HOLDS.get(field, "amount"), line.raw[field]) if line.raw[field] else ""
    return f' data-field="{field}" data-raw="{escape(value)}"'


def _quantity(line: Line, places: Places) -> str:
    row = line.row
    unit = f' <span class="unit">{escape(_agreed(row))}</span>' if row.unit else ""
    shown_value = amount(row.quantity) if row.basis == "part" else quantity(row.quantity)
    text = f"{shown_value}{unit}" if row.quantity is not None else ""
    return f'<td class="num" data-label="{_("Quantité")}"{_edits(line, "quantity", places)}>{text}</td>'


def _agreed(row: BudgetRow) -> str:
    """The unit of a computed quantity, in the singular under two; a typed unit stays as it was typed."""
    one = row.computed is not None and row.quantity is not None and abs(row.quantity) < 2  # noqa: PLR2004
    return row.unit.removesuffix("s") if one and row.unit not in ("repas", "colis") else row.unit


def _price(line: Line, places: Places) -> str:
    row = line.row
    field = "rate" if row.basis == "part" else "unit_price"
    text = percent(row.unit_price) if row.basis == "part" else _price_text(row.unit_price)
    return f'<td class="num" data-label="{_("Prix unitaire")}"{_edits(line, field, places)}>{text}</td>'


def _price_text(value: Decimal | None) -> str:
    return "" if value is None else amount(value)


def _old(line: Line) -> str:
    if line.gap is None or not line.gap:
        return ""
    return f'<del class="old" title="{_("calculé")}">{amount(line.row.computed)}</del>'


def _origin(line: Line) -> str:
    icons = _icon("calc") if line.is_computed else _icon("hand")
    if is_doubtful(line.row):
        icons += _icon("doubt")
    if line.gap:
        icons += f'<span class="gap muted small nowrap">{_("écart")} {signed(line.gap)}</span>'
    return f'<span class="origin">{icons}</span>'


def _edit_link(line: Line, places: Places) -> str:
    if not places.editable or not line.raw:
        return ""
    return _more(places.edit(line.row.id), _("Modifier {label}").format(label=line.row.label))


def _more(href: str, label: str) -> str:
    """Where everything about a line or a post is edited: an icon, a word on phones and without script."""
    return (
        f'<a class="edit no-print" href="{escape(href)}" data-edit aria-label="{escape(label)}">'
        f"{_more_icon()}<span>{_('Modifier')}</span></a>"
    )


@cache
def _more_icon() -> str:
    return str(icon("more"))


@cache
def _icon(status: str) -> str:
    return str(status_icon(status))


@cache
def _chevron() -> str:
    return str(icon("right"))


@cache
def _plus() -> str:
    return str(icon("plus"))
