"""What choosing a place for a set writes: ranks, events, budget line, authorisation, journeys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from filage.facts.budget import BudgetLine
from filage.facts.changing import referring
from filage.facts.script import Need
from filage.facts.travel import Leg
from filage.facts.venue import Scouting, Space, Venue
from filage.kernel.changes import Change, add, remove, set_
from filage.kernel.text import fold
from filage.planning.scouting import other_sets, set_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from filage.facts.calendar import Event
    from filage.facts.dossier import Dossier
    from filage.planning.scouting import FilmSet

WAITING: Final = frozenset({"to_ask", "asked"})


class Choice(NamedTuple):
    """What choosing a place writes, and the events it leaves as they are, with the reason."""

    changes: tuple[Change, ...]
    left: tuple[tuple[Event, str], ...]


def choose(dossier: Dossier, scouting: Scouting, today: date, post: str) -> Choice:
    """Make a place the first choice of its set: ranks, events to come, budget line, authorisation, journeys.

    `post` is the code of the post its cost goes to. The former first choice becomes a fallback; its line and its
    authorisation go when nothing else cites them and nothing was committed. An event that is locked, past, or shared
    with another set played elsewhere keeps its place, and is returned with the reason.
    """
    here = set_of(dossier, scouting)
    former = [
        one.scouting for one in here.candidates if one.scouting.rank == "first" and one.scouting != scouting
    ]
    moved, left = _events(dossier, here, scouting, today)
    stays = [event for event in here.events if event.venue == scouting.venue]
    days = len({event.day for event in (*moved, *stays)})
    own, more = _line(dossier, here, scouting, post, days)
    changes: list[Change] = [*more, *_authorisation(dossier, here, scouting)]
    first: dict[str, Any] = {"rank": "first"} | own
    if scouting.rank != "first" or own:
        changes.append(set_(scouting.about, **first))
    for one in former:
        changes += _stepped_down(dossier, one)
    changes += [moved_to(dossier, event, scouting.venue) for event in moved]
    changes += _legs(dossier, moved, scouting)
    return Choice(tuple(changes), tuple(left))


def _events(
    dossier: Dossier, here: FilmSet, scouting: Scouting, today: date
) -> tuple[list[Event], list[tuple[Event, str]]]:
    """The events that move to the place, and those that do not, with why."""
    moved: list[Event] = []
    left: list[tuple[Event, str]] = []
    ours = {one.scouting.venue for one in here.candidates}
    for event in here.events:
        if event.venue == scouting.venue:
            continue
        if event.day < today:
            left.append((event, "il est passé"))
        elif event.locked:
            left.append((event, "il est verrouillé"))
        elif event.venue is not None and event.venue not in ours and other_sets(dossier, event, here):
            left.append((event, "il réunit plusieurs décors et se tient ailleurs"))
        elif event.venue in ours and _shared_place(dossier, event, here):
            left.append((event, "il réunit plusieurs décors au même lieu"))
        else:
            moved.append(event)
    return moved, left


def _shared_place(dossier: Dossier, event: Event, here: FilmSet) -> bool:
    """Whether another set of an event has its own first choice where the event stands."""
    others = other_sets(dossier, event, here)
    return any(
        one.rank == "first" and one.venue == event.venue and fold(one.set) in others
        for one in dossier.all(Scouting)
    )


def moved_to(dossier: Dossier, event: Event, venue: str) -> Change:
    """Put an event at a place; its space goes when it belongs to another."""
    space = dossier.find(event.space, Space)
    clear = ("space",) if space and space.venue != venue else ()
    return set_(event.about, clear=clear, venue=venue)


def _line(
    dossier: Dossier, here: FilmSet, scouting: Scouting, post: str, days: int
) -> tuple[dict[str, Any], list[Change]]:
    """The budget line of a place that costs something and has none yet: as many days as it is used, one at least."""
    if not scouting.cost or scouting.line:
        return {}, []
    taken = dossier.by_kind.get(BudgetLine.kind, {})
    ident = _free(f"lieu-{scouting.id}", taken)
    venue = dossier.find(scouting.venue, Venue)
    line = add(
        f"budget_line/{ident}",
        label=f"Lieu : {venue.label if venue else scouting.venue} ({here.name})",
        post=post,
        quantity=str(max(1, days)),
        unit="jour",
        unit_price=str(scouting.cost),
        reliability="estimate",
    )
    return {"line": line.about}, [line]


def _authorisation(dossier: Dossier, here: FilmSet, scouting: Scouting) -> list[Change]:
    """The need of an authorisation still to be asked or granted, once."""
    ident = _permit(scouting)
    if scouting.authorisation not in WAITING or ident in dossier.by_kind.get(Need.kind, {}):
        return []
    venue = dossier.find(scouting.venue, Venue)
    values: dict[str, Any] = {
        "label": f"Autorisation : {venue.label if venue else scouting.venue} ({here.name})",
        "department": "régie",
        "state": "to_find",
    }
    said = [f"À demander à {scouting.owner}." if scouting.owner else ""]
    if scouting.lead_days is not None:
        said.append(f"Délai : {scouting.lead_days} jours.")
    if here.days:
        values["needed_on"] = here.days[0].isoformat()
    if note := " ".join(part for part in said if part):
        values["note"] = note
    return [add(f"need/{ident}", **values)]


def _permit(scouting: Scouting) -> str:
    return f"autorisation-{scouting.id}"[:64].rstrip("-")


def _stepped_down(dossier: Dossier, former: Scouting) -> Iterator[Change]:
    """The former first choice becomes a fallback, without the line and the authorisation made for it alone."""
    clear: tuple[str, ...] = ()
    gone: list[Change] = []
    line = dossier.find(former.line, BudgetLine)
    if line and not line.committed and referring(dossier, line.about) == (former.about,):
        clear, gone = ("line",), [remove(line.about)]
    permit = dossier.find(f"need/{_permit(former)}", Need)
    if permit and permit.state == "to_find" and not referring(dossier, permit.about):
        gone.append(remove(permit.about))
    yield set_(former.about, clear=clear, rank="fallback")
    yield from gone


def _legs(dossier: Dossier, moved: Iterable[Event], scouting: Scouting) -> Iterator[Change]:
    """Journeys to the place the events leave go to the new one, with its distance when it is known."""
    abouts = {event.about: event.venue for event in moved}
    venue = dossier.find(scouting.venue, Venue)
    for leg in dossier.all(Leg):
        old = dossier.find(abouts.get(leg.event or ""), Venue)
        if venue is None or old is None or fold(leg.destination) not in _names(old):
            continue
        clear = (
            ()
            if scouting.distance_km is not None
            else ("distance_km",)
            if leg.distance_km is not None
            else ()
        )
        given = {"distance_km": str(scouting.distance_km)} if scouting.distance_km is not None else {}
        yield set_(leg.about, clear=clear, destination=venue.city or venue.label, **given)


def _names(venue: Venue) -> set[str]:
    return {fold(name) for name in (venue.label, venue.city) if name}


def _free(name: str, taken: Iterable[str]) -> str:
    known = set(taken)
    base = name[:60].rstrip("-")
    return next(
        found for rank in range(1, 10_000) if (found := base if rank == 1 else f"{base}-{rank}") not in known
    )
