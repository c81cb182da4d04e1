"""The financial report of a grant: what was said, what was done, line by line of the form, and what is left of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from filage.accounting.follow import follow
from filage.budget.lines import EXPENSE, budget_of
from filage.budget.versions import budget_of_version, initial_version
from filage.facts.base import label_of
from filage.facts.calendar import Event
from filage.facts.funding import CERTAIN_STATES, Funding, Request
from filage.facts.people import Company
from filage.funding.request_budget import SOURCE, FormBudget, euros, form_budget
from filage.funding.request_headings import REPORT, form_of
from filage.funding.request_lacks import Lack, texts_lacking
from filage.funding.request_texts import Written, written_sections
from filage.kernel import french
from filage.kernel.money import ZERO, round_half_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from filage.accounting.follow import FollowUp
    from filage.accounting.reviewed import Reviewed
    from filage.budget.lines import Budget, BudgetRow
    from filage.facts.dossier import Dossier

FUND_IN, FUND_HELD, FUND_OUT = "689", "19", "789"
"""Accounts of what is left of a grant: put aside at the year's end, held in the balance sheet, taken back."""
TENTH: Final = Decimal("0.001")
LAST_MONTH, LAST_DAY = 6, 30


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One line of the form: what was planned, what was done, in whole euros."""

    code: str
    label: str
    level: int
    forecast: Decimal
    actual: Decimal

    @property
    def rate(self) -> Decimal | None:
        """What was done over what was planned, a fraction; None when nothing was planned."""
        return round_half_up(self.actual / self.forecast, TENTH) if self.forecast else None


@dataclass(frozen=True, slots=True)
class Due:
    """When a report is expected, and why that day."""

    on: date
    because: str
    confidence: str


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A whole financial report on a day, in euros; nothing private, nobody's own pay."""

    purpose: str
    name: str
    title: str
    subtitle: str
    company: str
    city: str
    funder: str
    scheme: str
    on: date
    due: Due | None
    granted: Decimal | None
    received: Decimal
    forecast_source: str
    sections: tuple[Written, ...]
    charges: tuple[ReportRow, ...]
    produits: tuple[ReportRow, ...]
    expense: tuple[Decimal, Decimal]
    income: tuple[Decimal, Decimal]
    sentence: str
    unspent: Decimal
    unspent_note: str
    notes: tuple[str, ...]
    files: tuple[str, ...]
    lacks: tuple[Lack, ...]


def report_file(
    reviewed: Reviewed,
    on: date,
    funding: Funding | None,
    request: Request | None = None,
    *,
    sent: Mapping[str, Any] | None = None,
    sent_label: str = "",
) -> ReportFile:
    """Put the report of a grant together on a day, from what is spent and acquired.

    The forecast is that of `sent` (the content of the request as it was issued, named `sent_label`), else the first
    approved version of the budget, else today's budget, which is said.
    """
    dossier = reviewed.dossier.without_private()
    found = follow(reviewed, on)
    forecast, source = _forecast(reviewed, sent, sent_label)
    actual = form_budget(dossier, _actual(reviewed, found), reviewed.costs)
    sections = written_sections(dossier, form_of(REPORT), request, on)
    company = dossier.find(funding.company, Company) if funding else None
    granted = funding.amount if funding and funding.state in CERTAIN_STATES else None
    charges = tuple(_rows(forecast["expense"], actual.expense))
    produits = tuple(_rows(forecast["income"], actual.income))
    expense = (Decimal(forecast["expense_total"]), actual.expense_total)
    income = (Decimal(forecast["income_total"]), actual.income_total)
    unspent = _unspent(granted, income[1] - expense[1])
    return ReportFile(
        purpose=REPORT,
        name=request.label if request else form_of(REPORT).label,
        title=dossier.production.label,
        subtitle=dossier.production.subtitle or "",
        company=dossier.employer.label,
        city=dossier.employer.city or "",
        funder=company.label if company else funding.label if funding else "",
        scheme=(funding.scheme or "") if funding else "",
        on=on,
        due=report_due(dossier, funding),
        granted=granted,
        received=sum((part.amount for part in funding.instalments if part.received), ZERO)
        if funding
        else ZERO,
        forecast_source=source,
        sections=sections,
        charges=charges,
        produits=produits,
        expense=expense,
        income=income,
        sentence=_sentence(granted, income[1]),
        unspent=unspent,
        unspent_note=_unspent_note(unspent),
        notes=tuple(_notes(found, actual)),
        files=request.files if request else (),
        lacks=(*texts_lacking(sections), *_lacks(found, funding, sent)),
    )


def report_due(dossier: Dossier, funding: Funding | None) -> Due | None:
    """When the report of a grant is expected: the day typed, else six months after the end of its civil year.

    The year is that of the last event of the production: a rule of thumb, to be checked in the decision.
    """
    if funding is None:
        return None
    if funding.report_on is not None:
        return Due(funding.report_on, "date saisie au plan de financement", "confirmed")
    days = [event.day for event in dossier.all(Event) if event.option != "cancelled"]
    if not days:
        return None
    year = max(days).year + 1
    because = (
        "six mois après la fin de l’exercice, pris ici comme l’année civile des dernières dates : à vérifier"
    )
    return Due(date(year, LAST_MONTH, LAST_DAY), because, "one_source")


# --- the two columns --------------------------------------------------------------------------------------------------


def _forecast(
    reviewed: Reviewed, sent: Mapping[str, Any] | None, label: str
) -> tuple[Mapping[str, Any], str]:
    """The planned column, and where it was read."""
    if sent and sent.get("form"):
        return sent["form"], label or "la demande émise"
    version = initial_version(reviewed.dossier)
    budget, source = reviewed.budget, "le budget d’aujourd’hui, faute de version approuvée"
    if version is not None:
        budget = budget_of_version(version, reviewed.budget)
        source = f"le budget approuvé « {version.label} », {french.day(version.on)}"
    form = form_budget(reviewed.dossier.without_private(), budget, reviewed.costs)
    return {
        "expense": [_told(row) for row in form.expense],
        "income": [_told(row) for row in form.income],
        "expense_total": form.expense_total,
        "income_total": form.income_total,
    }, source


def _told(row: Any) -> dict[str, Any]:
    return {"code": row.code, "label": row.label, "level": row.level, "amount": row.amount}


def _actual(reviewed: Reviewed, found: FollowUp) -> Budget:
    """The budget as it was carried out: what is spent; grants once notified, sales once billed or received."""
    spent = {line.row.id: line.amounts.spent for line in found.lines}
    billed = {one.row.id: max(one.billed, one.received) for one in found.income}
    certain = {one.about for one in reviewed.dossier.all(Funding) if one.state in CERTAIN_STATES}

    def done(row: BudgetRow) -> BudgetRow:
        if not row.counts:
            return row
        if row.side == EXPENSE:
            return replace(row, amount=spent.get(row.id, ZERO))
        return row if row.about in certain else replace(row, amount=billed.get(row.id, ZERO))

    return budget_of(done(row) for row in reviewed.budget.rows)


Key = tuple[str, str, int]
"""What a line of the form is known by: its heading, the name of a source, its rank among those of that name."""


def _rows(forecast: Sequence[Mapping[str, Any]], actual: Iterable[Any]) -> Iterator[ReportRow]:
    """Each line of the form once: planned lines in order, then, under their heading, what nobody had planned."""
    done = dict(_keyed(_told(row) for row in actual))
    planned = dict(_keyed(forecast))
    order: list[Key] = []
    for key in [*planned, *done]:
        if key in order:
            continue
        heading = key[0]
        after = [n for n, other in enumerate(order) if other[0] == heading]
        order.insert(after[-1] + 1 if key[1] and after else len(order), key)
    for key in order:
        row = planned.get(key) or done[key]
        yield ReportRow(
            row["code"], row["label"], row["level"],
            Decimal(planned[key]["amount"]) if key in planned else ZERO,
            Decimal(done[key]["amount"]) if key in done else ZERO,
        )  # fmt: skip


def _keyed(rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Key, Mapping[str, Any]]]:
    """The rows under what they are known by: their code; a named source under its heading's and its name.

    Sources of one name under one heading are told apart by their rank.
    """
    heading = ""
    met: Counter[tuple[str, str]] = Counter()
    for row in rows:
        if row["level"] == SOURCE:
            met[heading, row["label"]] += 1
            yield (heading, row["label"], met[heading, row["label"]]), row
        else:
            heading = row["code"] or row["label"]
            yield (heading, "", 0), row


# --- what is said of them ---------------------------------------------------------------------------------------------


def _sentence(granted: Decimal | None, income: Decimal) -> str:
    if granted is None or not income:
        return ""
    weight = french.percent(round_half_up(granted / income, TENTH))
    return f"La subvention de {euros(granted)} représente {weight} du total des produits."


def _unspent(granted: Decimal | None, surplus: Decimal) -> Decimal:
    """What may be left of a grant: the surplus of the action, never more than the grant."""
    return min(granted or ZERO, max(surplus, ZERO))


def _unspent_note(unspent: Decimal) -> str:
    if not unspent:
        return ""
    return (
        f"{euros(unspent)} au plus de la subvention ne sont pas employés à ce jour. À la clôture, ce qui reste "
        f"affecté au projet passe en fonds dédiés ({FUND_IN} / {FUND_HELD}), puis se reprend en {FUND_OUT} : à "
        f"vérifier avec le comptable et dans la décision."
    )


def _notes(found: FollowUp, actual: FormBudget) -> Iterator[str]:
    yield (
        "Réalisation : dépenses enregistrées et salaires des mois échus ; subventions pour leur montant notifié, "
        "ventes facturées ou reçues."
    )
    received = sum((one.received for one in found.income), ZERO)
    yield f"Encaissé à ce jour : {french.euro(received)}."
    yield from actual.warnings


def _lacks(found: FollowUp, funding: Funding | None, sent: Mapping[str, Any] | None) -> Iterator[Lack]:
    if funding is None:
        yield Lack(
            "Aucun financement choisi : le bilan ne dit pas de quelle subvention il rend compte.", "funding"
        )
    elif funding.state not in CERTAIN_STATES:
        state = label_of(funding, "state").lower()
        yield Lack(f"« {funding.label} » est « {state} » : rien n’est encore accordé.", "funding")
    if not sent and found.baseline is None:
        yield Lack(
            "Aucun budget approuvé ni demande émise : la prévision est le budget d’aujourd’hui.", "budget"
        )
    if found.to_assign:
        amount = french.euro(found.to_assign)
        yield Lack(f"{amount} de dépenses ne sont rattachées à aucune ligne : hors du tableau.", "follow")
    spent = found.amounts.spent
    if not spent:
        yield Lack("Aucune dépense enregistrée : la colonne « réalisation » est vide.", "follow")
    unreasoned = [line.row.label for line in found.lines if line.needs_reason]
    if unreasoned:
        names = ", ".join(unreasoned[:4]) + ("…" if len(unreasoned) > 4 else "")  # noqa: PLR2004 - enough to see
        yield Lack(f"Écarts sans raison écrite : {names}.", "follow")


__all__ = ["Due", "ReportFile", "ReportRow", "report_due", "report_file"]
