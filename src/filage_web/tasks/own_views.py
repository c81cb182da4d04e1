"""One person says when they are free, day by day, from their private link: without account nor script."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from filage.facts.calendar import Event
from filage.facts.dossier import Dossier
from filage.kernel.errors import BadInput
from filage.planning.asking import Said, answered
from filage.planning.availability import Answer, answers_of
from filage_web import clock
from filage_web.accounts.decorators import LinkRequest, link_view
from filage_web.participants.sheet import UNSAID
from filage_web.store.changes import apply
from filage_web.store.errors import Conflict
from filage_web.store.queries import dossier_of
from filage_web.tasks.availability_views import STATUS

LONGEST: Final = 200
"""Characters of what may be said of a day."""
SAID: Final = {
    "free": gettext_lazy("Disponible"),
    "maybe": gettext_lazy("À confirmer"),
    "busy": gettext_lazy("Indisponible"),
}


@dataclass(frozen=True, slots=True)
class OwnDay:
    """One day the person is asked about: what they said, and what is planned."""

    day: date
    answer: Answer
    status: str
    planned: str

    @property
    def key(self) -> str:
        """The day as the form names it."""
        return self.day.isoformat()


@link_view
@require_GET
def own_availability(request: LinkRequest) -> HttpResponse:
    """Show one person the days they are asked about."""
    dossier = dossier_of(request.structure, request.production_id)
    days = _days(dossier, request.link.person)
    context = {
        "title": dossier.production.label,
        "link": request.link,
        "token": request.resolver_match.kwargs["token"],  # type: ignore[union-attr]
        "days": days,
        "awaited": sum(one.answer.is_open for one in days),
        "choices": SAID.items(),
        "longest": LONGEST,
    }
    return render(request, "tasks/own.html", context)


def _days(dossier: Dossier, person: str) -> list[OwnDay]:
    """The days to come they are asked about, in order."""
    today = clock.today()
    known = answers_of(dossier, f"person/{person}").get(f"person/{person}", {})
    planned = _planned(dossier)
    return [
        OwnDay(day, answer, STATUS[answer.answer], planned.get(day, ""))
        for day, answer in sorted(known.items())
        if day >= today and answer.hours is None
    ]


def _planned(dossier: Dossier) -> Mapping[date, str]:
    """What may be told of each day: the names of events that have one, neither drafts nor cancelled."""
    found: dict[date, str] = {}
    for event in dossier.all(Event):
        if event.option not in UNSAID and event.label:
            found[event.day] = f"{found[event.day]}, {event.label}" if event.day in found else event.label
    return found


# No cookie opens it: the secret in the address does, which another site cannot know.
@csrf_exempt
@link_view
@require_POST
def own_availability_said(request: LinkRequest) -> HttpResponse:
    """Write what the person answers, signed with their link; days left without an answer stay so."""
    dossier = dossier_of(request.structure, request.production_id)
    days = _days(dossier, request.link.person)
    given = _all_free(days) if "tous" in request.POST else _given(request, days)
    try:
        changes = answered(dossier, f"person/{request.link.person}", given, clock.today())
        if changes:
            apply(
                request.structure,
                request.production_id,
                changes,
                actor=None,
                label=_("Disponibilités"),
                signature=_("%(name)s, par son lien") % {"name": request.link.label},
            )
    except Conflict:
        messages.error(
            request, _("La production vient de changer sa demande : relisez-la, puis recommencez.")
        )
    except BadInput as error:
        messages.error(request, str(error))
    else:
        _thank(
            request,
            [one for one in days if one.answer.is_open and one.day not in given],
            changed=bool(changes),
        )
    return redirect("own_availability", request.resolver_match.kwargs["token"])  # type: ignore[union-attr]


def _thank(request: LinkRequest, left: list[OwnDay], *, changed: bool) -> None:
    if not changed:
        messages.info(request, _("Rien n’a changé."))
    elif left:
        messages.success(request, _("C’est noté. Il reste des jours sans réponse."))
    else:
        messages.success(request, _("C’est noté, merci. La production le voit aussitôt."))


def _all_free(days: list[OwnDay]) -> dict[date, tuple[Said, str]]:
    """Free on every day not answered yet."""
    return {one.day: ("free", "") for one in days if one.answer.is_open}


def _given(request: LinkRequest, days: list[OwnDay]) -> dict[date, tuple[Said, str]]:
    """The answers typed; a day without one is left as it is."""
    found: dict[date, tuple[Said, str]] = {}
    for one in days:
        answer = request.POST.get(f"jour-{one.key}", "")
        if answer in SAID:
            words = request.POST.get(f"mot-{one.key}", "").replace("\x00", "").strip()[:LONGEST]
            found[one.day] = (cast("Said", answer), words)
    return found
