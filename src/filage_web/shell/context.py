"""What every template can read: the visitor, the place, the navigation, the day.

A production page may give the shell two things through the request: `request.production` (an object with `id`, `title`
and, if it has one, `subtitle`) for the top bar, and `request.badges` (area → `Badge`) for the navigation.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from filage.law import load_law
from filage_web import clock, navigation
from filage_web.accounts.models import Structure
from filage_web.navigation import Entry, Group
from filage_web.shell.preferences import keys_of, theme_of
from filage_web.store.models import Row

OTHERS: Final = 20
"""Productions offered in the top bar; the whole list is one click further."""


@dataclass(frozen=True, slots=True)
class Sibling:
    """A production in the menu of the top bar."""

    id: str
    title: str
    href: str
    subtitle: str = ""


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give the shell of a page."""
    structure = getattr(request, "structure", None)
    production = getattr(request, "production_id", None)
    siblings = _siblings(structure) if structure and production and not hasattr(request, "link") else []
    return {
        "theme": theme_of(request),
        "keys": keys_of(request),
        "today": clock.today(),
        "structure": structure,
        "role": getattr(request, "role", None),
        "production": getattr(request, "production", None)
        or next((one for one in siblings if one.id == production), None),
        "other_productions": [one for one in siblings if one.id != production],
        "production_id": production,
        "menu": _menu(request, structure, production),
        "law_checked_on": _law_checked_on() if production else None,
    }


@cache
def _law_checked_on() -> date:
    """Give the day of the oldest check among the legal values in use."""
    return load_law().checked_on_oldest


def _siblings(structure: Structure) -> list[Sibling]:
    rows = Row.objects.filter(structure=structure, kind="production").order_by("sort", "pk")
    return [
        Sibling(ident, label, navigation.production_address(structure.slug, ident))
        for ident, label in rows.values_list("ident", "label")[:OTHERS]
    ]


def _menu(request: HttpRequest, structure: Any, production: str | None) -> list[Group]:
    if structure is None or hasattr(request, "link"):
        return []
    match = request.resolver_match
    current = match.namespaces[-1] if match and match.namespaces else ""
    if production:
        badges, may = getattr(request, "badges", {}), getattr(request, "may", lambda _verb, _kind: True)
        return navigation.menu(structure.slug, production, current, badges, lambda kind: may("see", kind))
    return [Group("", _structure_entries(request, structure.slug))]


def _structure_entries(request: HttpRequest, slug: str) -> list[Entry]:
    match = request.resolver_match
    here = match.url_name if match else ""
    entries = [Entry(_("Productions"), reverse("productions", args=[slug]), here == "productions")]
    if request.may("see", "person_private"):  # type: ignore[attr-defined]
        pay = reverse("pay_of_structure", args=[slug])
        entries.append(Entry(_("Paie"), pay, here in ("pay_of_structure", "pay_paper_of_structure")))
    if request.may("see", "member"):  # type: ignore[attr-defined]
        entries.append(Entry(_("Membres"), reverse("members", args=[slug]), here == "members"))
    return entries
