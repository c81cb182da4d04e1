"""Changes of a whole team told together: who moves by how much in one line, then what differs from it."""

from __future__ import annotations

from collections import defaultdict
from datetime import time
from typing import TYPE_CHECKING

from filage.planning.sheets.words import words_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from filage.planning.sheets.difference import Difference
    from filage.planning.sheets.shape import Sheet
    from filage.planning.sheets.words import Words

ALIKE = 3
"""From this many people, or lines of the day, a common move is told once."""
SHOWN = 4
"""Names told; beyond, they are counted, and a team with more exceptions is no longer a whole one."""
PERSON = "person/"
HOUR, DAY = 60, 24 * 60
"""In minutes."""


def gathered(found: Sequence[Difference], sheet: Sheet) -> tuple[str, ...]:
    """The changes in lines, those that move alike as one: « toute l’équipe : une heure plus tard, sauf Dana Morel ».

    For a sheet several people read; every change is in one line, its own or a common one.
    """
    words, names = words_in(sheet.language), _names(sheet)
    left, lines = list(found), []
    while True:
        people = _alike(one for one in left if _is_person(one))
        if people is None:
            break
        by, same = people
        who = dict.fromkeys(one.about for one in same)
        lines.append(words.colon(_whom(words, list(who), names), _by(words, by)) + _but(words, who, names))
        left = [one for one in left if not (_is_person(one) and _move(one) == by)]
    day = _alike(one for one in left if one.section == "hours" and not _is_person(one))
    if day is not None:
        by, same = day
        lines.append(words.colon(words("some_hours", count=len(same)), _by(words, by)))
        left = [one for one in left if one not in same]
    return tuple(dict.fromkeys([*lines, *(one.text for one in left if one.text)]))


def _is_person(one: Difference) -> bool:
    return one.about.startswith(PERSON)


def _names(sheet: Sheet) -> dict[str, str]:
    """The people a sheet lists, by reference."""
    found: dict[str, str] = {}
    for section in sheet.sections:
        for row in section.rows:
            named = [
                cell
                for column, cell in zip(section.columns, row.cells, strict=False)
                if column.kind == "name"
            ]
            if row.id.startswith(PERSON) and named:
                found.setdefault(row.id, named[-1])
    return found


def _move(one: Difference) -> int | None:
    """By how many minutes a time moves, the shortest way round midnight; None when it is no move of a time."""
    if one.change != "moved":
        return None
    try:
        before, after = time.fromisoformat(one.before), time.fromisoformat(one.after)
    except ValueError:
        return None
    minutes = (after.hour - before.hour) * 60 + after.minute - before.minute
    return (minutes + DAY // 2) % DAY - DAY // 2


def _alike(moves: Iterable[Difference]) -> tuple[int, list[Difference]] | None:
    """The move most share, with its changes; None when too few do."""
    groups: dict[int, list[Difference]] = defaultdict(list)
    for one in moves:
        if (by := _move(one)) is not None:
            groups[by].append(one)
    most = max(groups.items(), key=lambda item: len({one.about for one in item[1]}), default=None)
    return most if most and len({one.about for one in most[1]}) >= ALIKE else None


def _whom(words: Words, who: Sequence[str], names: dict[str, str]) -> str:
    if len(names) - len(who) <= min(SHOWN, len(who) - 1):
        return words("whole_team")
    told = [names.get(one, one) for one in who[:SHOWN]]
    rest = len(who) - len(told)
    if not rest:
        return words.listed(told)
    return words("and_other" if rest == 1 else "and_others", what=words.listed(told), count=rest)


def _but(words: Words, who: Iterable[str], names: dict[str, str]) -> str:
    """Who does not move with the whole team."""
    moving = set(who)
    others = [name for about, name in names.items() if about not in moving]
    whole = len(others) <= min(SHOWN, len(moving) - 1)
    return words("except", names=words.listed(others)) if others and whole else ""


def _by(words: Words, minutes: int) -> str:
    """« une heure plus tard », “30 min earlier”."""
    size = words("one_hour") if abs(minutes) == HOUR else words.minutes(abs(minutes))
    return words("later_by" if minutes > 0 else "earlier_by", size=size)
