"""Asking reaches people: each has a private link, and a message goes to those who have an address, once."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks import task

from filage.facts.calendar import Availability, Event, Participation
from filage.facts.dossier import Dossier
from filage.facts.people import Person
from filage.facts.plan import Plan
from filage.facts.team import Engagement
from filage.planning.asking import LONGEST
from filage.planning.availability import awaited
from filage_web import clock
from filage_web.accounts.addresses import link_of
from filage_web.accounts.models import Structure, User
from filage_web.jobs import computations
from filage_web.jobs.models import Computation
from filage_web.sheets.lasting import open_until
from filage_web.sheets.mail import leave, why_not
from filage_web.store.queries import dossier_of

KIND: Final = "asking"
"""What a Computation that sends questions is called."""
USUALLY: Final = timedelta(days=13)


def days_to_ask(dossier: Dossier, today: date) -> tuple[date, date]:
    """The days one would ask about: those of the work plan to come, else of the calendar, else two weeks."""
    tomorrow = today + timedelta(days=1)
    plans = sorted((p.starts_on, p.ends_on) for p in dossier.all(Plan) if p.ends_on >= tomorrow)
    events = [e.day for e in dossier.all(Event) if e.day >= tomorrow and e.option != "cancelled"]
    first, last = (
        plans[0] if plans else ((min(events), max(events)) if events else (tomorrow, tomorrow + USUALLY))
    )
    first = max(first, tomorrow)
    return first, min(last, first + timedelta(days=LONGEST - 1))


def concerned(dossier: Dossier, people: Iterable[Person], first: date, last: date) -> set[str]:
    """The ids of those whose engagement or presence meets these days; everybody when nobody’s does."""
    engaged = {one.about: one.person for one in dossier.all(Engagement)}
    held = {one.person for one in dossier.all(Engagement) if one.starts_on <= last and one.ends_on >= first}
    events = {
        one.about for one in dossier.all(Event) if first <= one.day <= last and one.option != "cancelled"
    }
    held |= {
        one.person or engaged.get(one.engagement or "", "")
        for one in dossier.all(Participation)
        if one.event in events
    }
    listed = list(people)
    return {one.id for one in listed if one.about in held} or {one.id for one in listed}


def own_address(structure: Structure, production: str, person: Person, *, home: str, by: User | None) -> str:
    """The private address where somebody answers: their live link, else one made, good until after the last day."""
    known = dossier_of(structure, production).all(Availability)
    last = max((one.ends_on for one in known if one.person == person.about), default=None)
    _link, token = link_of(
        structure, production, person.id, label=person.name(), until=open_until(last, clock.today()), by=by
    )
    return home.rstrip("/") + reverse("own_availability", args=[token])


def ask_later(structure: Structure, production: str, people: Iterable[str], *, home: str, by: User) -> int:
    """Make each person’s link, and set the messages aside for the worker; how many will leave."""
    dossier = dossier_of(structure, production)
    found = [person for one in people if (person := dossier.find(f"person/{one}", Person))]
    for person in found:
        own_address(structure, production, person, home=home, by=by)
    wanted = [person.id for person in found if person.email]
    if wanted:
        about = f"asking/{clock.now():%Y%m%d%H%M%S%f}"
        asked = {"people": wanted, "home": home}
        send.enqueue(computations.ask(structure, production, KIND, about, asked, by).pk)
    return len(wanted)


@task()
def send(computation: int) -> int:
    """Write to those asked; each is claimed before their message leaves: given back, the job writes to nobody twice."""
    asked = computations.begin(computation)
    if asked is None:
        return 0
    failed: dict[str, str] = {}
    people: Sequence[str] = asked.asked["people"]
    post = get_connection()
    try:
        for ident in people:
            if not _claim(asked.pk, ident):
                continue
            try:
                if message := _message(asked, ident):
                    leave(message, post)
            except (OSError, UnicodeError, ValueError) as error:  # SMTPException is an OSError
                failed[ident] = str(why_not(error))
    finally:
        post.close()
    computations.end(asked, answer={"failed": failed})
    return len(people) - len(failed)


@transaction.atomic
def _claim(pk: int, person: str) -> bool:
    """Take one message to send: True once."""
    held = Computation.objects.select_for_update().get(pk=pk)
    claimed = held.progress.get("claimed", [])
    if person in claimed:
        return False
    Computation.objects.filter(pk=pk).update(progress={"claimed": [*claimed, person]})
    return True


def _message(asked: Computation, ident: str) -> EmailMessage | None:
    """What one person receives; nothing when they have no address any more, or have answered meanwhile."""
    dossier = dossier_of(asked.structure, asked.production.slug)
    person = dossier.find(f"person/{ident}", Person)
    left = awaited(dossier, f"person/{ident}", clock.today())
    if person is None or not person.email or not left:
        return None
    address = own_address(
        asked.structure, asked.production.slug, person, home=asked.asked["home"], by=asked.actor
    )
    title = dossier.production.label
    days = ngettext("%(n)s jour attend", "%(n)s jours attendent", left) % {"n": left}
    body = _(
        "Bonjour %(name)s,\n\n%(days)s votre réponse pour %(title)s. Répondez jour par jour, sans compte :\n"
        "%(address)s\n\nCe lien n’est que pour vous. %(company)s\n"
    ) % {
        "name": person.given_name,
        "days": days,
        "title": title,
        "address": address,
        "company": dossier.employer.label,
    }
    subject = " ".join((_("%(title)s : vos disponibilités") % {"title": title}).split())
    return EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [person.email])


def failures_of(structure: Structure, production: str) -> dict[str, str]:
    """Why the last message to each person did not leave, by their id."""
    kept = Computation.objects.filter(structure=structure, production__slug=production, kind=KIND)
    found: dict[str, str] = {}
    for one in reversed(kept.order_by("-id")[:50]):
        for ident in one.asked["people"]:
            found.pop(ident, None)
        found |= (one.answer or {}).get("failed", {})
    return found
