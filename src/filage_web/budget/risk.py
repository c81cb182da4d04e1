"""The risk of a budget: the chance of staying inside, the lines that weigh most, and the range of each line."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filage.budget.lines import EXPENSE, BudgetRow
from filage.budget.risk import ORIGINS, TOGETHER, RiskChoices, risk_of
from filage.facts.budget import LineDetail
from filage.kernel.changes import Change, add, set_
from filage.kernel.errors import BadInput
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, SEE
from filage_web.budget.answering import KIND
from filage_web.budget.cells import id_of_line
from filage_web.budget.presentations import scenario_of
from filage_web.budget.risk_chart import risk_chart
from filage_web.forms import french_input
from filage_web.scenarios.chosen import Chosen, chosen
from filage_web.scenarios.services import done, write
from filage_web.store.errors import Conflict

SHOWN: Final = 40
"""Lines offered at first: the largest, and those that have a range."""
HEAVIEST: Final = 10
FULL: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class RangeRow:
    """A line of the form: its amount, what is typed in its two cells, what is wrong with them."""

    number: int
    row: BudgetRow
    low: str
    high: str
    wrong: str = ""


@member_view(SEE, KIND)
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """Show where the cost may fall, and the ranges it is drawn from."""
    found = chosen(request)
    return _drawn(request, found, _rows(found, every=request.GET.get("toutes") == "1"), request.GET)


def _drawn(
    request: MemberRequest, found: Chosen, rows: list[RangeRow], asked: QueryDict, status: int = 200
) -> HttpResponse:
    choices, wrong = _choices(asked)
    budget = found.opened.outcome.budget
    risk = risk_of(found.dossier, budget, choices)
    place = (request.structure.slug, request.production_id)
    context: dict[str, Any] = {
        "found": found,
        "risk": risk,
        "wrong": wrong,
        "chart": risk_chart(risk),
        "inside": risk.inside,
        "chance": _chance(risk.inside),
        "heaviest": [
            (one, reverse("why:page", args=[*place, one.range.row.id]) + found.query, _percent(one.share))
            for one in risk.weights[:HEAVIEST]
        ],
        "rest": sum((one.share for one in risk.weights[HEAVIEST:]), Decimal(0)),
        "percentiles": risk.percentiles,
        "rows": rows,
        "count": sum(1 for _ in _expenses(found)),
        "together": TOGETHER,
        "spreads": [(key, label, _typed_spread(choices, key)) for key, label in ORIGINS.items()],
        "every": asked.get("toutes") == "1",
        "kept_query": urlencode(
            [
                (k, str(v))
                for k, v in asked.items()
                if k not in {"toutes", "csrfmiddlewaretoken"} and "-" not in k
            ]
        ),
        "blank": not any(_expenses(found)),
    }
    return render(request, "budget/risk.html", context, status=status)


@member_view(EDIT, LineDetail.kind)
@require_POST
def ranges(request: MemberRequest) -> HttpResponseBase:
    """Keep the ranges typed; when one cannot be read nothing is written, and each says why."""
    found = chosen(request)
    back = reverse("budget:risk", args=[request.structure.slug, request.production_id])
    back += f"?{urlencode({'graine': request.POST.get('graine', '1'), **scenario_of(found)})}#fourchettes"
    known = found.opened.outcome.budget.by_id()
    rows, changes = [], []
    for number, line in enumerate(request.POST.getlist("line")):
        row = known.get(line)
        if row is None:
            continue
        low, high = (request.POST.get(f"{side}-{number}", "").strip() for side in ("low", "high"))
        try:
            bounds = _bounds(low, high)
        except ValueError as error:
            rows.append(RangeRow(number, row, low, high, str(error)))
            continue
        rows.append(RangeRow(number, row, low, high))
        changes += _kept(row, *bounds)
    if any(one.wrong for one in rows):
        return _drawn(request, found, rows, request.POST, status=422)
    if not changes:
        messages.info(request, _("Rien n’a changé : il n’y avait rien à enregistrer."))
        return redirect(back)
    try:
        return done(
            request, write(found, changes, actor=request.user, label=_("Fourchettes du budget")), back
        )
    except (Conflict, BadInput) as error:
        messages.error(request, str(error))
        return redirect(back)


def _bounds(low: str, high: str) -> tuple[Decimal | None, Decimal | None]:
    """The two ends typed; ValueError says what is wrong, in French."""
    found = [Decimal(french_input.amount(text)) if text else None for text in (low, high)]
    if found[0] is not None and found[1] is not None and found[0] > found[1]:
        message = _("« Au moins » dépasse « au plus » : échangez-les.")
        raise ValueError(message)
    return found[0], found[1]


def _kept(row: BudgetRow, low: Decimal | None, high: Decimal | None) -> list[Change]:
    """The change that gives a line its range; none when it has it already."""
    if (low, high) == (row.low, row.high):
        return []
    values = {name: str(value) for name, value in (("low", low), ("high", high)) if value is not None}
    if row.detail is None:
        return [add(f"{LineDetail.kind}/{id_of_line(row.id)}", line=row.id, **values)]
    cleared = tuple(name for name in ("low", "high") if name not in values and getattr(row, name) is not None)
    return [set_(row.detail.about, cleared, **values)]


def _expenses(found: Chosen) -> Iterable[BudgetRow]:
    return (row for row in found.opened.outcome.budget.rows if row.side == EXPENSE and row.counts)


def _rows(found: Chosen, *, every: bool) -> list[RangeRow]:
    """The lines of the form: those that have a range, then the largest."""
    ordered = sorted(
        _expenses(found), key=lambda row: (row.low is None and row.high is None, -abs(row.amount))
    )
    return [
        RangeRow(number, row, _shown(row.low), _shown(row.high))
        for number, row in enumerate(ordered if every else ordered[:SHOWN])
    ]


def _shown(value: Decimal | None) -> str:
    return "" if value is None else french_input.shown("amount", f"{value:f}")


def _choices(asked: QueryDict) -> tuple[RiskChoices, str]:
    """The choices of an address, and what is wrong with them; the usual ones then hold."""
    try:
        seed = int(french_input.count(str(asked["graine"]))) if asked.get("graine") else 1
        spread = tuple(
            (key, Decimal(french_input.rate(text)))
            for key in ORIGINS
            if (text := asked.get(f"plusoumoins_{key}", "").strip())
        )
        target = Decimal(french_input.amount(str(asked["cible"]))) if asked.get("cible") else None
        choices = RiskChoices(
            seed=seed, spread=spread, together=asked.get("ensemble") or "apart", target=target
        )
        if choices.together not in TOGETHER or seed < 0 or any(not 0 <= rate <= 10 for _key, rate in spread):  # noqa: PLR2004 - ten times the amount
            return RiskChoices(), _("Ce réglage n’est pas possible : les réglages d’usage sont repris.")
    except ValueError as error:
        return RiskChoices(), str(error)
    return choices, ""


def _chance(inside: Decimal) -> str:
    """A chance in whole per cent that never says certain, nor impossible, of what is only nearly so."""
    whole = _percent(inside)
    if whole == FULL and inside < 1:
        return _("plus de 99 %")
    return _("moins de 1 %") if whole == 0 and inside else f"{whole}\u00a0%"


def _percent(share: Decimal) -> int:
    """A share as the width of a bar, of a hundred."""
    return max(0, min(100, round(share * FULL)))


def _typed_spread(choices: RiskChoices, key: str) -> str:
    rate = dict(choices.spread).get(key)
    return "" if rate is None else french_input.shown("rate", f"{rate:f}")
