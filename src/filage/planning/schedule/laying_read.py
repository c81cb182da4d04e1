"""What a dossier says of a plan, as a problem: scenes and their length, places, people, days, rules by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from functools import cached_property

from filage.facts.calendar import Event
from filage.facts.dossier import Dossier
from filage.facts.plan import Plan
from filage.kernel.errors import BadInput, Problem
from filage.planning.conflicts import Shift as Busy
from filage.planning.schedule import laying_problem as laid
from filage.planning.schedule.laying_absences import absences_of
from filage.planning.schedule.laying_people import People, setting_of
from filage.planning.schedule.laying_places import venue_of_sets
from filage.planning.schedule.laying_problem import (
    Called,
    Fixed,
    LayingProblem,
    Lock,
    Slot,
    ToLay,
    minutes_of,
)
from filage.planning.schedule.laying_scenes import owned_events, scenes_to_lay
from filage.planning.schedule.laying_words import rules_in_words, weekday
from filage.script.played import played_scenes

LONGEST_PLAN = 366
MOST_SCENES = 400
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Born = Mapping[str, date] | Iterable[tuple[str, date]]
Daylight = Mapping[date, tuple[time, time]]


def problem_of(
    dossier: Dossier,
    plan: Plan,
    *,
    born: Born = (),
    busy: Iterable[Busy] = (),
    day_cost: Mapping[str, Decimal] | None = None,
    daylight: Daylight | None = None,
    holding: int = 100,
) -> LayingProblem:
    """What `plan` asks to lay, from the facts of a dossier.

    `born` gives birth days by `person/id` (those of the dossier are used too), `busy` what people do elsewhere,
    `day_cost` the euros a day of each person weighs (else the gross pay of their engagement), `daylight` sunrise and
    sunset by day, `holding` the per cent of a day that waiting between two days costs. BadInput says everything that
    is missing; a role nobody holds is a warning of the problem.
    """
    reading = _Reading(dossier, plan, dict(born), tuple(busy), day_cost, dict(daylight or {}))
    return reading.problem(holding)


def plan_named(dossier: Dossier, ident: str | None, sort: str) -> Plan:
    """The plan of that id, or the only one of its sort; BadInput names those there are."""
    plans = [plan for plan in dossier.all(Plan) if plan.type == sort]
    chosen = [plan for plan in plans if plan.id == ident] if ident else plans
    if len(chosen) == 1:
        return chosen[0]
    kind = "de tournage" if sort == "shoot" else "de répétitions"
    known = ", ".join(plan.id for plan in plans)
    if not plans:
        message = f"le dossier n’a aucun plan de travail {kind}"
        raise BadInput(Problem(message, "plans", suggestion="ajoutez-en un : jours, horaires, verrous"))
    message = f"aucun plan {kind} « {ident} »" if ident else f"le dossier a plusieurs plans {kind}"
    raise BadInput(Problem(message, "plans", suggestion=f"choisissez avec --plan : {known}"))


@dataclass
class _Reading:
    """The facts of one plan, read once."""

    dossier: Dossier
    plan: Plan
    born: dict[str, date]
    busy: tuple[Busy, ...]
    day_cost: Mapping[str, Decimal] | None
    daylight: dict[date, tuple[time, time]]

    def problem(self, holding: int) -> LayingProblem:
        scenes, warnings = self._scenes()
        slots = self.slots
        problems = self._problems(scenes, slots)
        if problems:
            raise BadInput(problems)
        people = self.people.called([slot.day for slot in slots])
        warnings = [*warnings, *self.people.warnings, *self._unnamed_costs(people)]
        venue_costs, venue_ends = venue_of_sets(self.dossier).costs, venue_of_sets(self.dossier).ends
        found = LayingProblem(
            plan=self.plan.about,
            sort=self._sort,
            scenes=tuple(scenes),
            slots=slots,
            people=people,
            locks=self._locks(scenes),
            absences=absences_of(
                self.dossier, people, sorted({slot.day for slot in slots}), self.busy, self._theirs
            ),
            fixed=self._fixed(scenes, slots),
            day=self._hours(self.plan.day_start, self.plan.day_end),
            night=self._night,
            lunch=self.plan.lunch if self._sort == "shoot" else 0,
            setup=self.plan.setup if self._sort == "shoot" else 0,
            move=self.plan.move,
            eighths=self.plan.eighths_per_day,
            group_sets=self.plan.group_sets,
            holding=holding if self._sort == "shoot" else 0,
            venue_costs=venue_costs,
            venue_ends=venue_ends,
            names=self._names(scenes, people),
            warnings=tuple(dict.fromkeys(warnings)),
            workers=tuple(self.people.worker(one.person) for one in people),
            setting=setting_of(self.dossier),
        )
        return rules_in_words(found)

    @property
    def _sort(self) -> laid.Sort:
        return "shoot" if self.plan.type == "shoot" else "rehearse"

    @cached_property
    def people(self) -> People:
        """Who plays what, and who is always there."""
        return People(self.dossier, self.plan, self.born, self.day_cost)

    @cached_property
    def _locked(self) -> tuple[Event, ...]:
        return tuple(
            event for event in owned_events(self.dossier, self.plan) if is_decided(self.dossier, event)
        )

    @cached_property
    def _theirs(self) -> frozenset[str]:
        """The events that this plan lays: they keep nobody from being laid again."""
        return frozenset(event.about for event in owned_events(self.dossier, self.plan))

    def _hours(self, start: time, end: time) -> laid.Window:
        first, last = minutes_of(start), minutes_of(end)
        return first, last if last > first else last + laid.MINUTES_A_DAY

    @property
    def _night(self) -> laid.Window:
        """The night of the plan: it may start before midnight or, for a plan of nights only, after."""
        return self._hours(self.plan.night_start, self.plan.night_end)

    def _scenes(self) -> tuple[list[ToLay], list[str]]:
        played = [one.scene for one in played_scenes(self.dossier) if not one.spare]
        places = venue_of_sets(self.dossier)
        return scenes_to_lay(self.dossier, self.plan, played, places, self.people)

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """The days there are, open or closed, then those that a locked event has decided."""
        found: list[Slot] = []
        decided = {event.day: event for event in self._locked}
        length = min((self.plan.ends_on - self.plan.starts_on).days + 1, LONGEST_PLAN)
        for day in (self.plan.starts_on + timedelta(days=n) for n in range(length)):
            if day in decided and self._sort == "shoot":
                continue
            found += self._slots_on(day)
        for event in self._locked:
            hours = self._hours(event.start or self.plan.day_start, event.end or self.plan.day_end)
            found.append(Slot(event.day, *hours, event=event.about))
        return tuple(sorted(found, key=lambda slot: (slot.day, slot.start, slot.event)))

    def _slots_on(self, day: date) -> Iterable[Slot]:
        closed = self._closed(day)
        sun = self.daylight.get(day)
        light = (minutes_of(sun[0]), minutes_of(sun[1])) if sun else None
        if self._sort == "shoot":
            start = min(minutes_of(self.plan.day_start), self._night[0])
            end = max(self._hours(self.plan.day_start, self.plan.day_end)[1], self._night[1])
            yield Slot(day, start, end, closed, sun=light)
            return
        for service in self.plan.services:
            hours = self._hours(service.start, service.end)
            yield Slot(day, *hours, closed or self._taken(day, hours))

    def _closed(self, day: date) -> str:
        """The rule that keeps a day shut, if any."""
        if day in self.plan.excluded:
            return f"plan/excluded/{day.isoformat()}"
        name = WEEKDAYS[day.weekday()]
        return f"plan/off/{name}" if name in self.plan.days_off else ""

    def _taken(self, day: date, hours: laid.Window) -> str:
        """The event that already takes the room of a service."""
        for event in self.dossier.all(Event):
            if (
                event.day != day
                or event.venue != self.plan.venue
                or self.plan.venue is None
                or event.about in self._theirs
                or event.option == "cancelled"
                or event.start is None
                or event.end is None
            ):
                continue
            start, end = self._hours(event.start, event.end)
            if start < hours[1] and hours[0] < end:
                return event.about
        decided = [event for event in self._locked if event.day == day and event.start and event.end]
        for event in decided:
            start, end = self._hours(event.start or time(0), event.end or time(0))
            if start < hours[1] and hours[0] < end:
                return event.about
        return ""

    def _problems(self, scenes: list[ToLay], slots: tuple[Slot, ...]) -> list[Problem]:
        """Everything that keeps the plan from being laid at all."""
        found: list[Problem] = []
        where = self.plan.about
        if self.plan.ends_on < self.plan.starts_on:
            found.append(Problem("le plan finit avant de commencer", f"{where}.ends_on"))
        elif (self.plan.ends_on - self.plan.starts_on).days >= LONGEST_PLAN:
            found.append(
                Problem("le plan dure plus d’un an", f"{where}.ends_on", expected="366 jours au plus")
            )
        elif not any(not slot.closed for slot in slots):
            advice = (
                "ajoutez des services, ou ouvrez des jours"
                if self._sort == "rehearse"
                else "ouvrez des jours"
            )
            found.append(Problem("aucun jour où travailler", where, suggestion=advice))
        if self._sort == "rehearse" and not self.plan.services:
            found.append(
                Problem("aucun service", f"{where}.services", suggestion="par exemple 14:00 à 18:00")
            )
        if not scenes:
            advice = "ajoutez des scènes, ou un ordre joué qui en garde"
            found.append(Problem("aucune scène à placer", "scenes", suggestion=advice))
        if len(scenes) > MOST_SCENES:
            found.append(Problem(f"{len(scenes)} scènes", "scenes", expected=f"au plus {MOST_SCENES}"))
        found += [
            Problem(
                f"la scène {one.name} n’a ni durée, ni huitièmes, ni plans",
                f"{one.scene}.eighths",
                suggestion="donnez ses huitièmes (1 6/8 s’écrit 14) ou ses minutes",
            )
            for one in scenes
            if one.minutes == 0
        ]
        known = {one.scene for one in scenes}
        for at, lock in enumerate(self.plan.locks):
            path = f"{where}.locks[{at}]"
            if lock.day is None and lock.before is None:
                advice = "ajoutez un jour (day) ou une scène (before)"
                found.append(Problem("ce verrou ne dit ni jour ni scène", path, suggestion=advice))
            if lock.before == lock.scene:
                found.append(Problem("une scène ne peut être avant elle-même", path))
            found += [
                Problem(f"{scene} n’est pas jouée", path, suggestion="retirez le verrou ou jouez la scène")
                for scene in (lock.scene, lock.before)
                if scene is not None and scene not in known and known
            ]
        return found

    def _locks(self, scenes: list[ToLay]) -> tuple[Lock, ...]:
        names = {one.scene: one.name for one in scenes}
        return tuple(
            Lock(
                f"lock/{at}",
                lock.scene,
                lock.day,
                lock.before,
                _lock_words(names, lock.scene, lock.day, lock.before),
            )
            for at, lock in enumerate(self.plan.locks)
        )

    def _fixed(self, scenes: list[ToLay], slots: tuple[Slot, ...]) -> tuple[Fixed, ...]:
        at = {slot.event: place for place, slot in enumerate(slots) if slot.event}
        known = {one.scene for one in scenes}
        return tuple(
            Fixed(scene, at[event.about])
            for event in self._locked
            for scene in event.scenes
            if scene in known
        )

    def _names(self, scenes: list[ToLay], people: tuple[Called, ...]) -> dict[str, str]:
        named = {one.scene: one.name for one in scenes} | {one.person: one.name for one in people}
        for event in self._locked:
            named[event.about] = event.label or event.id
        return named

    def _unnamed_costs(self, people: tuple[Called, ...]) -> list[str]:
        free = [one.name for one in people if not one.cost]
        if not free:
            return []
        return [f"Sans coût connu, comptés 0 € par jour : {', '.join(free)}."]


def _lock_words(names: Mapping[str, str], scene: str, day: date | None, before: str | None) -> str:
    one = f"la scène {names.get(scene, scene)}"
    told = []
    if day is not None:
        told.append(f"{one} est verrouillée le {weekday(day)}")
    if before is not None:
        told.append(f"{one} doit être avant la scène {names.get(before, before)}")
    return " et ".join(told)


def is_decided(dossier: Dossier, event: Event) -> bool:
    """Whether an event stays as it is: locked, or already worked."""
    from filage.facts.calendar import Participation

    return event.locked or any(
        part.event == event.about and part.actual_start is not None for part in dossier.all(Participation)
    )
