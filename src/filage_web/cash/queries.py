"""The cash plan as its page reads it: a reading, its curve, a month's movements, two plans side by side."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from filage.accounting import what_if
from filage.accounting.cash import CashMonth, CashPlan, CashReading, cash_plan
from filage.accounting.cash_told import Gathered, gathered
from filage.accounting.movement import CERTAIN, FULL, WEIGHTED
from filage.facts.calendar import Event
from filage.facts.dossier import Dossier
from filage.kernel import french
from filage.kernel.changes import Change
from filage.kernel.errors import BadInput
from filage.kernel.money import ZERO
from filage.law import load_law
from filage.planning.conflicts import event_name
from filage.review import Outcome
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest
from filage_web.follow.curve import Curve, curve_of
from filage_web.navigation import place_of
from filage_web.store.outcomes import preview

READINGS: Final = {"plein": FULL, "pondere": WEIGHTED, "certain": CERTAIN}
"""The readings, by their word in the address."""
MOST_MONTHS: Final = 24
SOLD: Final = ("performance", "shoot")


@dataclass(frozen=True, slots=True)
class Move:
    """A movement, or several read together, and where to correct it."""

    one: Gathered
    href: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """What one imagines: the words, the plan it makes, or why it cannot be."""

    words: tuple[str, ...]
    plan: CashPlan | None
    problem: str = ""


def plan_of(outcome: Outcome) -> CashPlan:
    """The plan of an outcome, on today's page."""
    return cash_plan(outcome, load_law(), clock.today())


def curve(read: CashReading, other: CashReading | None = None) -> Curve | None:
    """The balance day by day; the lowest point marked; the other plan in dashes."""
    low = [(read.lowest_on, read.lowest)] if read.lowest_on else []
    lines = [read.days, *([other.days] if other else [])]
    return curve_of([line for line in lines if line], steps=True, zero=True, marks=low)


def moves_of(request: MemberRequest, month: CashMonth) -> tuple[Move, ...]:
    """The movements of a month, pay and small spending read together, each with its way to be corrected."""
    here = (request.structure.slug, request.production_id or "")
    return tuple(Move(one, place_of(*here, one.first.about)) for one in gathered(month.movements))


def dates_of(dossier: Dossier, today: date) -> list[tuple[str, str]]:
    """The performances and days of shooting that may still be cancelled, in order, with their names."""
    coming = [
        event
        for event in dossier.all(Event)
        if event.type in SOLD and event.day >= today and event.option != "cancelled"
    ]
    coming.sort(key=lambda event: event.day)
    return [(event.about, f"{french.day(event.day)}, {event_name(event)}") for event in coming]


def imagined(request: MemberRequest, outcome: Outcome, plan: CashPlan, scenario: str | None) -> Wrong | None:
    """The plan after what the address imagines: a late source, a cancelled date, a refused one; else None."""
    asked = {name: request.GET.get(name, "") for name in ("retard", "annulee", "refusee")}
    if not any(asked.values()):
        return None
    months = request.GET.get("mois", "")
    late_by = int(months) if months.isdecimal() and 0 < int(months) <= MOST_MONTHS else what_if.LATE_MONTHS
    sources, dates = what_if.awaited_sources(plan), dict(dates_of(outcome.dossier, clock.today()))
    changes: list[Change] = []
    words: list[str] = []
    try:
        if asked["retard"]:
            changes += what_if.late(outcome, asked["retard"], late_by, clock.today())
            words.append(
                _("%(what)s : %(n)s mois de retard")
                % {"what": sources.get(asked["retard"], ""), "n": late_by}
            )
        if asked["annulee"]:
            changes += what_if.cancelled(outcome, asked["annulee"])
            words.append(_("%(what)s annulée") % {"what": dates.get(asked["annulee"], "")})
        if asked["refusee"]:
            changes = [one for one in changes if one.about != asked["refusee"]]
            changes += what_if.refused(outcome, asked["refusee"])
            words.append(_("%(what)s refusé") % {"what": sources.get(asked["refusee"], "")})
        found = preview(request.structure, request.production_id or "", changes, scenario=scenario)
    except BadInput as error:
        return Wrong(tuple(words), None, str(error))
    return Wrong(tuple(words), plan_of(found.after))


def side_by_side(
    before: CashReading, after: CashReading, today: date
) -> list[tuple[str, Decimal, Decimal, Decimal]]:
    """The closing balance of each month to come in both plans, and the difference."""
    first = {month.month: month.closing for month in before.months}
    second = {month.month: month.closing for month in after.months}
    was, now = (read.months[0].opening if read.months else ZERO for read in (before, after))
    rows = []
    for name in sorted({*first, *second}):
        was, now = first.get(name, was), second.get(name, now)
        if now != was or name >= f"{today:%Y-%m}":
            rows.append((french.month(name), was, now, now - was))
    return rows
