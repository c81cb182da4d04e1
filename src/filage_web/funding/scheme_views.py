"""The schemes that concern a production: which look possible and why, and how one enters the plan."""

from dataclasses import dataclass
from typing import Final

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filage.facts.funding import Funding, Scheme
from filage.funding.catalogue import POSSIBLE, WORDS, SchemeView, possible_schemes
from filage.funding.conditions import HELD, MISSING, TO_CHECK, ConditionView
from filage.kernel.changes import add
from filage.kernel.errors import BadInput
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, SEE
from filage_web.forms.french_input import READERS
from filage_web.forms.identifiers import new_id
from filage_web.forms.queries import taken_ids
from filage_web.funding.writing import form_of, page_of, shown
from filage_web.preview.answers import refused
from filage_web.scenarios.chosen import Chosen, chosen

STATES: Final = (POSSIBLE, TO_CHECK, MISSING)
STATUS: Final = {HELD: "done", MISSING: "breach", TO_CHECK: "doubt", POSSIBLE: "done"}
"""The status under which a state is drawn."""


@dataclass(frozen=True, slots=True)
class SchemeRow:
    """A scheme as the page shows it: its view, what explains its amount, where it is edited."""

    view: SchemeView
    why: str
    edit: str

    @property
    def status(self) -> str:
        """The status under which it is drawn."""
        return STATUS[self.view.state]

    @property
    def computed(self) -> list[tuple[str, ConditionView]]:
        """The conditions whose value is known, and their status."""
        return [(STATUS[one.state], one) for one in self.view.computed]

    @property
    def by_hand(self) -> list[tuple[str, ConditionView]]:
        """The conditions somebody must check."""
        return [(STATUS[one.state], one) for one in self.view.by_hand]

    @property
    def asked(self) -> str:
        """What the form to add it proposes as an amount, in French; empty when only the most is known."""
        amount = self.view.amount
        return f"{amount.value:.2f}".replace(".", ",") if amount is not None and not self.view.at_most else ""


@member_view(SEE, Funding.kind)
@require_GET
def schemes(request: MemberRequest) -> HttpResponse:
    """Show the catalogue as this production meets it, the structure's own schemes among it."""
    found = chosen(request)
    every = request.GET.get("tous") == "1"
    state = request.GET.get("etat", "")
    state = state if state in STATES else ""
    views = possible_schemes(found.opened.outcome, clock.today(), every=every)
    context = {
        "found": found,
        "tab": "schemes",
        "every": every,
        "state": state,
        "total": len(views),
        "filters": [_filter(request, found, views, key, every=every) for key in ("", *STATES)],
        "everything": page_of(request, found, "funding:schemes", tous="" if every else "1"),
        "rows": [_row(request, found, view) for view in views if state in ("", view.state)],
        "own": form_of(request, found, "funding:schemes", Scheme.kind) if not found.scenario else "",
        "editable": request.may(EDIT, Funding.kind),
    }
    return render(request, "funding/schemes.html", context)


@member_view(EDIT, Funding.kind)
@require_POST
def add_scheme(request: MemberRequest) -> HttpResponseBase:
    """Show what a scheme put into the plan would do: its source, with its pieces and its next day of deposit."""
    found = chosen(request)
    wanted = request.POST.get("scheme", "")
    back = page_of(request, found, "funding:page")
    views = possible_schemes(found.opened.outcome, clock.today(), every=True)
    view = next((one for one in views if one.data.id == wanted), None)
    if view is None:
        raise Http404
    try:
        values = _funding(view, request.POST.get("amount", ""))
    except ValueError as error:
        return refused(request, BadInput(str(error)), page_of(request, found, "funding:schemes"))
    ident = new_id(Funding.kind, values, taken_ids(request.structure, found.dossier, Funding.kind))
    title = _("Ajouter au plan : %(what)s") % {"what": view.data.name}
    return shown(request, found, [add(f"{Funding.kind}/{ident}", **values)], back, title=title)


def _funding(view: SchemeView, typed: str) -> dict[str, object]:
    """The source a scheme makes: the amount typed, else the estimate, else nothing yet."""
    data = view.data
    amount = READERS["amount"](typed) if typed.strip() else None
    if amount is None:
        amount = f"{view.amount.value:.2f}" if view.amount is not None and not view.at_most else "0"
    values: dict[str, object] = {
        "label": data.name, "nature": data.nature, "scheme": data.label, "catalogue": data.id, "amount": amount,
        "missing": list(data.pieces),
    }  # fmt: skip
    if view.deadlines:
        values["deadline_on"] = view.deadlines[0].isoformat()
    return values


def _row(request: MemberRequest, found: Chosen, view: SchemeView) -> SchemeRow:
    why = page_of(request, found, "funding:reason", quoi=f"scheme/{view.data.id}") if view.amount else ""
    own = view.data.own and not found.scenario
    edit = form_of(request, found, "funding:schemes", Scheme.kind, view.data.id) if own else ""
    return SchemeRow(view, why, edit)


def _filter(
    request: MemberRequest, found: Chosen, views: tuple[SchemeView, ...], key: str, *, every: bool
) -> tuple[str, str, int, str]:
    """One state to keep: its key, its words, how many, its address."""
    number = sum(key in ("", one.state) for one in views)
    address = page_of(request, found, "funding:schemes", etat=key, tous="1" if every else "")
    return key, WORDS[key].capitalize() if key else _("Tous"), number, address
