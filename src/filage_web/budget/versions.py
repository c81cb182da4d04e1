"""Versions of the budget: approve (a fact and a frozen document), list, read, see what has moved since."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filage import __version__
from filage.budget.versions import VersionDifference, approved_versions, freeze, since
from filage.budget.views import BudgetView, usual_views
from filage.budget.views.paper import paper_of
from filage.facts.budget import BudgetVersion
from filage.kernel import french
from filage.kernel.changes import add
from filage.kernel.errors import BadInput
from filage.law import load_law
from filage.review import Outcome, outcome_json
from filage.review.view_book import laid_out
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EXPORT, ISSUE, SEE
from filage_web.budget.answering import KIND
from filage_web.budget.columns import REFERENCE, VERSION
from filage_web.budget.presenting import MOST_LINES
from filage_web.forms.identifiers import new_id
from filage_web.forms.queries import taken_ids
from filage_web.scenarios.chosen import Chosen, chosen
from filage_web.scenarios.services import done
from filage_web.shell.attachment import PDF, attachment
from filage_web.store import issued
from filage_web.store.changes import apply
from filage_web.store.errors import Conflict

DOCUMENT, SCHEMA = "budget_version", 1
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Kept:
    """A version as the list shows it: its totals, what has moved since, its frozen document."""

    fact: BudgetVersion
    difference: VersionDifference
    paper: issued.Version | None

    @property
    def expense(self) -> Any:
        """Its charges, in euros."""
        return self.difference.expense[0]

    @property
    def income(self) -> Any:
        """Its income, in euros."""
        return self.difference.income[0]

    @property
    def compare(self) -> str:
        """Its key, and that of today, in the address of the comparison."""
        return f"avec={VERSION}:{self.fact.id}&avec={REFERENCE}"


@member_view(SEE, KIND)
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """List the versions, the last first, with what has moved since the last one."""
    found = chosen(request)
    papers = {
        one.number: one
        for one in issued.versions_of(request.structure, found.production)
        if one.document == DOCUMENT
    }
    kept = [_kept(found, fact, papers.get(fact.id)) for fact in reversed(_facts(found))]
    outcome = found.opened.outcome
    context = {
        "found": found,
        "versions": kept,
        "last": kept[0] if kept else None,
        "initial": kept[-1].fact.id if kept else "",
        "blank": not outcome.budget.rows,
        "budget": outcome.budget,
        "proposed": _("Version du %(day)s") % {"day": french.day(clock.today())},
    }
    return render(request, "budget/versions.html", context)


@member_view(SEE, KIND)
@require_GET
def version(request: MemberRequest, version_id: str) -> HttpResponse:
    """Read a version: what it kept, and what has moved since, line by line."""
    found = chosen(request)
    fact = _known(found, version_id)
    copy = issued.copy_of(request.structure, found.production, (DOCUMENT, fact.id), 1)
    paper = next(
        iter(issued.versions_of(request.structure, found.production, document=DOCUMENT, number=fact.id)), None
    )
    context = {
        "found": found,
        "kept": _kept(found, fact, paper),
        "fact": fact,
        "touched": copy is not None
        and _amounts(copy.content) != {line.line: f"{line.amount:.2f}" for line in fact.lines},
    }
    return render(request, "budget/version.html", context)


@member_view(EXPORT)
@require_GET
def document(request: MemberRequest, version_id: str) -> HttpResponse:
    """Hand the frozen document of a version over, as it was made."""
    found = chosen(request)
    fact = _known(found, version_id)
    copy = issued.copy_of(request.structure, found.production, (DOCUMENT, fact.id), 1)
    if copy is None:
        raise Http404
    return attachment(issued.bytes_of(copy), f"{found.production}-{fact.id}.pdf", PDF)


@member_view(ISSUE, KIND)
@require_POST
def approve(request: MemberRequest) -> HttpResponseBase:
    """Keep the budget as it stands under a name: a version that no longer moves, with its reasons and its paper."""
    found = chosen(request)
    back = reverse("budget:versions", args=[request.structure.slug, request.production_id])
    label = " ".join(request.POST.get("label", "").split())[:LONGEST]
    if not label or not found.opened.outcome.budget.rows or found.scenario:
        messages.error(request, _refusal(found, label))
        return redirect(back)
    who = request.POST.get("by", "").strip()[:LONGEST]
    ident = new_id(
        BudgetVersion.kind, {"label": label}, taken_ids(request.structure, found.dossier, BudgetVersion.kind)
    )
    fact = freeze(found.opened.outcome.budget, ident, label, clock.today(), by=who)
    values = fact.model_dump(exclude_none=True, exclude={"id"})
    try:
        with transaction.atomic():
            written = apply(
                request.structure, found.production, [add(fact.about, **values)], actor=request.user,
                label=_("Budget approuvé : %(name)s") % {"name": label},
            )  # fmt: skip
            _issue(request, found, fact)
    except (Conflict, BadInput, issued.OutrunError) as error:
        messages.error(request, str(error) or _("Quelqu’un d’autre approuve en ce moment : réessayez."))
        return redirect(back)
    return done(request, written, back)


def _refusal(found: Chosen, label: str) -> str:
    if found.scenario:
        return _("Un scénario ne s’approuve pas : appliquez-le d’abord à la référence.")
    if not label:
        return _("Donnez un nom à cette version, par exemple « Votée par le conseil d’administration ».")
    return _("Le budget n’a aucune ligne : il n’y a rien à approuver.")


def _issue(request: MemberRequest, found: Chosen, fact: BudgetVersion) -> None:
    """Freeze the document of a version: its amounts with their reasons, and its PDF."""
    from filage.documents.budget_view import view_pdf

    outcome = found.opened.outcome
    laid = laid_out(outcome, _usual(found))
    state = _("version « %(name)s », approuvée le %(day)s") % {"name": fact.label, "day": french.day(fact.on)}
    short = (
        len(fact.lines) <= MOST_LINES
    )  # beyond, setting every line takes seconds: the content keeps them all
    data = view_pdf(laid, paper_of(outcome.dossier, fact.on, state), __version__, detail=short)
    plain = json.dumps(_content(outcome, with_reasons=False), ensure_ascii=False, sort_keys=True)
    copy = issued.Copy(
        issued.EVERYBODY,
        _content(outcome, with_reasons=True),
        hashlib.sha256(plain.encode()).hexdigest(),
        data,
    )
    paper = issued.Paper(DOCUMENT, fact.id, fact.label, None, SCHEMA, load_law().digest, PDF)
    planned = issued.plan(request.structure, found.production, paper, [copy])
    issued.freeze(request.structure, found.production, paper, planned, actor=request.user)


def _content(outcome: Outcome, *, with_reasons: bool) -> dict[str, Any]:
    shape = outcome_json(outcome, with_reasons=with_reasons)
    return {key: shape[key] for key in ("production", "on", "law", "budget", "sources")}


def _amounts(content: dict[str, Any]) -> dict[str, str]:
    """The amounts a frozen document holds, by line."""
    return {line["id"]: line["amount"] for line in content.get("budget", {}).get("lines", ())}


def _usual(found: Chosen) -> BudgetView:
    usual = usual_views(found.dossier.production.form)
    return next((view for view in usual if view.forms), usual[0])


def _facts(found: Chosen) -> tuple[BudgetVersion, ...]:
    """The approved versions, the first one first; the weekly snapshots belong to the follow-up."""
    return approved_versions(found.loaded.dossier)


def _kept(found: Chosen, fact: BudgetVersion, paper: issued.Version | None) -> Kept:
    outcome = found.opened.outcome
    return Kept(fact, since(fact, outcome.dossier, outcome.budget), paper)


def _known(found: Chosen, ident: str) -> BudgetVersion:
    fact = found.loaded.dossier.find(f"{BudgetVersion.kind}/{ident}", BudgetVersion)
    if fact is None:
        raise Http404
    return fact
