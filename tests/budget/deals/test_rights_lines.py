"""Rights and tax on our own tickets propose lines; those of others, or already accepted, propose none."""

from decimal import Decimal

from filage.budget.deals.rights_lines import proposed_rights
from filage.facts.budget import BudgetLine
from filage.facts.changing import apply_changes
from filage.kernel.changes import add
from filage.law import load_law
from support.dossiers import TODAY, small

LAW = load_law()
HOUSE = add(
    "ticketing/une", label="Première", event="event/premiere", capacity=100, fill="1", vat_rate="0",
    tariffs=[{"label": "plein", "price": "20"}],
)  # fmt: skip


def amounts(*changes):
    return {one.tariff.id: one.amount.value for one in proposed_rights(small(*changes), LAW, TODAY)}


def test_our_own_box_office_owes_rights_and_tax():
    assert amounts(HOUSE) == {"sacd_region": Decimal("210.00"), "tax_astp": Decimal("70.00")}


def test_the_rate_agreed_replaces_the_tariff():
    assert amounts(HOUSE, add("right/texte", label="Texte", rate="0.08"))["sacd_region"] == 160


def test_tickets_that_are_not_ours_owe_nothing_here():
    assert amounts() == {}
    sold = add(
        "ticketing/dole",
        label="Dole",
        event="event/dole-1",
        capacity=100,
        tariffs=[{"label": "x", "price": "9"}],
    )
    assert amounts(sold) == {}


def test_a_contract_that_keeps_an_offer_counts_its_own():
    deal = add("deal/salle", label="Salle", type="rental", rental="300", events=["event/premiere"])
    contract = add(
        "contract/salle", label="Salle", type="rental", deal="deal/salle", events=["event/premiere"]
    )
    assert amounts(HOUSE, deal, contract) == {}


def test_an_accepted_line_is_an_estimate_with_its_source_and_is_proposed_no_more():
    dossier = small(HOUSE)
    after = apply_changes(dossier, [one.change() for one in proposed_rights(dossier, LAW, TODAY)])
    line = after.find("budget_line/droits-tax-astp", BudgetLine)
    assert (line.unit_price, line.reliability, line.proposed_by) == ("70.00", "estimate", "rights/tax_astp")
    assert "3,5\u00a0% de la billetterie HT, à vérifier : ASTP" in line.note
    assert proposed_rights(after, LAW, TODAY) == ()
