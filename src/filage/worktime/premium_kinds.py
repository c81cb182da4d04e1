"""What each kind of premium gives: one function per kind, from hours already cut."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, time
from decimal import Decimal

from filage.kernel.finding import NotChecked
from filage.kernel.interval import Interval, local_day
from filage.kernel.money import ONE, ZERO
from filage.kernel.text import fold
from filage.worktime import premium_days as whole_days
from filage.worktime import premium_told as told
from filage.worktime.premium_case import Case, PremiumHours
from filage.worktime.premium_rules import Band, TravelBracket, Window
from filage.worktime.premium_time import (
    Stretch,
    beyond,
    by_week,
    civil_day,
    clock_window,
    days_touched,
    hours_of,
    moment,
    stretches_of,
    when,
    with_eves,
    within,
)

Given = Iterator[PremiumHours | NotChecked]
_SUMMER = ("06-21", "09-22")
_MAY_FIRST = (5, 1)
_SUNDAY = 6


def overtime(case: Case) -> Given:
    """Hours beyond the legal week, band by band, per civil week; travel that counts is in them."""
    work = sorted((*(piece for day in case.days for piece in day.stretches), *case.counted_travel), key=when)
    for monday, pieces in by_week(work).items():
        done = hours_of(pieces)
        for band in case.premium.parameters["bands"]:
            spans = beyond(pieces, band.after, band.up_to) if done > band.after else ()
            if spans:
                yield replace(case.raises(monday, spans, band.rate), weekly=True)


def night(case: Case) -> Given:
    """Work inside the window of the night, in its season and under its condition; the rate may grow with the hours."""
    needs: set[str] = set()
    rate_of_job = _rate_of_job(case)
    bands = case.premium.parameters.get("bands", (Band(ZERO, ZERO),))
    kinds = case.premium.parameters.get("kinds")
    for day in case.days:
        work = _of_kinds(day.stretches, kinds)
        evenings = day.evenings if kinds is None else with_eves(days_touched(work))
        windows = [
            window for civil, zone in evenings for window in _windows_on(case, civil, zone, work, needs)
        ]
        if not windows:
            continue
        pieces = tuple(sorted(within(work, _merged(windows)), key=when))
        for band in bands:
            spans = beyond(pieces, band.after, band.up_to)
            if spans:
                yield case.raises(day.on, spans, max(band.rate, rate_of_job))
    yield from (NotChecked(case.premium.id, need) for need in sorted(needs))


def sunday(case: Case) -> Given:
    """Work on a Sunday, from 0 h to 24 h."""
    return _on_days(case, lambda day: day.weekday() == _SUNDAY)


def may_first(case: Case) -> Given:
    """Work on 1 May: as much again."""
    return _on_days(case, lambda day: (day.month, day.day) == _MAY_FIRST)


def span(case: Case) -> Given:
    """Hours of work beyond some count, on a day that spreads over too many hours."""
    parameters = case.premium.parameters
    for day in case.days:
        if day.span.hours > parameters["span_over"]:
            spans = beyond(day.stretches, parameters["hours_over"])
            if spans:
                yield case.raises(day.on, spans, parameters["rate"])


def over_hours(case: Case) -> Given:
    """Hours of some kinds beyond a count in one working day."""
    parameters = case.premium.parameters
    for day in case.days:
        spans = beyond(_of_kinds(day.stretches, parameters["kinds"]), parameters["after"])
        if spans:
            yield case.raises(day.on, spans, parameters["rate"])


def travel_counted(case: Case) -> Given:
    """Travel that counts as work, on tour or far away."""
    counted = counted_travel(case)
    days = sorted({local_day(piece.interval.start, piece.zone) for piece in counted})
    for day in days:
        spans = tuple(piece for piece in counted if local_day(piece.interval.start, piece.zone) == day)
        yield replace(case.gives(day, hours_of(spans), pays="hours"), spans=spans)
    if any(shift.kind == "travel" and not _is_away(case, shift.day) for shift in case.shifts):
        yield NotChecked(case.premium.id, "si le voyage est une tournée ou un grand déplacement")


def counted_travel(case: Case) -> tuple[Stretch, ...]:
    """Return travel weighted by the share that counts: in full at first, by a part beyond, capped per day."""
    brackets: tuple[TravelBracket, ...] = case.premium.parameters["brackets"]
    cap = case.premium.parameters["daily_cap"]
    by_day: dict[date, list[Stretch]] = {}
    for shift in sorted(case.shifts, key=lambda shift: shift.interval):
        if shift.kind == "travel" and _is_away(case, shift.day):
            pieces = tuple(stretches_of(shift))
            bracket = [b for b in brackets if b.from_hours <= hours_of(pieces)][-1]
            full = _before(pieces, bracket.full_up_to)
            part = tuple(replace(piece, weight=bracket.share) for piece in beyond(pieces, bracket.full_up_to))
            by_day.setdefault(shift.day, []).extend((*full, *part))
    return tuple(piece for pieces in by_day.values() for piece in _before(pieces, cap))


def late_meal(case: Case) -> Given:
    """A meal allowance, and a paid break, for work after a late hour."""
    parameters = case.premium.parameters
    for day in case.days:
        windows = [
            clock_window(civil, parameters["after"], parameters["until"], zone)
            for civil, zone in day.civil_days
        ]
        if within(day.stretches, _merged(windows)):
            yield case.repays(day.on, "meals", parameters["allowance"], "Panier")
            yield case.gives(
                day.on, parameters["paid_break"], pays="hours", label="Pause payée après 1 h du matin"
            )


def catering(case: Case) -> Given:
    """Meals of a shoot that the production does not provide; a snack for an early call."""
    parameters = case.premium.parameters
    days = [day for day in case.days if _of_kinds(day.stretches, parameters["kinds"])]
    if days and case.told.meals_provided is None:
        yield NotChecked(case.premium.id, "si la production fournit les repas du tournage")
    if case.told.meals_provided is not False:
        return
    for day in days:
        yield case.repays(day.on, "meals", parameters["meal"], "Repas")
        first = day.shifts[0]
        if day.span.start < moment(day.on, parameters["before"], first.zone):
            yield case.repays(day.on, "meals", parameters["snack"], "Casse-croûte")


def short_engagement(case: Case) -> Given:
    """A day of an engagement of less than a week: some hours paid at least, all of them raised."""
    parameters = case.premium.parameters
    for day in case.days:
        if not _is_short(case, day.on):
            continue
        wanted = _named(case, parameters.get("when", ""), day.on)
        if isinstance(wanted, str):
            yield NotChecked(case.premium.id, wanted)
            return
        if not wanted or not day.stretches:
            continue
        missing = max(parameters["guaranteed_hours"] - hours_of(day.stretches), ZERO)
        for band in parameters["bands"]:
            spans = beyond(day.stretches, band.after, band.up_to)
            hours = hours_of(spans) + (missing if band.after == 0 else ZERO)
            if hours:
                raised = case.gives(day.on, hours, band.rate, pays="uplift")
                yield replace(raised, spans=spans, raises_base=band.after == 0)
        if missing:
            label = f"{case.premium.label} : heures garanties non faites"
            yield case.gives(day.on, missing, pays="hours", label=label)


def day_of_week_pay(case: Case) -> Given:
    """Days of a short engagement hired by the week: each is worth a part of the weekly pay."""
    parameters = case.premium.parameters
    for hired in case.told.hired or ():
        length = (hired.last - hired.first).days + 1
        if hired.person != case.worker.id or hired.unit != "week" or length > parameters["days"]:
            continue
        worked = sorted({day.on for day in case.days if hired.first <= day.on <= hired.last})
        if worked:
            yield case.gives(
                worked[0], Decimal(len(worked)), ONE / parameters["divisor"], pays="day_of_week", unit="days"
            )


EVALUATED_BY: Mapping[str, Callable[[Case], Given]] = {
    "overtime": overtime, "night": night, "sunday": sunday, "may_first": may_first, "span": span,
    "over_hours": over_hours, "travel_counted": travel_counted, "late_meal": late_meal, "catering": catering,
    "short_engagement": short_engagement, "day_of_week_pay": day_of_week_pay, "late_show": told.late_show,
    "cancelled_call": told.cancelled_call, "support_act": told.support_act, "tour_regime": told.tour_regime,
    "rest_cut": whole_days.rest_cut, "nth_day": whole_days.nth_day, "short_call": whole_days.short_call,
    "extra_service": whole_days.extra_service,
    "far_away": told.far_away, "expense_order": told.expense_order, "dressing": told.dressing,
}  # fmt: skip
"""The function of each kind of premium."""


def short_days(case: Case) -> tuple[date, ...]:
    """Return the working days that a short engagement covers and pays by its own rule."""
    given = [found for found in short_engagement(case) if isinstance(found, PremiumHours)]
    return tuple(sorted({found.on for found in given}))


def _on_days(case: Case, chosen: Callable[[date], bool]) -> Given:
    for day in case.days:
        for civil, zone in day.civil_days:
            spans = within(day.stretches, [civil_day(civil, zone)]) if chosen(civil) else ()
            if spans:
                yield case.raises(civil, spans, case.premium.parameters["rate"])


def _of_kinds(stretches: Iterable[Stretch], kinds: tuple[str, ...] | None) -> tuple[Stretch, ...]:
    return tuple(stretches if kinds is None else (piece for piece in stretches if piece.kind in kinds))


def _before(pieces: Iterable[Stretch], hours: Decimal) -> tuple[Stretch, ...]:
    return beyond(tuple(pieces), ZERO, hours)


def _is_away(case: Case, day: date) -> bool:
    told = any(
        trip.kept_away and trip.person == case.worker.id and trip.on == day for trip in case.told.trips or ()
    )
    return told or case.in_circumstance(day, "tour")


def _is_short(case: Case, day: date) -> bool:
    return any(
        hired.person == case.worker.id
        and hired.unit == "day"
        and hired.first <= day <= hired.last
        and (hired.last - hired.first).days + 1 < case.premium.parameters["days_under"]
        for hired in case.told.hired or ()
    )


def _rate_of_job(case: Case) -> Decimal:
    job = fold(case.worker.job)
    named = any(fold(word) in job for word in case.premium.parameters.get("jobs", ()))
    rate: Decimal = case.premium.parameters["jobs_rate"] if named else ZERO
    return rate


def _windows_on(
    case: Case, day: date, zone: str, work: tuple[Stretch, ...], needs: set[str]
) -> Iterator[Interval]:
    """The windows of one evening that touch the work; a fact missing to choose one is added to `needs`."""
    for window in case.premium.parameters["windows"]:
        if window.season is not None and not _in_season(day, window.season):
            continue
        around = clock_window(day, window.start, window.end, zone)
        if not any(piece.interval.overlaps(around) for piece in work):
            continue
        applies = _named(case, window.when, day)
        if isinstance(applies, str):
            needs.add(applies)
            applies = window.when.startswith("not_")
        if applies:
            yield clock_window(day, _start(case, window, day, zone, work, needs), window.end, zone)


def _start(
    case: Case, window: Window, day: date, zone: str, work: tuple[Stretch, ...], needs: set[str]
) -> time:
    if window.studio_start is None or case.told.studio is False:
        return window.start
    between = clock_window(day, window.start, window.studio_start, zone)
    if case.told.studio is None:
        if within(work, [between]):
            needs.add("si le tournage est en studio")
        return window.start
    return window.studio_start


def _in_season(day: date, season: tuple[str, str]) -> bool:
    first, last = season
    key = f"{day.month:02d}-{day.day:02d}"
    return first <= key <= last if first <= last else key >= first or key <= last


def _named(case: Case, name: str, day: date) -> bool | str:
    """Whether a named condition holds; a text says what is needed to know."""
    if not name:
        return True
    holds = CONDITIONS[name.removeprefix("not_")](case, day)
    if isinstance(holds, str):
        return holds
    return holds is not name.startswith("not_")


def _open_air_summer_festival(case: Case, day: date) -> bool | str:
    if not (_in_season(day, _SUMMER) and case.in_circumstance(day, "festival")):
        return False
    return "si le festival est en plein air" if case.told.open_air is None else case.told.open_air


def _fiction_documentary(case: Case, _day: date) -> bool | str:
    told = case.told.fiction_documentary
    return "si c’est une fiction ou un documentaire" if told is None else told


def _advertising(case: Case, _day: date) -> bool | str:
    return "si c’est un film publicitaire" if case.told.advertising is None else case.told.advertising


CONDITIONS: Mapping[str, Callable[[Case, date], bool | str]] = {
    "open_air_summer_festival": _open_air_summer_festival,
    "fiction_documentary": _fiction_documentary,
    "advertising": _advertising,
}
"""The named conditions that premiums may use, alone or after `not_`."""


def _merged(windows: Iterable[Interval]) -> tuple[Interval, ...]:
    merged: list[Interval] = []
    for window in sorted(windows):
        if merged and window.start <= merged[-1].end:
            merged[-1] = Interval(merged[-1].start, max(merged[-1].end, window.end))
        else:
            merged.append(window)
    return tuple(merged)
