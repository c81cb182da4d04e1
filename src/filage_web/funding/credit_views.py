"""Tax credits: the base line by line, what somebody chose of it, the amount and its doubts."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filage.facts.budget import LineDetail
from filage.facts.funding import Funding, TaxCredit
from filage.funding.credits.data import credits_for, credits_known
from filage.funding.credits.estimate import CreditEstimate, estimate_credit
from filage.funding.credits.lines import CAPPED, COUNTED, OUT, UNDECIDED, CreditLine
from filage.kernel.changes import Change, add, set_
from filage.kernel.money import ZERO
from filage.law import load_law
from filage.review.run import law_of_structure
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, SEE
from filage_web.forms.identifiers import new_id, slug
from filage_web.funding.scheme_views import STATUS
from filage_web.funding.writing import form_of, page_of, saved, seen_of, shown
from filage_web.scenarios.chosen import Chosen, chosen

ORDER: Final = (COUNTED, CAPPED, UNDECIDED, OUT)
MOST: Final = 25
"""The lines of one group shown at first: the others come with « tout voir »."""


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one state, the largest first: those shown and what they all make."""

    state: str
    lines: tuple[CreditLine, ...]
    number: int
    amount: Decimal
    eligible: Decimal

    @property
    def hidden(self) -> int:
        """How many are not shown."""
        return self.number - len(self.lines)


@member_view(SEE, TaxCredit.kind)
@require_GET
def credits_page(request: MemberRequest) -> HttpResponse:
    """Show one tax credit of those that concern the production, its base line by line."""
    found = chosen(request)
    form = found.dossier.production.form
    known = credits_for(form)
    wanted = request.GET.get("credit", "")
    data = next((one for one in known if one.id == wanted), known[0] if known else None)
    estimate = _estimate(found, data.id) if data else None
    context = {
        "found": found,
        "tab": "credits",
        "known": [
            (one, page_of(request, found, "funding:credits", credit=one.id), one is data) for one in known
        ],
        "data": data,
        "estimate": estimate,
        "groups": _groups(estimate, every=request.GET.get("lignes") == "toutes") if estimate else (),
        "conditions": [(STATUS[one.state], one) for one in estimate.conditions] if estimate else (),
        "why": page_of(request, found, "funding:reason", quoi=f"credit/{data.id}") if data else "",
        "everything": page_of(request, found, "funding:credits", credit=data.id, lignes="toutes")
        if data
        else "",
        "choices": form_of(request, found, "funding:credits", TaxCredit.kind, estimate.fact.id)
        if estimate and estimate.fact
        else form_of(request, found, "funding:credits", TaxCredit.kind, credit=data.short if data else ""),
        "editable": request.may(EDIT, TaxCredit.kind),
    }
    return render(request, "funding/credits.html", context)


@member_view(EDIT, TaxCredit.kind)
@require_POST
def choose_line(request: MemberRequest) -> HttpResponseBase:
    """Count a line in the base, leave it out, or give it back to the rules."""
    found = chosen(request)
    choice, _bar, line = request.POST.get("choix", "").partition("|")
    row = found.opened.outcome.budget.by_id().get(line)
    if row is None or choice not in ("yes", "no", "auto"):
        raise Http404
    detail = next((one for one in found.dossier.all(LineDetail) if one.line == line), None)
    words = {"yes": _("comptée"), "no": _("écartée"), "auto": _("selon les règles")}[choice]
    label = _("Crédit d’impôt, %(line)s : %(words)s") % {"line": row.label, "words": words}
    changes: list[Change] = []
    if detail is not None:
        changes = [set_(detail.about, credit=choice)] if detail.credit != choice else []
    elif choice != "auto":
        taken = found.dossier.by_kind.get(LineDetail.kind, {})
        ident = new_id(LineDetail.kind, {"label": slug(line)}, set(taken))
        changes = [add(f"{LineDetail.kind}/{ident}", line=line, credit=choice)]
    back = page_of(request, found, "funding:credits", credit=request.POST.get("credit", ""))
    seen = seen_of(found, detail.about) if detail else {}
    return saved(request, found, changes, back, label=label, seen=seen)


@member_view(EDIT, TaxCredit.kind)
@require_POST
def add_credit(request: MemberRequest) -> HttpResponseBase:
    """Show what a tax credit put into the plan would do; one already there takes the new estimate."""
    found = chosen(request)
    data = credits_known().get(request.POST.get("credit", ""))
    if data is None:
        raise Http404
    estimate = _estimate(found, data.id)
    amount = f"{estimate.amount.value:.2f}"
    fact = estimate.fact
    source = found.dossier.find(fact.funding, Funding) if fact else None
    back = page_of(request, found, "funding:page")
    if source is not None:
        title = _("Mettre à jour : %(what)s") % {"what": source.label}
        return shown(
            request,
            found,
            [set_(source.about, amount=amount)],
            back,
            title=title,
            seen=seen_of(found, source.about),
        )
    ident = new_id(Funding.kind, {"label": data.short}, set(found.dossier.by_kind.get(Funding.kind, {})))
    about = f"{Funding.kind}/{ident}"
    changes = [add(about, label=data.label, nature="tax_credit", scheme=data.short, amount=amount)]
    if fact is not None:
        changes.append(set_(fact.about, funding=about))
    else:
        taken = set(found.dossier.by_kind.get(TaxCredit.kind, {}))
        changes.append(
            add(
                f"{TaxCredit.kind}/{new_id(TaxCredit.kind, {'label': data.short}, taken)}",
                credit=data.short,
                funding=about,
            )
        )
    title = _("Ajouter au plan : %(what)s") % {"what": data.label}
    return shown(request, found, changes, back, title=title, seen=seen_of(found, fact.about) if fact else {})


def _estimate(found: Chosen, credit: str) -> CreditEstimate:
    law = law_of_structure(found.dossier.employer, load_law())
    return estimate_credit(found.opened.outcome, credit, law, clock.today())


def _groups(estimate: CreditEstimate, *, every: bool) -> list[Group]:
    held: dict[str, list[CreditLine]] = defaultdict(list)
    for line in estimate.lines:
        held[line.state].append(line)
    groups = []
    for state in ORDER:
        lines = sorted(held[state], key=lambda one: -one.row.amount)
        amount = sum((one.row.amount for one in lines), ZERO)
        eligible = sum((one.eligible.value for one in lines), ZERO)
        groups.append(Group(state, tuple(lines if every else lines[:MOST]), len(lines), amount, eligible))
    return [group for group in groups if group.number]
