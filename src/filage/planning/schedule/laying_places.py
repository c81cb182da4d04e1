"""Where each set is: the first choice of the scouting, else the place of the events that already play it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from filage.facts.calendar import Event
from filage.facts.script import Scene
from filage.facts.venue import Scouting, Venue
from filage.kernel.text import fold
from filage.planning.schedule.laying_problem import MINUTES_A_DAY, minutes_of

if TYPE_CHECKING:
    from filage.facts.dossier import Dossier

MORNING = 8 * 60
"""A curfew before this hour is that of the night before."""


@dataclass(frozen=True)
class Places:
    """The place of each set, what a day there costs in cents, and until which minute one may work there."""

    venues: dict[str, str] = field(default_factory=dict)
    costs: dict[str, int] = field(default_factory=dict)
    ends: dict[str, int] = field(default_factory=dict)

    def of(self, scene: Scene) -> str:
        """The place of a scene’s set; empty when nobody knows."""
        return self.venues.get(set_key(scene), "")


def set_key(scene: Scene) -> str:
    """What makes two scenes of one set: its name, whatever the case and accents."""
    return fold(scene.set or scene.label)


def venue_of_sets(dossier: Dossier) -> Places:
    """The place of every set of a dossier."""
    scenes = {scene.about: scene for scene in dossier.all(Scene)}
    venues: dict[str, Counter[str]] = defaultdict(Counter)
    for event in dossier.all(Event):
        if event.venue and event.option != "cancelled":
            for about in event.scenes:
                if about in scenes:
                    venues[set_key(scenes[about])][event.venue] += 1
    chosen = {name: counted.most_common(1)[0][0] for name, counted in venues.items()}
    costs: dict[str, int] = {}
    for scouting in dossier.all(Scouting):
        if scouting.rank == "first":
            chosen[fold(scouting.set)] = scouting.venue
            if scouting.cost:
                costs[scouting.venue] = max(costs.get(scouting.venue, 0), int(scouting.cost * 100))
    ends = {
        venue.about: minutes_of(venue.curfew) + (MINUTES_A_DAY if minutes_of(venue.curfew) < MORNING else 0)
        for venue in dossier.all(Venue)
        if venue.curfew is not None
    }
    return Places(chosen, costs, ends)
