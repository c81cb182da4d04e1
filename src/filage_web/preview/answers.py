"""The answers of the preview: the sheet, what follows a save, both versions of a conflict."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from urllib.parse import urlsplit, urlunsplit

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from filage.facts.dossier import Dossier
from filage.facts.scenario import Scenario
from filage.facts.scenarios import kept_in
from filage.kernel.changes import Change
from filage.kernel.errors import BadInput
from filage_web import clock, navigation
from filage_web.accounts.decorators import MemberRequest
from filage_web.accounts.roles import EDIT
from filage_web.forms.queries import name_of
from filage_web.preview.draft import Draft, safe
from filage_web.preview.effect import Effect, effect_of
from filage_web.preview.settled import settled_words, unnamed
from filage_web.preview.stale_sheets import sheets_put_out
from filage_web.preview.words import field_changes, title_of
from filage_web.shell.opening import Corrected, Offered, open_page, together
from filage_web.store.changes import apply
from filage_web.store.errors import Conflict, Moved
from filage_web.store.models import ChangeSet
from filage_web.store.outcomes import Preview, preview

NO_SEEN: Mapping[str, int] = {}
AGAIN = "_again"


def show_effect(  # noqa: PLR0913 - what a sheet may be told
    request: MemberRequest,
    changes: Iterable[Change],
    *,
    back: str = "",
    seen: Mapping[str, int] = NO_SEEN,
    label: str = "",
    title: str = "",
    typed: bool = False,
    scenario: str = "",
) -> HttpResponseBase:
    """Show what changes would do and ask for a confirmation; BadInput when they do not apply.

    With `typed`, the sheet leads back to the form as it was typed: its view draws it again when `AGAIN` is posted.
    With `scenario`, they are shown under that scenario and, once confirmed, kept in it: the reference is left alone.
    """
    draft = Draft(tuple(changes), dict(seen), safe(back) or home(request), label, title, scenario=scenario)
    if not draft.changes:
        return nothing_changed(request, draft.back)
    check_rights(request, draft.changes)
    if scenario:
        in_scenario(request, draft)
    return sheet(request, draft, again=_typed(request) if typed else ())


def _typed(request: MemberRequest) -> list[tuple[str, str]]:
    """What the form sent, to send it again."""
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", AGAIN)
        for value in values
    ]


def sheet(
    request: MemberRequest, draft: Draft, *, moved: bool = False, again: Iterable[tuple[str, str]] = ()
) -> HttpResponse:
    """Draw the sheet of a draft."""
    open_page(request)
    found = previewed(request, draft)
    # what was issued says the reference: a scenario puts none of it out of date
    place = (request.structure, request.production_id or "")
    sheets = [] if draft.scenario else sheets_put_out(*place, found, draft.changes, clock.today())
    effect = effect_of(found, draft.changes, sheets)
    draft = draft.shown(effect.revision, effect.digest)
    new = together(request, effect.new, found.after.dossier)
    page = {
        "effect": effect,
        "title": draft.title or effect.title,
        # « et 5 autres dates » goes with the title that names the first; a title of its own says it all
        "context": "" if draft.title else effect.context,
        "new": [replace(one, remedies=_told(one), people=_people(one, effect, found)) for one in new],
        "settled": settled_words(effect.gone, found.before.dossier),
        "remedies": [
            ("-".join(map(str, one.places)), remedy) for one in new for remedy in one.remedies if remedy.href
        ],
        "draft": draft.values(),
        "back": draft.back,
        "moved": moved,
        "again": list(again),
        "again_name": AGAIN,
    }
    return render(request, "preview/sheet.html", page)


def previewed(request: MemberRequest, draft: Draft) -> Preview:
    """What the changes of a draft would do, where they are to be written."""
    return preview(
        request.structure, request.production_id or "", draft.changes, scenario=draft.scenario or None
    )


def in_scenario(request: MemberRequest, draft: Draft) -> tuple[Scenario, Change, Mapping[str, int]]:
    """The scenario of a draft and the one change that keeps it there, with the revision it was read at.

    BadInput when it touches what belongs to the structure, or when the scenario is gone.
    """
    loaded = open_page(request).loaded
    scenario = loaded.dossier.find(f"{Scenario.kind}/{draft.scenario}", Scenario)
    if scenario is None:
        raise BadInput(_("ce plan n’existe plus : revenez à la référence"))
    change = kept_in(scenario, draft.changes)
    check_rights(request, [change])
    return scenario, change, {scenario.about: loaded.revisions.get(scenario.about, 0)}


def _people(one: Corrected, effect: Effect, found: Preview) -> str:
    """Whom a finding is about, unless it says so itself."""
    return one.people or unnamed(effect.new[one.places[0]], found.after.dossier)


def _told(one: Corrected) -> tuple[Offered, ...]:
    """The ways out of what is not saved yet: told, and added to the draft by a button, never followed from here."""
    return tuple(replace(remedy, href="") for remedy in one.remedies)


def save(
    request: MemberRequest,
    changes: Iterable[Change],
    *,
    back: str = "",
    seen: Mapping[str, int] = NO_SEEN,
    label: str = "",
) -> HttpResponseBase:
    """Write changes at once and go back; BadInput when they do not apply, both versions when a fact has moved."""
    return write(request, Draft(tuple(changes), dict(seen), safe(back) or home(request), label))


def write(request: MemberRequest, draft: Draft) -> HttpResponseBase:
    """Write a draft, say so with a way to undo, go back."""
    check_rights(request, draft.changes)
    label = draft.label or _history_line(request, draft)
    changes: Iterable[Change] = draft.changes
    seen = draft.seen
    if draft.scenario:
        scenario, change, seen = in_scenario(request, draft)
        changes, label = [change], f"{scenario.label} : {label}" if label else ""
    try:
        written = apply(
            request.structure,
            request.production_id,
            changes,
            actor=request.user,
            label=label,
            seen=seen,
        )
    except Conflict as conflict:
        return both_versions(request, conflict, draft)
    if written is None:
        return nothing_changed(request, draft.back)
    return saved(request, written, draft.back)


def _history_line(request: MemberRequest, draft: Draft) -> str:
    """Say in the history what the sheet's title said: « Déplacer : … » becomes its fact, with its line."""
    if any(change.kind == "person_private" for change in draft.changes):
        return ""
    try:
        found = previewed(request, draft)
    except BadInput:
        return ""
    title, context = title_of(draft.changes, found.before.dossier, found.after.dossier)
    return f"{title}, {context}" if context else title


def saved(request: MemberRequest, written: ChangeSet, back: str) -> HttpResponseBase:
    """Go back with a toast that offers to undo."""
    undo = reverse("preview:undo", args=[request.structure.slug, request.production_id, written.pk])
    messages.success(request, _("Enregistré. %(what)s") % {"what": written.label}, extra_tags=undo)
    return go(request, _with_mark(back, written.pk))


def nothing_changed(request: MemberRequest, back: str) -> HttpResponseBase:
    """Go back saying that there was nothing to save."""
    messages.info(request, _("Rien n’a changé : il n’y avait rien à enregistrer."))
    return go(request, _with_mark(back, 0))


def _with_mark(address: str, number: int) -> str:
    """Name the write in the address: a page that differs by its #place alone would not be read again."""
    parts = urlsplit(address)
    kept = "&".join(each for each in parts.query.split("&") if each and not each.startswith("fait="))
    query = f"{kept}&fait={number}" if kept else f"fait={number}"
    return urlunsplit(parts._replace(query=query))


def go(request: MemberRequest, address: str) -> HttpResponseBase:
    """Send the whole window somewhere, from a page or from the panel."""
    if getattr(request, "htmx", False):
        answer = HttpResponse(status=204)
        answer.headers["HX-Redirect"] = address
        return answer
    return redirect(address)


def both_versions(request: MemberRequest, conflict: Conflict, draft: Draft) -> HttpResponse:
    """Show what was saved meanwhile beside what was about to be."""
    opened = open_page(request)
    rows = [
        (moved, _called(moved, opened.dossier), field_changes(moved.theirs, moved.mine, opened.dossier))
        for moved in conflict.moved
        if moved.theirs is not None or moved.mine is not None
    ]
    seen = dict(draft.seen) | {moved.about: moved.revision for moved in conflict.moved if moved.revision}
    mine = Draft(draft.changes, seen, draft.back, draft.label, draft.title, opened.loaded.revision)
    page = {
        "rows": rows,
        "who": conflict.moved[0].who,
        "at": conflict.moved[0].at,
        "gone": any(moved.theirs is None for moved in conflict.moved),
        "draft": mine.values(),
        "back": draft.back,
    }
    return render(request, "preview/conflict.html", page, status=409)


def _called(moved: Moved, dossier: Dossier) -> str:
    """Name the fact of a conflict; a private one by its kind alone."""
    fact = moved.theirs or moved.mine
    if fact is None:
        return moved.about
    return fact.title if fact.private else f"{fact.title} : {name_of(fact, dossier)}"


def refused(request: MemberRequest, error: BadInput, back: str) -> HttpResponse:
    """Say why changes cannot be written."""
    open_page(request)
    page = {"problems": error.problems, "back": back or home(request)}
    return render(request, "preview/refused.html", page, status=422)


def check_rights(request: MemberRequest, changes: Iterable[Change]) -> None:
    """Refuse changes of a kind that the visitor's role may not edit."""
    if not all(request.may(EDIT, change.kind) for change in changes):
        raise PermissionDenied


def home(request: MemberRequest) -> str:
    """The production's first page."""
    return navigation.production_address(request.structure.slug, request.production_id or "")
