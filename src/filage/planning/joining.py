"""Joining the dates of a job: what somebody engaged without a quantity would take part in, before anybody says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.facts.calendar import Event, Participation
from filage.facts.script import Scene
from filage.facts.team import Engagement, Position
from filage.kernel.changes import Change, add
from filage.planning.fresh_ids import FreshIds

if TYPE_CHECKING:
    from filage.facts.dossier import Dossier

_USUAL = {"cachet": "performance", "service": "rehearsal"}
"""What each unit of pay is for, when nobody of the job nor its scenes says better."""


def dates_to_join(dossier: Dossier, engagement: Engagement) -> tuple[Event, ...]:
    """Give the events of its job between its days, for an engagement counted by the calendar and in none of them.

    Those of the people paid likewise for the same job; else of the scenes of its roles; else the performances for
    cachets, the rehearsals for services. Nothing when the engagement says its quantity.
    """
    if engagement.quantity is not None or engagement.unit not in ("cachet", "service", "hour", "day"):
        return ()
    within = [
        event
        for event in dossier.all(Event)
        if event.option != "cancelled" and engagement.starts_on <= event.day <= engagement.ends_on
    ]
    own = {part.event for part in dossier.all(Participation) if part.engagement == engagement.about}
    if own & {one.about for one in within}:
        return ()
    held = {part.event for part in _parts_alike(dossier, engagement)}
    scenes = _scenes_of(dossier, engagement)
    usual = _USUAL.get(engagement.unit)
    found = (
        [event for event in within if event.about in held]
        or [event for event in within if scenes.intersection(event.scenes)]
        or [event for event in within if event.type == usual]
    )
    return tuple(sorted(found, key=lambda event: (event.day, event.about)))


def _scenes_of(dossier: Dossier, engagement: Engagement) -> set[str]:
    position = dossier.find(engagement.position, Position)
    roles = set(position.roles) if position else set()
    return {scene.about for scene in dossier.all(Scene) if roles.intersection(scene.elements)}


def joined(dossier: Dossier, engagement: Engagement) -> tuple[Change, ...]:
    """Write its part in each of the dates to join, with the units those paid likewise are paid there."""
    ids, units = FreshIds(dossier), _units_of(dossier, engagement)
    name = engagement.about.rpartition("/")[2]
    return tuple(
        add(
            ids.take("participation", f"{event.about.rpartition('/')[2]}-{name}"),
            event=event.about,
            engagement=engagement.about,
            **({"units": units[event.about]} if event.about in units else {}),
        )
        for event in dates_to_join(dossier, engagement)
    )


def _units_of(dossier: Dossier, engagement: Engagement) -> dict[str, str]:
    """The units paid, where they are said, in the dates of those paid likewise for the same job."""
    return {
        part.event: f"{part.units:f}" for part in _parts_alike(dossier, engagement) if part.units is not None
    }


def _parts_alike(dossier: Dossier, engagement: Engagement) -> list[Participation]:
    """The parts of those paid likewise for the same job."""
    alike = {
        one.about
        for one in dossier.all(Engagement)
        if (one.position, one.unit) == (engagement.position, engagement.unit)
        and one.about != engagement.about
    }
    return [part for part in dossier.all(Participation) if part.engagement in alike]


def already_filled(dossier: Dossier, engagement: Engagement) -> tuple[str, ...]:
    """Give the other people engaged for its job over some of its days, when they are as many as the job holds.

    Empty when the job still lacks somebody, is unknown, or is held by the same person.
    """
    position = dossier.find(engagement.position, Position)
    others = dict.fromkeys(
        one.person
        for one in dossier.all(Engagement)
        if one.about != engagement.about
        and one.position == engagement.position
        and one.person != engagement.person
        and one.starts_on <= engagement.ends_on
        and engagement.starts_on <= one.ends_on
    )
    return tuple(others) if position and len(others) >= position.people else ()
