"""The message that carries a sheet: a private link and what changed for its reader; nothing that watches them."""

from smtplib import SMTPException, SMTPRecipientsRefused, SMTPSenderRefused
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse
from django.utils.translation import gettext as _

from filage.planning.sheets import Sheet, from_json
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
    subject = words("subject", production=sheet.production, name=sheet.name, version=version)
    if reminder:
        subject = words("reminder", subject=subject)
    named = ", ".join(part for part in (sheet.name, sheet.when) if part)
    told = "mail_again" if reminder else "mail"
    parts = [
        words("hello", name=delivery.name),
        words(told, production=sheet.production, name=named),
        "" if reminder else _changes(delivery, sheet, words),
        words("open_it") + "\n" + address_of(delivery, address),
        words["only_you"] + _until(delivery, words),
        words("sent_by", company=sheet.company),
    ]
    body = "\n\n".join(part for part in parts if part) + "\n"
    return EmailMessage(" ".join(subject.split()), body, settings.DEFAULT_FROM_EMAIL, [delivery.email])


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
