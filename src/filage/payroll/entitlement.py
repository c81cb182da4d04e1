"""Cachets and hours: what a cachet counts for, and the hours towards unemployment rights, as an estimate.

Annexes 8 and 10 of the unemployment insurance ask for 507 hours over the 365 days that end with a contract. Filage adds
up what the structure knows; France Travail alone decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from filage.facts.team import Engagement, Position
from filage.kernel import french
from filage.kernel import step as steps
from filage.kernel.interval import month_key
from filage.kernel.money import ONE, ZERO
from filage.payroll.pay_base import contract_week
from filage.payroll.quantity import ENGAGED, HOURS_PER_UNIT, Calendar, engagement_quantities, hours_of

if TYPE_CHECKING:
    from filage.facts.calendar import Event, Participation
    from filage.facts.dossier import Dossier
    from filage.kernel.step import Step
    from filage.law import Law

WorkKind = Literal["cachet", "hours", "teaching", "general"]
"""A cachet of an artist, hours under annexes 8 or 10, hours of teaching, work outside those annexes."""
OUTSIDE, TAUGHT, GENERAL, EMPTY = (
    "hors de la période", "enseignement : compté dans certaines limites, que Filage ne modélise pas",
    "hors des annexes 8 et 10", "quantité nulle ou négative",
)  # fmt: skip
CAVEATS = (
    "Estimation : France Travail décide, d’après les attestations de tous les employeurs.",
    "Seul le travail connu ici est compté ; ajoutez celui fait ailleurs.",
    "Ne sont pas comptés : l’enseignement, la formation, la maladie, la maternité et les accidents du travail.",
    "La période examinée finit en droit avec un contrat, et commence au plus tôt à l’ouverture des droits précédents.",
)


@dataclass(frozen=True, slots=True)
class DeclaredWork:
    """Work on a day as it is declared: cachets or hours, for whom; `on` is its day, or the last of its month.

    `artist` says whose hours they are: an artist's are of annexe 10, as cachets are.
    """

    on: date
    kind: WorkKind
    quantity: Decimal
    employer: str = ""
    label: str = ""
    artist: bool = False


@dataclass(frozen=True, slots=True)
class Excluded:
    """Work, or a part of it, that does not count, and why."""

    work: DeclaredWork | None
    month: str
    reason: str


@dataclass(frozen=True, slots=True)
class Entitlement:
    """Hours found over a period, those missing, what was left out and why, and what the figure does not know."""

    total: Step
    needed: Step
    missing: Step
    first: date
    last: date
    annex: Literal["8", "10", ""]
    excluded: tuple[Excluded, ...]
    caveats: tuple[str, ...] = CAVEATS

    @property
    def reached(self) -> bool:
        """Whether the hours found are enough, as far as is known."""
        return self.missing.value == 0


def hours_of_cachets(cachets: Decimal, day: date, law: Law) -> Step:
    """Return the hours that cachets count for in declarations and unemployment rights: 12 h each (annexe 10)."""
    each = law["paie.cachet_heures_chomage"].forecast(day)
    return steps.product(
        "Heures des cachets", steps.given("Cachets", cachets, unit="cachets"), each, unit="hours"
    )


def cachets_of_hours(hours: Decimal, day: date, law: Law) -> Step:
    """Return how many cachets hours are worth, not rounded: 507 h are 42.25 cachets, so 43 are needed."""
    each = law["paie.cachet_heures_chomage"].forecast(day)
    return steps.quotient(
        "Équivalent en cachets", steps.given("Heures", hours, unit="hours"), each, unit="cachets"
    )


def hours_toward_507(work: Sequence[DeclaredWork], on: date, law: Law) -> Entitlement:
    """Return the hours that count towards unemployment rights over the 365 days ending on a day, as an estimate.

    Cachets and a technician's hours are capped per calendar month; the caps come from one undated source and make the
    total uncertain only when one of them is passed. LawNotCovered before August 2016.
    """
    days = int(law["paie.chomage_affiliation_jours"].forecast(on).value)
    first = on - timedelta(days=days - 1)
    excluded = [
        Excluded(one, month_key(one.on), reason) for one in work if (reason := _refused(one, first, on))
    ]
    kept = [one for one in work if not _refused(one, first, on)]
    months = _Months(law, on)
    parts = [part for month, mine in sorted(_by_month(kept).items()) for part in months.parts(month, mine)]
    total = steps.total("Heures retenues", parts, unit="hours")
    needed = law["paie.chomage_affiliation_heures"].forecast(on)
    short = steps.difference("Écart", needed, total, unit="hours")
    missing = steps.greatest(
        "Heures manquantes", short, steps.given("zéro", ZERO, unit="hours"), unit="hours"
    )
    return Entitlement(
        total, needed, missing, first, on, _annex(kept, law, on), (*excluded, *months.excluded)
    )


def _refused(one: DeclaredWork, first: date, last: date) -> str:
    if not first <= one.on <= last:
        return OUTSIDE
    if one.quantity <= 0:
        return EMPTY
    return {"teaching": TAUGHT, "general": GENERAL}.get(one.kind, "")


def _by_month(work: Iterable[DeclaredWork]) -> Mapping[str, list[DeclaredWork]]:
    months: dict[str, list[DeclaredWork]] = defaultdict(list)
    for one in work:
        months[month_key(one.on)].append(one)
    return months


class _Months:
    """Counts each month within its caps, and keeps what is beyond."""

    def __init__(self, law: Law, on: date) -> None:
        self.law, self.on = law, on
        self.excluded: list[Excluded] = []

    def parts(self, month: str, work: Sequence[DeclaredWork]) -> list[Step]:
        """The hours of a month: its cachets, then its hours."""
        cachets = [one for one in work if one.kind == "cachet"]
        rehearsed = [one for one in work if one.kind == "hours" and one.artist]
        hours = [one for one in work if one.kind == "hours" and not one.artist]
        several = len({one.employer for one in hours}) > 1
        cap = "paie.chomage_heures_par_mois_plusieurs" if several else "paie.chomage_heures_par_mois"
        found = []
        if cachets:
            counted = self._capped(month, "Cachets", cachets, "paie.chomage_cachets_par_mois", "cachets")
            each = self.law["paie.cachet_heures_chomage"].forecast(self.on)
            found.append(steps.product(f"Cachets, {french.month(month)}", counted, each, unit="hours"))
        if rehearsed:
            named = [_given(one, "hours") for one in rehearsed]
            found.append(steps.total(f"Heures d’artiste, {french.month(month)}", named, unit="hours"))
        if hours:
            counted = self._capped(month, "Heures", hours, cap, "hours")
            found.append(steps.relabelled(counted, f"Heures, {french.month(month)}"))
        return found

    def _capped(
        self, month: str, label: str, work: Sequence[DeclaredWork], parameter: str, unit: str
    ) -> Step:
        done = steps.total(label, [_given(one, unit) for one in work], unit=unit)
        cap = self.law[parameter].forecast(self.on)
        if done.value <= cap.value:
            return done
        over = french.quantity(done.value - cap.value, unit)
        reason = f"{over} au-delà du plafond mensuel ({french.quantity(cap.value, unit)}, à vérifier)"
        self.excluded.append(Excluded(None, month, reason))
        return steps.least(f"{label}, plafonnés au mois", done, cap, unit=unit)


def _given(one: DeclaredWork, unit: str) -> Step:
    label = f"{one.label}, {french.day(one.on)}" if one.label else french.day(one.on)
    return steps.given(label, one.quantity, unit=unit, by=one.employer)


def _annex(work: Iterable[DeclaredWork], law: Law, on: date) -> Literal["8", "10", ""]:
    """The annex that has the more hours: 10 for artists, 8 for technicians; none without work."""
    each = law["paie.cachet_heures_chomage"].forecast(on).value
    of_artist, of_technician = ZERO, ZERO
    for one in work:
        if one.kind == "cachet" or one.artist:
            of_artist += one.quantity * (each if one.kind == "cachet" else ONE)
        else:
            of_technician += one.quantity
    if not of_artist and not of_technician:
        return ""
    return "10" if of_artist >= of_technician else "8"


def declared_work(dossier: Dossier, person: str) -> tuple[DeclaredWork, ...]:
    """Return one person's work in a production (`person/id`), day by day where the calendar says it, else by month.

    Forecasts count as work: pass the day to `hours_toward_507` to leave out what comes after it.
    """
    calendar = Calendar(dossier)
    employer = dossier.employer.label
    found: list[DeclaredWork] = []
    for engagement in dossier.all(Engagement):
        if engagement.person == person:
            found += _of_engagement(engagement, dossier, calendar, employer)
    return tuple(sorted(found, key=lambda one: (one.on, one.kind, one.label)))


def _of_engagement(
    engagement: Engagement, dossier: Dossier, calendar: Calendar, employer: str
) -> list[DeclaredWork]:
    position = dossier.find(engagement.position, Position)
    label = position.label if position else ""
    permanent = position is not None and position.status == "permanent"
    artist = position is not None and position.status in ("artiste", "figurant")
    kind: WorkKind = "general" if permanent else "cachet" if engagement.unit == "cachet" else "hours"
    quantities = engagement_quantities(engagement, calendar)
    if quantities.basis != ENGAGED and engagement.unit in ("cachet", "hour"):
        return [
            DeclaredWork(event.day, kind, _units_of(engagement, event, part), employer, label, artist)
            for event, part in calendar.by_engagement.get(engagement.about, [])
        ]
    each = ONE if engagement.unit == "cachet" else _hours_per_unit(engagement)
    if quantities.basis != ENGAGED and engagement.unit in ("day", "service"):
        days = _units_by_day(engagement, calendar)
        return [DeclaredWork(day, kind, units * each, employer, label, artist) for day, units in days.items()]
    return [
        DeclaredWork(month.law_day, kind, month.units * each, employer, label, artist)
        for month in quantities.months
    ]


def _units_by_day(engagement: Engagement, calendar: Calendar) -> Mapping[date, Decimal]:
    """The services or days of each day: a day counts once, whatever happens in it."""
    days: dict[date, Decimal] = {}
    for event, part in calendar.by_engagement.get(engagement.about, []):
        units, before = _units_of(engagement, event, part), days.get(event.day, ZERO)
        days[event.day] = max(before, units) if engagement.unit == "day" else before + units
    return days


def _units_of(engagement: Engagement, event: Event, part: Participation) -> Decimal:
    stated = part.actual_units if part.actual_units is not None else part.units
    if stated is not None:
        return stated
    return hours_of(event, part) if engagement.unit == "hour" else ONE


def _hours_per_unit(engagement: Engagement) -> Decimal:
    """Hours of a unit: those of the engagement, of its week, else the usual ones; a package without hours has none."""
    if engagement.unit == "week":
        return contract_week(engagement)
    if engagement.unit == "month":
        return contract_week(engagement) * 52 / 12
    return engagement.hours or HOURS_PER_UNIT.get(engagement.unit, ZERO)
