"""The hours of a date told for the sheet: what follows its start, what was typed, who comes and who does not."""

from collections.abc import Iterable, Sequence
from datetime import time
from typing import Final, NamedTuple

from filage.facts.calendar import Event, Moment, Participation
from filage.facts.dossier import Dossier
from filage.facts.people import Person
from filage.facts.team import Engagement
from filage.kernel import french
from filage.kernel.changes import Change
from filage_web.preview.words import ARROW, NOTHING

TIMES: Final = {
    "call": "Convocation", "pickup": "Prise en charge", "dressing": "Loges", "ready": "Prêt", "wrap": "Fin",
}  # fmt: skip
SHOWN: Final = 8
"""People told one by one; beyond, they are counted."""
A_DAY: Final = 24 * 60
Row = tuple[str, str, str]


class Hours(NamedTuple):
    """The rows to show, and the fields of the event that they already tell."""

    rows: tuple[Row, ...] = ()
    told: frozenset[str] = frozenset()


def hours_of(changes: Iterable[Change], about: str, before: Dossier, after: Dossier) -> Hours:
    """Tell what the changes of one event do to its hours and to everyone's."""
    old, new = before.find(about, Event), after.find(about, Event)
    later = _later(old.start, new.start) if old and new else 0
    following, told = _that_follow(old, new, later) if old and new and later else ([], [])
    parts = [change for change in changes if change.kind == Participation.kind]
    followers, by_hand = 0, []
    for change in parts:
        was, now = before.find(change.about, Participation), after.find(change.about, Participation)
        if was and now:
            moved, typed = _times(was, now, later)
            followers += moved
            by_hand += [(name_of_part(now, after), NOTHING, ", ".join(typed))] if typed else []
    if followers:
        following.append(f"les heures de {followers} personne{'s' if followers > 1 else ''}")
    sign = "+" if later > 0 else "−"
    rows = [(f"Suivent le début ({sign}{french.minutes(abs(later))})", NOTHING, ", ".join(following))]
    return Hours((*(rows if following else ()), *_cut(by_hand), *_who(parts, before, after)), frozenset(told))


def _that_follow(old: Event, new: Event, later: int) -> tuple[list[str], list[str]]:
    """Say what of the event itself follows its start, and the titles of the fields this tells whole."""
    following, told = [], []
    if old.end and new.end and _later(old.end, new.end) == later:
        following.append(f"la fin ({french.clock(old.end)}{ARROW}{french.clock(new.end)})")
        told.append(str(Event.model_fields["end"].title))
    count = _moments_that_follow(old.moments, new.moments, later)
    if count:
        following.append(f"{count} moment{'s' if count > 1 else ''} du déroulé")
    if count == len(old.moments) == len(new.moments):
        told.append(str(Event.model_fields["moments"].title))
    return following, told


def _moments_that_follow(old: Sequence[Moment], new: Sequence[Moment], later: int) -> int:
    """Count the moments of the day that moved by as much as its start."""
    known = {(moment.label, moment.at) for moment in new}
    return sum((moment.label, _by(moment.at, later)) in known for moment in old)


def _times(was: Participation, now: Participation, later: int) -> tuple[bool, list[str]]:
    """Whether some hours of a person follow the start; the others that changed, in words."""
    moved, typed = False, []
    for name, title in TIMES.items():
        old, new = getattr(was, name), getattr(now, name)
        if old == new:
            continue
        if later and old and new == _by(old, later):
            moved = True
            continue
        said = french.clock(new) if new else NOTHING
        typed.append(f"{title} {french.clock(old)}{ARROW}{said}" if old else f"{title} {said}")
    moved = moved or bool(later and was.breaks != now.breaks)
    if was.driver != now.driver:
        typed.append(f"Chauffeur {now.driver or NOTHING}")
    return moved, typed


def _later(old: time | None, new: time | None) -> int:
    """Minutes from one hour to another, by the shorter way round the clock."""
    if old is None or new is None:
        return 0
    apart = (new.hour - old.hour) * 60 + new.minute - old.minute
    return (apart + A_DAY // 2) % A_DAY - A_DAY // 2


def _by(moment: time, minutes: int) -> time:
    total = (moment.hour * 60 + moment.minute + minutes) % A_DAY
    return time(total // 60, total % 60)


def _cut(rows: list[Row]) -> list[Row]:
    """Tell the first people, count the others."""
    more = len(rows) - SHOWN
    return rows if more <= 1 else [*rows[:SHOWN], ("Et", NOTHING, f"{more} autres personnes")]


def _who(parts: Iterable[Change], before: Dossier, after: Dossier) -> list[Row]:
    """Name who comes, and who no longer does."""
    found = []
    for op, dossier, title in (("add", after, "Vient"), ("remove", before, "Ne vient plus")):
        facts = (dossier.find(change.about, Participation) for change in parts if change.op == op)
        names = sorted(name_of_part(one, dossier) for one in facts if one)
        found += [(title, NOTHING, ", ".join(names))] if names else []
    return found


def name_of_part(part: Participation, dossier: Dossier) -> str:
    """Name whose part in an event this is."""
    engagement = dossier.find(part.engagement, Engagement)
    person = dossier.find(part.person or (engagement.person if engagement else None), Person)
    return person.name() if person else "–"
