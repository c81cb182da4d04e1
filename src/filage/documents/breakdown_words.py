"""The words the breakdown is written in, the same on paper, in the workbook and in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.kernel import french

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filage.script.breakdown import BreakdownSheet, SheetEvent, SheetRole
    from filage.script.breakdown_file import Breakdown
    from filage.script.element_list import InScene
    from filage.script.played import Holder

_FROM = {"given": "", "shots": "d’après les plans", "length": "d’après la longueur"}


def counted(number: int, word: str, plural: str = "") -> str:
    """Write a number and its word: « 1 scène », « 16 scènes »."""
    return f"{number} {word if number < 2 else plural or word + 's'}"  # noqa: PLR2004 - French plural begins at two


def holders(held: Iterable[Holder]) -> str:
    """Write who holds a role, or that nobody does."""
    return ", ".join(one.name for one in held) or "à distribuer"


def role_name(role: SheetRole) -> str:
    """Write a role of a scene: « 3. Woyzeck (Karim Benali) »."""
    silent = ", muet" if role.silent else ""
    return f"{role.number}. {role.label} ({holders(role.holders)}{silent})"


def place_of(sheet: BreakdownSheet) -> str:
    """Write where and when a scene is: « INT · Cuisine · jour »."""
    return " · ".join(part for part in (sheet.int_ext, sheet.set, sheet.time) if part)


def minutes(sheet: BreakdownSheet) -> str:
    """Write how long a scene takes to shoot or rehearse, and where that comes from."""
    if sheet.minutes is None:
        return ""
    whole, rest = divmod(sheet.minutes, 60)
    written = f"{whole} h {rest:02}" if whole and rest else f"{whole} h" if whole else f"{rest} min"
    told = _FROM[sheet.minutes_from]
    return f"{written} {told}".strip()


def scenes_line(scenes: Iterable[InScene]) -> str:
    """Write the numbers of scenes."""
    return ", ".join(scene.number for scene in scenes)


def event_line(event: SheetEvent) -> str:
    """Write a date: « Jour 3, mer. 28 oct., Village »."""
    day = french.day(event.day, year=False)
    return ", ".join(part for part in (event.label, day, event.venue) if part)


def summary_line(breakdown: Breakdown) -> str:
    """Say in one line how much there is."""
    spare = sum(sheet.spare for sheet in breakdown.sheets)
    needs = {need.about: need for sheet in breakdown.sheets for need in sheet.needs}
    done = sum(need.state == "done" for need in needs.values())
    parts = [
        counted(len(breakdown.sheets) - spare, "scène"),
        f"{spare} de secours" if spare else "",
        breakdown.length,
        counted(sum(len(one.rows) for one in breakdown.lists), "élément"),
        f"{counted(len(needs), 'besoin')}, {done} en place" if needs else "",
    ]
    return " · ".join(part for part in parts if part)
