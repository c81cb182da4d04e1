"""The rows of a spreadsheet as its page shows them: kept, to check, refused, left aside, totals; a page at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from filage.budget.importing.facts import Entry, Plan
from filage.budget.importing.shape import Check
from filage.kernel import french

PAGE: Final = 50
VIEWS: Final = ("toutes", "verifier", "differentes", "refusees", "laissees", "totaux")


@dataclass(frozen=True, slots=True)
class Shown:
    """One row: what it says, where it goes, what becomes of it."""

    row: int
    label: str
    status: str
    """`hand` kept as typed, `calc` computed, `done` unchanged, `doubt`, `breach` refused, empty: left aside."""
    words: str
    remedy: str = ""
    cell: str = ""
    quantity: str = ""
    unit: str = ""
    unit_price: Decimal | None = None
    amount: Decimal | None = None
    income: bool = False
    post: str = ""
    before: Decimal | None = None
    decision: str = ""
    """What is done with a line the production knows otherwise."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows each view holds."""

    toutes: int
    verifier: int
    differentes: int
    refusees: int
    laissees: int
    totaux: int
    kept: int
    gaps: int
    """Totals of the file that its lines do not add up to."""


@dataclass(frozen=True, slots=True)
class Table:
    """One page of one view."""

    view: str
    rows: tuple[Shown, ...]
    counts: Counts
    page: int
    pages: int


def table_of(plan: Plan, view: str, page: str) -> Table:
    """Lay out one page of the rows of a view."""
    view = view if view in VIEWS else VIEWS[0]
    rows = sorted(_rows(plan, view), key=lambda one: one.row)
    pages = max(1, -(-len(rows) // PAGE))
    number = min(max(int(page) if page.isdigit() and len(page) < 9 else 1, 1), pages)  # noqa: PLR2004
    shown = tuple(rows[(number - 1) * PAGE : number * PAGE])
    return Table(view, shown, _counts(plan), number, pages)


def _counts(plan: Plan) -> Counts:
    checks, refused, left = len(plan.reading.checks), len(plan.refusals), len(plan.left)
    kept = len(plan.entries)
    return Counts(
        toutes=kept + refused + left + checks,
        verifier=sum(bool(entry.line.doubts) for entry in plan.entries),
        differentes=len(plan.moved),
        refusees=refused,
        laissees=left,
        totaux=checks,
        kept=kept,
        gaps=sum(bool(check.difference) for check in plan.reading.checks),
    )


def _rows(plan: Plan, view: str) -> Iterator[Shown]:
    if view in ("toutes", "verifier", "differentes"):
        for entry in plan.entries:
            doubtful = view == "verifier" and not entry.line.doubts
            if not doubtful and (view != "differentes" or entry.state == "moved"):
                yield _kept(entry)
    if view in ("toutes", "refusees"):
        for one in plan.refusals:
            yield Shown(one.row, one.label, "breach", one.reason, one.remedy, one.cell)
    if view in ("toutes", "laissees"):
        for left in plan.left:
            yield Shown(left.row, left.label, "", left.reason)
    if view in ("toutes", "totaux"):
        for check in plan.reading.checks:
            yield _total(check)


def _kept(entry: Entry) -> Shown:
    line = entry.line
    status, words = _becomes(entry)
    doubts = " ; ".join(line.doubts)
    return Shown(
        row=line.row,
        label=line.label,
        status="doubt" if doubts else status,
        words=f"{words} ; {doubts}" if doubts else words,
        cell=line.cell,
        quantity=line.quantity.replace(" * ", " × ").replace(".", ","),
        unit=line.unit,
        unit_price=line.unit_price,
        amount=line.amount,
        income=line.side == "income",
        post=entry.post,
        before=entry.before if entry.state == "moved" else None,
        decision=entry.decision or "",
    )


def _becomes(entry: Entry) -> tuple[str, str]:
    if entry.state == "same":
        return "done", _("déjà dans la production, sans différence")
    if entry.about.startswith("position/"):
        return "calc", _("repris en poste à pourvoir : salaire calculé, cotisations comprises")
    kept = {"financement": _("repris en financement"), "apport en nature": _("repris en apport en nature")}
    words = kept.get(entry.becomes, _("repris"))
    if entry.state == "moved":
        known = (
            french.euro(entry.before)
            if entry.before is not None
            else _("une formule, gardée sauf avis contraire")
        )
        return "doubt", _("la production a %(known)s") % {"known": known}
    return "hand", words


def _total(check: Check) -> Shown:
    gap = check.difference
    lines = _("%(count)s lignes") % {"count": check.lines} if check.lines != 1 else _("1 ligne")
    if not gap:
        return Shown(
            check.row,
            check.label,
            "done",
            _("total retrouvé (%(lines)s)") % {"lines": lines},
            amount=check.stated,
        )
    said = _("total du fichier : ses lignes donnent %(found)s, écart %(gap)s") % {
        "found": french.euro(check.found),
        "gap": french.signed_euro(gap),
    }
    return Shown(check.row, check.label, "doubt", said, amount=check.stated)
