"""Partners: where one stands with each, what is wanted, and how it was recognised."""

from __future__ import annotations

from decimal import Decimal

import pytest

from filage.facts.base import choices
from filage.facts.people import Company
from filage.funding.partners import STATES, TO_CONTACT, WITH_US, _rules, contacts, matches, partner_deadlines
from filage.kernel.changes import add, set_
from support.dossiers import reviewed

HALL = add("company/hall", label="La Halle", role="venue", brings=["space", "money"])


def stands(*changes) -> str:
    dossier = reviewed(HALL, *changes).dossier
    found = dossier.find("company/hall", Company)
    (one,) = contacts(dossier, [found])
    return one.state


def exchange(ident, on, answer="waiting", **more):
    return add(f"approach/{ident}", company="company/hall", on=on, text="…", answer=answer, **more)


def test_one_stands_where_the_last_exchange_says_whatever_their_order():
    assert stands() == TO_CONTACT
    assert (
        stands(exchange("b", "2026-09-02", "agreed"), exchange("a", "2026-09-01", "interested")) == "agreed"
    )


@pytest.mark.parametrize(
    ("state", "expected"),
    [("to_ask", TO_CONTACT), ("asked", "waiting"), ("refused", "declined"), ("signed", WITH_US)],
)
def test_the_plan_speaks_when_nothing_was_noted(state, expected):
    source = add(
        "funding/h", label="H", nature="coproduction", amount="10", state=state, company="company/hall"
    )
    assert stands(source) == expected


def test_what_is_signed_is_stronger_than_what_was_said():
    sold = add("contract/h", label="H", type="cession", company="company/hall", state="signed")
    assert stands(sold, exchange("a", "2026-09-01", "declined")) == WITH_US


def test_every_state_has_its_words_and_every_rule_a_known_resource():
    assert {TO_CONTACT, WITH_US, "waiting", "interested", "agreed", "declined"} == set(STATES)
    assert {rule.resource for rule in _rules()} - {""} <= set(choices(Company, "brings"))


def wanted(*changes, gap="0"):
    outcome = reviewed(HALL, *changes)
    known = contacts(outcome.dossier, outcome.dossier.all(Company))
    return {one.resource: one for one in matches(outcome.dossier, outcome.budget, Decimal(gap), known)}


def test_the_gap_asks_for_money_of_those_who_bring_some():
    money = wanted(gap="12.50")["money"]
    assert [(one.amount, one.because) for one in money.wanted] == [
        (Decimal("12.50"), "l’écart du financement")
    ]
    assert [one.company.label for one in money.holders] == ["La Halle"]
    assert "money" not in wanted()


def test_a_line_is_recognised_by_its_account_else_by_its_words_and_it_is_said():
    line = {"post": "30", "unit_price": "100"}
    found = wanted(
        add("budget_line/a", label="Loyer", account="61321", **line),
        add("budget_line/b", label="Construction du décor", account="604", **line),
        add("budget_line/c", label="Assurance du matériel", account="616", **line),
    )
    assert [(one.label, one.because) for one in found["space"].wanted] == [
        ("Loyer", "d’après le compte 61321")
    ]
    built = {one.label: one.because for one in found["set_building"].wanted}
    assert built["Construction du décor"] == "d’après le mot « décor »"
    assert "Assurance du matériel" not in [want.label for one in found.values() for want in one.wanted]


def test_a_need_already_found_asks_for_nothing_more():
    need = add("need/n", label="Projecteur", department="technique", state="to_find")
    assert [one.about for one in wanted(need)["equipment"].wanted] == ["need/n"]
    assert "equipment" not in wanted(need, set_("need/n", state="booked"))


def test_who_declined_is_no_longer_proposed():
    assert wanted(exchange("a", "2026-09-01", "declined"), gap="5")["money"].holders == ()


def test_the_next_step_is_due_until_a_later_exchange():
    first = exchange("a", "2026-09-01", next_step="Rappeler", next_on="2026-10-01")
    assert [one.label for one in partner_deadlines(reviewed(HALL, first).dossier)] == ["Rappeler : La Halle"]
    later = exchange("b", "2026-09-05", "interested")
    assert partner_deadlines(reviewed(HALL, first, later).dossier) == []
    closed = exchange("b", "2026-09-05", "declined", next_on="2026-12-01")
    assert partner_deadlines(reviewed(HALL, first, closed).dossier) == []
