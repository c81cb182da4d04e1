"""A plan as changes of the calendar: an event a day and a place, who is called when, the former ones made anew or gone.

An event keeps its id as long as its day, or its rank, is still used: what refers to it holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING, Any

from filage.facts.calendar import Event, Participation
from filage.facts.changing import referring
from filage.facts.plan import Plan
from filage.facts.script import Scene
from filage.facts.team import Engagement
from filage.facts.venue import Space
from filage.facts.writing import values_of
from filage.kernel.changes import Change, add, remove, set_
from filage.planning.schedule.laying_layout import LaidCall, LaidDay, Layout
from filage.planning.schedule.laying_problem import (
    MINUTES_A_DAY,
    LayingProblem,
    ToLay,
    Window,
    minutes_of,
    wall_of,
)
from filage.planning.schedule.laying_read import is_decided, problem_of
from filage.planning.schedule.laying_scenes import owned_events

if TYPE_CHECKING:
    from filage.facts.dossier import Dossier

LABEL, AGAIN = "Jour", ", suite"
"""What a day is called; a second place the same day goes on with it."""
SEQUENCE = "Séquence"
PARTICIPATION_FIELDS = ("call", "wrap", "breaks", "dressing", "ready", "pickup", "driver")
"""Every hour of a call: those that the plan does not give no longer hold."""


@dataclass(frozen=True)
class _Part:
    """What a plan does at one place on one day."""

    day: LaidDay
    venue: str
    scenes: tuple[str, ...]
    start: int
    end: int
    rank: int
    again: bool
    times: tuple[tuple[str, Window], ...]
    """Each scene of the part with its hours, in order."""


def changes_of(dossier: Dossier, layout: Layout, plan: Plan | None = None) -> list[Change]:
    """The changes that put a plan in the calendar; the plan is the dossier’s only one of its sort unless given.

    Locked events are left alone. A former event whose day is no longer used is removed with its participations, or
    cancelled and emptied when something else refers to it.
    """
    chosen = plan or _only_plan(dossier)
    problem = problem_of(dossier, chosen)
    return _Writing(dossier, chosen, problem).changes(layout)


def _only_plan(dossier: Dossier) -> Plan:
    from filage.kernel.errors import BadInput, Problem

    plans = dossier.all(Plan)
    if len(plans) != 1:
        message = f"le dossier a {len(plans)} plans de travail : dites lequel"
        raise BadInput(Problem(message, "plans"))
    return plans[0]


class _Writing:
    """The calendar of a dossier being laid again."""

    def __init__(self, dossier: Dossier, plan: Plan, problem: LayingProblem) -> None:
        self.dossier, self.plan, self.problem = dossier, plan, problem
        self.former = [one for one in owned_events(dossier, plan) if not is_decided(dossier, one)]
        self.former.sort(key=lambda event: (event.day, event.start is None, event.start, event.id))
        self.parts = defaultdict(list)
        for part in dossier.all(Participation):
            self.parts[part.event].append(part)
        self.taken = {event.id for event in dossier.all(Event)}
        self.taken_parts = {part.id for part in dossier.all(Participation)}

    def changes(self, layout: Layout) -> list[Change]:
        parts = list(self._split(layout))
        events = self._matched(parts)
        changes: list[Change] = []
        removed: list[Change] = []
        for part in parts:
            former = events[id(part)]
            about = former.about if former else f"event/{self._new_id(part)}"
            changes += self._event(about, former, part)
            written, gone = self._people(about, part)
            changes += written
            removed += gone
        kept = {former.about for former in events.values() if former}
        for former in self.former:
            if former.about not in kept:
                removed += self._gone(former)
        return [*changes, *removed]

    def _split(self, layout: Layout) -> Iterable[_Part]:
        """Each day, place by place in the order they are gone to."""
        rank = 0
        scenes = {(one.scene, one.piece): one for one in self.problem.scenes}
        for day in sorted(layout.days, key=lambda one: one.slot):
            rank += 1
            if day.event:
                continue
            places: list[tuple[str, list[tuple[ToLay, Window]]]] = []
            for laid in day.scenes:
                scene = scenes[laid.scene, laid.piece]
                if not places or (scene.venue and places[-1][0] and places[-1][0] != scene.venue):
                    places.append((scene.venue, []))
                elif scene.venue and not places[-1][0]:
                    places[-1] = (scene.venue, places[-1][1])
                places[-1][1].append((scene, (laid.start, laid.end)))
            for at, (venue, there) in enumerate(places):
                first = at == 0
                last = at == len(places) - 1
                start = day.start if first else there[0][1][0] - self.problem.setup
                end = day.end if last else there[-1][1][1]
                names = tuple(dict.fromkeys(scene.scene for scene, _hours in there))
                times = tuple((scene.scene, hours) for scene, hours in there)
                yield _Part(day, venue, names, start, end, rank, not first, times)

    def _matched(self, parts: list[_Part]) -> dict[int, Event | None]:
        """The former event each part makes anew: same day and place first, then same day, then the next in order."""
        left = list(self.former)
        found: dict[int, Event | None] = {id(part): None for part in parts}

        def match(fits: Callable[[Event, _Part], bool]) -> None:
            for part in parts:
                if found[id(part)] is None:
                    event = next((one for one in left if fits(one, part)), None)
                    if event is not None:
                        found[id(part)] = event
                        left.remove(event)

        match(lambda event, part: _same_place(event, part) and not {*event.scenes}.isdisjoint(part.scenes))
        match(_same_place)
        match(lambda event, part: event.day == part.day.day)
        match(lambda _event, _part: True)
        return found

    def _new_id(self, part: _Part) -> str:
        wanted = f"{self.plan.id}-{part.day.day.isoformat()}"
        found, number = wanted, 1
        while found in self.taken:
            number += 1
            found = f"{wanted}-{number}"
        self.taken.add(found)
        return found

    def _event(self, about: str, former: Event | None, part: _Part) -> list[Change]:
        values: dict[str, Any] = {
            "type": "shoot" if self.plan.type == "shoot" else "rehearsal",
            "day": part.day.day.isoformat(),
            "start": _wall(part.start),
            "end": _wall(part.end),
            "scenes": list(part.scenes),
        }
        if part.venue:
            values["venue"] = part.venue
        if self.plan.type == "shoot" and (former is None or _is_numbered(former.label)):
            values["label"] = f"{LABEL} {part.rank}{AGAIN if part.again else ''}"
        if self.plan.type == "shoot":
            values["moments"] = self._moments(former, part)
        if former is None:
            space = self._space(part.venue)
            return [add(about, **values, **({"space": space} if space else {}))]
        now = values_of(former)
        clear = ["end_day"] if former.end_day is not None else []
        if "space" in now and now.get("venue") != values.get("venue"):
            clear.append("space")
        if "venue" in now and not part.venue:
            clear.append("venue")
        changed = {name: value for name, value in values.items() if now.get(name) != value}
        return [set_(about, tuple(clear), **changed)] if changed or clear else []

    def _moments(self, former: Event | None, part: _Part) -> list[dict[str, Any]]:
        """The day’s schedule: each scene at its hour, and what was written by hand that still falls within the day."""
        own = [
            {"at": _wall(start), "until": _wall(end), "label": f"{SEQUENCE} {self._number(scene)}"}
            for scene, (start, end) in part.times
        ]
        kept = [
            one
            for one in (values_of(former).get("moments", []) if former else [])
            if not one["label"].startswith(f"{SEQUENCE} ")
            and part.start <= self._minute(one["at"], part) <= part.end
        ]
        return sorted([*own, *kept], key=lambda one: self._minute(one["at"], part))

    def _number(self, about: str) -> str:
        scene = self.dossier.find(about, Scene)
        return (scene.number or scene.id) if scene else about.partition("/")[2]

    @staticmethod
    def _minute(written: Any, part: _Part) -> int:
        """Minutes since the day’s midnight; an hour before the day begins is after its midnight."""
        minute = minutes_of(time.fromisoformat(str(written)))
        return (
            minute
            if minute >= part.start % MINUTES_A_DAY or part.end <= MINUTES_A_DAY
            else minute + MINUTES_A_DAY
        )

    def _space(self, venue: str) -> str:
        """The only space of a rehearsal’s place."""
        if self.plan.type == "shoot":
            return ""
        spaces = [space.about for space in self.dossier.all(Space) if space.venue == venue]
        return spaces[0] if len(spaces) == 1 else ""

    def _people(self, about: str, part: _Part) -> tuple[list[Change], list[Change]]:
        """Who is called there; participations that this plan no longer needs are removed."""
        written: list[Change] = []
        former = {self._who(one): one for one in self.parts.get(about, ())}
        kept: set[str] = set()
        for called in part.day.people:
            hours = self._hours(called, part)
            if hours is None:
                continue
            engagement = self._engagement(called.person, part)
            kept.add(called.person)
            own = former.get(called.person)
            values = self._values(called, hours, part) | self._pickup(own, hours)
            if own is None:
                who = {"engagement": engagement} if engagement else {"person": called.person}
                ident = self._part_id(about, engagement or called.person)
                written.append(add(f"participation/{ident}", event=about, **who, **values))
                continue
            now = values_of(own)
            clear = tuple(name for name in PARTICIPATION_FIELDS if name in now and name not in values)
            changed = {name: value for name, value in values.items() if now.get(name) != value}
            if changed or clear:
                written.append(set_(own.about, clear, **changed))
        ours = {one.person for one in self.problem.people}
        gone = [remove(one.about) for who, one in former.items() if who in ours and who not in kept]
        return written, gone

    def _who(self, part: Participation) -> str:
        engagement = self.dossier.find(part.engagement, Engagement)
        return part.person or (engagement.person if engagement else "")

    def _hours(self, called: LaidCall, part: _Part) -> Window | None:
        """When somebody is at this place: their day, cut to it; None when they do not come."""
        crew = any(one.crew and one.person == called.person for one in self.problem.people)
        if crew:
            return part.start, part.end
        mine = [
            one
            for one in part.day.scenes
            if one.scene in part.scenes and called.person in self._scene(one.scene).people
        ]
        if not mine:
            return None
        first = min(one.start for one in mine)
        last = max(one.end for one in mine)
        ready = next(one.preparation for one in self.problem.people if one.person == called.person)
        before = any(
            one.end <= first and called.person in self._scene(one.scene).people for one in part.day.scenes
        )
        return (first if before else min(first - ready, max(called.call, first - ready))), last

    def _pickup(self, own: Participation | None, hours: Window) -> dict[str, Any]:
        """Whoever was picked up still is, as long before their call."""
        if own is None or own.pickup is None or own.call is None:
            return {}
        before = (minutes_of(own.call) - minutes_of(own.pickup)) % MINUTES_A_DAY
        driver = {"driver": own.driver} if own.driver else {}
        return {"pickup": _wall(hours[0] - before), **driver}

    def _scene(self, about: str) -> ToLay:
        return next(one for one in self.problem.scenes if one.scene == about)

    def _values(self, called: LaidCall, hours: Window, part: _Part) -> dict[str, Any]:
        values: dict[str, Any] = {"call": _wall(hours[0]), "wrap": _wall(hours[1])}
        first = next(
            (start for scene, (start, _end) in part.times if called.person in self._scene(scene).people), None
        )
        if self.plan.type == "shoot" and first is not None and first > hours[0]:
            values |= {"dressing": _wall(hours[0]), "ready": _wall(first)}
        breaks = [
            {"start": _wall(start), "end": _wall(end)}
            for start, end in called.breaks
            if hours[0] < start and end < hours[1]
        ]
        return values | ({"breaks": breaks} if breaks else {})

    def _engagement(self, person: str, part: _Part) -> str:
        """The engagement under which somebody comes that day; empty when none covers it."""
        day = part.day.day
        covering = [
            one
            for one in self.dossier.all(Engagement)
            if one.person == person and one.starts_on <= day <= one.ends_on
        ]
        wanted = next((one.engagement for one in self.problem.people if one.person == person), "")
        covering.sort(key=lambda one: one.about != wanted)
        return covering[0].about if covering else ""

    def _part_id(self, event: str, who: str) -> str:
        wanted = f"{event.partition('/')[2]}-{who.partition('/')[2]}"[:60]
        found, number = wanted, 1
        while found in self.taken_parts:
            number += 1
            found = f"{wanted}-{number}"
        self.taken_parts.add(found)
        return found

    def _gone(self, event: Event) -> list[Change]:
        """A former event that nothing replaces."""
        own = [part.about for part in self.parts.get(event.about, ())]
        others = [about for about in referring(self.dossier, event.about) if about not in own]
        gone = [remove(about) for about in own]
        if others:
            return [*gone, set_(event.about, ("scenes",), option="cancelled")]
        return [*gone, remove(event.about)]


def _same_place(event: Event, part: _Part) -> bool:
    return event.day == part.day.day and (event.venue or "") == part.venue


def _is_numbered(label: str | None) -> bool:
    """Whether a title is one the plan gives: « Jour 3 »."""
    return label is None or (
        label.startswith(f"{LABEL} ") and label.removeprefix(f"{LABEL} ").removesuffix(AGAIN).isdigit()
    )


def _wall(minutes: int) -> str:
    return wall_of(minutes % MINUTES_A_DAY).isoformat(timespec="minutes")
