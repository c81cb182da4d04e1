"""What a year of law changes and costs this production, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from filage.kernel import french
from filage.kernel.step import Step
from filage.law import Law, load_law, moved_between, same_day
from filage.payroll.law_change import EMPLOYER, ContributionChange, LawChange, cost_of_law_change
from filage.review import Outcome, law_of_structure
from filage_web.law.parameters import difference_words, value_words

TOTAL: Final = "total"
EARLIEST, LATEST = 2000, 2100


@dataclass(frozen=True, slots=True)
class MovedLine:
    """A parameter that changed over the year, in words."""

    ident: str
    label: str
    part: str
    before: str
    after: str
    change: str
    assumed: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """What is not compared, in words."""

    ident: str
    label: str
    year: int
    reason: str
    slips: str
    whole_slips: bool


@dataclass(frozen=True, slots=True)
class Year:
    """A year's change of law, ready to draw."""

    change: LawChange
    moved: tuple[MovedLine, ...]
    gaps: tuple[Gap, ...]

    @property
    def employer(self) -> list[ContributionChange]:
        """The employer's contributions that move, the largest first."""
        return self._moving(EMPLOYER)

    @property
    def employee(self) -> list[ContributionChange]:
        """The employees' contributions that move, the largest first."""
        return self._moving("employee")

    @property
    def unchanged(self) -> int:
        """How many contributions do not move."""
        return sum(not line.change for line in self.change.lines)

    def _moving(self, payer: str) -> list[ContributionChange]:
        found = [line for line in self.change.lines if line.payer == payer and line.change]
        return sorted(found, key=lambda line: -abs(line.change))


def asked_year(text: str, today: int) -> int:
    """Read the second year of a comparison; the present one for anything else than a year."""
    year = int(text) if text.isascii() and text.isdigit() else today
    return year if EARLIEST <= year <= LATEST else today


def law_change(outcome: Outcome, year: int) -> LawChange:
    """Cost the same team under the law of a year and of the one before."""
    law = law_of_structure(outcome.dossier.employer, load_law())
    return cost_of_law_change(outcome.costs, law, before_year=year - 1, after_year=year)


def year_of(outcome: Outcome, year: int) -> Year:
    """Gather what a year of law changes here."""
    law = law_of_structure(outcome.dossier.employer, load_law())
    change = law_change(outcome, year)
    return Year(change, tuple(_moved(law, outcome, year)), tuple(_gaps(law, change)))


def _moved(law: Law, outcome: Outcome, year: int) -> Iterator[MovedLine]:
    for one in moved_between(law, same_day(outcome.on, year - 1), same_day(outcome.on, year)):
        yield MovedLine(
            ident=one.parameter.id,
            label=one.parameter.label,
            part=one.parameter.part,
            before=value_words(one.before),
            after=value_words(one.after),
            change="" if one.change is None else difference_words(one.change, one.parameter.unit),
            assumed=one.after.status == "assumed",
        )


def _gaps(law: Law, change: LawChange) -> Iterator[Gap]:
    for one in change.uncovered:
        label = law[one.parameter].label if one.parameter in law else one.parameter
        yield Gap(one.parameter, label, one.year, one.reason, " ; ".join(one.labels), one.whole_slips)


def reason_step(change: LawChange, about: str) -> tuple[str, Step] | None:
    """Find what a « pourquoi ? » of the page explains: the total, a contribution of a payer, somebody's change."""
    if about == TOTAL:
        return change.total.label, change.total
    for line in change.lines:
        if about == f"{line.payer}/{line.id}":
            return line.label, line.step
    for one in change.engagements:
        if about == one.about:
            return one.label, one.step
    return None


def rate_words(rates: tuple[Decimal, ...]) -> str:
    """Write the rates met: one, or from the lowest to the highest."""
    shown = [french.percent(abs(rate)) for rate in (rates[:1] + rates[-1:] if len(rates) > 1 else rates)]
    return " à ".join(shown)
