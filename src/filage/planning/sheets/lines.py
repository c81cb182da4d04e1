"""One line of a day's hours, before it becomes a row: it knows whether it falls after midnight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.planning.sheets.shape import Row
from filage.planning.sheets.wall import wall

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import time


@dataclass(frozen=True, slots=True)
class Line:
    """At what time, what, in which detail, for whom; `late` when it falls after midnight of the day."""

    about: str
    at: time
    what: str
    detail: str = ""
    until: time | None = None
    people: tuple[str, ...] = ()
    mark: str = ""
    late: bool = False


def rows_of(lines: Iterable[Line]) -> tuple[Row, ...]:
    """The rows of lines in the order of the clock; two about the same thing are told apart by their rank."""
    seen: dict[str, int] = {}
    rows = []
    for line in sorted(lines, key=lambda line: (line.late, wall(line.at))):
        seen[line.about] = seen.get(line.about, 0) + 1
        ident = line.about if seen[line.about] == 1 else f"{line.about}#{seen[line.about]}"
        until = f"{line.until:%H:%M}" if line.until else ""
        rows.append(Row(ident, (f"{line.at:%H:%M}", until, line.what, line.detail), line.people, line.mark))
    return tuple(rows)
