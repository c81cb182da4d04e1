"""A request put together from the dossier: everything a funder reads, as one value without any layout."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from filage.budget.chapters import PHASES, chapters
from filage.budget.lines import SIDES
from filage.facts.calendar import Event
from filage.facts.funding import Funding, Request
from filage.facts.intent import Writing
from filage.facts.people import Company
from filage.facts.team import Engagement
from filage.funding.request_budget import FormBudget, asked_of, asking, form_budget
from filage.funding.request_headings import APPLICATION, form_of
from filage.funding.request_lacks import Lack, dossier_lacking, form_lacking, pieces_lacking, texts_lacking
from filage.funding.request_partners import Partner, partners_of
from filage.funding.request_pieces import pieces_of
from filage.funding.request_texts import Written, written_sections
from filage.kernel.money import ZERO
from filage.planning.appointments import Appointment, appointments_of
from filage.planning.teams import Team, teams_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from filage.budget.chapters import Chapter
    from filage.budget.lines import Budget
    from filage.facts.dossier import Dossier
    from filage.funding.plan import Plan
    from filage.payroll.engagement import PayCost

PAID: Final = ("pay/", "forecast/", "allowance/")
"""Lines that would tell what somebody is paid: shown together, never one by one."""


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One line of the detailed budget, in euros."""

    label: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class BudgetPost:
    """One chapter of one phase and its lines; what people are paid is one line."""

    side: str
    phase: str
    code: str
    label: str
    amount: Decimal
    lines: tuple[BudgetLine, ...]


@dataclass(frozen=True, slots=True)
class Money:
    """One source of the financing plan."""

    label: str
    nature: str
    state: str
    amount: Decimal
    certain: bool
    asked: bool


@dataclass(frozen=True, slots=True)
class RequestFile:
    """A whole request on a day. Amounts in euros; nothing private, nobody's own pay."""

    purpose: str
    name: str
    title: str
    subtitle: str
    company: str
    city: str
    funder: str
    scheme: str
    on: date
    asked: Decimal | None
    expense: Decimal
    income: Decimal
    premiere: date | None
    performances: int
    shoot_days: int
    places: int
    people: int
    sections: tuple[Written, ...]
    note: str
    note_source: str
    calendar: tuple[Appointment, ...]
    teams: tuple[Team, ...]
    form: FormBudget
    posts: tuple[BudgetPost, ...]
    partners: tuple[Partner, ...]
    sources: tuple[Money, ...]
    files: tuple[str, ...]
    pieces: tuple[str, ...]
    lacks: tuple[Lack, ...]


def request_file(
    dossier: Dossier,
    *,
    budget: Budget,
    costs: Sequence[PayCost],
    plan: Plan,
    on: date,
    funding: Funding | None,
    request: Request | None = None,
) -> RequestFile:
    """Put a request together for a funding, with the texts and files of `request` when there is one.

    The arguments are those of a review; the dossier is read without its private kinds.
    """
    dossier, budget = dossier.without_private(), asking(budget, funding)
    production, employer = dossier.production, dossier.employer
    company = dossier.find(funding.company, Company) if funding else None
    note, note_source = note_of(dossier)
    sections = written_sections(dossier, form_of(APPLICATION), request, on)
    form = form_budget(dossier, budget, costs, funding)
    alive = [event for event in dossier.all(Event) if event.option != "cancelled"]
    shows = [event for event in alive if event.type == "performance"]
    shoots = [event for event in alive if event.type == "shoot"]
    first = sorted((event for event in shows), key=lambda event: (not event.premiere, event.day))
    pieces = pieces_of(dossier, budget, funding, request, on)
    teams, calendar = tuple(teams_of(dossier)), tuple(appointments_of(dossier))
    of_dossier = dossier_lacking(dossier, note=note, calendar=calendar, teams=teams)
    of_form = form_lacking(form, funding)
    return RequestFile(
        purpose=APPLICATION,
        name=request.label if request else form_of(APPLICATION).label,
        title=production.label,
        subtitle=production.subtitle or "",
        company=employer.label,
        city=employer.city or "",
        funder=company.label if company else funding.label if funding else "",
        scheme=(funding.scheme or "") if funding else "",
        on=on,
        asked=asked_of(funding) if funding else None,
        expense=budget.expense,
        income=budget.income,
        premiere=first[0].day if first else None,
        performances=len(shows),
        shoot_days=len({event.day for event in shoots}),
        places=len({event.venue for event in shows or shoots if event.venue}),
        people=len({engagement.person for engagement in dossier.all(Engagement)}),
        sections=sections,
        note=note,
        note_source=note_source,
        calendar=calendar,
        teams=teams,
        form=form,
        posts=tuple(_posts(dossier, budget)),
        partners=tuple(partners_of(dossier, budget)),
        sources=tuple(_sources(plan, funding)),
        files=request.files if request else (),
        pieces=tuple(piece.label for piece in pieces if not piece.is_there),
        lacks=(*texts_lacking(sections), *of_dossier, *of_form, *pieces_lacking(pieces)),
    )


def note_of(dossier: Dossier) -> tuple[str, str]:
    """The note of intent and where it was read: the writing given as such, else the production's own."""
    note = next((one for one in dossier.all(Writing) if one.type == "intent"), None)
    if note is not None:
        return note.text.strip(), note.label
    return (dossier.production.concept or "").strip(), ""


def _posts(dossier: Dossier, budget: Budget) -> Iterator[BudgetPost]:
    for chapter in chapters(dossier, budget):
        lines = tuple(_lines(chapter))
        if lines:
            label = PHASES[chapter.phase]
            yield BudgetPost(
                SIDES[chapter.side], label, chapter.code if chapter.code.isdigit() else "", chapter.label,
                chapter.amount, lines,
            )  # fmt: skip


def _lines(chapter: Chapter) -> Iterator[BudgetLine]:
    paid = [row for row in chapter.rows if row.id.startswith(PAID) and row.counts]
    if paid:
        total = sum((row.amount for row in paid), ZERO)
        number = len({row.about for row in paid})
        yield BudgetLine(
            f"Personnel, {number} {'contrats ou postes' if number > 1 else 'contrat ou poste'}", total
        )
    for row in chapter.rows:
        if row.counts and not row.id.startswith(PAID):
            yield BudgetLine(row.label, row.amount)


def _sources(plan: Plan, funding: Funding | None) -> Iterator[Money]:
    about = funding.about if funding else ""
    for source in plan.sources:
        asked = bool(about) and source.about == about
        amount = asked_of(funding) if asked and funding else source.amount
        yield Money(source.label, source.nature, source.state.lower(), amount, source.is_certain, asked)
