"""Places scouted for each set, side by side; choosing one shows all that follows before it is written."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filage.budget.posts import posts_of
from filage.facts.base import choices
from filage.facts.calendar import Event
from filage.facts.venue import Scouting, Venue
from filage.kernel import french
from filage.kernel.changes import Change, set_
from filage.kernel.errors import BadInput
from filage.planning.scouting import sets_of
from filage.planning.scouting_choice import choose
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, SEE
from filage_web.preview import save, show_effect
from filage_web.preview.answers import refused
from filage_web.shell.opening import open_page
from filage_web.store.outcomes import Opened
from filage_web.venues.queries import boards_of, photo_keys

KIND = Scouting.kind
RANKS = choices(Scouting, "rank")
EQUIPMENT_POST = "30"
DAYS_NAMED = 5


@member_view(SEE, KIND)
@require_GET
def scouting(request: MemberRequest) -> HttpResponse:
    """Compare, set by set, the places seen."""
    opened = open_page(request)
    sets = sets_of(opened.dossier)
    photos = photo_keys(request.structure, request.production_id or "", sets)
    boards = boards_of(opened.dossier, sets, photos, clock.today())
    context = {
        "boards": [board for board in boards if board.columns],
        "empty": [board for board in boards if not board.columns],
        "sets": len(boards),
        "chosen": sum(board.chosen for board in boards),
        "here": request.get_full_path(),
        "today": clock.today(),
    }
    return render(request, "venues/scouting.html", context)


@member_view(EDIT, KIND)
@require_POST
def choose_place(request: MemberRequest, scouting: str) -> HttpResponseBase:
    """Show what choosing a place for its set would do."""
    opened = open_page(request)
    fact = find_scouting(opened, scouting)
    codes = [post.code for post in posts_of(opened.dossier) if post.phase == "production"]
    post = EQUIPMENT_POST if EQUIPMENT_POST in codes else next(iter(codes), EQUIPMENT_POST)
    choice = choose(opened.dossier, fact, clock.today(), post)
    venue = opened.dossier.find(fact.venue, Venue)
    place = venue.label if venue else ""
    title = _("%(set)s : %(place)s, premier choix") % {"set": fact.set, "place": place}
    if moved := _days_moved(opened, choice.changes):
        title += _(" ; y vont : %(days)s") % {"days": moved}
    if choice.left:
        kept = ", ".join(f"{french.day(event.day, year=False)} ({why})" for event, why in choice.left[:4])
        title += _(" ; gardent leur lieu : %(kept)s") % {"kept": kept}
    try:
        return show_effect(
            request,
            choice.changes,
            seen={fact.about: opened.loaded.revisions.get(fact.about, 0)},
            back=back_to(request, fact),
            title=title,
            label=title[:200],
        )
    except BadInput as error:
        return refused(request, error, back_to(request, fact))


def _days_moved(opened: Opened, changes: tuple[Change, ...]) -> str:
    """The days of the events that go to the place, told in the title of the effect."""
    events = [opened.dossier.find(change.about, Event) for change in changes if change.kind == Event.kind]
    days = sorted({event.day for event in events if event})
    named = ", ".join(french.day(day, year=False) for day in days[:DAYS_NAMED])
    return named + ("…" if len(days) > DAYS_NAMED else "")


@member_view(EDIT, KIND)
@require_POST
def rank(request: MemberRequest, scouting: str) -> HttpResponseBase:
    """Say what a place is among the candidates, without anything following: fallback, under study, set aside."""
    opened = open_page(request)
    fact = find_scouting(opened, scouting)
    wanted = request.POST.get("rank", "")
    if wanted not in RANKS or wanted == "first":
        raise Http404
    changes = [set_(fact.about, rank=wanted)] if wanted != fact.rank else []
    label = f"{fact.set} : {RANKS[wanted].lower()}"
    try:
        return save(request, changes, back=back_to(request, fact), label=label)
    except BadInput as error:
        return refused(request, error, back_to(request, fact))


def find_scouting(opened: Opened, ident: str) -> Scouting:
    """Find a place scouted, or say that there is none."""
    fact = opened.dossier.find(f"scouting/{ident}", Scouting)
    if fact is None:
        raise Http404
    return fact


def back_to(request: MemberRequest, fact: Scouting) -> str:
    """The comparison, at the place."""
    page = reverse("venues:scouting", args=[request.structure.slug, request.production_id])
    return f"{page}#scouting-{fact.id}"
