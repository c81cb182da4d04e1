"""A calendar file that somebody sent (ICS): what it proposes is looked at, chosen, then put in the calendar."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from filage.facts.base import choices
from filage.facts.calendar import Event
from filage.kernel.changes import Change, add
from filage.kernel.errors import BadInput, Problem
from filage.kernel.interval import PARIS
from filage.kernel.text import fold
from filage.planning.fresh_ids import FreshIds
from filage.planning.ics_reading import IcsRead, ProposedEvent, read_ics
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT
from filage_web.forms.queries import Choices
from filage_web.planning.event_views import back_of
from filage_web.preview import show_effect
from filage_web.scenarios.chosen import Chosen, chosen

LARGEST: Final = 5_000_000
TYPES: Final = choices(Event, "type")
OPTIONS: Final = choices(Event, "option")
FIELDS: Final = frozenset({"label", "type", "day", "start", "end", "end_day", "option", "zone", "venue"})
"""What a row may become: anything else that comes back from the page is left."""


@dataclass(frozen=True, slots=True)
class Line:
    """One event proposed, ready to draw and to send back."""

    values: str
    """The fields of the event it would become, as JSON; empty when it cannot be taken."""
    day: str
    hours: str
    label: str
    kind: str
    option: str
    place: str
    known: bool
    problems: tuple[str, ...]
    notes: tuple[str, ...]


class AgendaForm(forms.Form):
    """The file, and the zone of what does not say its own."""

    file = forms.FileField(label="Fichier .ics", help_text="Celui qu’exporte un agenda : 5 Mo au plus.")
    zone = forms.CharField(
        label="Fuseau des heures sans fuseau",
        initial=PARIS,
        required=False,
        help_text="Par exemple Europe/Paris.",
    )


@member_view(EDIT, "event")
@require_http_methods(["GET", "POST"])
def import_agenda(request: MemberRequest) -> HttpResponseBase:
    """Read a calendar file, show what it proposes, then what putting the chosen dates would do."""
    found = chosen(request)
    back = back_of(request, found)
    choosing = "chosen" in request.POST
    form = AgendaForm(None if choosing else request.POST or None, request.FILES or None)
    page: dict[str, Any] = {"form": form, "back": back, "found": found}
    problems: tuple[Problem, ...] = ()
    try:
        if choosing:
            changes = _changes(found, request.POST.getlist("row"))
            title = _("Poser %(n)s dates") % {"n": len(changes)} if len(changes) > 1 else _("Poser une date")
            return show_effect(request, changes, back=back, title=title, label=title, scenario=found.ident)
        if request.method == "POST" and form.is_valid():
            read = _read(form.cleaned_data)
            return render(
                request, "planning/agenda.html", {**page, "read": read, "lines": _lines(found, read)}
            )
    except BadInput as error:
        problems = error.problems
    status = 422 if request.method == "POST" else 200
    return render(request, "planning/agenda.html", page | {"problems": map(_told, problems)}, status=status)


def _told(problem: Problem) -> str:
    text = f"{problem.message[:1].upper()}{problem.message[1:]}"
    hint = problem.suggestion or problem.expected
    return f"{text} ({hint})" if hint else text


def _read(given: Mapping[str, Any]) -> IcsRead:
    file = given["file"]
    if file.size > LARGEST:
        message = _("ce fichier fait plus de 5 Mo : exportez une période plus courte")
        raise BadInput(Problem(message, file=file.name))
    return read_ics(file.read(), file=file.name, zone=given["zone"] or PARIS)


def _lines(found: Chosen, read: IcsRead) -> list[Line]:
    """Draw each event proposed; a place of the structure is recognised by its name."""
    known = {
        fold(name.partition(",")[0]): about
        for about, name in Choices(found.structure, found.dossier).of(["venue"])
    }
    same = {(event.day, event.start, fold(event.label or "")) for event in found.dossier.all(Event)}
    return [_line(row, known, twice=(row.day, row.start, fold(row.label)) in same) for row in read.events]


def _line(row: ProposedEvent, known: Mapping[str, str], *, twice: bool) -> Line:
    about = known.get(fold(row.location.partition(",")[0]), "")
    values = {key: str(value) for key, value in row.values().items()} | ({"venue": about} if about else {})
    hours = f"{row.start:%H:%M} – {row.end:%H:%M}" if row.start and row.end else _("toute la journée")
    return Line(
        values=json.dumps(values, ensure_ascii=False) if row.usable and not twice else "",
        day=row.day.isoformat() if row.day else "",
        hours=hours if row.day else "",
        label=row.label,
        kind=TYPES.get(row.type, row.type),
        option=OPTIONS.get(row.option, row.option),
        place=row.location,
        known=bool(about),
        problems=(*row.problems, *((_("déjà au calendrier"),) if twice else ())),
        notes=row.notes,
    )


def _changes(found: Chosen, rows: list[str]) -> list[Change]:
    """The events chosen, as facts; what came back from the page is checked as any other input is."""
    if not rows:
        raise BadInput(Problem(_("cochez au moins une date : relisez le fichier")))
    fresh = FreshIds(found.dossier)
    changes: list[Change] = []
    problems: list[Problem] = []
    for row in rows:
        try:
            values = {key: str(value) for key, value in json.loads(row).items() if key in FIELDS}
        except (ValueError, AttributeError):
            problems.append(Problem(_("une ligne n’est pas revenue entière ; relisez le fichier")))
            continue
        words = f"{values.get('type', 'event')} {values.get('day', '')} {values.get('label', '')}"
        changes.append(add(fresh.take("event", words), **values))
    if problems:
        raise BadInput(problems)
    return changes
