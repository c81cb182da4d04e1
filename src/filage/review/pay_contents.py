"""What the files of a month's pay say: one workbook, tables, hours. No private data unless prepared so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from filage.payroll.declarations import declarations, due_of
from filage.payroll.hours import people_in, record_of
from filage.payroll.hours_sheet import hours_sheet
from filage.payroll.pay_rules_calendar import premiums_by_engagement
from filage.payroll.preparation import Paid
from filage.payroll.preparation_book import declaration_lines, pay_lines, preparation_book
from filage.review.run import law_of_structure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from filage.kernel.table import Value, Workbook
    from filage.law import Law
    from filage.payroll.preparation import Preparation
    from filage.review.outcome import Outcome


def paid_of(outcome: Outcome, law: Law) -> Paid:
    """Take from a review what pay needs of a production; `law` is the law data, before the structure's own values."""
    own = law_of_structure(outcome.dossier.employer, law)
    premiums = premiums_by_engagement(outcome.dossier, own)
    return Paid(outcome.dossier, outcome.costs, outcome.findings, premiums)


@dataclass(frozen=True, slots=True)
class PayContents:
    """The contents of a month's files: `tables` by the stem of their name, `hours` written in French."""

    month: str
    on: date
    workbook: Workbook
    tables: Mapping[str, tuple[tuple[Value, ...], ...]]
    hours: Mapping[str, Any]


def pay_contents(prepared: Preparation, paid: Sequence[Paid], law: Law, on: date) -> PayContents:
    """Return what the files of a month say, on a day."""
    made = declarations(prepared, law)
    aem, leave = made
    dossiers = [one.dossier for one in paid]
    people = people_in(dossiers, prepared.month)
    return PayContents(
        month=prepared.month,
        on=on,
        workbook=preparation_book(prepared, made, due_of(prepared.month), on),
        tables={
            "paie": pay_lines(prepared),
            "aem": declaration_lines(aem, with_private=prepared.with_private),
            "conges-spectacles": declaration_lines(leave, with_private=prepared.with_private),
        },
        hours=hours_sheet([record_of(dossiers, person, prepared.month) for person in people]),
    )
