"""The tax on salaries of those outside VAT: a yearly scale, brought down to the month of a slip."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from filage.kernel import step as steps

if TYPE_CHECKING:
    from filage.kernel.step import Step
    from filage.law import Law
    from filage.payroll.terms import Terms

_UNCERTAIN = steps.CERTAINTIES.index("uncertain")


def salary_tax_bases(terms: Terms, pay: Step, law: Law) -> dict[str, Step]:
    """Return, in euros, the pay taxed and what of it exceeds a twelfth of each yearly threshold (CGI, article 231).

    What exceeds a threshold is uncertain: the year settles it, with its franchise, rebate and allowance.
    """
    share = steps.given("part soumise à la taxe", terms.salary_tax_share, unit="rate")
    bases = {"salary_tax": steps.rounded(steps.product("rémunération soumise", pay, share))}
    for name, threshold in (
        ("salary_tax_2", "paie.taxe_salaires_seuil_1"),
        ("salary_tax_3", "paie.taxe_salaires_seuil_2"),
    ):
        monthly = steps.quotient(
            "seuil du mois",
            law[threshold].forecast(terms.day),
            steps.given("mois", 12, unit="mois"),
        )
        monthly = replace(monthly, certainty=_UNCERTAIN)
        if pay.value > monthly.value:
            beyond = steps.difference("rémunération au-delà du seuil", pay, monthly)
            bases[name] = steps.rounded(steps.product("fraction majorée", beyond, share))
    return bases
