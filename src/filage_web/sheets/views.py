"""Pages of sheets: what can be issued, one sheet as its readers see it, its issue, and what became of it."""

from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filage.facts.dossier import Dossier
from filage.facts.people import Person
from filage.kernel.errors import BadInput
from filage.planning.sheets import DOCUMENTS, Sheet, content_of, document_name
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, ISSUE, SEE
from filage_web.jobs import computations
from filage_web.jobs.models import Computation
from filage_web.sheets import services
from filage_web.sheets.changes import NONE
from filage_web.sheets.drawing import sections_of
from filage_web.sheets.jobs import KIND, issue_later
from filage_web.sheets.lacks import lacks_of
from filage_web.sheets.mail import address_of
from filage_web.sheets.queries import differences_for_all, lines_of, recipients_of_next, when_of
from filage_web.sheets.readers import Reading, papers_of, reading_of
from filage_web.sheets.sending import remind_later, send_later
from filage_web.sheets.wrongs import wrong_by_day, wrongs_of
from filage_web.shell.attachment import shown_pdf
from filage_web.shell.opening import open_page
from filage_web.store.issued import (
    EVERYBODY,
    UnchangedError,
    Version,
    ask_again,
    bytes_of,
    copy_of,
    counts_of,
    deliveries_of,
    note_handed,
    versions_of,
)
from filage_web.store.models import Delivery
from filage_web.store.outcomes import Opened
from filage_web.store.sheets import GONE, STALE, Paper, day_of, known_keys, public_sheet, state_of

AT_ONCE: Final = 8
"""More copies than this are made by the worker, with their progress shown."""
LONGEST: Final = timedelta(minutes=10)
"""After this long, an issue that has not ended was left by its worker: it may be asked again."""
HANDED: Final = MappingProxyType({"aloud": _l("lue de vive voix"), "in_hand": _l("remise en main propre")})
"""How the office makes a sheet known to who has no e-mail."""
SHOWN: Final = 12
"""Days listed before the rest is folded."""


@member_view()
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """List what can be issued, the next days first, and what became of what was."""
    opened, today = open_page(request), clock.today()
    wrong = wrong_by_day(opened.dossier, opened.outcome.findings)
    lines = lines_of(request.structure, _slug(request), opened.dossier, today, wrong)
    standing = [line for line in lines if line.version and (line.day is None or line.day >= today)]
    coming = [line for line in lines if line.day and line.day >= today and not line.version]
    page = {
        "standing": sorted(standing, key=lambda line: line.state not in {STALE, GONE}),
        "days": coming[:SHOWN],
        "later": coming[SHOWN:],
        "undated": [line for line in lines if line.day is None and not line.version],
        "past": [line for line in lines if line.day and line.day < today and line.version][::-1],
        "year": today.year,
        "any": bool(lines),
    }
    return render(request, "sheets/page.html", page)


@member_view()
@require_GET
def sheet(request: MemberRequest, paper: str, key: str) -> HttpResponse:
    """Show one sheet as it would be issued today, for all or for one reader, and what became of its versions."""
    return _sheet(request, (paper, key))


def _sheet(request: MemberRequest, paper: Paper, status: int = 200, **more: Any) -> HttpResponse:
    opened, today = open_page(request), clock.today()
    slug, dossier = _slug(request), opened.dossier
    versions = versions_of(request.structure, slug, document=paper[0], number=paper[1])
    if not versions or paper[0] not in DOCUMENTS:  # other documents are issued too: they have their own pages
        _check(dossier, paper)
    reading = reading_of(
        dossier, paper, request.GET.get("pour", ""), private=request.may(SEE, "private_link")
    )
    drawn = _drawn(dossier, paper, reading)
    last = versions[0] if versions else None
    state = state_of(request.structure, slug, dossier, paper, today)
    stale = last is not None and state and state != "current"
    public = public_sheet(dossier, *paper, today) if stale and state != GONE else None
    counts = counts_of(request.structure, slug, paper)
    deliveries = list(deliveries_of(request.structure, slug, paper, last.version)) if last else []
    page = {
        "paper": paper,
        "name": document_name(paper[0]),
        "when": when_of(dossier, *paper),
        "sheet": drawn,
        "lacks": lacks_of(request, dossier, drawn),
        "wrongs": wrongs_of(request, dossier, opened.outcome.findings, paper),
        "sections": sections_of(drawn) if drawn else [],
        "pages": [(one, sections_of(one)) for one in drawn.pages] if drawn else [],
        "reading": reading,
        "state": state,
        "last": last,
        "changes": differences_for_all(request.structure, slug, paper, public) if public else NONE,
        "versions": [(one, counts.get((*one.key, one.version))) for one in versions],
        "papers": papers_of(request.structure, slug, paper) if request.may(SEE, "private_link") else {},
        "deliveries": deliveries,
        "late": [
            one for one in deliveries if one.sent_at and not (one.confirmed_at or one.handed_at) and one.email
        ],
        "sending": _sending(deliveries, last),
        "unsent": [one for one in deliveries if one.failed and not one.sent_at],
        "computation": _computation(request, paper, last),
        "year": today.year,
        **more,
    }
    answer = render(request, "sheets/sheet.html", page, status=status)
    moves = page["sending"] or (page["computation"] and not page["computation"].refusal)
    if moves and request.method == "GET":
        answer.headers["Refresh"] = "3"  # for who has no script; with it, the part that moves asks for itself
    return answer


def _sending(deliveries: list[Delivery], last: Version | None) -> int:
    """How many messages of the last version are still to leave; 0 once the worker has had all its time."""
    if last is None or last.at < clock.now() - LONGEST:
        return 0
    return sum(bool(one.email) and not one.sent_at and not one.failed for one in deliveries)


def _drawn(dossier: Dossier, paper: Paper, reading: Reading) -> Sheet | None:
    try:
        return content_of(dossier, *paper, clock.today(), **reading.asked)
    except BadInput:
        return None


def _check(dossier: Dossier, paper: Paper) -> None:
    """A 404 for a sheet that this production does not have."""
    if paper[1] not in known_keys(dossier, paper[0]):
        raise Http404


def _slug(request: MemberRequest) -> str:
    return request.production_id or ""


def _home(request: MemberRequest) -> str:
    """The address of the office, as its visitor knows it."""
    return request.build_absolute_uri("/")


def _to(request: MemberRequest, paper: Paper) -> HttpResponse:
    return redirect("sheets:sheet", request.structure.slug, _slug(request), *paper)


# --- issuing ----------------------------------------------------------------------------------------------------------


@member_view(ISSUE)
@require_http_methods(["GET", "POST"])
def issue(request: MemberRequest, paper: str, key: str) -> HttpResponse:
    """Choose who receives the next version, seeing what changes for each; then issue it."""
    which = (paper, key)
    if request.method == "POST":
        return _issued(request, which)
    return _choose(request, which)


def _choose(request: MemberRequest, paper: Paper, status: int = 200, **more: Any) -> HttpResponse:
    opened, slug = open_page(request), _slug(request)
    _check(opened.dossier, paper)
    sheet, people = recipients_of_next(request.structure, slug, opened.dossier, paper, clock.today())
    versions = versions_of(request.structure, slug, document=paper[0], number=paper[1])
    last = versions[0] if versions else None
    changes = differences_for_all(request.structure, slug, paper, sheet) if last else NONE
    concerned = [one for one in people if one.concerned or one.had]
    same = last is not None and not changes and all(one.same for one in concerned if one.had)
    page = {
        "paper": paper,
        "name": document_name(paper[0]),
        "when": when_of(opened.dossier, *paper),
        "sheet": sheet,
        "lacks": lacks_of(request, opened.dossier, sheet),
        "wrongs": wrongs_of(request, opened.dossier, opened.outcome.findings, paper),
        "last": last,
        "next": last.version + 1 if last else 1,
        "changes": changes,
        "concerned": concerned,
        "others": [one for one in people if not (one.concerned or one.had)],
        "same": same,
        "chosen": {one.reader.person for one in concerned if not (same and one.had)},
        "silent": sum(not one.reader.email for one in concerned),
        "day": day_of(*paper),
        **more,
    }
    return render(request, "sheets/issue.html", page, status=status)


def _issued(request: MemberRequest, paper: Paper) -> HttpResponse:
    dossier: Dossier = open_page(request).dossier
    _check(dossier, paper)
    wanted = [one for one in request.POST.getlist("person") if dossier.find(one, Person)]
    again = "again" in request.POST
    if len(wanted) > AT_ONCE:
        return _aside(request, paper, wanted, again=again)
    try:
        done = services.issue(
            request.structure, _slug(request), *paper, wanted,
            actor=request.user, address=_home(request), again=again,
        )  # fmt: skip
    except UnchangedError as same:
        error = _("Rien n’a changé depuis la version %(version)s : il n’y a rien à émettre.")
        return _choose(
            request,
            paper,
            422,
            refused=error % {"version": same.version},
            chosen=set(wanted),
            may_insist=True,
        )
    except BadInput as refused:
        return _choose(request, paper, 422, refused=str(refused), chosen=set(wanted))
    messages.success(request, told(done.version, len(done.deliveries), new=done.new))
    return _to(request, paper)


def told(version: int, people: int, *, new: bool) -> str:
    """Say what was issued."""
    copies = ngettext("%(n)s exemplaire", "%(n)s exemplaires", people) % {"n": people}
    said = (
        _("Version %(version)s émise : %(copies)s.")
        if new
        else _("Version %(version)s : %(copies)s de plus.")
    )
    return said % {"version": version, "copies": copies}


def _aside(request: MemberRequest, paper: Paper, wanted: list[str], *, again: bool) -> HttpResponse:
    """Many copies: the worker makes them, and the page shows how far it is."""
    asked = {
        "document": paper[0], "key": paper[1], "recipients": wanted, "address": _home(request), "again": again,
    }  # fmt: skip
    about = _about(paper)
    one = computations.ask(request.structure, _slug(request), KIND, about, asked, request.user)
    if _is_left(one):
        computations.end(one, refusal=_("interrompue"))
        one = computations.ask(request.structure, _slug(request), KIND, about, asked, request.user)
    if one.state == Computation.QUEUED:
        issue_later(one)
    return _to(request, paper)


def _about(paper: Paper) -> str:
    return "/".join(paper)[:100]


def _computation(request: MemberRequest, paper: Paper, last: Version | None = None) -> Computation | None:
    """The issue under way, or the one that was just refused; one that a dead worker left is over."""
    found = Computation.objects.filter(
        structure=request.structure, production__slug=_slug(request), kind=KIND, about=_about(paper)
    )
    one = found.order_by("-pk").first()
    if one is None or one.state == Computation.DONE or _is_left(one):
        return None
    return None if last and one.ended_at and one.ended_at < last.at else one


def _is_left(one: Computation) -> bool:
    return one.created_at < clock.now() - LONGEST


@member_view()
@require_GET
def progress(request: MemberRequest, paper: str, key: str) -> HttpResponse:
    """Say how far an issue is; once it is done, the whole page comes again."""
    found = _computation(request, (paper, key))
    if found is None:
        answer = HttpResponse(status=204)
        answer.headers["HX-Refresh"] = "true"
        return answer if getattr(request, "htmx", False) else _to(request, (paper, key))
    page = {"computation": found, "paper": (paper, key)}
    return render(request, "sheets/progress.html", page)


# --- what became of it ------------------------------------------------------------------------------------------------


@member_view(ISSUE)
@require_POST
def remind(request: MemberRequest, paper: str, key: str) -> HttpResponse:
    """Write again to one person, or to all who have not confirmed; each at most once per press."""
    chosen = request.POST.get("delivery", "")
    found = _last_deliveries(request, (paper, key)).filter(
        confirmed_at=None, handed_at=None, sent_at__isnull=False
    ).exclude(email="")  # fmt: skip
    if chosen.isdigit():
        found = found.filter(pk=int(chosen))
    count = remind_later(found, _home(request))
    said = ngettext("%(n)s rappel part.", "%(n)s rappels partent.", count) % {"n": count}
    messages.success(
        request, said if count else _("Personne à relancer : chacun a confirmé, ou n’a pas de courriel.")
    )
    return _to(request, (paper, key))


def _last_deliveries(request: MemberRequest, paper: Paper) -> Any:
    versions = versions_of(request.structure, _slug(request), document=paper[0], number=paper[1])
    if not versions:
        raise Http404
    return deliveries_of(request.structure, _slug(request), paper, versions[0].version)


@member_view(ISSUE)
@require_POST
def send_again(request: MemberRequest, paper: str, key: str) -> HttpResponse:
    """Send again what could not leave, at the addresses of today."""
    dossier = open_page(request).dossier
    addresses = {one.id: one.email or "" for one in dossier.all(Person)}
    found = _last_deliveries(request, (paper, key))
    wanted = ask_again(found, addresses)
    send_later(wanted, _home(request))
    said = ngettext("%(n)s envoi repart.", "%(n)s envois repartent.", len(wanted)) % {"n": len(wanted)}
    messages.success(
        request, said if wanted else _("Rien à renvoyer : donnez d’abord un courriel aux personnes.")
    )
    return _to(request, (paper, key))


def _delivery(request: MemberRequest, delivery: int) -> Delivery:
    kept = deliveries_of(request.structure, _slug(request))
    return get_object_or_404(
        kept.select_related("structure", "production", "issued__actor", "link"), pk=delivery
    )


@member_view(EDIT, "private_link")
@require_POST
def link(request: MemberRequest, delivery: int) -> HttpResponse:
    """Show the private address of one person's copy, to be handed over by another way than mail."""
    found = _delivery(request, delivery)
    address = address_of(found, _home(request))
    paper = (found.issued.document, found.issued.number)
    return _sheet(request, paper, shown_address=address, shown_name=found.name)


@member_view(ISSUE)
@require_POST
def handed(request: MemberRequest, delivery: int) -> HttpResponse:
    """Record that a copy was read aloud or handed over, signed by who says so; or take that back."""
    found, how = _delivery(request, delivery), request.POST.get("how", "")
    if how not in {"", *HANDED}:
        raise Http404
    note_handed(found, how, request.user)
    said = _("%(name)s : %(how)s, noté à votre nom.") if how else _("%(name)s : ce n’est plus noté.")
    messages.success(request, said % {"name": found.name, "how": HANDED.get(how, "")})
    return _to(request, (found.issued.document, found.issued.number))


# --- on paper ---------------------------------------------------------------------------------------------------------


@member_view()
@require_GET
def issued(request: MemberRequest, paper: str, key: str, version: int) -> HttpResponse:
    """Hand over the paper of a version, as it was issued: everybody's, the team's (`?pour=team`) or a department's."""
    recipient = request.GET.get("pour", EVERYBODY)
    shared = recipient == EVERYBODY or request.may(SEE, "private_link")
    if not shared or recipient.startswith("person/"):
        raise Http404
    found = copy_of(request.structure, _slug(request), (paper, key), version, recipient)
    if found is None:
        raise Http404
    reader = f"-{recipient.rpartition('/')[2]}" if recipient else ""
    return shown_pdf(bytes_of(found), f"{_slug(request)}-{paper}-{key}-v{version}{reader}.pdf")


@member_view(SEE, "private_link")
@require_GET
def copy(request: MemberRequest, delivery: int) -> HttpResponse:
    """Hand over the paper of one person's copy, as it was issued."""
    found = _delivery(request, delivery)
    name = f"{_slug(request)}-{found.issued.number}-{found.person}-v{found.issued.version}.pdf"
    return shown_pdf(bytes_of(found.issued), name)


@member_view()
@require_GET
def draft(request: MemberRequest, paper: str, key: str) -> HttpResponse:
    """Make the paper of a sheet as it stands today, for all or for one reader; it bears no version."""
    opened: Opened = open_page(request)
    _check(opened.dossier, (paper, key))
    private = request.may(SEE, "private_link")
    reading = reading_of(opened.dossier, (paper, key), request.GET.get("pour", ""), private=private)
    drawn = _drawn(opened.dossier, (paper, key), reading)
    if drawn is None:
        raise Http404
    return shown_pdf(services.draft_pdf(drawn), f"{_slug(request)}-{paper}-{key}-{reading.slug}.pdf")


def sheet_address(request: MemberRequest, paper: Paper) -> str:
    """Where a sheet is shown in the office."""
    return request.build_absolute_uri(
        reverse("sheets:sheet", args=[request.structure.slug, _slug(request), *paper])
    )
