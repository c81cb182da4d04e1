"""The interview: one question opened at a time, each answer saved by itself."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filage.facts.intent import Answer
from filage.kernel.changes import Change, add, set_
from filage.kernel.errors import BadInput
from filage.script.interview import family_of, questions_for
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, SEE
from filage_web.forms import Choices
from filage_web.forms.identifiers import new_id
from filage_web.intent.forms import AnswerForm
from filage_web.intent.queries import Asked, Section, sections_of, usual_person
from filage_web.preview import save
from filage_web.preview.answers import refused
from filage_web.shell.opening import open_page
from filage_web.store.outcomes import Opened

OWN = "autre"


@member_view(SEE, Answer.kind)
@require_GET
def interview(request: MemberRequest) -> HttpResponse:
    """Show every question; the one asked for, else the first without an answer, is open."""
    opened = open_page(request)
    sections = sections_of(opened.dossier)
    asked = [one for section in sections for one in section.questions]
    wanted = request.GET.get("question", "")
    if wanted not in {OWN, "aucune", *(one.id for one in asked)}:
        wanted = next((one.id for one in asked if one.answer is None), "")
    return _show(request, opened, sections, wanted, None)


@member_view(EDIT, Answer.kind)
@require_POST
def answer(request: MemberRequest, topic: str) -> HttpResponseBase:
    """Save the answer to one question, then open the next without one."""
    opened = open_page(request)
    sections = sections_of(opened.dossier)
    asked = [one for section in sections for one in section.questions]
    one = next((one for one in asked if one.id == topic), None)
    if one is None and topic != OWN:
        raise Http404
    form = AnswerForm(
        request.POST, people=Choices(request.structure, opened.dossier).of(["person"]), own=one is None
    )
    if not form.is_valid():
        return _show(request, opened, sections, topic, form, status=422)
    change = _change(opened, one, form.cleaned_data)
    following = _next(asked, topic, stay="rester" in request.POST)
    back = f"{reverse('intent:interview', args=[request.structure.slug, request.production_id])}{following}"
    label = _("Réponse : %(question)s") % {
        "question": (one.text if one else form.cleaned_data["question"])[:120]
    }
    try:
        return save(request, [change] if change else [], back=back, seen=_seen(request, one), label=label)
    except BadInput as error:
        return refused(request, error, back)


def _change(opened: Opened, one: Asked | None, typed: dict[str, Any]) -> Change | None:
    """The answer written; one whose words change is no longer confirmed, unless somebody says so again."""
    today = clock.today().isoformat()
    text = typed["text"].strip().replace("\r\n", "\n")
    values: dict[str, Any] = {"text": text, "person": typed["person"], "on": typed["on"] or today}
    old = one.answer if one else None
    if old is None:
        values["question"] = one.text if one else typed["question"].strip()
        if one and one.id in {known.id for known in questions_for(opened.dossier.production.form)}:
            values["topic"] = one.id
        if typed["confirmed"]:
            values["confirmed_on"] = today
        taken = set(opened.dossier.by_kind.get(Answer.kind, {}))
        ident = new_id(Answer.kind, {"label": one.id if one else values["question"]}, taken)
        return add(f"answer/{ident}", **{key: value for key, value in values.items() if value})
    kept = old.confirmed_on.isoformat() if old.confirmed_on and old.text == text else ""
    values["confirmed_on"] = today if typed["confirmed"] else kept
    given = {key: value for key, value in values.items() if value}
    return set_(old.about, clear=tuple(key for key, value in values.items() if not value), **given)


def _seen(request: MemberRequest, one: Asked | None) -> dict[str, int]:
    revision = request.POST.get("_seen", "")
    return {one.answer.about: int(revision)} if one and one.answer and revision.isdigit() else {}


def _next(asked: list[Asked], topic: str, *, stay: bool) -> str:
    """Where to go after an answer: the next question without one, or the same."""
    if stay:
        return f"?question={topic}#q-{topic}"
    places = [one.id for one in asked]
    at = places.index(topic) + 1 if topic in places else len(places)
    waiting = [one.id for one in (*asked[at:], *asked[:at]) if one.answer is None and one.id != topic]
    return f"?question={waiting[0]}#q-{waiting[0]}" if waiting else "?question=aucune"


def _show(
    request: MemberRequest,
    opened: Opened,
    sections: list[Section],
    wanted: str,
    form: AnswerForm | None,
    *,
    status: int = 200,
) -> HttpResponse:
    asked = [one for section in sections for one in section.questions]
    one = next((one for one in asked if one.id == wanted), None)
    if form is None and request.may(EDIT, Answer.kind) and (one or wanted == OWN):
        people = Choices(request.structure, opened.dossier).of(["person"])
        form = AnswerForm(initial=_initial(opened, one), people=people, own=one is None)
    context = {
        "sections": sections,
        "open": wanted,
        "own": OWN,
        "form": form,
        "revision": opened.loaded.revisions.get(one.answer.about, 0) if one and one.answer else "",
        "answered": sum(one.answer is not None for one in asked),
        "asked": len(asked),
        "family": family_of(opened.dossier.production.form).label,
        "here": request.get_full_path() if request.method == "GET" else reverse(
            "intent:interview", args=[request.structure.slug, request.production_id]
        ),
    }  # fmt: skip
    return render(request, "intent/interview.html", context, status=status)


def _initial(opened: Opened, one: Asked | None) -> dict[str, Any]:
    old = one.answer if one else None
    if old is None:
        return {"on": clock.today().isoformat(), "person": usual_person(opened.dossier)}
    return {
        "text": old.text,
        "person": old.person or "",
        "on": old.on.isoformat() if old.on else "",
    }
