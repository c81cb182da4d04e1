"""The financial report: what was planned beside what was done, and what is left of the grant."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from filage.accounting.follow import follow
from filage.facts.funding import Funding
from filage.funding.request_budget import CHAPTER
from filage.funding.request_json import to_json
from filage.kernel.changes import add, set_
from filage.reporting.budget_report import MOST_DECISIONS, budget_report
from filage.reporting.financial_report import report_due, report_file
from support.dossiers import reviewed

ON = date(2027, 1, 15)
PAID = [set_("funding/drac", state="paid", amount="1000")]


def report(*changes, sent=None, on=ON):
    outcome = reviewed(*changes, on=on)
    return report_file(
        outcome, on, outcome.dossier.find("funding/drac", Funding), sent=sent, sent_label="envoi"
    )


def test_chapters_make_the_totals_of_both_columns():
    made = report(*PAID)
    for rows, total in ((made.charges, made.expense), (made.produits, made.income)):
        chapters = [row for row in rows if row.level == CHAPTER]
        assert (sum(row.forecast for row in chapters), sum(row.actual for row in chapters)) == total


def test_an_expense_moves_what_was_done_and_not_what_was_planned():
    outcome = reviewed()
    line = next(row for row in outcome.budget.rows if row.id.startswith("line/"))
    spent = add("expense/e", label="Facture", row=line.id, amount="321", on="2026-12-01")
    before, after = report(*PAID), report(*PAID, spent)
    assert after.expense[0] == before.expense[0]
    assert after.expense[1] - before.expense[1] == Decimal(321)


def test_the_planned_column_is_that_of_the_request_as_it_was_sent():
    form = {
        "expense": [{"code": "60", "label": "Achats", "level": 0, "amount": "700"}], "expense_total": "700",
        "income": [{"code": "74", "label": "Subventions", "level": 0, "amount": "700"},
                   {"code": "", "label": "Une autre source", "level": 2, "amount": "700"}], "income_total": "700",
    }  # fmt: skip
    made = report(*PAID, sent={"form": form})
    assert (made.expense[0], made.forecast_source) == (Decimal(700), "envoi")
    achats = next(row for row in made.charges if row.code == "60")
    assert achats.forecast == Decimal(700)
    labels = [row.label for row in made.produits]
    assert labels.index("Une autre source") == labels.index("Subventions") + 1


def test_without_approval_nor_request_the_plan_is_todays_and_it_is_said():
    made = report(*PAID)
    assert made.forecast_source == "le budget d’aujourd’hui, faute de version approuvée"
    assert any("la prévision est le budget d’aujourd’hui" in one.message for one in made.lacks)


def test_what_is_left_of_a_grant_goes_to_dedicated_funds_and_never_exceeds_it():
    made = report(set_("funding/drac", state="paid", amount="500000"))
    assert 0 < made.unspent <= Decimal(500000)
    assert "(689 / 19)" in made.unspent_note
    assert report(set_("funding/drac", state="paid", amount="0")).unspent == 0


def test_a_grant_that_is_not_given_is_said():
    assert any(
        "rien n’est encore accordé" in one.message
        for one in report(set_("funding/drac", state="asked")).lacks
    )


def test_the_day_it_is_due_is_typed_or_six_months_after_the_civil_year():
    dossier = reviewed(set_("funding/drac", report_on="2027-03-01")).dossier
    due = report_due(dossier, dossier.find("funding/drac", Funding))
    assert (due.on, due.confidence) == (date(2027, 3, 1), "confirmed")
    dossier = reviewed(set_("funding/drac", clear=("report_on",))).dossier
    due = report_due(dossier, dossier.find("funding/drac", Funding))
    assert (due.on, due.confidence) == (date(2027, 6, 30), "one_source")
    assert report_due(dossier, None) is None


def test_a_report_is_plain_data():
    content = to_json(report(*PAID))
    assert content["purpose"] == "report"
    assert content["charges"][0].keys() == {"code", "label", "level", "forecast", "actual"}


def page(*changes, on=ON, cash=None):
    outcome = reviewed(*changes, on=on)
    return budget_report(outcome, follow(outcome, on), deadlines=outcome.deadlines, cash=cash)


def test_the_page_adds_up_and_asks_for_five_decisions_at_most():
    made = page()
    phases = [line for line in made.lines if line.strong]
    assert sum(line.revised for line in phases) == made.total.revised
    assert made.total.variance == made.total.revised - made.total.final
    assert 0 < len(made.decisions) <= MOST_DECISIONS


def test_a_gap_comes_first_among_what_is_to_be_decided():
    made = page(add("budget_line/dear", label="Décor", post="30", account="604", unit_price="9000"))
    assert made.decisions[0].what.startswith("Trouver ")
    assert made.decisions[0].where == "funding"


def test_two_sources_of_one_name_are_both_told():
    twice = add("funding/drac-2", label="DRAC", nature="public", amount="300", state="granted")
    outcome = reviewed(twice)
    found = report_file(outcome, outcome.on, outcome.dossier.find("funding/drac", Funding))
    told = [(row.forecast, row.actual) for row in found.produits if row.label == "DRAC"]
    assert told == [(1000, 1000), (300, 300)]


def test_takings_once_reported_are_done():
    house = {
        "label": "Billets",
        "capacity": "100",
        "vat_rate": "0",
        "tariffs": [{"label": "plein", "price": "10"}],
    }
    expected = reviewed(add("ticketing/t", event="event/premiere", **house))
    reported = reviewed(add("ticketing/t", event="event/premiere", takings="640", **house))
    for outcome, done in ((expected, 0), (reported, 640)):
        [line] = [one for one in follow(outcome, outcome.on).income if one.row.id == "tickets/t"]
        assert line.billed == done
