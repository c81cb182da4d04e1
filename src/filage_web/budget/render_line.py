"""A line of the grid as HTML."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Final

from django.utils.html import escape
from django.utils.translation import gettext as _

from filage.budget.lines import BudgetRow
from filage_web.budget.grid import Line, is_doubtful
from filage_web.budget.places import Places
from filage_web.forms.french_input import shown
from filage_web.templatetags.french import amount, percent, quantity, signed
from filage_web.templatetags.shell import icon, status_icon

HOLDS: Final = {"label": "text", "quantity": "expression", "unit_price": "expression", "rate": "rate"}
"""What each cell holds, when it is not an amount."""


def line_html(line: Line, places: Places) -> str:
    """Draw a line."""
    row = line.row
    seen = f' data-seen="{line.seen}"' if line.seen is not None else ""
    words = _words()
    return (
        f'<tr id="{escape(line.anchor)}" data-line="{escape(row.id)}"{seen}{_kind(line)}>'
        f'<td class="muted">{line.number}</td>'
        f'<th scope="row"{_edits(line, "label", places)}>{escape(row.label)}{_marks(line)}</th>'
        f"{_quantity(line, places, words)}{_price(line, places, words)}{_amount(line, places, words)}"
        f'<td class="num committed" data-label="{words["committed"]}"{_edits(line, "committed", places)}>'
        f"{amount(row.committed)}</td>"
        f'<td class="tools">{_origin(line)}{_edit_link(line, places)}</td></tr>'
    )


def _amount(line: Line, places: Places, words: Mapping[str, str]) -> str:
    """The amount planned, that says why; struck when the line counts for nothing."""
    row = line.row
    start = f'<td class="num" data-label="{words["amount"]}"{_edits(line, "amount", places)}>'
    if line.faults:
        return f'{start}<span class="is-breach">–</span></td>'
    value = amount(row.shown)
    said = words["why"].format(label=escape(row.label), amount=value)
    text = f'<del title="{words["off"]}">{value}</del>' if row.off else value
    href = escape(places.why(row.id))
    return f'{start}{_old(line)}<a class="plain" href="{href}" data-why data-panel aria-label="{said}">{text}</a></td>'


@cache
def _words() -> Mapping[str, str]:
    return {
        "amount": _("Prévu"),
        "committed": _("Engagé"),
        "why": _("{amount}, pourquoi {label} ?"),
        "off": _("écartée : ne compte pas"),
        "quantity": _("Quantité"),
        "price": _("Prix unitaire"),
    }


def _kind(line: Line) -> str:
    off = ' class="off"' if line.row.off else ""
    if line.override is not None:
        return f'{off} data-kind="override"'
    computed = "label" not in line.raw and line.row.computed is not None
    return f'{off} data-kind="computed"' if computed else off


def _marks(line: Line) -> str:
    """What is known beside the amount: the group, a note, files, a range."""
    row = line.row
    marks = ""
    if line.group:
        marks += f' <span class="mark">{escape(line.group)}</span>'
    if row.note:
        marks += (
            f' <span class="mark-icon" title="{escape(row.note[:200])}">{_icon("info", _("note"))}</span>'
        )
    if row.files:
        names = escape(", ".join(row.files))
        marks += f' <span class="mark-icon" title="{names}">{_icon("link", _("pièces jointes"))}</span>'
    if row.low is not None or row.high is not None:
        between = f"{amount(row.low)} à {amount(row.high)}"
        marks += f' <span class="mark range" title="{_("fourchette")}">{between}</span>'
    return marks


def _edits(line: Line, field: str, places: Places) -> str:
    if not places.editable or field not in line.raw:
        return ""
    value = shown(HOLDS.get(field, "amount"), line.raw[field]) if line.raw[field] else ""
    return f' data-field="{field}" data-raw="{escape(value)}"'


def _fault(line: Line, field: str) -> str:
    """What was typed and cannot be computed, with the name at fault; nothing typed is lost."""
    typed = escape(shown("expression", line.raw.get(field, "")))
    return (
        f'<span class="fault">{_status("breach")} {typed}<small>{escape(line.faults[field])}</small></span>'
    )


def _quantity(line: Line, places: Places, words: Mapping[str, str]) -> str:
    row = line.row
    if "quantity" in line.faults:
        text = _fault(line, "quantity")
    else:
        unit = f' <span class="unit">{escape(_agreed(row))}</span>' if row.unit else ""
        value = amount(row.quantity) if row.basis == "part" else quantity(row.quantity)
        text = f"{value}{unit}" if row.quantity is not None else ""
    return f'<td class="num" data-label="{words["quantity"]}"{_edits(line, "quantity", places)}>{text}</td>'


def _agreed(row: BudgetRow) -> str:
    """The unit of a computed quantity, in the singular under two; a typed unit stays as it was typed."""
    one = row.computed is not None and row.quantity is not None and abs(row.quantity) < 2  # noqa: PLR2004
    return row.unit.removesuffix("s") if one and row.unit not in ("repas", "colis") else row.unit


def _price(line: Line, places: Places, words: Mapping[str, str]) -> str:
    row = line.row
    field = "rate" if row.basis == "part" else "unit_price"
    if "unit_price" in line.faults:
        text = _fault(line, "unit_price")
    else:
        text = percent(row.unit_price) if row.basis == "part" else _price_text(row.unit_price)
    return f'<td class="num" data-label="{words["price"]}"{_edits(line, field, places)}>{text}</td>'


def _price_text(value: Decimal | None) -> str:
    return "" if value is None else amount(value)


def _old(line: Line) -> str:
    if line.gap is None or not line.gap:
        return ""
    return f'<del class="old" title="{_("calculé")}">{amount(line.row.computed)}</del>'


def _origin(line: Line) -> str:
    icons = _status("calc") if line.is_computed else _status("hand")
    if line.faults:
        icons += _status("breach")
    elif is_doubtful(line.row):
        icons += _status("doubt")
    if line.gap:
        icons += f'<span class="gap muted small nowrap">{_("écart")} {signed(line.gap)}</span>'
    return f'<span class="origin">{icons}</span>'


def _edit_link(line: Line, places: Places) -> str:
    said = _("Modifier {label}") if places.editable else _("Voir {label}")
    return more_link(
        places.edit(line.row.id),
        said.format(label=line.row.label),
        _("Modifier") if places.editable else _("Voir"),
    )


def more_link(href: str, label: str, word: str = "") -> str:
    """Where everything about a line or a post is edited: an icon, a word on phones and without script."""
    return (
        f'<a class="edit no-print" href="{escape(href)}" data-edit aria-label="{escape(label)}">'
        f"{_icon('more')}<span>{word or _('Modifier')}</span></a>"
    )


@cache
def _icon(name: str, said: str = "") -> str:
    return str(icon(name, said) if said else icon(name))


@cache
def _status(status: str) -> str:
    return str(status_icon(status))
