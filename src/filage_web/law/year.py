"""What a year of law changes and costs this production, and why."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from filage.kernel import french
from filage.kernel.step import Step
from filage.law import Law, load_law, moved_between, same_day
from filage.payroll.law_change import EMPLOYER, ContributionChange, LawChange, cost_of_law_change
from filage.review import Outcome, law_of_structure
from filage_web.law.parameters import difference_words, value_words
from filage_web.why.reasons import UNCERTAIN, Reason, reason_of

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


def reason_for(change: LawChange, about: str, place: Callable[[str], str]) -> tuple[str, Reason] | None:
    """Explain the total, a contribution of a payer or somebody's change; the sums lead to their parts' reasons."""
    if about == TOTAL:
        lines = [line for line in change.lines if line.payer == EMPLOYER and line.change]
        parts = tuple(_cited(line, place(f"{line.payer}/{line.id}")) for line in lines)
        return _("Même équipe"), _sum(change.total, parts)
    for line in change.lines:
        if about == f"{line.payer}/{line.id}":
            return line.label, reason_of(line.step)
    for one in change.engagements:
        if about == one.about:
            return one.label, reason_of(one.step)
    return None


def _sum(step: Step, parts: tuple[Reason, ...]) -> Reason:
    doubts = sum(bool(part.doubts) for part in parts)
    return Reason(step.label, french.signed_euro(step.value), "calc", "", (), 0, doubts, parts)


def _cited(line: ContributionChange, href: str) -> Reason:
    doubtful = UNCERTAIN in (line.before.certainty, line.after.certainty)
    note = f"{french.euro(line.after.value)} − {french.euro(line.before.value)}"
    status = "doubt" if doubtful else "calc"
    return Reason(line.label, french.signed_euro(line.change), status, note, (), 1, int(doubtful), (), href)


def rate_words(rates: tuple[Decimal, ...]) -> str:
    """Write the rates met: one, or from the lowest to the highest."""
    found = sorted({abs(rate) for rate in rates})
    return " à ".join(french.percent(rate) for rate in (found if len(found) == 1 else found[:1] + found[-1:]))
