"""A plan checked apart from the search that made it: every lock and blocking rule, and its cost counted again."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import pairwise

from filage.planning.schedule.laying_cost import cost_of
from filage.planning.schedule.laying_layout import LaidCall, LaidDay, LaidScene, Layout
from filage.planning.schedule.laying_problem import MINUTES_A_DAY, LayingProblem, ToLay
from filage.planning.schedule.laying_windows import Windows
from filage.planning.schedule.laying_words import told_minute, weekday
from filage.planning.schedule.laying_work import breaches_of
from filage.worktime.message import message


def check_layout(problem: LayingProblem, layout: Layout) -> list[str]:
    """Everything a plan does not hold, in French; empty when it holds everything.

    It reads the plan alone: scenes, hours, people, locks, days, moves and set-ups, then `filage.worktime` for hours of
    work, then the cost and the bound.
    """
    return _Check(problem, layout).run()


class _Check:
    """One plan against its problem."""

    def __init__(self, problem: LayingProblem, layout: Layout) -> None:
        self.problem, self.layout = problem, layout
        self.ranks = {(one.scene, one.piece): rank for rank, one in enumerate(problem.scenes)}
        self.windows = Windows(problem)
        self.wrong: list[str] = []

    def run(self) -> list[str]:
        if not self._scenes():
            return self.wrong
        for day in self.layout.days:
            self._day(day)
        self._locks()
        self.wrong += [
            message(one) for one in breaches_of(self.problem, self.layout.days) if one.severity == "blocking"
        ]
        self._cost()
        return self.wrong

    def _say(self, text: str) -> None:
        self.wrong.append(text)

    def _scenes(self) -> bool:
        """Each scene once, on a slot that exists, and only those."""
        laid = Counter((one.scene, one.piece) for day in self.layout.days for one in day.scenes)
        for key in laid.keys() - self.ranks.keys():
            self._say(f"{key[0]} n’est pas une scène du plan")
        for key, rank in self.ranks.items():
            if laid[key] != 1:
                self._say(f"la scène {self.problem.scenes[rank].name} est placée {laid[key]} fois")
        for day in self.layout.days:
            if not 0 <= day.slot < len(self.problem.slots) or self.problem.slots[day.slot].day != day.day:
                self._say(f"le {weekday(day.day)} n’est pas un jour du plan")
        if len({day.slot for day in self.layout.days}) != len(self.layout.days):
            self._say("un jour est donné deux fois")
        return not self.wrong

    def _of(self, scene: str, piece: str) -> ToLay:
        return self.problem.scenes[self.ranks[scene, piece]]

    def _day(self, day: LaidDay) -> None:
        slot, when = self.problem.slots[day.slot], weekday(day.day)
        if slot.event:
            return
        if slot.closed:
            self._say(f"on travaille le {when}, jour fermé")
        opens, closes = self.windows.bounds(day.slot)
        if day.start < opens or day.end > closes:
            self._say(f"le {when} sort des heures du plan")
        for one in day.scenes:
            scene = self._of(one.scene, one.piece)
            if one.end - one.start != scene.minutes:
                self._say(
                    f"la scène {scene.name} dure {one.end - one.start} minutes au lieu de {scene.minutes}"
                )
            windows = self.windows.of(self.ranks[one.scene, one.piece], day.slot)
            if not any(first <= one.start and one.end <= last for first, last in windows):
                self._say(f"la scène {scene.name} ne peut être le {when} à {told_minute(one.start)}")
            if one.start < day.start or one.end > day.end:
                self._say(f"la scène {scene.name} sort de la journée du {when}")
        limit = self.problem.eighths
        if limit is not None and sum(self._of(one.scene, one.piece).eighths for one in day.scenes) > limit:
            self._say(f"le {when} prend plus de {limit} huitièmes")
        self._between(day)
        self._calls(day)

    def _between(self, day: LaidDay) -> None:
        """Nothing overlaps, and there is time to set up, to move and to eat between two scenes."""
        problem, when = self.problem, weekday(day.day)
        seen: set[tuple[str, str, str]] = set()
        before: ToLay | None = None
        free = day.start
        for one in day.scenes:
            scene = self._of(one.scene, one.piece)
            needs = 0
            if before is None or before.group != scene.group:
                needs += problem.setup
                if scene.group in seen and problem.setup:
                    self._say(f"le décor de la scène {scene.name} est monté deux fois le {when}")
                seen.add(scene.group)
            if before is not None and before.venue and scene.venue and before.venue != scene.venue:
                needs += problem.move
            lunch = day.lunch
            if lunch is not None and lunch[0] < one.end and one.start < lunch[1]:
                self._say(f"la scène {scene.name} est pendant le repas du {when}")
            if lunch is not None and free <= lunch[0] and lunch[1] <= one.start:
                needs += lunch[1] - lunch[0]
            if one.start - free < needs:
                self._say(
                    f"la scène {scene.name} commence trop tôt le {when} : il faut {needs} minutes avant elle"
                )
            free, before = one.end, scene

    def _calls(self, day: LaidDay) -> None:
        """Whoever plays is there in time and is only there for their scenes; the crew is there all day."""
        called = {one.person: one for one in day.people}
        for person in self.problem.people:
            mine = [one for one in day.scenes if person.person in self._of(one.scene, one.piece).people]
            one = called.pop(person.person, None)
            if person.crew or mine:
                start = day.start if person.crew else min(scene.start for scene in mine) - person.preparation
                end = day.end if person.crew else max(scene.end for scene in mine)
                if one is None or one.call > start or one.wrap < end:
                    self._say(f"{person.name} n’est pas là pour ses scènes du {weekday(day.day)}")
                elif any(self._cut(one, scene.start, scene.end) for scene in mine):
                    self._say(f"{person.name} est en pause pendant une scène du {weekday(day.day)}")
            elif one is not None:
                self._say(f"{person.name} est convoqué pour rien le {weekday(day.day)}")
        for stranger in called:
            self._say(f"{stranger} n’est pas du plan")

    def _cut(self, one: LaidCall, start: int, end: int) -> bool:
        return any(first < end and start < last for first, last in one.breaks)

    def _locks(self) -> None:
        for lock in self.problem.locks:
            if lock.before is None:
                continue
            ends = [self._at(day, one.end) for day, one in self._laid(lock.scene)]
            starts = [self._at(day, one.start) for day, one in self._laid(lock.before)]
            if ends and starts and max(ends) > min(starts):
                self._say(f"verrou non tenu : {lock.words}")
        for fixed in self.problem.fixed:
            if any(day.slot != fixed.slot for day, _one in self._laid(fixed.scene)):
                self._say(f"{fixed.scene} quitte son événement verrouillé")
        for name in {one.scene for one in self.problem.scenes if one.piece}:
            places = sorted(self._laid(name), key=lambda pair: int(pair[1].piece.partition("/")[0]))
            if any(early[0].slot > late[0].slot for early, late in pairwise(places)):
                self._say(f"les morceaux de {name} ne sont pas dans l’ordre")

    def _laid(self, scene: str) -> list[tuple[LaidDay, LaidScene]]:
        return [(day, one) for day in self.layout.days for one in day.scenes if one.scene == scene]

    def _at(self, day: LaidDay, minute: int) -> int:
        return day.day.toordinal() * MINUTES_A_DAY + minute

    def _cost(self) -> None:
        slots = [0] * len(self.problem.scenes)
        for day in self.layout.days:
            for one in day.scenes:
                slots[self.ranks[one.scene, one.piece]] = day.slot
        cost = cost_of(self.problem, slots)
        if Decimal(cost.total) / 100 != self.layout.cost or Decimal(cost.held) / 100 != self.layout.holding:
            self._say(
                f"le coût annoncé, {self.layout.cost} €, n’est pas celui du plan, {Decimal(cost.total) / 100} €"
            )
        if self.layout.bound > self.layout.cost:
            self._say("la borne dépasse le coût")
        if (self.layout.status == "optimal") != (self.layout.bound == self.layout.cost):
            self._say("le plan est dit optimal sans que la borne soit atteinte, ou l’inverse")
