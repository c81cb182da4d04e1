"""Places scouted for each set: candidates side by side, with what their delay and cost mean for the planned days."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from filage.facts.calendar import Event
from filage.facts.script import Scene
from filage.facts.venue import Scouting, Venue
from filage.kernel.text import fold

if TYPE_CHECKING:
    from datetime import date

    from filage.facts.dossier import Dossier

RANKS: Final = ("first", "fallback", "candidate", "refused")


class Candidate(NamedTuple):
    """One place seen for a set, and what its delay means for the first planned day."""

    scouting: Scouting
    venue: Venue | None
    ask_by: date | None
    """The last day to ask the authorisation, from its delay; None when none is to ask or nothing is planned."""
    cost: Decimal | None
    """For all the planned days of the set, in euros; for one day when nothing is planned."""

    @property
    def name(self) -> str:
        """The name of its place."""
        return self.venue.label if self.venue else self.scouting.venue


class FilmSet(NamedTuple):
    """A set named by the scenes: where it comes back, when it is planned, the places seen for it."""

    name: str
    scenes: tuple[Scene, ...]
    events: tuple[Event, ...]
    candidates: tuple[Candidate, ...]

    @property
    def days(self) -> tuple[date, ...]:
        """The days it is planned, in order."""
        return tuple(sorted({event.day for event in self.events}))

    @property
    def chosen(self) -> Candidate | None:
        """The first choice."""
        return next((one for one in self.candidates if one.scouting.rank == "first"), None)


def sets_of(dossier: Dossier) -> list[FilmSet]:
    """Return the sets the scenes and the scouting name, in the order of the text."""
    names: dict[str, str] = {}
    scenes: dict[str, list[Scene]] = {}
    for scene in dossier.all(Scene):
        if scene.set:
            names.setdefault(fold(scene.set), scene.set)
            scenes.setdefault(fold(scene.set), []).append(scene)
    seen: dict[str, list[Scouting]] = {}
    for scouting in dossier.all(Scouting):
        names.setdefault(fold(scouting.set), scouting.set)
        seen.setdefault(fold(scouting.set), []).append(scouting)
    return [_film_set(dossier, name, scenes.get(key, []), seen.get(key, [])) for key, name in names.items()]


def _film_set(dossier: Dossier, name: str, scenes: list[Scene], seen: list[Scouting]) -> FilmSet:
    here = {scene.about for scene in scenes}
    events = [
        event
        for event in dossier.all(Event)
        if event.option != "cancelled" and not here.isdisjoint(event.scenes)
    ]
    events.sort(key=lambda event: event.day)
    days = sorted({event.day for event in events})
    ranked = sorted(seen, key=lambda one: RANKS.index(one.rank))
    candidates = tuple(_candidate(dossier, one, days) for one in ranked)
    return FilmSet(name, tuple(scenes), tuple(events), candidates)


def _candidate(dossier: Dossier, scouting: Scouting, days: list[date]) -> Candidate:
    ask_by = None
    if days and scouting.authorisation == "to_ask" and scouting.lead_days is not None:
        ask_by = days[0] - timedelta(days=scouting.lead_days)
    cost = None if scouting.cost is None else scouting.cost * max(1, len(days))
    return Candidate(scouting, dossier.find(scouting.venue, Venue), ask_by, cost)


def set_of(dossier: Dossier, scouting: Scouting) -> FilmSet:
    """Return the set a place was seen for."""
    return next(one for one in sets_of(dossier) if fold(one.name) == fold(scouting.set))


def other_sets(dossier: Dossier, event: Event, here: FilmSet) -> set[str]:
    """The other sets an event plays, folded."""
    found = (dossier.find(about, Scene) for about in event.scenes)
    return {fold(scene.set) for scene in found if scene and scene.set} - {fold(here.name)}
