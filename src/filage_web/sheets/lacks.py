"""What a sheet lacks, each thing with the page where it is given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse

from filage.facts.calendar import Event
from filage.facts.dossier import Dossier
from filage.facts.travel import Leg, Stay
from filage.planning.sheets import DOCUMENTS, Sheet
from filage.planning.sheets.asked import week_of
from filage.planning.sheets.index import Index
from filage.planning.sheets.place import main_venue
from filage.planning.sheets.travel import legs_of, stays_of
from filage.planning.sheets.vocabulary import WORDS
from filage.planning.sheets.words import LANGUAGES
from filage_web.accounts.decorators import MemberRequest
from filage_web.accounts.roles import EDIT

FIELD: Final = "field_"
_PLACES: Final[Mapping[str, str]] = MappingProxyType({
    "venue": """address sun parking dressing_rooms catering hospital first_aid access curfew wifi showers laundry
        venue_crew""",
    "production": """director production instructions vhss eco host night tour administration length interval""",
    "event": """calls hours dressing ready pickup driver end lunch weather crew start scenes hotel_arrival venue_arrival
        unloading setup line_check soundcheck doors support changeover strike loading bus_call driving_breaks number
        places people""",
    "calendar": "tomorrow rest",
    "leg": "transport meeting journey vehicles distance tickets",
    "stay": "hotel breakfast rooms",
    "meal": "meals",
    "needs": "needs guests press merch photo accessibility",
    "team": "first_assistant script_supervisor per_diem extras speakers",
    "script": "sets summary minutes eighths roles durations stage_place",
    "running_order": "starts_at",
    "cues": "cues",
})  # fmt: skip
_PLACE_OF: Final = {field: place for place, fields in _PLACES.items() for field in fields.split()}
PAGES: Final = MappingProxyType(
    {
        "calendar": "planning:page", "needs": "needs:page", "team": "team:needs", "script": "script:page",
        "cues": "script:cues",
    }
)  # fmt: skip
"""Where each field is given: a fact of the day, or the page of an area."""


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing no fact tells; `href` is empty for who may not write it."""

    text: str
    href: str


def lacks_of(request: MemberRequest, dossier: Dossier, sheet: Sheet | None) -> list[Lack]:
    """Give each thing a sheet lacks with the page that asks for it."""
    if sheet is None or not sheet.missing:
        return []
    ways = _Ways(request, dossier, sheet)
    return [Lack(text, ways.to(field_of(text, sheet.language))) for text in sheet.missing]


def field_of(text: str, language: str) -> str:
    """The field whose name, in the language of the sheet, is this one; a count inside it does not hide it."""
    rank = LANGUAGES.index(language)
    for key, words in WORDS.items():
        if key.startswith(FIELD) and text.startswith(words[rank].partition("{")[0]):
            start, _brace, rest = words[rank].partition("{")
            if rest or text == start:
                return key.removeprefix(FIELD)
    return ""


class _Ways:
    """The pages where the facts of one sheet are given."""

    def __init__(self, request: MemberRequest, dossier: Dossier, sheet: Sheet) -> None:
        self.request, self.sheet, self.index = request, sheet, Index(dossier)
        self.events = _events_of(self.index, sheet)
        self.back = {"retour": request.path}

    def to(self, field: str) -> str:
        """The address where a field is given."""
        place = _PLACE_OF.get(field, "")
        if place in PAGES:
            return reverse(PAGES[place], args=self._here)
        if place == "venue":
            venue = main_venue(self.index, self.events)
            return self._edit("venue", venue.id) if venue else self._event()
        ways: dict[str, Callable[[], str]] = {
            "production": lambda: self._edit("production", self.index.production.id),
            "event": self._event,
            "leg": lambda: self._of_day("leg", self._legs()),
            "stay": lambda: self._of_day("stay", self._stays()),
            "meal": lambda: self._of_day("meal", []),
            "running_order": lambda: self._edit("running_order", self.sheet.key),
        }
        return ways[place]() if place in ways else ""

    @property
    def _here(self) -> tuple[str, str]:
        return self.request.structure.slug, self.request.production_id or ""

    def _edit(self, kind: str, ident: str) -> str:
        if not self.request.may(EDIT, kind):
            return ""
        return f"{reverse('forms:edit', args=[*self._here, kind, ident])}?{urlencode(self.back)}"

    def _event(self) -> str:
        """The form of the day's main event, else the calendar."""
        if not self.events:
            return reverse("planning:page", args=self._here)
        if not self.request.may(EDIT, Event.kind):
            return ""
        first = min(self.events, key=lambda one: one.type not in ("performance", "shoot", "recording"))
        return f"{reverse('planning:event', args=[*self._here, first.id])}?{urlencode(self.back)}"

    def _legs(self) -> list[Leg]:
        return legs_of(self.index, self.sheet.day) if self.sheet.day else []

    def _stays(self) -> list[Stay]:
        return stays_of(self.index, self.sheet.day) if self.sheet.day else []

    def _of_day(self, kind: str, known: list[Leg] | list[Stay]) -> str:
        """The form of what the day has of a kind, else the one that adds it."""
        if known:
            return self._edit(kind, known[0].id)
        if not self.request.may(EDIT, kind):
            return ""
        return f"{reverse('forms:add', args=[*self._here, kind])}?{urlencode(self.back)}"


def _events_of(index: Index, sheet: Sheet) -> list[Event]:
    """The events a sheet speaks of; those of a booklet are all its days’."""
    kind = DOCUMENTS[sheet.document].key
    if kind == "week":
        first, last = week_of(sheet.key)
        return [one for day, events in index.by_day.items() if first <= day <= last for one in events]
    days = [page.day for page in (sheet, *sheet.pages) if page.day]
    return [event for day in days for event in index.by_day.get(day, [])]
