"""The production file: what a producer sends to a theatre or a funder, as a value without any layout."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from filage.budget.chapters import PHASES, chapters, valued_chapters
from filage.compliance.licences import LIVE_FORMS
from filage.facts.base import label_of
from filage.facts.budget import BudgetLine
from filage.facts.calendar import Event
from filage.facts.team import Engagement
from filage.funding.plan import shares
from filage.kernel import french
from filage.kernel.finding import NotChecked
from filage.kernel.money import ZERO, round_half_up
from filage.planning.appointments import Appointment, appointments_of
from filage.planning.teams import Team, teams_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from filage.budget.chapters import Chapter
    from filage.budget.lines import BudgetRow
    from filage.budget.price import PriceInput, PriceOutcome
    from filage.facts.dossier import Dossier
    from filage.funding.plan import Source as Money
    from filage.kernel.finding import Finding
    from filage.kernel.step import Source, Step
    from filage.review.outcome import Outcome

UNCERTAIN = 2
_FILMED = (
    "fiction",
    "documentary",
    "short_film",
    "music_video",
    "captation",
    "tv_show",
    "radio",
    "phonogram",
)
DIRECTS = dict.fromkeys(_FILMED, "réalisation") | {
    "dance": "chorégraphie", "concert": "direction", "festival": "direction", "video_game": "direction",
    "exhibition": "commissariat", "event": "direction",
}  # fmt: skip
"""What the person who directs does, where it is not a mise en scène."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A phase of the production's life."""

    label: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Figures:
    """What one reads first: euros and counts."""

    expense: Decimal
    income: Decimal
    gap: Decimal
    complete: bool
    performances: int
    shoot_days: int
    places: int
    people: int
    first_price: Decimal | None
    first_series: int | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A budget line; `notes` are the numbers of the notes it calls."""

    label: str
    quantity: Decimal | None
    unit: str
    unit_price: Decimal | None
    paid: bool
    rate: Decimal | None
    amount: Decimal
    computed: Decimal | None
    origin: str
    reason: str
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Post:
    """A chapter and its lines."""

    code: str
    label: str
    amount: Decimal
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One side of one budget phase."""

    label: str
    income: bool
    amount: Decimal
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A line of the price, one amount per series; `role`: line, group or total. Every total adds up as shown."""

    label: str
    role: str
    amounts: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class PriceTable:
    """The price of cession laid out, and what it leads to."""

    series: tuple[int, ...]
    rows: tuple[PriceRow, ...]
    planned: int
    break_even: int | None
    results: tuple[tuple[int, Decimal], ...]
    vat_rate: Decimal


@dataclass(frozen=True, slots=True)
class Funds:
    """The financing plan: its sources, their three readings, and the shares of the bar in per cent."""

    sources: tuple[Money, ...]
    expense: Decimal
    certain: Decimal
    probable: Decimal
    weighted: Decimal
    received: Decimal
    gap: Decimal
    gap_weighted: Decimal
    shares: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A numbered note: a value to check before relying on it."""

    number: int
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A text or a page some values come from, and how many."""

    title: str
    url: str
    checked_on: date | None
    confidence: str
    values: int


@dataclass(frozen=True, slots=True)
class ProductionFile:
    """The whole file on a day."""

    title: str
    subtitle: str
    form: str
    season: str
    director: str
    directs: str
    company: str
    city: str
    licences: tuple[str, ...]
    on: date
    scenario: str
    concept: str
    specification: str
    credits: str
    phases: tuple[Stretch, ...]
    figures: Figures
    teams: tuple[Team, ...]
    calendar: tuple[Appointment, ...]
    parts: tuple[Part, ...]
    sells_dates: bool
    price: PriceTable | None
    funds: Funds
    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    notes: tuple[Note, ...]
    sources: tuple[Reference, ...]


def production_file(outcome: Outcome, scenario: str = "") -> ProductionFile:
    """Return the production file of an outcome; `scenario` is the name of the scenario it was reviewed under."""
    dossier, employer, production = outcome.dossier, outcome.dossier.employer, outcome.dossier.production
    notes = _Notes()
    return ProductionFile(
        title=production.label,
        subtitle=production.subtitle or "",
        form=label_of(production, "form"),
        season=production.season or "",
        director=production.director or "",
        directs=DIRECTS.get(production.form, "mise en scène"),
        company=employer.label,
        city=employer.city or "",
        licences=tuple(f"{licence.number} (catégorie {licence.category})" for licence in employer.licences),
        on=outcome.on,
        scenario=scenario,
        concept=production.concept or "",
        specification=production.specification or "",
        credits=production.credits or "",
        phases=tuple(Stretch(phase.label, phase.starts_on, phase.ends_on) for phase in production.phases),
        figures=_figures(outcome),
        teams=tuple(teams_of(dossier)),
        calendar=tuple(appointments_of(dossier)),
        parts=tuple(_parts(outcome, notes)),
        sells_dates=production.form in LIVE_FORMS or outcome.price is not None,
        price=_price(outcome.price_input, outcome.price),
        funds=_funds(outcome),
        findings=outcome.findings,
        not_checked=tuple(NotChecked(_named(item.rule, dossier), item.needs) for item in outcome.not_checked),
        notes=notes.all(),
        sources=_references(outcome.sources().values()),
    )


def _named(rule: str, dossier: Dossier) -> str:
    """A rule in words: one that is a fact of the dossier goes by its name."""
    fact = dossier.get(rule)
    return rule if fact is None else f"{fact.title} « {fact.name()} »"


def _figures(outcome: Outcome) -> Figures:
    alive = [event for event in outcome.dossier.all(Event) if event.option != "cancelled"]
    shows = [event for event in alive if event.type == "performance"]
    shoots = [event for event in alive if event.type == "shoot"]
    first = outcome.price.prices[0] if outcome.price else None
    return Figures(
        expense=outcome.budget.expense,
        income=outcome.budget.income,
        gap=outcome.plan.gap,
        complete=outcome.budget.complete,
        performances=len(shows),
        shoot_days=len({event.day for event in shoots}),
        places=len({event.venue for event in shows or shoots if event.venue}),
        people=len({engagement.person for engagement in outcome.dossier.all(Engagement)}),
        first_price=first.unit_price if first else None,
        first_series=first.performances if first else None,
    )


class _Notes:
    """The notes called so far, each once, numbered in order of call."""

    def __init__(self) -> None:
        self._found: dict[str, Note] = {}

    def of(self, row: BudgetRow) -> tuple[int, ...]:
        numbers = []
        if not row.complete:
            text = "Montant incomplet, donc sous-estimé : il y manque un taux que seule la structure connaît."
            numbers.append(self._number("missing", text, ""))
        if row.step.certainty == UNCERTAIN:
            for leaf in {leaf.sources[0].id: leaf for leaf in _doubtful(row.step)}.values():
                source = leaf.sources[0]
                value = f"{leaf.label} : {french.quantity(leaf.value, leaf.unit)}, à vérifier."
                more = leaf.rule if leaf.how == "assumed" else source.warning
                numbers.append(self._number(source.id, f"{value} {more}".strip(), source.title))
        return tuple(sorted(set(numbers)))

    def _number(self, key: str, text: str, source: str) -> int:
        note = self._found.setdefault(key, Note(len(self._found) + 1, text, source))
        return note.number

    def all(self) -> tuple[Note, ...]:
        return tuple(self._found.values())


def _doubtful(step: Step) -> Iterator[Step]:
    """The steps where doubt enters: uncertain themselves while none of their parts is."""
    if step.certainty < UNCERTAIN:
        return
    below = [part for part in step.parts if part.certainty == UNCERTAIN]
    if not below and step.sources:
        yield step
    for part in below:
        yield from _doubtful(part)


def _parts(outcome: Outcome, notes: _Notes) -> Iterator[Part]:
    found = chapters(outcome.dossier, outcome.budget)
    for side, word in (("expense", "charges"), ("income", "produits")):
        for phase, label in PHASES.items():
            within = [chapter for chapter in found if (chapter.side, chapter.phase) == (side, phase)]
            if within:
                posts = tuple(_post(chapter, outcome.dossier, notes) for chapter in within)
                yield Part(f"{label}, {word}", side == "income", outcome.budget.total(side, phase), posts)
    for chapter in valued_chapters(outcome.budget):
        posts = (_post(chapter, outcome.dossier, notes),)
        yield Part(
            "Contributions en nature, hors des totaux", chapter.side == "income", chapter.amount, posts
        )


def _post(chapter: Chapter, dossier: Dossier, notes: _Notes) -> Post:
    code = chapter.code if chapter.code.isdigit() else ""
    entries = tuple(_entry(row, dossier, notes) for row in chapter.rows)
    return Post(code, chapter.label, chapter.amount, entries)


def _entry(row: BudgetRow, dossier: Dossier, notes: _Notes) -> Entry:
    line = dossier.find(row.about, BudgetLine)
    is_share = line is not None and bool(line.share_of)
    return Entry(
        label=row.label,
        quantity=row.quantity,
        unit=row.unit,
        unit_price=None if is_share else row.unit_price,
        paid=row.id.startswith(("pay/", "forecast/")),
        rate=row.unit_price if is_share else None,
        amount=row.worth,
        computed=None if row.override is None else row.step.value,
        origin="écarté" if row.off else "remplacé" if row.override is not None else row.basis,
        reason=row.override or "",
        notes=notes.of(row),
    )


def _price(given: PriceInput | None, price: PriceOutcome | None) -> PriceTable | None:
    if given is None or price is None:
        return None
    return PriceTable(
        series=tuple(p.performances for p in price.prices),
        rows=tuple(_price_rows(given, price)),
        planned=given.performances_planned,
        break_even=price.break_even,
        results=price.results,
        vat_rate=given.vat_rate,
    )


def _price_rows(given: PriceInput, price: PriceOutcome) -> Iterator[PriceRow]:
    """Each line rounded, each total the sum of the lines shown above it, the margin what is left to the price."""
    series = price.prices
    on_price = given.structure_mode == "rate_of_price"

    def rounded(values: Iterable[Decimal]) -> tuple[Decimal, ...]:
        return tuple(round_half_up(value) for value in values)

    plateau, setup, write_off = (rounded(p.parts[i].value for p in series) for i in range(3))
    structure = rounded(
        given.structure_value * p.unit_price if on_price else p.parts[3].value for p in series
    )
    floor = tuple(a + b for a, b in zip(plateau, setup, strict=True))
    cost = tuple(a + b + c for a, b, c in zip(floor, write_off, structure, strict=True))
    yield PriceRow("Coût plateau", "line", plateau)
    yield PriceRow("Montage partagé", "line", setup)
    yield PriceRow("Prix plancher", "group", floor)
    yield PriceRow("Amortissement de la création", "line", write_off)
    if any(structure):
        yield PriceRow("Structure", "line", structure)
    yield PriceRow("Coût complet", "group", cost)
    margins = tuple(p.unit_price - low for p, low in zip(series, cost, strict=True))
    if any(margins):
        yield PriceRow("Marge", "line", margins)
    yield PriceRow("Prix de cession HT, la date", "total", tuple(p.unit_price for p in series))
    yield PriceRow("Série, HT", "line", tuple(p.total for p in series))
    yield PriceRow("Série, TTC", "line", tuple(p.including_vat for p in series))


def _funds(outcome: Outcome) -> Funds:
    plan = outcome.plan
    return Funds(
        sources=plan.sources,
        expense=plan.expense,
        certain=plan.certain,
        probable=plan.full - plan.certain,
        weighted=plan.weighted,
        received=sum((source.received for source in plan.sources), ZERO),
        gap=plan.gap,
        gap_weighted=plan.gap_weighted,
        shares=shares(plan),
    )


def _references(sources: Iterable[Source]) -> tuple[Reference, ...]:
    """Each text once, with how many values come from it."""
    counts: dict[tuple[str, str, date | None, str], int] = defaultdict(int)
    for source in sources:
        counts[(source.title, source.url, source.checked_on, source.confidence)] += 1
    return tuple(
        Reference(*key, values=count) for key, count in sorted(counts.items(), key=lambda item: item[0][0])
    )
