"""The message that carries a sheet: a private link and what changed for its reader; nothing that watches them."""

from smtplib import SMTPException, SMTPRecipientsRefused, SMTPSenderRefused
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse
from django.utils.translation import gettext as _

from filage.planning.sheets import DOCUMENTS, Sheet, document_name, from_json
from filage.planning.sheets.words import words_in
from filage_web import clock
from filage_web.accounts.addresses import link_of
from filage_web.sheets.changes import changes_since
from filage_web.sheets.lasting import closes_on, open_until
from filage_web.sheets.words import Words
from filage_web.store.issued import said_before
from filage_web.store.models import Delivery

SHOWN: Final = 8
"""Changes told in a message; the page tells them all."""


def address_of(delivery: Delivery, address: str) -> str:
    """Give the private address of one person's copy; their live link is used, else one is made."""
    issued = delivery.issued
    link, token = link_of(
        delivery.structure,
        delivery.production.slug,
        delivery.person,
        label=delivery.name,
        until=open_until(issued.day, clock.today()),
        by=issued.actor,
    )
    if delivery.link_id != link.pk:
        delivery.link = link
        Delivery.objects.filter(pk=delivery.pk).update(link=link)
    return address.rstrip("/") + reverse("own_sheet", args=[token, delivery.pk])


def message_of(delivery: Delivery, address: str, *, reminder: bool) -> EmailMessage:
    """Write what one person receives, in the language of their copy."""
    sheet = from_json(delivery.issued.content)
    words = Words(sheet.language)
    version = delivery.issued.version
    again = words("again", version=version) if version > 1 else ""
    subject = words("subject", what=_what(sheet, words), again=again, production=sheet.production)
    if reminder:
        subject = words("reminder", subject=subject)
    named = ", ".join(part for part in (sheet.name, sheet.when) if part)
    told = "mail_again" if reminder else "mail"
    parts = [
        words("hello", name=delivery.name),
        words(told, production=sheet.production, name=named),
        _be_there(sheet, words),
        "" if reminder else _changes(delivery, sheet, words),
        words("open_it") + "\n" + address_of(delivery, address),
        words["only_you"] + _until(delivery, words),
        words("sent_by", company=sheet.company),
    ]
    body = "\n\n".join(part for part in parts if part) + "\n"
    return EmailMessage(" ".join(subject.split()), body, settings.DEFAULT_FROM_EMAIL, [delivery.email])


def _what(sheet: Sheet, words: Words) -> str:
    """« Feuille de service du mar. 29 déc., 12:00, Pré-Saint-Jean »; what has no day of its own by its name."""
    name = document_name(sheet.document, sheet.language)
    if not _is_of_a_day(sheet):
        return f"{name}, {sheet.when}" if sheet.when else name
    return words("of_day", name=name, when=_when(sheet))


def _is_of_a_day(sheet: Sheet) -> bool:
    return sheet.day is not None and DOCUMENTS[sheet.document].key == "day"


def _when(sheet: Sheet, place: str = "") -> str:
    """The day, the hour at which its reader is expected, the town or the place."""
    said = words_in(sheet.language)
    day = said.day(sheet.day, year=False) if sheet.day else ""
    there = sheet.place
    return said.listed([day, _first_hour(sheet), place or (there.city or there.label if there else "")])


def _first_hour(sheet: Sheet) -> str:
    """When a reader is expected: picked up, else arrived, else the first hour of their day."""
    hours = sheet.section("hours")
    rows = hours.rows if hours else ()
    for ident in ("own/pickup", "own/call"):
        if found := next((row for row in rows if row.id == ident), None):
            return found.cells[0]
    return rows[0].cells[0] if rows else ""


def _be_there(sheet: Sheet, words: Words) -> str:
    """The day, the hour and the place in a line; nothing for a sheet of several days."""
    if not _is_of_a_day(sheet):
        return ""
    there = sheet.place
    parts = (there.label, there.address, "" if there.city in there.address else there.city) if there else ()
    return words("be_there", when=_when(sheet, ", ".join(part for part in parts if part)))


def _changes(delivery: Delivery, sheet: Sheet, words: Words) -> str:
    version, content = said_before(delivery.issued)
    changes = changes_since(content, sheet).lines
    if not changes:
        return ""
    lines = [f"- {change}" for change in changes[:SHOWN]]
    if len(changes) > SHOWN:
        lines.append("- …")
    return "\n".join([words("since", version=version), *lines])


def _until(delivery: Delivery, words: Words) -> str:
    ends = delivery.link.expires_at if delivery.link else None
    if ends is None:
        return ""
    return " " + words("until", day=words_in(words.language).day(closes_on(ends)))


def why_not(error: Exception) -> str:
    """Say in words why a message did not leave."""
    if isinstance(error, SMTPRecipientsRefused):
        return _("le serveur de courriel refuse cette adresse")
    if isinstance(error, SMTPSenderRefused):
        return _("le serveur de courriel refuse l’expéditeur : voir FILAGE_EMAIL_FROM")
    if isinstance(error, (SMTPException, UnicodeError, ValueError)):
        return _("le serveur de courriel a refusé le message")
    return _("le serveur de courriel ne répond pas")


def leave(message: EmailMessage, post: BaseEmailBackend) -> None:
    """Hand a message over."""
    post.send_messages([message])
