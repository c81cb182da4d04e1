"""Where the day happens, who answers for it, what keeps people safe, how to get in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.kernel import french
from filage.kernel.text import fold
from filage.planning.sheets.pairs import pairs
from filage.planning.sheets.shape import Column, Place, Row, Section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from filage.facts.calendar import Event
    from filage.facts.production import Contact
    from filage.facts.venue import Venue
    from filage.planning.sheets.asked import Asked
    from filage.planning.sheets.index import Index

SAFETY_ROLES = ("first_aid", "vhss", "eco")
KEY_CREW = {
    "first_assistant": (
        "1er assistant",
        "1re assistant",
        "premier assistant",
        "premiere assistant",
        "1st assistant",
    ),
    "script_supervisor": ("scripte", "script supervisor"),
}
"""The words a position is recognised by, where the sheet names its holder in its head."""


def main_venue(index: Index, events: Sequence[Event]) -> Venue | None:
    """The venue of the day: that of its performance or shoot, else the first there is."""
    first = sorted(events, key=lambda event: event.type not in ("performance", "shoot", "recording"))
    return next((venue for event in first if (venue := index.venue_of(event))), None)


def place_of(venue: Venue | None) -> Place | None:
    """The venue as the head of a sheet shows it."""
    if venue is None:
        return None
    return Place(
        venue.label,
        venue.address or "",
        venue.city or "",
        _degrees(venue.latitude),
        _degrees(venue.longitude),
    )


def _degrees(value: object) -> str:
    return "" if value is None else str(value)


def contact_name(index: Index, contact: Contact) -> str:
    """Who a contact is: the person, else the name of the service."""
    return index.name(contact.person or "") or contact.label or ""


def _called_name(index: Index, asked: Asked, contact: Contact) -> str:
    """Who a contact is: on one person’s own sheet, the given name they know them by."""
    given = index.short(contact.person or "") if asked.person else ""
    return given or contact_name(index, contact)


def contact_of(index: Index, role: str) -> str:
    """Name and professional number of whoever holds a function; empty when nobody does."""
    found = [
        ", ".join(part for part in (contact_name(index, contact), contact.phone) if part)
        for contact in index.production.contacts
        if contact.role == role
    ]
    return " ; ".join(found)


def contacts_section(index: Index, asked: Asked, venue: Venue | None) -> Section | None:
    """Whom to call, by function: the professional numbers of the production; a venue's own only in private."""
    words = asked.words
    rows = [
        Row(
            f"contact/{number}",
            (words(f"contact_{contact.role}"), _called_name(index, asked, contact), contact.phone or ""),
        )
        for number, contact in enumerate(index.production.contacts, 1)
        if contact.role not in SAFETY_ROLES
    ]
    if venue and venue.contact and not asked.public:
        name, phone = _split_phone(venue.contact)
        rows.append(Row("contact/venue", (words("contact_venue"), name, phone)))
    columns = (
        Column("role", words("function")),
        Column("name", words("name"), "name"),
        Column("phone", words("phone"), "phone"),
    )
    return Section("contacts", words("contacts"), "table", tuple(rows), columns, half=True) if rows else None


def _split_phone(text: str) -> tuple[str, str]:
    """A name and the number that ends it: « Accueil technique, 03 53 01 77 20 »."""
    name, comma, last = text.rpartition(",")
    digits = sum(char.isdigit() for char in last)
    return (
        (name.strip(), last.strip())
        if comma and digits >= len(last.strip()) // 2 and digits > 1
        else (text, "")
    )


def safety_section(index: Index, asked: Asked, venue: Venue | None, rest: str) -> Section | None:
    """Emergency numbers, first aid, who listens, the instructions of the day, the rest that follows."""
    words = asked.words
    hospital = venue.hospital if venue else None
    numbers = words("emergency_numbers")
    emergency = f"{numbers}. {hospital}" if hospital else numbers
    on_site = venue.first_aid if venue else None
    called = contact_of(index, "first_aid")
    return pairs(
        "safety",
        words("safety"),
        (
            ("emergency", words("emergency"), emergency),
            ("first_aid", words("first_aid"), on_site or _other_numbers(called)),
            ("vhss", words("vhss"), contact_of(index, "vhss")),
            ("eco", words("eco"), contact_of(index, "eco")),
            ("instructions", words("instructions"), index.production.safety or ""),
            ("rest", words("rest"), rest),
        ),
    )


def _other_numbers(told: str) -> str:
    """A first-aid contact that says more than the numbers everybody knows."""
    return "" if "112" in told and "15" in told else told


def direction_section(index: Index, asked: Asked, director_label: str) -> Section | None:
    """Who leads the shoot: director, production, first assistant, script supervisor."""
    words = asked.words
    return pairs(
        "direction",
        words("direction"),
        (
            ("director", director_label, index.production.director or ""),
            ("production", words("contact_production"), contact_of(index, "production")),
            *((key, words(key), key_crew(index, key)) for key in KEY_CREW),
        ),
    )


def key_crew(index: Index, key: str) -> str:
    """The names of those whose position or trade is recognised by the words of `KEY_CREW`."""
    names = []
    for engagement in index.engagements.values():
        position = index.positions.get(engagement.position)
        label = fold(position.label) if position else ""
        if label.startswith(KEY_CREW[key]):
            names.append(index.name(engagement.person))
    return ", ".join(dict.fromkeys(names))


def access_text(asked: Asked, venue: Venue | None) -> str:
    """How to get in, where to park."""
    if venue is None:
        return ""
    parking = asked.words.colon(asked.words("parking"), venue.parking) if venue.parking else ""
    parts = [venue.access or "", parking]
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def stage_size(asked: Asked, venue: Venue) -> str:
    """The stage in metres, when all three are known."""
    sizes = (venue.stage_width, venue.stage_depth, venue.stage_height)
    if None in sizes:
        return ""
    width, depth, height = (french.number(size) for size in sizes if size is not None)
    return asked.words("stage_size", width=width, depth=depth, height=height)
