"""What the pages of pay show, ready to draw."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filage.facts.base import label_of
from filage.payroll.hours import (
    CONTESTED,
    ENTERED,
    PLANNED,
    STALE,
    STATE_WORDS,
    UNTIMED,
    VALIDATED,
    Day,
    Shift,
    Week,
)
from filage.payroll.preparation import PayRow
from filage.payroll.quantity import unit_name

STATUS: Final = {
    CONTESTED: "breach",
    STALE: "stale",
    UNTIMED: "",
    PLANNED: "",
    ENTERED: "hand",
    VALIDATED: "done",
}
FILTERS: Final[tuple[tuple[str, str | Promise], ...]] = (
    ("", gettext_lazy("Tous")),
    ("open", gettext_lazy("À valider")),
    ("gap", gettext_lazy("Écarts")),
    ("issue", gettext_lazy("Désaccords")),
)


@dataclass(frozen=True, slots=True)
class State:
    """A status and its words."""

    status: str
    word: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class PayLine:
    """A row of the preparation as the page draws it."""

    row: PayRow
    unit: str
    states: tuple[State, ...]
    more: str
    """What does not fit in the cell, as its title."""


def state_of(shift: Shift | Day) -> State:
    """The state of a shift or a day, in words."""
    return State(STATUS[shift.state], STATE_WORDS[shift.state])


def pay_lines(rows: Iterable[PayRow]) -> list[PayLine]:
    """Draw rows up, what is wrong first."""
    return [_line(row) for row in rows]


SHORT: Final = {
    "pay.assumed": gettext_lazy("refusée"),
    "pay.nothing": gettext_lazy("rien à payer"),
    "pay.contract_unsigned": gettext_lazy("contrat à signer"),
    "pay.hours_open": gettext_lazy("heures à valider"),
    "pay.private_missing": gettext_lazy("données à demander"),
    "pay.premium_due": gettext_lazy("majorations"),
    "payroll.below_minimum": gettext_lazy("sous le minimum"),
    "pay.rate_missing": gettext_lazy("taux manquant"),
    "pay.annexe_doubtful": gettext_lazy("annexe à vérifier"),
    "pay.cachets_grouped": gettext_lazy("cachets groupés ?"),
}
_DRAWN: Final = {"blocking": "breach", "warning": "doubt"}


def _line(row: PayRow) -> PayLine:
    states = [
        State(_DRAWN[finding.severity], str(SHORT.get(finding.code, _("à vérifier"))), finding.message)
        for finding in row.findings
        if finding.severity in _DRAWN
    ]
    states.sort(key=lambda state: state.status != "breach")
    if not states:
        states = [State("done", _("prête"))]
    name = unit_name(row.engagement.unit)
    return PayLine(row, name, tuple(states), " ".join(state.title for state in states))


@dataclass(frozen=True, slots=True)
class HoursLine:
    """One shift in the table of hours."""

    shift: Shift
    person: str
    state: State


@dataclass(frozen=True, slots=True)
class HoursDay:
    """One day of the table: its lines, across people."""

    day: date
    lines: tuple[HoursLine, ...]


def hours_days(shifts: Iterable[Shift], names: dict[str, str], wanted: str) -> list[HoursDay]:
    """Group the shifts that a filter keeps by day."""
    days: dict[date, list[HoursLine]] = {}
    for shift in shifts:
        if _kept(shift, wanted):
            line = HoursLine(shift, names.get(shift.person, shift.person), state_of(shift))
            days.setdefault(shift.day, []).append(line)
    return [HoursDay(day, tuple(lines)) for day, lines in days.items()]


def _kept(shift: Shift, wanted: str) -> bool:
    if wanted == "open":
        return shift.state in (PLANNED, ENTERED, STALE)
    if wanted == "gap":
        return bool(shift.difference)
    if wanted == "issue":
        return shift.state == CONTESTED
    return True


def counts_of(shifts: Iterable[Shift]) -> dict[str, int]:
    """Count shifts by what is known of them."""
    shifts = list(shifts)
    counts = Counter(shift.state for shift in shifts)
    return {
        "all": len(shifts),
        "validated": counts[VALIDATED],
        "open": counts[PLANNED] + counts[ENTERED] + counts[STALE],
        "stale": counts[STALE],
        "contested": counts[CONTESTED],
        "gaps": sum(bool(shift.difference) for shift in shifts),
    }


def event_words(shift: Shift) -> str:
    """What a shift is: its title, with its nature when the title does not say it."""
    kind = label_of(shift.event, "type")
    return shift.what if shift.what == kind else f"{shift.what}, {kind.lower()}"


def weeks_to_validate(weeks: Iterable[Week], today: date) -> set[date]:
    """The Mondays of the weeks in which something past is still to be validated."""
    return {
        week.monday for week in weeks for day in week.days for shift in day.shifts if validable(shift, today)
    }


def validable(shift: Shift, today: date) -> bool:
    """Whether a person can validate a shift: it has hours, it is not to come, they did not object nor validate it."""
    return shift.held is not None and shift.day <= today and shift.state in (PLANNED, ENTERED, STALE)
