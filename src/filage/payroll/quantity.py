"""How many units of pay, in which month and phase, and who says so: the only place where that is decided (D7).

Forecast of a position until engagements fill it; an engagement's own quantity until the calendar covers its period;
then the calendar; then what was done. A difference is a finding that shows both.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from filage.facts.calendar import Break, Event, Participation
from filage.facts.team import Engagement
from filage.facts.venue import Venue
from filage.kernel import french
from filage.kernel.errors import BadInput
from filage.kernel.finding import Finding
from filage.kernel.interval import (
    PARIS,
    Interval,
    days_between,
    is_full_month,
    month_key,
    months_between,
    span,
)
from filage.kernel.money import CENT, ONE, ZERO, share_out
from filage.planning.conflicts import zone_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from filage.facts.dossier import Dossier

PLANNED, ENGAGED, FORECAST, DONE = "planifié", "engagé", "prévu", "réalisé"
_PAID_BY_PERIOD = ("week", "month", "package")
_PART_OF_PERIOD = Decimal("0.0001")
_UNCUT = Decimal("0.0000000001")
"""Weeks and months that nobody counted are as many as the period holds: no pay, times them, loses a cent."""
_PLURAL_FROM = 2
_COUNTED_BY_CALENDAR = ("cachet", "service", "hour", "day")
_UNIT_NAMES = {
    "cachet": "cachets", "service": "services", "hour": "heures", "day": "jours", "week": "semaines", "month": "mois",
    "package": "forfaits",
}  # fmt: skip
HOURS_PER_UNIT = {
    "hour": ONE,
    "day": Decimal(8),
    "service": Decimal(4),
    "week": Decimal(35),
    "month": Decimal(1820) / 12,
}


@dataclass(frozen=True, slots=True)
class MonthUnits:
    """The units of one month: how many, split by budget phase, the days of contract and the last day worked."""

    month: str
    units: Decimal
    by_phase: tuple[tuple[str, Decimal], ...]
    first_day: date
    last_day: date
    law_day: date
    basis: str = ""
    agreed_days: int | None = None

    @property
    def days(self) -> int | None:
        """Calendar days of contract in the month, those agreed if any; None for the full month."""
        if self.agreed_days is not None:
            return self.agreed_days
        return (
            None
            if is_full_month(self.first_day, self.last_day)
            else days_between(self.first_day, self.last_day)
        )


@dataclass(frozen=True, slots=True)
class Quantities:
    """The units of an engagement month by month, and on which basis they were counted."""

    basis: str
    months: tuple[MonthUnits, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def total(self) -> Decimal:
        """All units together."""
        return sum((month.units for month in self.months), ZERO)


def shown_units(units: Decimal) -> Decimal:
    """The units as a person reads them: a third of a month to four decimals."""
    shown = units.quantize(_PART_OF_PERIOD)
    return units if shown == units else shown.normalize()


def with_paid_days(engagement: Engagement, months: tuple[MonthUnits, ...]) -> tuple[MonthUnits, ...]:
    """Share the agreed days of contract over the months, by the days of each; a month keeps one day at least."""
    if engagement.paid_days is None or not months:
        return months
    beyond_one = [Decimal((month.last_day - month.first_day).days) for month in months]
    left = max(engagement.paid_days - len(months), 0)
    shares = share_out(Decimal(left), beyond_one, ONE)
    return tuple(
        replace(month, agreed_days=1 + int(share)) for month, share in zip(months, shares, strict=True)
    )


def unit_name(unit: str) -> str:
    """The French plural of a unit of pay."""
    return _UNIT_NAMES[unit]


def unit_words(unit: str, quantity: Decimal) -> str:
    """The French unit of pay after its number: « 1,5 jour », « 3 cachets »."""
    name = unit_name(unit)
    return name.removesuffix("s") if unit != "month" and abs(quantity) < _PLURAL_FROM else name


class Calendar:
    """The events that count and who takes part in them, indexed once per review."""

    def __init__(self, dossier: Dossier) -> None:
        venues = {venue.about: venue for venue in dossier.all(Venue)}
        self.events = {event.about: _in_its_zone(event, venues) for event in dossier.all(Event)}
        self.by_engagement: Mapping[str, list[tuple[Event, Participation]]] = defaultdict(list)
        for part in dossier.all(Participation):
            event = self.events.get(part.event)
            if part.engagement and event is not None and event.option != "cancelled":
                self.by_engagement[part.engagement].append((event, part))
        self.phases = tuple((p.starts_on, p.ends_on, p.budget) for p in dossier.production.phases)

    def phase_of(self, event: Event) -> str:
        """The budget an event falls in: its own, exploitation for a performance, else that of its day's phase."""
        if event.phase:
            return event.phase
        if event.type == "performance":
            return "exploitation"
        return next((budget for start, end, budget in self.phases if start <= event.day <= end), "production")


def _in_its_zone(event: Event, venues: Mapping[str, Venue]) -> Event:
    """The event with the zone its times are written in, when that is its venue's."""
    venue = venues.get(event.venue or "")
    if event.zone or venue is None or venue.zone is None:
        return event
    return event.model_copy(update={"zone": zone_of(event, venues)})


def engagement_quantities(engagement: Engagement, calendar: Calendar) -> Quantities:
    """Return the units of an engagement, from the calendar once it covers its period, else from its own quantity."""
    taken = calendar.by_engagement.get(engagement.about, [])
    counted = engagement.unit in _COUNTED_BY_CALENDAR
    planned = _from_calendar(engagement, taken, calendar) if counted else ()
    planned_total = sum((month.units for month in planned), ZERO)
    own = _own_quantity(engagement)
    done = bool(taken) and all(is_done(part) for _, part in taken)
    if own is None or (planned and _covers(engagement, planned, done=done)):
        basis = DONE if done else PLANNED
        findings = [_differs(engagement, own, planned_total)] if own not in (None, planned_total) else []
        findings = findings or _done_differs(engagement, taken)
        months = with_paid_days(engagement, planned)
        return Quantities(basis, months, tuple(findings) if planned else (_nothing(engagement),))
    findings = [_differs(engagement, own, planned_total)] if planned and planned_total > own else []
    months = spread(own, engagement.starts_on, engagement.ends_on, engagement.phase, engagement.unit)
    return Quantities(ENGAGED, with_paid_days(engagement, months), tuple(findings))


def spread(units: Decimal, first: date, last: date, phase: str, unit: str = "") -> tuple[MonthUnits, ...]:
    """Share units over the months of a period, by calendar days; monthly pay by the part of each month worked.

    What is counted (cachets, services, days) stays whole when it is whole; weeks, months and packages are cut.
    """
    months = months_between(first, last)
    weights = [
        _share_of_month(*month) if unit == "month" else Decimal(days_between(*month)) for month in months
    ]
    parts = share_out(units, weights, _smallest_part(units, unit))
    return tuple(
        MonthUnits(month_key(start), part, ((phase, part),), start, end, end, ENGAGED)
        for (start, end), part in zip(months, parts, strict=True)
        if part > 0
    )


def _smallest_part(units: Decimal, unit: str) -> Decimal:
    counted = ONE if units == units.to_integral_value() else CENT
    coarsest = _PART_OF_PERIOD if unit in _PAID_BY_PERIOD else counted
    return min(coarsest, Decimal(1).scaleb(int(units.normalize().as_tuple().exponent)))


def _own_quantity(engagement: Engagement) -> Decimal | None:
    """The quantity an engagement states, or its period's for pay by week, month or package."""
    if engagement.quantity is not None:
        return engagement.quantity
    if engagement.unit == "package":
        return ONE
    days = Decimal(days_between(engagement.starts_on, engagement.ends_on))
    if engagement.unit == "week":
        return (days / 7).quantize(_UNCUT)
    if engagement.unit == "month":
        months = months_between(engagement.starts_on, engagement.ends_on)
        return sum((_share_of_month(*month) for month in months), ZERO)
    return None


def _share_of_month(first: date, last: date) -> Decimal:
    if is_full_month(first, last):
        return ONE
    return (Decimal(days_between(first, last)) / 30).quantize(_UNCUT)


def _from_calendar(
    engagement: Engagement, taken: Sequence[tuple[Event, Participation]], calendar: Calendar
) -> tuple[MonthUnits, ...]:
    by_month: dict[str, dict[str, dict[date, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    unfinished = set()
    for event, part in taken:
        if not is_done(part):
            unfinished.add(month_key(event.day))
        days = by_month[month_key(event.day)][calendar.phase_of(event)]
        units = _units(engagement, event, part)
        # Pay by the day counts a day once, whatever happens in it.
        before = days.get(event.day, ZERO)
        days[event.day] = max(before, units) if engagement.unit == "day" else before + units
    return tuple(
        _month(engagement, key, phases, PLANNED if key in unfinished else DONE)
        for key, phases in sorted(by_month.items())
    )


def _month(
    engagement: Engagement, key: str, phases: Mapping[str, Mapping[date, Decimal]], basis: str
) -> MonthUnits:
    if engagement.unit == "day":
        phases = _each_day_once(phases)
    by_phase = tuple((phase, sum(days.values(), ZERO)) for phase, days in sorted(phases.items()))
    worked = sorted(day for days in phases.values() for day, units in days.items() if units > 0)
    days = worked or sorted(day for in_phase in phases.values() for day in in_phase)
    month_start = days[0].replace(day=1)
    month_end = (month_start + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    first = max(month_start, min(engagement.starts_on, days[0]))
    last = min(month_end, max(engagement.ends_on, days[-1]))
    whole = sum((units for _, units in by_phase), ZERO)
    return MonthUnits(key, whole, by_phase, first, last, days[-1], basis)


def _each_day_once(phases: Mapping[str, Mapping[date, Decimal]]) -> Mapping[str, Mapping[date, Decimal]]:
    """Keep a day in its exploitation phase when it has events of both."""
    seen: set[date] = set()
    kept: dict[str, dict[date, Decimal]] = {}
    for phase in sorted(phases):
        kept[phase] = {day: units for day, units in phases[phase].items() if day not in seen}
        seen.update(kept[phase])
    return kept


def is_done(part: Participation) -> bool:
    """Whether somebody said what was done: units, or the times of arrival or departure."""
    return (part.actual_units, part.actual_start, part.actual_end) != (None, None, None)


def _units(engagement: Engagement, event: Event, part: Participation) -> Decimal:
    if part.actual_units is not None:
        return part.actual_units
    if engagement.unit == "hour" and is_done(part):
        return done_hours(event, part)
    return _planned_units(engagement, event, part)


def _planned_units(engagement: Engagement, event: Event, part: Participation) -> Decimal:
    if part.units is not None:
        return part.units
    return planned_hours(event, part) if engagement.unit == "hour" else ONE


def hours_of(event: Event, part: Participation) -> Decimal:
    """Elapsed hours of a participation, breaks taken off: those done when they are known, else those planned."""
    return done_hours(event, part) if part.actual_start or part.actual_end else planned_hours(event, part)


def planned_hours(event: Event, part: Participation) -> Decimal:
    """Hours planned, in the zone of the event, breaks taken off; 0 when the event has no times."""
    last = None if part.wrap else event.end_day
    return _hours(event, part.call or event.start, part.wrap or event.end, part.breaks, last)


def done_hours(event: Event, part: Participation) -> Decimal:
    """Hours done, breaks really taken off; a time nobody noted is the one planned."""
    end = part.actual_end or part.wrap or event.end
    last = None if part.actual_end or part.wrap else event.end_day
    return _hours(event, part.actual_start or part.call or event.start, end, part.actual_breaks, last)


def _hours(
    event: Event, start: time | None, end: time | None, breaks: Sequence[Break], last: date | None
) -> Decimal:
    if start is None or end is None:
        return ZERO
    zone = event.zone or PARIS
    try:
        shift = span(event.day, start, end, zone, last)
        pauses = [_pause(event.day, start, pause, zone) for pause in breaks]
    except BadInput:
        return ZERO
    taken = sum((_common_hours(shift, pause) for pause in pauses), ZERO)
    return max(shift.hours - taken, ZERO)


def _pause(day: date, start: time, pause: Break, zone: str) -> Interval:
    """A break is the first such time after the start: past midnight for a shift that goes on into the night."""
    starts_later = pause.start.replace(tzinfo=None) >= start.replace(tzinfo=None)
    return span(day if starts_later else day + timedelta(days=1), pause.start, pause.end, zone)


def _common_hours(shift: Interval, pause: Interval) -> Decimal:
    if not pause.overlaps(shift):
        return ZERO
    return Interval(max(shift.start, pause.start), min(shift.end, pause.end)).hours


def _covers(engagement: Engagement, planned: Iterable[MonthUnits], *, done: bool) -> bool:
    """The calendar covers an engagement when each month of its period has something paid, or done, in it."""
    months = {month.month for month in planned if done or month.units > 0}
    return all(
        month_key(start) in months for start, _ in months_between(engagement.starts_on, engagement.ends_on)
    )


def _differs(engagement: Engagement, own: Decimal, planned: Decimal) -> Finding:
    unit = unit_name(engagement.unit)
    agreed, counted = french.number(shown_units(own)), french.number(shown_units(planned))
    message = (
        f"{agreed} {unit} à l’engagement, {counted} au calendrier : "
        "le coût suit le calendrier s’il couvre la période."
    )
    return Finding("payroll.quantity_differs", "warning", engagement.about, message)


def _done_differs(engagement: Engagement, taken: Iterable[tuple[Event, Participation]]) -> list[Finding]:
    """What was done, when it is not what was planned for the same participations."""
    held = [(event, part) for event, part in taken if is_done(part)]
    done = sum((_units(engagement, event, part) for event, part in held), ZERO)
    planned = sum((_planned_units(engagement, event, part) for event, part in held), ZERO)
    if done == planned:
        return []
    unit = unit_name(engagement.unit)
    message = (
        f"{french.number(shown_units(planned))} {unit} au calendrier, {french.number(shown_units(done))} en réalité : "
        "le coût suit ce qui est fait."
    )
    return [Finding("payroll.done_differs", "info", engagement.about, message)]


def _nothing(engagement: Engagement) -> Finding:
    message = (
        "Aucune quantité à l’engagement, aucune date au calendrier dans ces jours. Seule la prévision de l’emploi, "
        "s’il y en a une, le compte pour l’instant."
    )
    return Finding("payroll.no_quantity", "warning", engagement.about, message)
