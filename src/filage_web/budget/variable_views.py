"""The variables of a budget: their values, what uses each, what is wrong; and shares of posts by a small form."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from pydantic import BaseModel

from filage.budget.lines import BudgetRow
from filage.budget.posts import posts_of
from filage.facts.budget import BudgetLine, Variable
from filage.kernel.errors import BadInput
from filage.kernel.expression import ExpressionError, names_in
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, SEE
from filage_web.budget.answering import (
    KIND,
    address_of,
    fact_address,
    scenario_seen_of,
    written_from_panel,
)
from filage_web.budget.arranging import grid_of
from filage_web.budget.grid import anchor_of
from filage_web.budget.variables import Chip, chips_of
from filage_web.forms import Choices, FactForm
from filage_web.forms.queries import name_of
from filage_web.forms.shapes import shapes_of
from filage_web.scenarios.chosen import Chosen, chosen


@dataclass(frozen=True, slots=True)
class Used:
    """A variable, the lines that use it, what is wrong with it."""

    chip: Chip
    lines: tuple[tuple[str, str], ...]
    """The anchor and the name of each."""
    others: tuple[str, ...]
    """The other facts that use it."""
    fault: str
    edit: str


@member_view(SEE, Variable.kind)
@require_GET
def variables(request: MemberRequest) -> HttpResponse:
    """List the variables with what uses them."""
    found = chosen(request)
    faults = {
        finding.about: finding.message
        for finding in found.opened.outcome.findings
        if finding.code in ("budget.expression", "budget.circular_variable")
    }
    editable = request.may(EDIT, Variable.kind)
    lines, others = _users(found)
    used = [
        Used(
            chip,
            tuple((anchor_of(row), row.label) for row in lines.get(chip.name, ())),
            tuple(others.get(chip.name, ())),
            faults.get(f"{Variable.kind}/{chip.ident}", ""),
            fact_address(request, found, Variable.kind, chip.ident) if chip.ident and editable else "",
        )
        for chip in chips_of(found)
    ]
    adding = fact_address(request, found, Variable.kind, "") if editable else ""
    context = {"found": found, "used": used, "adding": adding, "back": address_of(request, found)}
    return render(request, "budget/variable_list.html", context)


def _users(found: Chosen) -> tuple[dict[str, list[BudgetRow]], dict[str, list[str]]]:
    """The lines that use each name, and the other facts: variables, posts to fill, journeys."""
    rows = {row.about: row for group in grid_of(found, "aucun").groups() for row in group.rows}
    lines: dict[str, list[BudgetRow]] = {}
    others: dict[str, list[str]] = {}
    for fact in found.dossier:
        used = {name for text in expressions_of(fact) for name in _names(text)}
        for name in used:
            if fact.about in rows and isinstance(fact, BudgetLine):
                lines.setdefault(name, []).append(rows[fact.about])
            else:
                others.setdefault(name, []).append(name_of(fact, found.dossier))
    return lines, others


def expressions_of(part: BaseModel) -> Iterator[str]:
    """Every expression a fact holds, in its parts too."""
    for shape in shapes_of(type(part)):
        value = getattr(part, shape.name)
        if value is None or shape.holds not in ("expression", "part"):
            continue
        for one in value if shape.many else (value,):
            if shape.holds == "expression":
                yield str(one)
            elif isinstance(one, BaseModel):
                yield from expressions_of(one)


def _names(text: str) -> frozenset[str]:
    try:
        return names_in(text)
    except ExpressionError:
        return frozenset()


SHARE_ORDER = ("label", "rate", "share_of", "share_except", "post", "phase")


@member_view(EDIT, KIND)
@require_http_methods(["GET", "POST"])
def share(request: MemberRequest) -> HttpResponseBase:
    """Add a line that is a rate of some posts: insurance, overhead, contingency."""
    found = chosen(request)
    form = FactForm(
        BudgetLine.kind,
        request.POST or None,
        choices=Choices(request.structure, found.dossier),
        only=SHARE_ORDER,
        initial={"post": _last_post(found)},
    )

    form.nodes.sort(key=lambda node: SHARE_ORDER.index(node.shape.name))

    def page(error: BadInput | None = None) -> HttpResponse:
        if error is not None:
            form.refuse(error)
        wrong = form.is_bound and not form.wants_more
        context = {"form": form, "found": found, "back": address_of(request, found)}
        return render(request, "budget/share.html", context, status=422 if wrong else 200)

    if request.method == "POST" and not form.wants_more and form.is_valid():
        fact = form.fact
        if isinstance(fact, BudgetLine) and (not fact.share_of or fact.rate is None):
            name = "share_of" if not fact.share_of else "rate"
            form.problem(name, _("Une part se compte sur un poste au moins, à un taux."))
            return page()
        label = _("Ajout de %(name)s") % {"name": form.typed.get("label", "")}
        return written_from_panel(
            request, found, form.changes(), label=label, seen=scenario_seen_of(request), again=page
        )
    return page()


def _last_post(found: Chosen) -> str:
    """Where shares usually stand: the post of those there are, else the last of the production."""
    shares = [line.post for line in found.dossier.all(BudgetLine) if line.share_of]
    own = [post.code for post in posts_of(found.dossier) if post.phase == "production"]
    return (shares or own[-1:] or [""])[0]
