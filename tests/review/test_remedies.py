"""What a way out costs: the production paid again with its changes made."""

from __future__ import annotations

from decimal import Decimal

from filage.facts.dossier import Dossier
from filage.facts.team import Engagement
from filage.kernel.changes import set_
from filage.kernel.finding import Finding, Remedy
from filage.review.remedies import PRICED_AT_MOST, priced
from support.dossiers import small

DOSSIER = small()


def spent(dossier: Dossier) -> Decimal:
    engagement = dossier.find("engagement/dana", Engagement)
    assert engagement is not None
    return engagement.unit_pay * 3


def finding(*remedies: Remedy) -> Finding:
    return Finding("x.y", "warning", "engagement/dana", "Trop bas.", remedies=remedies)


def costs(found: list[Finding]) -> list[Decimal | None]:
    return [remedy.cost for one in found for remedy in one.remedies]


def test_a_remedy_costs_what_its_changes_add_to_the_spending() -> None:
    raised = Remedy("payer 170 €", changes=(set_("engagement/dana", unit_pay="170"),))
    lowered = Remedy("payer 150 €", changes=(set_("engagement/dana", unit_pay="150"),))
    assert costs(priced([finding(raised, lowered)], DOSSIER, spent)) == [Decimal(30), Decimal(-30)]


def test_a_remedy_without_changes_keeps_its_own_price() -> None:
    told, silent = Remedy("louer", cost=Decimal(12)), Remedy("demander")
    assert costs(priced([finding(told, silent)], DOSSIER, spent)) == [Decimal(12), None]


def test_a_remedy_that_no_longer_applies_has_no_price_and_hides_nothing() -> None:
    gone = Remedy("déplacer", changes=(set_("event/partie", day="2026-11-05"),))
    raised = Remedy("payer 170 €", changes=(set_("engagement/dana", unit_pay="170"),))
    assert costs(priced([finding(gone, raised)], DOSSIER, spent)) == [None, Decimal(30)]


def test_the_price_of_remedies_is_bounded() -> None:
    many = [
        finding(Remedy("payer", changes=(set_("engagement/dana", unit_pay=str(200 + rank)),)))
        for rank in range(PRICED_AT_MOST + 1)
    ]
    found = costs(priced(many, DOSSIER, spent))
    assert [found[0], found[PRICED_AT_MOST - 1], found[PRICED_AT_MOST]] == [
        Decimal(120), Decimal(120 + 3 * (PRICED_AT_MOST - 1)), None,
    ]  # fmt: skip


def test_nothing_is_paid_again_when_no_remedy_has_changes() -> None:
    def refused(dossier: Dossier) -> Decimal:
        raise AssertionError

    assert costs(priced([finding(Remedy("demander"))], DOSSIER, refused)) == [None]
