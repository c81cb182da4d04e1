"""The page of the follow-up, a line in its panel, why each figure, the weekly snapshot, the files."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filage.accounting.figures import FIGURES, figure
from filage.accounting.follow_told import COLUMNS, follow_workbook
from filage.accounting.snapshots import evolution, ident_on, is_due, snapshot
from filage.facts.budget import BudgetVersion, LineDetail
from filage.facts.spending import Commitment, Expense
from filage.facts.writing import values_of
from filage.kernel.changes import Change, add, set_
from filage.kernel.errors import BadInput
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, EXPORT, SEE
from filage_web.follow.queries import ALL, FILTERS, kept, opened_follow, phases_of, weeks_curve
from filage_web.forms.french_input import amount
from filage_web.forms.identifiers import slug
from filage_web.forms.queries import name_of
from filage_web.preview import save
from filage_web.preview.answers import refused
from filage_web.shell.attachment import MEDIA, attachment
from filage_web.store.outcomes import Opened
from filage_web.why.reasons import Cited, reason_of


@member_view(SEE, Expense.kind)
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """Show every line from its first approved amount to its final cost, by post."""
    opened, found = opened_follow(request)
    wanted = request.GET.get("voir", ALL)
    wanted = wanted if wanted in FILTERS else ALL
    unfolded = frozenset(filter(None, request.GET.get("ouvert", "").split(",")))
    weeks = evolution(opened.dossier, found)
    context = {
        "follow": found,
        "columns": COLUMNS,
        "phases": phases_of(found, wanted, unfolded),
        "wanted": wanted,
        "filters": [
            (key, label, len(kept(found.lines, key)), f"{request.path}?{urlencode({'voir': key})}")
            for key, label in FILTERS.items()
        ],
        "unfolded": unfolded,
        "weeks": weeks,
        "curve": weeks_curve(weeks),
        "due": is_due(opened.dossier, clock.today()),
        "here": request.get_full_path(),
        "started": any(line.amounts.committed for line in found.lines) or found.to_assign,
    }
    return render(request, "follow/page.html", context)


@member_view(SEE, Expense.kind)
@require_http_methods(["GET", "POST"])
def line(request: MemberRequest, line: str) -> HttpResponseBase:
    """Show one line: its figures, its orders, its expenses; keep what is left to spend and the reason."""
    opened, found = opened_follow(request)
    one = found.line(line)
    if one is None:
        raise Http404
    wrong = ""
    if request.method == "POST":
        back = f"{reverse('follow:page', args=[request.structure.slug, request.production_id])}?ouvert=tout"
        try:
            return save(
                request, [_detail(request, opened, line)], back=back,
                seen=_seen(opened, line), label=_("%(line)s : suivi") % {"line": one.row.label},
            )  # fmt: skip
        except (ValueError, BadInput) as error:
            wrong = str(error)
    here = [request.structure.slug, request.production_id]
    place = {"line": f"budget_line/{line[5:]}"} if line.startswith("line/") else {"row": line}
    home = reverse("follow:page", args=here)
    context = {
        "one": one,
        "post": next(post for post in found.posts if one in post.lines),
        "figures": [(key, label, getattr(one.amounts, key)) for key, label in FIGURES.items()],
        "companies": {
            order.commitment.about: _company(opened, order.commitment.company) for order in one.orders
        },
        "to_complete": request.POST.get("reste", _plain(one.by_hand)),
        "reason": request.POST.get("raison", one.reason or ""),
        "wrong": wrong,
        "adding": urlencode(place | {"retour": home}),
        "back": home,
    }
    return render(request, "follow/line.html", context, status=422 if wrong else 200)


def _plain(value: object) -> str:
    return "" if value is None else f"{value:f}".replace(".", ",")


def _company(opened: Opened, about: str | None) -> str:
    fact = opened.dossier.get(about) if about else None
    return name_of(fact, opened.dossier) if fact else ""


def detail_of(opened: Opened, line: str) -> LineDetail | None:
    """What is already known of a line beside its amount."""
    return next((one for one in opened.dossier.all(LineDetail) if one.line == line), None)


def _seen(opened: Opened, line: str) -> dict[str, int]:
    detail = detail_of(opened, line)
    return {detail.about: opened.loaded.revisions.get(detail.about, 0)} if detail else {}


def _detail(request: MemberRequest, opened: Opened, line: str) -> Change:
    """The change that keeps what is left to spend and the reason; an emptied field is cleared."""
    left, reason = request.POST.get("reste", "").strip(), request.POST.get("raison", "").strip()
    given = {"to_complete": amount(left) if left else "", "variance": reason}
    values = {key: value for key, value in given.items() if value}
    detail = detail_of(opened, line)
    if detail is not None:
        return set_(detail.about, tuple(key for key, value in given.items() if not value), **values)
    taken = {one.id for one in opened.dossier.all(LineDetail)}
    base = slug(line) or "ligne"
    ident = (
        base
        if base not in taken
        else next(f"{base}-{n}" for n in range(2, 10_000) if f"{base}-{n}" not in taken)
    )
    return add(f"line_detail/{ident}", line=line, **values)


@member_view(SEE, Expense.kind)
@require_GET
def reason(request: MemberRequest, line: str, figure_name: str) -> HttpResponse:
    """Say why one figure of a line."""
    opened, found = opened_follow(request)
    one = found.line(line)
    if one is None or figure_name not in FIGURES:
        raise Http404
    here = [request.structure.slug, request.production_id]
    rows = opened.outcome.budget.by_id()

    def cited(origin: str) -> Cited | None:
        if origin in rows and figure_name != "revised":
            return Cited("", "calc", reverse("why:page", args=[*here, origin]))
        fact = opened.dossier.get(origin) if "/" in origin else None
        return Cited(f"{fact.title} : {name_of(fact, opened.dossier)}") if fact else None

    context = {
        "reason": reason_of(figure(one, figure_name, clock.today()), cited=cited),
        "about": f"{one.row.label}, {FIGURES[figure_name].lower()}",
        "back": reverse("follow:line", args=[*here, line]),
    }
    return render(request, "follow/reason.html", context)


@member_view(EDIT, BudgetVersion.kind)
@require_POST
def take_snapshot(request: MemberRequest) -> HttpResponseBase:
    """Keep where every line stands today; a second one the same day replaces the first."""
    opened, found = opened_follow(request)
    back = reverse("follow:page", args=[request.structure.slug, request.production_id])
    version = snapshot(found)
    values = values_of(version)
    values.pop("id", None)
    about = f"{BudgetVersion.kind}/{ident_on(found.on)}"
    known = opened.dossier.find(about, BudgetVersion) is not None
    change = set_(about, **values) if known else add(about, **values)
    try:
        return save(request, [change], back=back, label=version.label)
    except BadInput as error:
        return refused(request, error, back)


@member_view(EXPORT, Expense.kind)
@require_GET
def export(request: MemberRequest, form: str) -> HttpResponse:
    """Hand the follow-up over, as a workbook or a PDF."""
    if form not in MEDIA:
        raise Http404
    opened, found = opened_follow(request)
    return file_of(follow_workbook(found, opened.dossier), form, f"{request.production_id}-suivi.{form}")


def file_of(book: object, form: str, name: str) -> HttpResponse:
    """A workbook handed over in one of two forms."""
    from filage import __version__
    from filage.documents.workbook_pdf import workbook_pdf
    from filage.documents.xlsx import xlsx_bytes
    from filage.kernel.table import Workbook

    assert isinstance(book, Workbook)
    make = xlsx_bytes if form == "xlsx" else workbook_pdf
    return attachment(make(book, __version__), name, MEDIA[form])


@member_view(SEE, Commitment.kind)
@require_GET
def orders(request: MemberRequest) -> HttpResponse:
    """List the orders: what was billed, what is still to come."""
    opened, found = opened_follow(request)
    listed = [(one.row.label, order) for one in found.lines for order in one.orders]
    listed += [("", order) for order in found.adrift]
    listed.sort(key=lambda each: (each[1].commitment.closed, -each[1].commitment.on.toordinal()))
    context = {
        "follow": found,
        "orders": [(label, order, _company(opened, order.commitment.company)) for label, order in listed],
        "open": sum(order.open for _label, order in listed),
        "here": request.get_full_path(),
    }
    return render(request, "follow/orders.html", context)


@member_view(EDIT, Commitment.kind)
@require_POST
def close(request: MemberRequest, commitment: str) -> HttpResponseBase:
    """Close an order, or open it again: nothing else will come of it."""
    opened, _found = opened_follow(request)
    fact = opened.dossier.find(f"commitment/{commitment}", Commitment)
    if fact is None:
        raise Http404
    back = request.POST.get("retour") or reverse(
        "follow:orders", args=[request.structure.slug, request.production_id]
    )
    word = _("rouverte") if fact.closed else _("soldée")
    try:
        return save(
            request, [set_(fact.about, closed="false" if fact.closed else "true")], back=back,
            seen={fact.about: opened.loaded.revisions.get(fact.about, 0)}, label=f"{fact.label} : {word}",
        )  # fmt: skip
    except BadInput as error:
        return refused(request, error, back)
