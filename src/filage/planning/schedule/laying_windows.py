"""When a scene may be played on a slot: every rule of hours, light, places and people, unless it is set aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from filage.planning.schedule.laying_problem import (
    DAY_HOURS,
    MINUTES_A_DAY,
    NIGHT_HOURS,
    SUN,
    Absence,
    Called,
    Kept,
    LayingProblem,
    Slot,
    ToLay,
    Window,
)

NOTHING: Kept = frozenset()
WHOLE = (0, MINUTES_A_DAY)
"""From midnight to midnight: a day without any rule."""
LATEST = 2 * MINUTES_A_DAY
DAWN_AFTER, DUSK_BEFORE, DUSK_AFTER, BEFORE_SUN = 90, 60, 45, 30
"""Minutes around sunrise and sunset in which the light is still that of dawn or dusk: usage, not measure."""


@dataclass(frozen=True)
class Windows:
    """The windows of every scene on every slot, with some rules set aside."""

    problem: LayingProblem
    dropped: Kept = NOTHING

    def bounds(self, at: int) -> Window:
        """From when to when anybody may be called on a slot."""
        slot = self.problem.slots[at]
        if slot.event or self.problem.sort == "rehearse":
            return slot.start, slot.end
        start, end = slot.start, slot.end
        if DAY_HOURS in self.dropped or NIGHT_HOURS in self.dropped:
            start, end = min(start, WHOLE[0]), max(end, WHOLE[1])
        return start, end

    def of(self, scene: int, at: int) -> tuple[Window, ...]:
        """The windows within which a scene must lie whole; empty when it cannot be played on that slot."""
        return self._all[scene, at]

    @cached_property
    def _all(self) -> Mapping[tuple[int, int], tuple[Window, ...]]:
        absences = self._absences()
        people = {one.person: one for one in self.problem.people}
        crew = [one.person for one in self.problem.crew]
        fixed = {
            one.scene: one.slot for one in self.problem.fixed if self._event(one.slot) not in self.dropped
        }
        found = {}
        for rank, scene in enumerate(self.problem.scenes):
            for at in range(len(self.problem.slots)):
                found[rank, at] = self._windows(scene, at, fixed, absences, people, crew)
        return found

    def _event(self, at: int) -> str:
        return self.problem.slots[at].event

    def _windows(
        self,
        scene: ToLay,
        at: int,
        fixed: Mapping[str, int],
        absences: Mapping[str, list[tuple[Window, Absence]]],
        people: Mapping[str, Called],
        crew: list[str],
    ) -> tuple[Window, ...]:
        slot = self.problem.slots[at]
        if scene.scene in fixed:
            here = fixed[scene.scene] == at and self._locked_here(scene, slot)
            return ((slot.start, slot.end),) if here else ()
        if (
            slot.event
            or (slot.closed and slot.closed not in self.dropped)
            or not self._locked_here(scene, slot)
        ):
            return ()
        start, end = self._light(scene, slot, self._hours(scene, at))
        curfew = self.problem.venue_ends.get(scene.venue)
        if curfew is not None and f"curfew/{scene.venue}" not in self.dropped:
            end = min(end, curfew)
        away: list[Window] = []
        for person in (*scene.people, *crew):
            one = people[person]
            if one.minor and f"hours/{person}" not in self.dropped:
                hours = one.limits[at].hours
                start, end = max(start, hours[0] + one.preparation), min(end, hours[1])
            midnight = slot.from_start
            away += [
                (first - midnight, last - midnight + one.preparation)
                for (first, last), absence in absences.get(person, ())
                if absence.id not in self.dropped
            ]
        return tuple(
            window for window in _without((start, end), away) if window[1] - window[0] >= scene.minutes
        )

    def _locked_here(self, scene: ToLay, slot: Slot) -> bool:
        return all(
            lock.day in (None, slot.day)
            for lock in self.problem.locks
            if lock.scene == scene.scene and lock.id not in self.dropped
        )

    def _hours(self, scene: ToLay, at: int) -> Window:
        """The hours of the plan for the period of a scene."""
        slot = self.problem.slots[at]
        if self.problem.sort == "rehearse":
            return slot.start, slot.end
        if scene.period == "day":
            return self.bounds(at) if DAY_HOURS in self.dropped else self.problem.day
        if scene.period == "night":
            return self.bounds(at) if NIGHT_HOURS in self.dropped else self.problem.night
        return self.bounds(at)

    def _light(self, scene: ToLay, slot: Slot, hours: Window) -> Window:
        """The same hours, held to the sun for what is shot outside."""
        if not scene.exterior or SUN in self.dropped:
            return hours
        start, end = hours
        opens, closes = self._of_moment(scene, slot)
        return max(start, opens), min(end, closes)

    def _of_moment(self, scene: ToLay, slot: Slot) -> Window:
        """When the light of a scene is there; without the sun’s own hours, at the edges of the plan’s day."""
        opening, closing = self.problem.day
        if slot.sun is None:
            edges: dict[str, Window] = {
                "dawn": (0, opening + self.problem.setup + DAWN_AFTER),
                "dusk": (closing - DAWN_AFTER, LATEST),
            }
            return edges.get(scene.moment, (0, LATEST))
        rises, sets = slot.sun
        moments: dict[str, Window] = {
            "dawn": (rises - BEFORE_SUN, rises + DAWN_AFTER),
            "dusk": (sets - DUSK_BEFORE, sets + DUSK_AFTER),
            "evening": (sets - DUSK_BEFORE, LATEST),
            "dark": (sets, LATEST),
        }
        return moments.get(scene.moment, (rises, sets) if scene.period == "day" else (0, LATEST))

    def _absences(self) -> Mapping[str, list[tuple[Window, Absence]]]:
        """Absences by person, in minutes from year one: one of the next day’s early hours concerns this night."""
        found: dict[str, list[tuple[Window, Absence]]] = {}
        for one in self.problem.absences:
            midnight = one.day.toordinal() * MINUTES_A_DAY
            found.setdefault(one.person, []).append(((midnight + one.start, midnight + one.end), one))
        return found


def _without(window: Window, away: list[Window]) -> list[Window]:
    """What is left of a window once what is away is taken off."""
    left, start = [], window[0]
    for first, last in sorted(away):
        if last <= start or first >= window[1]:
            continue
        if first > start:
            left.append((start, first))
        start = max(start, last)
    if start < window[1]:
        left.append((start, window[1]))
    return left
