"""The minimum wage of a job: which row of which grid on a day, converted to the unit of pay, never under the Smic.

« Salaire retenu = max(minimum conventionnel, Smic × heures). » Members of signatory unions and other employers may read
two grids on one day. What the facts leave open is not guessed: the lowest and the highest amounts are both kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from filage.kernel import french
from filage.kernel import step as steps
from filage.kernel.errors import FilageError
from filage.kernel.money import ONE, ZERO, round_half_up
from filage.kernel.step import Source
from filage.kernel.text import closest
from filage.payroll.minimum_grid import Grid, Row, job_key, words
from filage.payroll.terms import ARTISTE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from filage.kernel.step import Step
    from filage.law import Law
    from filage.payroll.minimum_grid import Convention, Grids

SMIC = "paie.smic_horaire"
FULL_MONTH = Decimal(1820) / 12
"""A full month of 35 hours a week, written 151,67 h."""
FULL_WEEK = Decimal(35)
USUAL_HOURS = {"hour": ONE, "day": Decimal(8), "week": FULL_WEEK, "month": FULL_MONTH}
"""The hours a unit of pay counts when nobody says: those the field « Heures par unité » announces."""
UNIT_WORDS = {
    "cachet": "cachet", "service": "service", "hour": "heure", "day": "jour", "week": "semaine", "month": "mois",
    "package": "forfait",
}  # fmt: skip
_UNCERTAIN = steps.CERTAINTIES.index("uncertain")
_MONTH_RULE = "mensuel ÷ 151,67 h × heures (C. trav. L3242-1)"
_SHORT_DAY, _LONG_DAY = Decimal(7), Decimal(10)
_UNDERFUNDED = ("3", "3bis")
_SHORTLIST = 12


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked: a job under a convention, a unit of pay, and what the conditions of a grid look at.

    `dates` are the cachets of the month; `days` the calendar days of the contract; `hours` those of one unit;
    `weekly_hours` those of a part-time contract; `seats` those of the hall. None is "not said".
    """

    idcc: str
    job: str
    unit: str
    status: str = ""
    cadre: bool = False
    dates: Decimal | None = None
    days: int | None = None
    contract_type: str | None = None
    hours: Decimal | None = None
    weekly_hours: Decimal | None = None
    experience_years: Decimal | None = None
    annex: str | None = None
    seats: int | None = None
    activity: str | None = None
    genre: str | None = None
    union_member: bool = False
    short_film: bool = False


@dataclass(frozen=True, slots=True)
class Newer:
    """A later grid or text that does not decide today: announced, not read, or binding members only."""

    title: str
    url: str
    starts_on: date | None = None
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Minimum:
    """The minimum for one unit of pay, in euros, and why.

    `amount` is the lowest the open conditions leave, `highest` the highest when there are several; `grid_amount` is
    the convention's alone, `floor` the Smic's alone. `superseded`: a later text replaces the grid, amounts unread.
    """

    amount: Step
    unit: str
    row: Row | None = None
    grid: Grid | None = None
    source: Source | None = None
    grid_amount: Step | None = None
    floor: Step | None = None
    highest: Step | None = None
    undecided: tuple[str, ...] = ()
    superseded: bool = False
    newer: tuple[Newer, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def confidence(self) -> str:
        """How sure the amount is: confirmed, one_source or uncertain."""
        return self.amount.confidence

    @property
    def by_smic(self) -> bool:
        """Whether the Smic decides, because no grid does or because the grid is under it."""
        if self.grid_amount is None or self.floor is None:
            return self.grid_amount is None
        return self.floor.value > self.grid_amount.value

    @property
    def certain(self) -> bool:
        """Whether paying less is certainly a breach: the grid is in force and read, or the Smic alone decides."""
        return self.amount.certainty < _UNCERTAIN


@lru_cache(maxsize=8192)
def minimum_for(want: Wanted, day: date, law: Law, grids: Grids) -> Minimum | None:
    """Return the minimum of a job on a day, or None when neither a grid nor the Smic gives one in this unit."""
    floor = smic_floor(want, day, law)
    found = _from_grids(want, day, law, grids[want.idcc])
    if found is not None:
        return found
    if floor is None:
        return None
    return Minimum(floor, want.unit, source=_first_source(floor), floor=floor)


def smic_floor(want: Wanted, day: date, law: Law, hours: Decimal | None = None) -> Step | None:
    """Return the Smic for the hours of one unit; None where hours do not make the pay (cachet, forfait)."""
    if want.status in (ARTISTE, "") and want.unit in ("cachet", "service") and want.hours is None:
        hours = hours if want.unit == "service" else None
    else:
        hours = want.hours or hours or USUAL_HOURS.get(want.unit)
    if hours is None or want.unit == "package":
        return None
    try:
        smic = law[SMIC].forecast(day)
    except FilageError:
        return None
    hours = _part_time(want, _whole_month(hours))
    worked = steps.given(f"heures d’un {UNIT_WORDS[want.unit]}", hours, unit="hours")
    return steps.rounded(steps.product("Smic × heures", smic, worked))


@lru_cache(maxsize=1024)
def jobs_near(
    text: str, convention: Convention, units: tuple[str, ...] = (), status: str = ""
) -> tuple[str, ...]:
    """Return the jobs of a convention that share words with a text, nearest first.

    When none does: the one spelt nearly so, else those of the status (artists or not) paid in the first of these units
    that has some. A variant is proposed only where its job is not.
    """
    jobs = [job for job in convention.jobs if not job.variant] or list(convention.jobs)
    asked = frozenset(words(text))
    shared = sorted(
        (job for job in jobs if asked & job.words),
        key=lambda job: (-len(asked & job.words), len(job.words), job.name),
    )
    if shared:
        return tuple(job.name for job in shared[:_SHORTLIST])
    near = closest(text, [job.name for job in jobs]) if text else None
    if near:
        return (near,)
    held = [job for job in jobs if not status or job.artistic == (status == ARTISTE)]
    for unit in units:
        paid = tuple(job.name for job in held if unit in job.units)
        if paid:
            return paid[:_SHORTLIST]
    return () if units else tuple(job.name for job in held)[:_SHORTLIST]


def _from_grids(want: Wanted, day: date, law: Law, convention: Convention) -> Minimum | None:
    keys = convention.keys(want.job) if want.job else ()
    started: list[tuple[Grid, Row]] = []
    later: list[tuple[Grid, Row]] = []
    for grid in convention.grids:
        start = grid.start(member=want.union_member)
        rows = [(grid, row) for key in keys for row in grid.rows(key)]
        (started if start is not None and start <= day else later).extend(rows)
    fitting = [(grid, row) for grid, row in started if _fits(row, want)]
    chosen = _newest(_in_unit(fitting, want), want, day)
    if not chosen:
        return None
    amounts = [(_converted(grid, row, want, day), grid, row) for grid, row in chosen]
    known = [(step, grid, row) for step, grid, row in amounts if step is not None]
    if not known:
        return None
    known.sort(key=lambda item: (item[0].value, item[2].id))
    step, grid, row = known[0]
    highest = known[-1][0]
    floor = smic_floor(want, day, law, row.hours if row.unit == want.unit else None)
    by_smic = floor is not None and floor.value > step.value
    return Minimum(
        amount=_at_least(step, floor),
        unit=want.unit,
        row=row,
        grid=grid,
        source=_first_source(floor) if floor and by_smic else source_of(grid, row, want, day),
        grid_amount=step,
        floor=floor,
        highest=_at_least(highest, floor) if highest.value > step.value else None,
        undecided=_undecided([row for _, _, row in known], want) if highest.value > step.value else (),
        superseded=is_superseded(grid, day),
        newer=_newer(grid, [item for item in later if _fits(item[1], want)], want),
        notes=_notes(grid, row, want, day),
    )


def _at_least(step: Step, floor: Step | None) -> Step:
    """The convention's minimum, or the Smic's when it is higher: then the law decides, whatever the grid is worth."""
    if floor is None or floor.value < step.value:
        return step
    if floor.value == step.value:
        return step if step.certainty <= floor.certainty else floor
    return steps.relabelled(floor, f"Smic, au-dessus du minimum de la grille ({french.euro(step.value)})")


# Conditions: True is met, False is not, None is not said.


def _between(value: Decimal | int | None, low: int | None, high: int | None) -> bool | None:
    if low is None and high is None:
        return True
    if value is None:
        return None
    return (low is None or value >= low) and (high is None or value <= high)


def _contract_fits(row: Row, want: Wanted) -> bool | None:
    if not row.contract and row.months_from is None and row.months_to is None:
        return True
    permanent = want.contract_type == "cdi"
    months = None if want.days is None else Decimal(want.days) * 12 / 365
    long_enough = None if months is None else row.months_from is None or months >= row.months_from
    short_enough = None if months is None else row.months_to is None or months < row.months_to
    if row.contract == "cdi":
        return permanent
    if row.contract == "cdi_or_long_cdd":
        return True if permanent else long_enough
    if row.contract == "cdd" and permanent:
        return False
    both = (long_enough, short_enough)
    return False if False in both else None if None in both else True


def _annex_fits(row: Row, want: Wanted) -> bool | None:
    """An annexe read from the production; that of underfunded films is claimed, never assumed."""
    if not row.annex:
        return True
    if want.annex is None:
        return False if row.annex in _UNDERFUNDED and want.idcc == "3097" else None
    wanted = want.annex.replace(" ", "")
    if want.idcc == "3097" and wanted in _UNDERFUNDED:
        return row.annex in _UNDERFUNDED
    return row.annex == wanted


def _said(value: str, asked: str | None) -> bool | None:
    return True if not value else None if asked is None else value == asked


CONDITIONS: tuple[tuple[str, Callable[[Row, Wanted], bool | None]], ...] = (
    ("le nombre de dates du mois", lambda row, want: _between(want.dates, row.dates_from, row.dates_to)),
    ("la jauge de la salle", lambda row, want: _between(want.seats, row.seats_from, row.seats_to)),
    ("la durée de l’engagement", lambda row, want: _between(want.days, None, row.days_to)),
    ("le type et la durée du contrat", _contract_fits),
    ("l’annexe de la convention", _annex_fits),
    ("le genre", lambda row, want: _said(row.genre, want.genre)),
    ("répétition ou représentation", lambda row, want: _said(row.activity, want.activity)),
    ("l’ancienneté", lambda row, want: _between(want.experience_years or 0, row.years_from, None)),
)
"""The named conditions of a grid: what each looks at, and whether what is wanted meets it."""


def _fits(row: Row, want: Wanted) -> bool:
    return all(condition(row, want) is not False for _, condition in CONDITIONS)


def _undecided(rows: Sequence[Row], want: Wanted) -> tuple[str, ...]:
    """What is not said and would tell these rows apart; the bases of hours when nothing else does."""
    open_ones = [name for name, condition in CONDITIONS if any(condition(row, want) is None for row in rows)]
    return tuple(open_ones) or ("la base horaire ou l’emploi précis",)


# Units


@dataclass(frozen=True, slots=True)
class _Conversion:
    """How a row in one unit gives another: under which convention, and the rule that allows it."""

    of: str
    to: str
    idcc: tuple[str, ...]
    rule: str
    allowed: Callable[[Row, Wanted], bool]


def _short(limit: int) -> Callable[[Row, Wanted], bool]:
    return lambda _row, want: want.days is not None and want.days <= limit


_FOUR_DAYS, _UNDER_A_WEEK, _WEEK_39 = 4, 6, Decimal(39)
CONVERSIONS = (
    _Conversion("week", "day", ("2642",), "semaine 39 h ÷ 4,5, engagement de 4 jours au plus (IDCC 2642, art. IV.2.1)",
                lambda row, want: row.hours == _WEEK_39 and _short(_FOUR_DAYS)(row, want)),
    _Conversion("week", "day", ("3097",),
                "semaine 39 h ÷ 40 × 1,25 × 7 h au moins, engagement de moins d’une semaine (IDCC 3097, art. 34)",
                lambda row, want: row.hours == _WEEK_39 and row.annex == "1" and _short(_UNDER_A_WEEK)(row, want)),
    _Conversion("hour", "day", (), "taux horaire × heures", lambda _row, _want: True),
    _Conversion("hour", "week", (), "taux horaire × heures", lambda _row, _want: True),
    _Conversion("hour", "month", (), "taux horaire × heures", lambda _row, _want: True),
    _Conversion("hour", "service", (), "taux horaire × heures", lambda _row, want: want.hours is not None),
    _Conversion("month", "hour", (), _MONTH_RULE, lambda _row, want: want.status != ARTISTE),
    _Conversion("month", "day", (), _MONTH_RULE, lambda _row, want: want.status != ARTISTE),
    _Conversion("month", "week", (), _MONTH_RULE, lambda _row, want: want.status != ARTISTE),
    _Conversion("month", "service", (), _MONTH_RULE,
                lambda _row, want: want.status != ARTISTE and want.hours is not None),
)  # fmt: skip
"""The conversions a text allows; any other pair of units is not compared, and it is said."""


def conversion(row: Row, want: Wanted) -> _Conversion | None:
    """Return the rule that converts a row to the wanted unit, None when the row is in it or nothing allows it."""
    for rule in CONVERSIONS:
        if (rule.of, rule.to) != (row.unit, want.unit) or (rule.idcc and want.idcc not in rule.idcc):
            continue
        if rule.allowed(row, want):
            return rule
    return None


def _in_unit(rows: list[tuple[Grid, Row]], want: Wanted) -> list[tuple[Grid, Row]]:
    """The rows in the wanted unit; when there is none, those a rule converts."""
    named = {job_key(row.name) for grid, row in rows if not grid.fallback}
    rows = [(grid, row) for grid, row in rows if not grid.fallback or job_key(row.name) not in named]
    same = [(grid, row) for grid, row in rows if row.unit == want.unit]
    return same or [(grid, row) for grid, row in rows if conversion(row, want) is not None]


def _newest(rows: list[tuple[Grid, Row]], want: Wanted, day: date) -> list[tuple[Grid, Row]]:
    """For each job and annexe, the rows of the grid begun last; then those on the base of hours that is worked."""
    begun: dict[tuple[str, str], date] = {}
    for grid, row in rows:
        start, key = _begun(grid, want, day), (job_key(row.name), row.annex)
        begun[key] = max(begun.get(key, start), start)
    kept = [
        item for item in rows if _begun(item[0], want, day) == begun[job_key(item[1].name), item[1].annex]
    ]
    own = [(grid, row) for grid, row in kept if grid.own]
    kept = _without_shorter_seniority(own or kept)
    return _on_the_base_worked(kept, want)


def _begun(grid: Grid, want: Wanted, day: date) -> date:
    return grid.start(member=want.union_member) or day


def _without_shorter_seniority(rows: list[tuple[Grid, Row]]) -> list[tuple[Grid, Row]]:
    most = max((row.years_from or 0 for _, row in rows), default=0)
    return [(grid, row) for grid, row in rows if row.years_from is None or row.years_from == most]


def _on_the_base_worked(rows: list[tuple[Grid, Row]], want: Wanted) -> list[tuple[Grid, Row]]:
    """Of several bases of hours, the largest that is not above what is worked; else the smallest."""
    bases = sorted({row.hours for _, row in rows if row.hours is not None and row.unit == want.unit})
    if len(bases) < 2 or want.unit == "month":  # noqa: PLR2004 - nothing to choose
        return rows
    worked = want.hours or USUAL_HOURS.get(want.unit, bases[0])
    base = max((hours for hours in bases if hours <= worked), default=bases[0])
    return [(grid, row) for grid, row in rows if row.hours in (None, base)]


def _converted(grid: Grid, row: Row, want: Wanted, day: date) -> Step | None:
    step = _row_step(grid, row, want, day)
    if row.unit == want.unit:
        return _for_the_month(_at_the_hours(step, row, want, grid), grid, row, want)
    rule = conversion(row, want)
    if rule is None:
        return None
    worked = want.hours or USUAL_HOURS.get(want.unit, ONE)
    if rule.of == "week" and want.idcc == "2642":
        whole = steps.quotient(row.name, step, steps.given("jours d’une semaine", "4.5", unit="days"))
    elif rule.of == "week":
        hourly = steps.quotient("taux horaire", step, steps.given("heures payées", 40, unit="hours"))
        whole = _short_day(row, hourly, want)
    elif rule.of == "hour":
        whole = steps.product(row.name, step, _hours(_part_time(want, worked)))
    else:
        hourly = steps.quotient("taux horaire", step, steps.given("heures du mois", FULL_MONTH, unit="hours"))
        whole = steps.product(row.name, hourly, _hours(_part_time(want, worked)))
    return steps.relabelled(steps.rounded(whole), f"{row.name} : {rule.rule}")


def _short_day(row: Row, hourly: Step, want: Wanted) -> Step:
    """A day of a film engagement under a week: +25 % up to 7 h, paid at least, +50 % beyond, +100 % beyond 10 h."""
    worked = max(want.hours or _SHORT_DAY, _SHORT_DAY)
    extra, late = min(worked, _LONG_DAY) - _SHORT_DAY, max(worked - _LONG_DAY, ZERO)
    paid = _SHORT_DAY * Decimal("1.25") + extra * Decimal("1.5") + late * 2
    return steps.product(row.name, hourly, steps.given("heures majorées", paid, unit="hours"))


def _row_step(grid: Grid, row: Row, want: Wanted, day: date) -> Step:
    label = f"{row.name}, par {UNIT_WORDS[row.unit]}"
    return steps.law(label, row.amount, source_of(grid, row, want, day))


def _hours(hours: Decimal) -> Step:
    return steps.given("heures", hours, unit="hours")


def _whole_month(hours: Decimal) -> Decimal:
    """A month written 151,67 h is the full month: to the hundredth, it would cost four cents more than the Smic."""
    return FULL_MONTH if hours == round_half_up(FULL_MONTH) else hours


def _part_time(want: Wanted, hours: Decimal) -> Decimal:
    if want.unit in ("week", "month") and want.hours is None and want.weekly_hours is not None:
        return hours * want.weekly_hours / FULL_WEEK
    return hours


def _at_the_hours(step: Step, row: Row, want: Wanted, grid: Grid) -> Step:
    """A row of 39 h for 35 h worked, or a full month for part time: its hourly rate, or its part of the hours."""
    if want.unit == "day" and grid.idcc == "3097" and row.annex == "1" and row.hours == _SHORT_DAY:
        if want.hours is None or want.hours <= _SHORT_DAY:
            return step
        raised = steps.given("heures majorées d’un jour de 7 h", _SHORT_DAY * Decimal("1.25"), unit="hours")
        return steps.rounded(_short_day(row, steps.quotient("taux horaire", step, raised), want))
    if want.unit not in ("week", "month"):
        return step
    worked = _whole_month(want.hours) if want.hours is not None else None
    if worked is None and want.weekly_hours is not None:
        worked = want.weekly_hours * (FULL_MONTH / FULL_WEEK if want.unit == "month" else ONE)
    base = _whole_month(row.hours or USUAL_HOURS[want.unit])
    if worked is None or worked >= base:
        return step
    if row.hourly is not None and worked <= FULL_WEEK:
        hourly = steps.law(f"{row.name}, taux horaire", row.hourly, step.sources[0])
        return steps.rounded(steps.product(f"{row.name} : taux horaire × heures", hourly, _hours(worked)))
    part = steps.quotient("part des heures", _hours(worked), _hours(base), unit="ratio")
    return steps.rounded(steps.product(f"{row.name} : au prorata des heures", step, part))


def _for_the_month(step: Step, grid: Grid, row: Row, want: Wanted) -> Step:
    """Anti-threshold clause of the CCNSVP: a month pays at least the most of the bracket below, all dates together."""
    if not grid.anti_threshold or row.dates_from is None or want.dates is None:
        return step
    below = [other for other in grid.rows(job_key(row.name)) if _bracket_below(other, row)]
    if not below:
        return step
    other = max(below, key=lambda row: row.amount)
    before = _row_step(grid, other, want, grid.starts_on)
    dates = steps.given("dates de la tranche précédente", other.dates_to or 0, unit="dates")
    most = steps.product("maximum de la tranche précédente", before, dates)
    each = steps.rounded(
        steps.quotient("clause anti-seuil", most, steps.given("dates du mois", want.dates, unit="dates"))
    )
    return steps.greatest(step.label, step, each) if each.value > step.value else step


def _bracket_below(other: Row, row: Row) -> bool:
    same = (other.unit, other.annex, other.activity, other.seats_from, other.seats_to) == (
        row.unit, row.annex, row.activity, row.seats_from, row.seats_to
    )  # fmt: skip
    return same and other.dates_to is not None and other.dates_to == (row.dates_from or 0) - 1


# What is said of the source


def is_superseded(grid: Grid, day: date) -> bool:
    """Tell whether a later text, whose amounts are not all known, replaces the grid on that day."""
    return grid.replaced_on is not None and day >= grid.replaced_on


def _unsure(grid: Grid, want: Wanted, day: date) -> str:
    """Why a grid that was read is to be checked for this employer or this film; empty when it is not."""
    if grid.features_only and want.short_film:
        return "application de cette grille au court métrage à vérifier"
    if want.union_member:
        return ""
    if grid.from_all is None:
        return "extension à tous les employeurs non vérifiée"
    if grid.extended_on is not None and day < grid.extended_on:
        return f"extension publiée le {french.day(grid.extended_on)} seulement"
    return ""


def source_of(grid: Grid, row: Row, want: Wanted, day: date) -> Source:
    """Return the source of a row as it is worth on a day: superseded or not extended, it is to be checked."""
    warnings = [row.note, _unsure(grid, want, day)]
    if is_superseded(grid, day):
        warnings.append(
            f"grille remplacée depuis le {french.day(grid.replaced_on or day)} ({grid.replaced_by})"
        )
    doubtful = is_superseded(grid, day) or bool(_unsure(grid, want, day))
    texts = [grid.sources[key] for key in row.sources or grid.sources if key in grid.sources]
    titles = " ; ".join(dict.fromkeys([grid.basis, *(text.title for text in texts)]))
    return Source(
        id=f"minima/{row.id}",
        title=titles,
        url=next((text.url for text in texts if text.url), ""),
        checked_on=row.checked_on or grid.checked_on,
        confidence="uncertain" if doubtful else row.confidence or grid.confidence,
        warning=" ; ".join(part for part in warnings if part),
    )


def _newer(grid: Grid, later: Iterable[tuple[Grid, Row]], want: Wanted) -> tuple[Newer, ...]:
    found = [
        Newer(other.label, source.url, other.starts_on, row.amount)
        for other, row in later
        if row.unit == want.unit and other.starts_on > grid.starts_on
        for source in [next(iter(other.sources.values()))]
    ]
    if grid.announced is not None:
        found.append(Newer(grid.announced.title, grid.announced.url))
    return tuple(dict.fromkeys(found))


def _notes(grid: Grid, row: Row, want: Wanted, day: date) -> tuple[str, ...]:
    notes = [grid.note, _unsure(grid, want, day)]
    if is_superseded(grid, day):
        notes.append(
            f"montant remplacé depuis le {french.day(grid.replaced_on or day)} par {grid.replaced_by}"
        )
    if row.participation is not None:
        notes.append(f"intéressement hebdomadaire de référence : {french.euro(row.participation)}")
    return tuple(note for note in notes if note)


def _first_source(step: Step) -> Source | None:
    return next(iter(step.all_sources().values()), None)
