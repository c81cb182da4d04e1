"""Premiums that depend on what somebody tells: a delay, a cancellation, a distance, a first part, a bill."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from filage.kernel.finding import NotChecked
from filage.kernel.interval import elapsed_hours, local_day
from filage.kernel.money import ONE, ZERO
from filage.worktime.population import profile_of
from filage.worktime.premium_case import Case, PremiumHours, Trip
from filage.worktime.premium_time import clock_window

Given = Iterator[PremiumHours | NotChecked]
_MINUTES = Decimal(60)


def late_show(case: Case) -> Given:
    """A share of the fee when the performance begins too long after its time, late in the night, out of festivals."""
    parameters = case.premium.parameters
    if case.told.delays is None:
        if any(shift.kind == "performance" for shift in case.shifts):
            yield NotChecked(case.premium.id, "l’heure réelle de passage")
        return
    for delay in case.told.delays:
        late = elapsed_hours(delay.planned, delay.actual) * _MINUTES > parameters["delay_minutes"]
        at_night = any(
            window.start < delay.actual < window.end
            for window in (
                clock_window(
                    local_day(delay.actual, delay.zone), parameters["after"], parameters["until"], delay.zone
                ),
            )
        )
        if (
            delay.person == case.worker.id
            and late
            and at_night
            and not case.in_circumstance(delay.on, "festival")
        ):
            yield case.gives(delay.on, ONE, parameters["rate"], pays="fee", unit="cachets")


def cancelled_call(case: Case) -> Given:
    """A service cancelled with too little notice, and not moved to the same day, is paid."""
    parameters = case.premium.parameters
    musician = profile_of(case.worker, case.setting).group == "musician"
    notice = parameters["musicians_notice_hours" if musician else "notice_hours"]
    if case.told.cancellations is None:
        if case.shifts:
            yield NotChecked(case.premium.id, "quand un service annulé l’a été")
        return
    for cancelled in case.told.cancellations:
        too_late = cancelled.notice_hours < notice and not cancelled.moved_same_day
        if cancelled.person == case.worker.id and too_late:
            yield case.gives(cancelled.on, ONE, parameters["rate"], pays="fee", unit="services")


def support_act(case: Case) -> Given:
    """A first part too long is no first part: the ordinary minimum applies."""
    parameters = case.premium.parameters
    if case.told.support_acts is None:
        if any(shift.kind == "performance" for shift in case.shifts):
            yield NotChecked(case.premium.id, "la durée des premières parties")
        return
    for act in case.told.support_acts:
        most = parameters["minutes_together" if act.several_groups else "minutes"]
        too_long = act.minutes > most and not case.in_circumstance(act.on, "festival")
        if act.person == case.worker.id and too_long:
            label = "Première partie trop longue : le minimum ordinaire s’applique"
            yield case.gives(act.on, act.minutes - most, ZERO, pays="nothing", unit="minutes", label=label)


def tour_regime(case: Case) -> Given:
    """Which annex applies, by the number of performances at one place."""
    if case.told.performances is None:
        if any(shift.kind == "performance" for shift in case.shifts):
            yield NotChecked(case.premium.id, "le nombre de représentations au même lieu")
        return
    on = next((shift.day for shift in case.shifts if shift.kind == "performance"), None)
    for _venue, number in case.told.performances if on else ():
        on_tour = number < case.premium.parameters["performances"]
        label = "Tournée : annexe 4" if on_tour else "Hors tournée : annexe 1"
        yield case.gives(
            on or date.min, Decimal(number), ZERO, pays="nothing", unit="performances", label=label
        )


def far_away(case: Case) -> Given:
    """A day far away from home, presumed from the distance and the time of the transports."""
    if case.told.trips is None:
        if any(shift.kind == "travel" for shift in case.shifts):
            yield NotChecked(case.premium.id, "la distance et la durée des transports")
        return
    for trip in case.told.trips:
        if trip.person == case.worker.id and is_far(case, trip):
            yield case.repays(trip.on, "days", case.premium.parameters["allowance"])


def is_far(case: Case, trip: Trip) -> bool:
    """Whether a trip is a grand déplacement: both thresholds reached, or the person kept away in fact."""
    parameters = case.premium.parameters
    distance, hours = trip.distance_km, trip.transport_hours
    far = distance is not None and distance >= parameters["distance_km"]
    long = hours is not None and hours >= parameters["transport_hours"]
    return trip.kept_away or (far and long)


def expense_order(case: Case) -> Given:
    """The costs of a trip: paid directly, else on invoice, else the flat sums of the Urssaf."""
    if case.told.trips is None:
        if any(shift.kind == "travel" for shift in case.shifts):
            yield NotChecked(case.premium.id, "comment les frais de déplacement sont réglés")
        return
    for trip in case.told.trips:
        if trip.person != case.worker.id or trip.settled == "direct":
            continue
        if trip.settled == "":
            yield NotChecked(case.premium.id, "comment les frais de déplacement sont réglés")
        elif trip.settled == "invoice" and trip.invoice is not None:
            label = "Frais de déplacement, sur facture"
            yield replace(case.repays(trip.on, "days", (), label), given=trip.invoice)
        else:
            flat = case.premium.parameters["flat"]
            yield case.repays(trip.on, "days", flat, "Frais de déplacement, au forfait")


def dressing(case: Case) -> Given:
    """Costume, make-up and hair beyond the minutes that are no work."""
    if case.told.dressings is None:
        if case.shifts:
            yield NotChecked(case.premium.id, "la durée d’habillage, de maquillage et de coiffure")
        return
    for time_spent in case.told.dressings:
        over = time_spent.minutes - case.premium.parameters["unpaid_minutes"]
        if time_spent.person == case.worker.id and over > 0:
            yield case.gives(time_spent.on, over / _MINUTES, pays="hours")
