"""Premiums of a production, from its calendar: who works when, what each engagement already pays, what is due beyond.

Hours done count once entered, else those planned. Overtime adds up all that one person does in one trade for the
production; what the same employer has them do elsewhere is not seen here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from filage.facts.team import Engagement, Position
from filage.kernel.money import ZERO
from filage.payroll.hours import shifts_of
from filage.payroll.pay_rules import Paid, PremiumPay, premium_pay
from filage.payroll.pay_rules_cost import costed_findings
from filage.payroll.quantity import HOURS_PER_UNIT, Calendar, engagement_quantities
from filage.worktime.premium_case import Hired, Told
from filage.worktime.premium_rules import LABOUR_CODE, Band, premiums_of
from filage.worktime.premiums import PremiumHours, premium_hours
from filage.worktime.shift import Circumstance, Setting, Shift, Worker

if TYPE_CHECKING:
    from filage.facts.dossier import Dossier
    from filage.kernel.finding import Finding, NotChecked
    from filage.law import Law
    from filage.payroll.engagement import PayCost
    from filage.payroll.hours import Shift as Presence

_STORIES = ("fiction", "documentary", "short_film", "music_video")
_PROGRAMMES = ("tv_show", "captation", "radio")


class _Work(NamedTuple):
    """A shift, the engagement that pays it and the presence it comes from."""

    shift: Shift
    engagement: Engagement
    presence: Presence


def premiums_by_engagement(dossier: Dossier, law: Law, told: Told | None = None) -> Mapping[str, PremiumPay]:
    """Return what each engagement owes beyond its pay, by `engagement/id`; those that owe nothing are left out.

    `told` adds what the calendar does not say (meals provided, delays, cancellations…).
    """
    works = _works(dossier)
    calendar = Calendar(dossier)
    setting, facts = _setting(dossier), _told(dossier, told or Told(), calendar)
    bands = _overtime_bands(setting.idcc)
    hired: dict[str, list[Hired]] = defaultdict(list)
    for one in facts.hired or ():
        hired[one.person].append(one)
    due: dict[str, list[PremiumHours]] = defaultdict(list)
    asked: dict[str, list[NotChecked]] = defaultdict(list)
    for worker, mine in _by_trade(dossier, works).items():
        own = replace(facts, hired=tuple(hired[worker.id]))
        found = premium_hours([work.shift for work in mine], [worker], setting, own)
        for line in found.due:
            due[_owing(line, mine)].append(line)
        for about in {work.engagement.about for work in mine}:
            asked[about].extend(found.not_checked)
    owing = {engagement.person for engagement in dossier.all(Engagement) if engagement.about in due}
    paid = _paid(work for work in works if work.engagement.person in owing)
    pays: dict[str, PremiumPay] = {}
    for engagement in dossier.all(Engagement):
        lines = due.get(engagement.about, [])
        if not lines and not asked.get(engagement.about):
            continue
        already = replace(
            paid.get(engagement.person, Paid()),
            units=engagement_quantities(engagement, calendar).total,
        )
        pay = premium_pay(
            engagement, lines, already, law, overtime_bands=_bands_of(engagement, dossier, bands)
        )
        missing = tuple(dict.fromkeys((*asked.get(engagement.about, ()), *pay.not_counted)))
        pays[engagement.about] = replace(pay, not_counted=missing)
    return pays


def calendar_premiums(
    dossier: Dossier, law: Law, costs: Iterable[PayCost] = ()
) -> tuple[list[Finding], tuple[NotChecked, ...]]:
    """Tell what each engagement owes beyond its pay, from the calendar, and the premiums that could not be told.

    A finding says what paying it costs where `costs` do; each fact missing is asked once for the whole production.
    """
    pays = premiums_by_engagement(dossier, law)
    needs = dict.fromkeys(need for pay in pays.values() for need in pay.not_counted)
    return costed_findings(pays, costs, law), tuple(needs)


def _works(dossier: Dossier) -> list[_Work]:
    """Everyone's work under an engagement; what has no hours, or nobody engaged, owes nothing that can be told."""
    return [
        _Work(presence.worked, presence.engagement, presence)
        for presence in shifts_of(dossier)
        if presence.engagement is not None and presence.worked is not None
    ]


def _by_trade(dossier: Dossier, works: Iterable[_Work]) -> dict[Worker, list[_Work]]:
    """The work of each person in each trade: status, population and job of the position."""
    groups: dict[Worker, list[_Work]] = {}
    of_position: dict[tuple[str, str], list[_Work]] = {}
    for work in works:
        held = work.shift.person, work.engagement.position
        if held not in of_position:
            worker = _worker(work.shift.person, dossier.find(work.engagement.position, Position))
            of_position[held] = groups.setdefault(worker, [])
        of_position[held].append(work)
    return groups


def _worker(person: str, position: Position | None) -> Worker:
    status = position.status if position else ""
    return Worker(
        id=person,
        status=status,
        job=(position.job or position.label) if position else "",
        job_group=(position.job_group or "") if position else "",
        permanent=status == "permanent",
    )


def _setting(dossier: Dossier) -> Setting:
    production, employer = dossier.production, dossier.employer
    around = tuple(Circumstance(c.type, c.starts_on, c.ends_on) for c in production.circumstances)
    return Setting(idcc=employer.idcc, annex=production.annex, circumstances=around)


def _told(dossier: Dossier, told: Told, calendar: Calendar) -> Told:
    """What the facts say besides the hours; what the caller told wins."""
    form = dossier.production.form
    story = True if form in _STORIES else False if form in _PROGRAMMES else None
    number: dict[str, int] = defaultdict(int)
    for event in calendar.events.values():
        if event.type == "performance" and event.venue and event.option not in ("draft", "cancelled"):
            number[event.venue] += 1
    hired = tuple(Hired(e.person, e.starts_on, e.ends_on, e.unit) for e in dossier.all(Engagement))
    return replace(
        told,
        fiction_documentary=story if told.fiction_documentary is None else told.fiction_documentary,
        advertising=(False if form in _STORIES else None) if told.advertising is None else told.advertising,
        performances=told.performances if told.performances is not None else tuple(sorted(number.items())),
        hired=told.hired if told.hired is not None else hired,
    )


def _overtime_bands(idcc: str | None) -> Mapping[str, tuple[Band, ...]]:
    """The overtime bands by population, of the Code du travail and of the convention."""
    return {
        rule.population: rule.parameters["bands"]
        for rule in sorted(premiums_of(idcc), key=lambda rule: rule.convention != LABOUR_CODE)
        if rule.kind == "overtime" and rule.convention in (LABOUR_CODE, idcc)
    }


def _bands_of(
    engagement: Engagement, dossier: Dossier, bands: Mapping[str, tuple[Band, ...]]
) -> tuple[Band, ...]:
    position = dossier.find(engagement.position, Position)
    technical = position is not None and position.status == "technicien"
    return bands.get("technicians", bands["everyone"]) if technical else bands["everyone"]


def _owing(line: PremiumHours, works: Iterable[_Work]) -> str:
    """The engagement that pays the last hours of a line; without hours, the one of its day, else the last begun."""
    mine = sorted(works, key=lambda work: work.shift.interval)
    last = max((span.interval for span in line.spans), default=None)
    if last is not None:
        return next(work.engagement.about for work in reversed(mine) if work.shift.interval.overlaps(last))
    of_day = [work for work in mine if work.shift.day == line.on]
    return (of_day or mine)[-1].engagement.about


def _paid(works: Iterable[_Work]) -> dict[str, Paid]:
    """What each person's engagements pay: hours by civil week, and the days whose travel is paid."""
    hours: dict[str, dict[date, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    travel: dict[str, set[date]] = defaultdict(set)
    days_seen: set[tuple[str, date]] = set()
    for work in works:
        person, day = work.engagement.person, work.shift.day
        if work.engagement.unit == "day" and (work.engagement.about, day) in days_seen:
            continue
        days_seen.add((work.engagement.about, day))
        paid = _paid_hours(work)
        hours[person][day - timedelta(days=day.weekday())] += paid
        if work.shift.kind == "travel" and paid:
            travel[person].add(day)
    return {person: Paid(weeks, None, frozenset(travel[person])) for person, weeks in hours.items()}


def _paid_hours(work: _Work) -> Decimal:
    """Hours of a shift that its engagement pays plainly; a fee or an inclusive pay covers them all."""
    engagement, part = work.engagement, work.presence.part
    stated = part.actual_units if part.actual_units is not None else part.units
    if engagement.unit == "hour":
        return work.shift.hours if stated is None else stated
    if engagement.unit in ("day", "service"):
        units = Decimal(1) if stated is None else stated
        return units * (engagement.hours or HOURS_PER_UNIT[engagement.unit])
    return work.shift.hours
