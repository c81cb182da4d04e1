"""What the structure knows outside this production, reduced to what a review needs (D8)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from filage.payroll.person_month import PaidPeriod
from filage.payroll.structure_charges import YearElsewhere
from filage.planning.conflicts import Shift


@dataclass(frozen=True, slots=True)
class Context:
    """The same people's shifts and slips in the structure's other productions, and what they pay in a civil year.

    `born` holds the birth days that working time asks for.
    """

    busy: tuple[Shift, ...] = ()
    born: tuple[tuple[str, date], ...] = ()
    paid: tuple[PaidPeriod, ...] = ()
    years: tuple[YearElsewhere, ...] = ()

    @property
    def digest(self) -> str:
        """Same digest, same context: part of the key of cached outcomes."""
        busy = (f"{s.person} {s.event} {s.interval.start} {s.interval.end}" for s in self.busy)
        born = (f"{person} {day.isoformat()}" for person, day in self.born)
        pay = (repr(one) for one in (*self.paid, *self.years))
        return hashlib.sha256("\n".join([*sorted(busy), *sorted(born), *sorted(pay)]).encode()).hexdigest()
