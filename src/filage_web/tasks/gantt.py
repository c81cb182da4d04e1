"""The Gantt as a drawing: where each phase, task and milestone stands, in the units of the picture."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from filage.facts.dossier import Dossier
from filage.facts.production import Phase
from filage.kernel import french
from filage_web.tasks.queries import Group, Row

LABELS: Final = 268
"""Width kept for names, on the left."""
DRAWN: Final = 860
"""Width the days share, when they are not too many."""
LEAST, MOST = 1.6, 22.0
"""Units a day takes."""
HEAD, LINE, BAR = 40, 26, 12
LONGEST: Final = 40
"""Characters of a name; it is whole in the words of its line."""
ROOM: Final = timedelta(days=7)
"""Days left free before and after."""
BEFORE, AFTER = timedelta(days=730), timedelta(days=1_460)
"""How far from today is drawn; what lies farther stands at the edge."""
WEEKS_FROM: Final = 5.0
"""Units a day takes from which weeks are ruled."""
ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Tick:
    """A vertical rule, with its words."""

    x: float
    words: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the picture: a phase, the title of a group, a task or a milestone."""

    y: float
    kind: str
    label: str
    whole: str
    """Its name and days in full: what a screen reader says, and what the mouse shows."""
    id: str = ""
    x: float = 0
    width: float = 0
    past: float = 0
    """How much of it is behind, for what is begun."""
    spare: float = 0
    """Where it may slip to; 0 when it may not."""
    held: float = 0
    """Where the day that holds it is; 0 when none does."""
    critical: bool = False
    late: bool = False
    done: bool = False

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return self.y + LINE / 2

    @property
    def top(self) -> float:
        """The top of its bar."""
        return self.y + (LINE - BAR) / 2

    @property
    def baseline(self) -> float:
        """Where its words stand."""
        return self.y + LINE / 2 + 4

    @property
    def end(self) -> float:
        """Its right end."""
        return self.x + self.width

    @property
    def diamond(self) -> str:
        """The points of a milestone."""
        x, y, half = self.x, self.middle, 7
        return f"{x:g},{y - half:g} {x + half:g},{y:g} {x:g},{y + half:g} {x - half:g},{y:g}"


@dataclass(frozen=True, slots=True)
class Gantt:
    """The whole picture."""

    width: float
    height: float
    left: int
    ticks: tuple[Tick, ...]
    lines: tuple[Line, ...]
    links: tuple[str, ...]
    """From the end of a critical task to the start of the one that waits for it."""
    today: float
    """Where today is; 0 when it is not shown."""
    bottom: float


def gantt_of(dossier: Dossier, groups: Iterable[Group], today: date) -> Gantt | None:
    """Lay phases and tasks out in time; None when there is no task."""
    listed = list(groups)
    days = [day for group in listed for row in group.rows for day in _days(row)]
    if not days:
        return None
    near = [min(max(day, today - BEFORE), today + AFTER) for day in days]
    scale = _Scale(min(near) - ROOM, max(near) + ROOM)
    lines = list(_lines(dossier.production.phases, listed, scale, today))
    height = HEAD + len(lines) * LINE + 8
    return Gantt(
        width=scale.width,
        height=height,
        left=LABELS,
        ticks=tuple(_ticks(scale)),
        lines=tuple(lines),
        links=tuple(_links(listed, {line.id: line for line in lines if line.id})),
        today=scale.at(today) if scale.first <= today <= scale.last else 0,
        bottom=height - 4,
    )


class _Scale:
    """Days as units of the picture."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last
        span = (last - first).days + 1
        self.unit = min(max(DRAWN / span, LEAST), MOST)
        self.width = round(LABELS + span * self.unit, 1)

    def at(self, day: date) -> float:
        """Where a day begins; the edge for one outside."""
        inside = min(max(day, self.first), self.last + ONE_DAY)
        return round(LABELS + (inside - self.first).days * self.unit, 1)

    def after(self, day: date) -> float:
        """Where a day ends."""
        return self.at(day + ONE_DAY)


def _days(row: Row) -> list[date]:
    planned = row.planned
    held = [planned.fixed.on] if planned.fixed is not None else []
    return [planned.earliest_start, planned.earliest_end, *held]


def _lines(phases: Iterable[Phase], groups: Iterable[Group], scale: _Scale, today: date) -> Iterator[Line]:
    y = float(HEAD)
    for phase in sorted(phases, key=lambda one: (one.starts_on, one.ends_on)):
        if phase.ends_on >= scale.first and phase.starts_on <= scale.last:
            yield _phase(phase, y, scale)
            y += LINE
    for group in groups:
        yield Line(y, "title", group.label, group.label)
        y += LINE
        for row in group.rows:
            yield _task(row, y, scale, today)
            y += LINE


def _phase(phase: Phase, y: float, scale: _Scale) -> Line:
    days = f"{french.day(phase.starts_on)} – {french.day(phase.ends_on)}"
    x = scale.at(phase.starts_on)
    return Line(
        y, "phase", _short(phase.label), f"{phase.label}, {days}", x=x, width=scale.after(phase.ends_on) - x
    )


def _task(row: Row, y: float, scale: _Scale, today: date) -> Line:
    planned = row.planned
    done = planned.state == "done"
    x, end = scale.at(planned.earliest_start), scale.after(planned.earliest_end)
    milestone = row.task.milestone or planned.earliest_start > planned.earliest_end
    if milestone:
        x = end = round((scale.at(planned.earliest_end) + end) / 2, 1)
    latest = scale.after(planned.latest_end) if planned.latest_end is not None else 0
    begun = planned.state == "running"
    return Line(
        y=y,
        kind="milestone" if milestone else "task",
        label=_short(row.task.label),
        whole=_whole(row),
        id=row.task.id,
        x=x,
        width=round(end - x, 1),
        past=round(min(max(scale.after(today) - x, 0), end - x), 1) if begun else 0,
        spare=latest if not done and latest > end else 0,
        held=scale.after(planned.fixed.on) if planned.fixed is not None and not milestone else 0,
        critical=planned.critical,
        late=planned.is_late,
        done=done,
    )


def _whole(row: Row) -> str:
    planned = row.planned
    first, last = french.day(planned.earliest_start), french.day(planned.earliest_end)
    days = last if first == last else f"{first} – {last}"
    words = [row.task.label, days, row.words]
    if planned.critical:
        words.append(_("chemin critique"))
    if planned.fixed is not None:
        words.append(f"{planned.fixed.why}, {french.day(planned.fixed.on)}")
    if row.owner:
        words.append(row.owner)
    return ", ".join(words)


def _short(label: str) -> str:
    return label if len(label) <= LONGEST else f"{label[: LONGEST - 1].rstrip()}…"


def _ticks(scale: _Scale) -> Iterator[Tick]:
    """Months, named; weeks where there is room."""
    day = scale.first
    while day <= scale.last:
        if day.day == 1 or day == scale.first:
            words = french.MONTHS[day.month - 1]
            named = f"{words} {day.year}" if day.month == 1 or day == scale.first else words
            room = day.day == 1 or day.day <= 31 - 60 / scale.unit
            yield Tick(scale.at(day), named if room else "", strong=True)
        elif scale.unit >= WEEKS_FROM and day.weekday() == 0:
            yield Tick(scale.at(day), str(day.day), strong=False)
        day += ONE_DAY


def _links(groups: Iterable[Group], lines: Mapping[str, Line]) -> Iterator[str]:
    """Elbows between critical tasks that follow each other."""
    critical = {row.task.about: row.task for group in groups for row in group.rows if row.planned.critical}
    for task in critical.values():
        for about in task.after:
            if about in critical:
                one, other = lines[critical[about].id], lines[task.id]
                turn = max(one.end, other.x - 8) if other.x - 8 >= one.end else one.end + 4
                yield f"M{one.end:g} {one.middle:g}H{turn:g}V{other.middle:g}H{other.x:g}"
