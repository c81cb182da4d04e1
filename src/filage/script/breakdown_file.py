"""The breakdown of a production as one content: its sheets, lists by element and presences, ready to be rendered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from filage.script.breakdown import BreakdownSheet, breakdown_sheets
from filage.script.duration import clock
from filage.script.element_list import ElementList, element_lists
from filage.script.page import pages
from filage.script.played import running_order_of
from filage.script.presence import DayOutOfDays, day_out_of_days

if TYPE_CHECKING:
    from datetime import date

    from filage.facts.dossier import Dossier


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Everything the breakdown says on a day: nothing private is in it."""

    title: str
    company: str
    version: str
    on: date
    sheets: tuple[BreakdownSheet, ...]
    lists: tuple[ElementList, ...]
    presence: DayOutOfDays

    @property
    def eighths(self) -> int:
        """The length of the scenes played, in eighths of a page; scenes in reserve apart."""
        return sum(sheet.eighths or 0 for sheet in self.sheets if not sheet.spare)

    @property
    def estimated(self) -> bool:
        """Whether some of these lengths are estimated."""
        return any(sheet.estimated for sheet in self.sheets)

    @property
    def length(self) -> str:
        """The whole length as the trade writes it, or the time of what is timed; empty when nothing says it."""
        if self.eighths:
            return f"{'≈ ' if self.estimated else ''}{pages(self.eighths)} pages"
        seconds = sum(sheet.seconds or 0 for sheet in self.sheets if not sheet.spare)
        return clock(seconds) if seconds else ""


def breakdown_of(dossier: Dossier, on: date) -> Breakdown:
    """Return the breakdown of a dossier."""
    order = running_order_of(dossier)
    return Breakdown(
        title=dossier.production.label,
        company=dossier.employer.label,
        version=order.label if order else "",
        on=on,
        sheets=breakdown_sheets(dossier),
        lists=element_lists(dossier),
        presence=day_out_of_days(dossier),
    )
