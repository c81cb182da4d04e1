"""Who is free: ask, and read the answers, people by days."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import quote

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from filage.facts.base import choices
from filage.facts.calendar import Availability
from filage.facts.dossier import Dossier
from filage.facts.people import Person
from filage.kernel.errors import BadInput
from filage.kernel.interval import later_day
from filage.planning.asking import asked, days_worked, people_to_ask, withdrawn
from filage.planning.availability import Answer, answers_of
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, SEE
from filage_web.forms.french_input import day as read_day
from filage_web.preview import save
from filage_web.preview.answers import refused
from filage_web.shell.opening import open_page
from filage_web.tasks.asking import ask_later, concerned, days_to_ask, failures_of, own_address

KIND: Final = Availability.kind
WORDS: Final = choices(Availability, "answer")
STATUS: Final = {"free": "done", "maybe": "doubt", "busy": "breach", "asked": ""}
SHOWN: Final = 28
"""Days of one page of the table."""
WRITTEN: Final = (204, 302)
"""How a page answers once something is written."""
AT_MOST: Final = 400
"""Days read of a question; asking refuses fewer."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one person says of one day."""

    day: date
    answer: str
    word: str
    status: str
    said: str
    hours: str


@dataclass(frozen=True, slots=True)
class Line:
    """One person’s answers over the days shown."""

    person: Person
    cells: tuple[Cell, ...]
    awaited: int
    mail: str
    """The address of a message that reminds them; empty without an e-mail address or when nothing is awaited."""


@member_view(SEE, KIND)
@require_GET
def answers(request: MemberRequest) -> HttpResponse:
    """Show who is free when: people by days, and who has not answered."""
    return _table(request)


def _table(
    request: MemberRequest, wrong: BadInput | None = None, shown_link: tuple[str, str] | None = None
) -> HttpResponse:
    dossier = open_page(request).dossier
    today = clock.today()
    ask_from, ask_until = days_to_ask(dossier, today)
    known = answers_of(dossier)
    asked_days = sorted({day for days in known.values() for day in days})
    first = _day(request.GET.get("du", "")) or min((day for day in asked_days if day >= today), default=today)
    days = [day for day in asked_days if day >= first][:SHOWN]
    people = people_to_ask(dossier)
    lines = [_line(person, known.get(person.about, {}), days, dossier, today) for person in people]
    shown = [line for line in lines if known.get(line.person.about)]
    context = {
        "days": days,
        "lines": shown,
        "late": [line for line in shown if line.awaited],
        "totals": _totals(shown, days),
        "people": people,
        "first": first,
        "before": _before(asked_days, first),
        "after": next((day for day in asked_days if days and day > days[-1]), None),
        "ask_from": ask_from,
        "ask_until": ask_until,
        "concerned": concerned(dossier, people, ask_from, ask_until),
        "failed": failures_of(request.structure, request.production_id or ""),
        "shown": shown_link,
        "typed": request.POST,
        "chosen": request.POST.getlist("personne"),
        "wrong": [problem.message for problem in wrong.problems] if wrong else [],
        "today": today,
        "year": today.year,
        "legend": [(WORDS[key], STATUS[key]) for key in ("free", "maybe", "busy", "asked")],
    }
    return render(request, "tasks/answers.html", context, status=422 if wrong else 200)


def _line(
    person: Person,
    known: dict[date, Answer],
    days: Iterable[date],
    dossier: Dossier,
    today: date,
) -> Line:
    cells = tuple(_cell(day, known.get(day)) for day in days)
    awaited = sum(answer.is_open and day >= today for day, answer in known.items())
    mail = _mail(person, dossier, awaited) if awaited and person.email else ""
    return Line(person, cells, awaited, mail)


def _cell(day: date, answer: Answer | None) -> Cell:
    if answer is None:
        return Cell(day, "", "", "", "", "")
    hours = f"{answer.hours[0]:%H:%M} – {answer.hours[1]:%H:%M}" if answer.hours else ""
    return Cell(day, answer.answer, WORDS[answer.answer], STATUS[answer.answer], answer.said, hours)


def _mail(person: Person, dossier: Dossier, awaited: int) -> str:
    """A message ready to send from one’s own mail, which reminds somebody of the days awaited."""
    title = dossier.production.label
    subject = _("%(title)s : vos disponibilités") % {"title": title}
    days = ngettext("%(n)s jour attend", "%(n)s jours attendent", awaited) % {"n": awaited}
    body = _(
        "Bonjour %(name)s,\n\n%(days)s votre réponse pour %(title)s. Ouvrez votre lien privé, "
        "puis « Mes disponibilités ».\n\nMerci."
    ) % {"name": person.given_name, "days": days, "title": title}
    return f"mailto:{person.email}?subject={quote(subject)}&body={quote(body)}"


def _totals(lines: Iterable[Line], days: list[date]) -> list[tuple[int, int]]:
    """For each day, how many are free, and how many were asked."""
    free: Counter[date] = Counter()
    told: Counter[date] = Counter()
    for line in lines:
        for cell in line.cells:
            free[cell.day] += cell.answer == "free"
            told[cell.day] += bool(cell.answer)
    return [(free[day], told[day]) for day in days]


def _before(days: list[date], first: date) -> date | None:
    earlier = [day for day in days if day < first]
    return earlier[-SHOWN:][0] if earlier else None


@member_view(EDIT, KIND)
@require_POST
def ask(request: MemberRequest) -> HttpResponseBase:
    """Ask people about days: written at once, undone by the toast; each answers from their private link."""
    dossier = open_page(request).dossier
    try:
        first, last = _days(request.POST.get("du", ""), request.POST.get("au", ""))
        days = [first + timedelta(days=rank) for rank in range((last - first).days + 1)]
        if "calendrier" in request.POST:
            days = days_worked(dossier, first, last)
        changes = asked(dossier, [f"person/{one}" for one in request.POST.getlist("personne")], days)
    except BadInput as error:
        return _table(request, error)
    people = {change.values["person"] for change in changes}
    label = ngettext(
        "Disponibilités demandées à une personne", "Disponibilités demandées à %(n)s personnes", len(people)
    ) % {"n": len(people)}
    with transaction.atomic():
        answer = _save(request, changes, label)
        if people and answer.status_code in WRITTEN and request.may(EDIT, "private_link"):
            _reach(request, dossier, sorted(str(one).partition("/")[2] for one in people))
    return answer


def _reach(request: MemberRequest, dossier: Dossier, people: list[str]) -> None:
    """Write to those asked, and say who must be given their link by another way."""
    sent = ask_later(
        request.structure,
        request.production_id or "",
        people,
        home=_home(request),
        by=request.user,
    )
    known = [dossier.find(f"person/{one}", Person) for one in people]
    without = [one.name() for one in known if one and not one.email]
    said = []
    if sent:
        said.append(ngettext("%(n)s courriel part.", "%(n)s courriels partent.", sent) % {"n": sent})
    if without:
        said.append(_("Sans courriel : %(who)s. Copiez le lien, plus bas.") % {"who": ", ".join(without)})
    messages.info(request, " ".join(said))


def _home(request: MemberRequest) -> str:
    return request.build_absolute_uri("/")


@member_view(EDIT, "private_link")
@require_POST
def link(request: MemberRequest) -> HttpResponse:
    """Show the private address where somebody answers, to be handed over by another way than mail."""
    person = open_page(request).dossier.find(f"person/{request.POST.get('personne', '')}", Person)
    if person is None:
        raise Http404
    address = own_address(
        request.structure,
        request.production_id or "",
        person,
        home=_home(request),
        by=request.user,
    )
    return _table(request, shown_link=(person.name(), address))


def _days(first: str, last: str) -> tuple[date, date]:
    """Read both ends; BadInput says what is wrong with them."""
    found, wrong = [], []
    for words, typed in ((_("Premier jour"), first), (_("Dernier jour"), last or first)):
        try:
            found.append(date.fromisoformat(read_day(typed)))
        except ValueError as error:
            wrong.append(f"{words} : {error}")
    if wrong:
        raise BadInput(" ; ".join(wrong))
    if found[1] < found[0]:
        raise BadInput(_("le dernier jour précède le premier"))
    return found[0], min(found[1], later_day(found[0], AT_MOST))


@member_view(EDIT, KIND)
@require_POST
def withdraw(request: MemberRequest) -> HttpResponseBase:
    """Stop asking somebody about the days they did not answer."""
    dossier = open_page(request).dossier
    person = dossier.find(f"person/{request.POST.get('personne', '')}", Person)
    if person is None:
        raise Http404
    known = answers_of(dossier, person.about).get(person.about, {})
    changes = withdrawn(dossier, [person.about], [day for day, answer in known.items() if answer.is_open])
    return _save(request, changes, _("Demande retirée : %(who)s") % {"who": person.name()})


def _save(request: MemberRequest, changes: list[Any], label: str) -> HttpResponseBase:
    back = reverse("tasks:answers", args=[request.structure.slug, request.production_id])
    try:
        return save(request, changes, back=back, label=label)
    except BadInput as error:
        return refused(request, error, back)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
