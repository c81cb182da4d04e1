"""The budget in one page for those who decide: totals, variances and their reasons, the gap, cash, five decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from filage.budget.chapters import PHASES
from filage.facts.calendar import Event
from filage.facts.funding import Funding
from filage.kernel import french
from filage.kernel.money import ZERO

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from filage.accounting.cash import CashReading
    from filage.accounting.follow import Amounts, FollowedLine, FollowUp
    from filage.accounting.reviewed import Reviewed
    from filage.kernel.finding import Deadline

MOST_DECISIONS, MOST_VARIANCES, MOST_POSTS = 5, 6, 14
NEAR: Final = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One line of the table: the columns of the follow-up, in euros."""

    label: str
    initial: Decimal
    revised: Decimal
    committed: Decimal
    spent: Decimal
    paid: Decimal
    final: Decimal
    variance: Decimal
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Variance:
    """A line that will not cost what was planned: negative, it lacks money; and why, when somebody wrote it."""

    label: str
    amount: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Something to decide: what, what depends on it, by when, and the area where it is done."""

    what: str
    why: str
    on: date | None
    where: str


@dataclass(frozen=True, slots=True)
class BudgetReport:
    """The whole page on a day, in euros."""

    title: str
    subtitle: str
    company: str
    on: date
    baseline: str
    lines: tuple[ReportLine, ...]
    total: ReportLine
    income: tuple[Decimal, Decimal, Decimal, Decimal]
    """Approved, expected, certain, received."""
    gap: Decimal
    gap_weighted: Decimal
    gap_certain: Decimal
    contingency: Decimal
    variances: tuple[Variance, ...]
    lowest: Decimal | None
    lowest_on: date | None
    bridge: Decimal
    decisions: tuple[Decision, ...]


def budget_report(
    reviewed: Reviewed,
    found: FollowUp,
    *,
    deadlines: Iterable[Deadline] = (),
    cash: CashReading | None = None,
) -> BudgetReport:
    """Draw the page up from a follow-up, and from a reading of the cash plan when there is one."""
    dossier, plan = reviewed.dossier, reviewed.plan
    whole = found.amounts
    counted = [line for line in found.lines if line.row.counts]
    income = found.income
    moved = sorted(
        (line for line in counted if line.amounts.variance), key=lambda line: line.amounts.variance
    )
    worst = [line for line in moved if line.amounts.variance < 0 or line.reason or line.needs_reason]
    return BudgetReport(
        title=dossier.production.label,
        subtitle=dossier.production.subtitle or "",
        company=dossier.employer.label,
        on=found.on,
        baseline=f"« {found.baseline.label} », {french.day(found.baseline.on)}" if found.baseline else "",
        lines=tuple(_lines(found)),
        total=_line("Total des charges", whole, strong=True),
        income=(
            sum((one.initial for one in income), ZERO), sum((one.revised for one in income), ZERO),
            sum((one.certain for one in income), ZERO), sum((one.received for one in income), ZERO),
        ),
        gap=plan.gap,
        gap_weighted=plan.gap_weighted,
        gap_certain=plan.gap_certain,
        contingency=found.contingency.revised,
        variances=tuple(Variance(line.row.label, line.amounts.variance, line.reason or "") for line in worst)[
            :MOST_VARIANCES
        ],
        lowest=cash.lowest if cash and cash.lowest_on else None,
        lowest_on=cash.lowest_on if cash else None,
        bridge=cash.bridge if cash else ZERO,
        decisions=tuple(_decisions(reviewed, found, deadlines, cash))[:MOST_DECISIONS],
    )  # fmt: skip


def _lines(found: FollowUp) -> Iterator[ReportLine]:
    """The posts of each budget under its sums; too many for one page, the budgets alone."""
    detailed = len(found.posts) <= MOST_POSTS
    for phase, label in PHASES.items():
        posts = [post for post in found.posts if post.phase == phase]
        if posts:
            yield _line(label, found.of_phase(phase), strong=True)
        for post in posts if detailed else ():
            code = post.code if post.code.isdigit() else ""
            yield _line(f"{code}  {post.label}".strip(), post.amounts)


def _line(label: str, amounts: Amounts, *, strong: bool = False) -> ReportLine:
    return ReportLine(
        label, amounts.initial, amounts.revised, amounts.committed, amounts.spent, amounts.paid, amounts.final,
        amounts.variance, strong,
    )  # fmt: skip


# --- decisions --------------------------------------------------------------------------------------------------------


def _decisions(
    reviewed: Reviewed, found: FollowUp, deadlines: Iterable[Deadline], cash: CashReading | None
) -> Iterator[Decision]:
    """What asks for a decision, what weighs most first; the rules are said by each sentence."""
    plan = reviewed.plan
    if plan.gap > 0:
        why = f"Même si chaque source paie en entier ; {french.euro(plan.gap_certain)} avec le certain seul."
        yield Decision(
            f"Trouver {french.euro(plan.gap)}, ou réduire les charges d’autant", why, None, "funding"
        )
    if cash is not None and cash.bridge > 0 and cash.lowest_on:
        why = f"Le compte descend à {french.euro(cash.lowest)} ; un relais ou une avance avant ce jour."
        yield Decision(f"Couvrir {french.euro(cash.bridge)} de trésorerie", why, cash.lowest_on, "cash")
    yield from _overruns(found)
    yield from _options(reviewed, found.on)
    yield from _money_due(reviewed, deadlines, found.on)
    if found.to_assign:
        yield Decision(
            f"Rattacher {french.euro(found.to_assign)} de dépenses à leurs lignes",
            "Elles ne comptent encore nulle part.", None, "follow",
        )  # fmt: skip
    unreasoned = [line.row.label for line in found.lines if line.needs_reason]
    if unreasoned:
        yield Decision("Écrire la raison des écarts", ", ".join(unreasoned[:3]), None, "follow")
    if found.baseline is None:
        yield Decision(
            "Approuver une version du budget",
            "Sans elle, l’initial est le budget d’aujourd’hui et aucun écart ne se voit.", None, "budget",
        )  # fmt: skip


def _overruns(found: FollowUp) -> Iterator[Decision]:
    over = sorted((line for line in found.lines if _lacks(line)), key=lambda line: line.amounts.variance)
    for line in over[:2]:
        amount = french.euro(-line.amounts.variance)
        why = line.reason or "aucune raison écrite"
        yield Decision(f"{line.row.label} : accepter ou compenser {amount} de plus", why, None, "follow")


def _lacks(line: FollowedLine) -> bool:
    return line.row.counts and line.amounts.variance < 0


def _options(reviewed: Reviewed, today: date) -> Iterator[Decision]:
    """The dates held by an option that ends soon."""
    held: dict[date, list[Event]] = {}
    for event in reviewed.dossier.all(Event):
        if (
            event.option in ("option_1", "option_2")
            and event.option_until
            and event.option_until <= today + NEAR
        ):
            held.setdefault(event.option_until, []).append(event)
    for day in sorted(held):
        dates = ", ".join(french.day(event.day, year=False) for event in held[day][:4])
        yield Decision("Confirmer ou lâcher les options", dates, day, "planning")


def _money_due(reviewed: Reviewed, deadlines: Iterable[Deadline], today: date) -> Iterator[Decision]:
    """The requests and reports that must leave soon."""
    waiting = {one.about for one in reviewed.dossier.all(Funding)}
    for deadline in sorted(deadlines, key=lambda one: one.on):
        sent = deadline.label.startswith(("Dépôt", "Bilan"))
        if deadline.about in waiting and sent and today <= deadline.on <= today + NEAR:
            yield Decision(deadline.label, deadline.detail or "à envoyer", deadline.on, "funding")
