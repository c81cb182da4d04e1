"""A request put together: the form adds up, proposals come from facts, everything missing is said at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from filage.facts.funding import Funding, Request
from filage.funding.request import request_file
from filage.funding.request_budget import CHAPTER, form_budget, row_total
from filage.funding.request_headings import form_of
from filage.funding.request_json import differences, digest, to_json
from filage.funding.request_pieces import HELD, TO_GET, pieces_of
from filage.funding.request_proposals import PROPOSALS, proposed
from filage.funding.request_texts import EMPTY, PROPOSED, TYPED
from filage.kernel.changes import add, set_
from support.dossiers import reviewed

ON = date(2026, 10, 1)
DEAR = add("budget_line/dear", label="Décor", post="30", account="604", unit_price="9000.25")


def made(*changes, funding="funding/drac", request=None):
    outcome = reviewed(*changes)
    return request_file(
        outcome.dossier, budget=outcome.budget, costs=outcome.costs, plan=outcome.plan, on=ON,
        funding=outcome.dossier.find(funding, Funding),
        request=outcome.dossier.find(request, Request) if request else None,
    )  # fmt: skip


def entry(file, ident):
    return next(one for section in file.sections for one in section.entries if one.id == ident)


@pytest.mark.parametrize("side", ["expense", "income"])
def test_the_form_is_in_whole_euros_and_its_chapters_make_its_total(side):
    form = made().form
    rows = getattr(form, side)
    assert all(row.amount == row.amount.to_integral_value() for row in rows)
    assert row_total(rows) == getattr(form, f"{side}_total")


def test_the_totals_of_the_form_are_those_of_the_budget():
    outcome = reviewed()
    form = form_budget(outcome.dossier, outcome.budget, outcome.costs)
    assert abs(form.expense_total - outcome.budget.expense) < 1
    assert abs(form.income_total - outcome.budget.income) < 1


def test_what_is_asked_stands_in_74_with_its_weight_in_clear():
    form = made(set_("funding/drac", amount="1000")).form
    [row] = [row for row in form.income if row.asked]
    assert (row.label, row.amount) == ("DRAC", Decimal(1000))
    assert form.weight == Decimal(1000) / form.income_total
    assert form.sentence.startswith(
        "La subvention sollicitée de 1\u202f000\xa0€, objet de la présente demande, représente "
    )
    assert form.sentence.endswith("% du total des produits.")


def test_what_is_asked_counts_in_every_part_of_the_request_when_it_is_not_what_is_expected():
    file = made(set_("funding/drac", amount="1000", asked="1500"))
    assert file.asked == file.form.asked == Decimal(1500)
    assert [one.amount for one in file.sources if one.asked] == [Decimal(1500)]
    lines = [line.amount for post in file.posts for line in post.lines if line.label == "DRAC"]
    assert lines == [Decimal(1500)]
    assert file.income - made(set_("funding/drac", amount="1000")).income == 500


def test_a_contribution_in_kind_asked_for_adds_nothing_to_the_totals():
    kind = {"label": "Prêt de salle", "nature": "in_kind", "amount": "700", "contribution": "in_kind"}
    file = made(add("funding/salle", **kind), funding="funding/salle")
    bare = made()
    assert (file.form.expense_total, file.income) == (bare.form.expense_total, bare.income)


def test_a_form_that_does_not_balance_says_by_how_much_and_invents_nothing():
    form = made(DEAR).form
    assert form.gap > 0
    assert form.balance.startswith(f"Il manque {form.gap:,f}".replace(",", "\u202f"))
    surplus = made(set_("funding/drac", amount="900000")).form
    assert surplus.balance.startswith("Les produits dépassent les charges de")


def test_less_than_a_euro_is_rounding_not_a_gap():
    outcome = reviewed(DEAR)
    drac = outcome.dossier.find("funding/drac", Funding).amount
    needed = drac + outcome.budget.expense - outcome.budget.income
    balanced = made(DEAR, set_("funding/drac", amount=str(needed - Decimal("0.4")))).form
    assert form_budget(outcome.dossier, outcome.budget, outcome.costs).gap > 0
    assert (balanced.gap, balanced.balance) == (0, "")


def test_a_refused_funding_asks_for_nothing_and_it_is_said():
    file = made(set_("funding/drac", state="refused"))
    assert (file.form.asked, file.form.sentence) == (None, "")
    assert any("rien n’est demandé" in one.message for one in file.lacks)


def test_every_proposal_a_heading_names_exists_and_none_speaks_of_an_empty_dossier():
    names = {
        heading.proposal
        for purpose in ("application", "report")
        for section in form_of(purpose).sections
        for heading in section.headings
        if heading.proposal
    }
    assert names == set(PROPOSALS)
    outcome = reviewed()
    for name in names:
        text, origin = proposed(name, outcome.dossier, ON)
        assert bool(text) == bool(origin)


def test_a_text_is_typed_proposed_with_its_origin_or_missing():
    bare = made()
    title = entry(bare, "title")
    assert (title.state, title.origin) == (PROPOSED, "la production")
    assert (entry(bare, "representative").state, entry(bare, "representative").text) == (EMPTY, "")
    texts = [{"topic": "title", "text": "Mon titre"}, {"topic": "unknown", "text": "Gardé"}]
    typed = made(add("request/r", label="R", funding="funding/drac", texts=texts), request="request/r")
    assert (entry(typed, "title").state, entry(typed, "title").text) == (TYPED, "Mon titre")
    assert entry(typed, "unknown").text == "Gardé"


def test_everything_missing_is_said_at_once_with_where_to_complete_it():
    lacks = made(DEAR, set_("funding/drac", missing=["RIB"])).lacks
    where = {one.message.split(" : ")[0]: one.where for one in lacks}
    assert where["Pièce demandée, à réunir"] == "files"
    assert {"funding", "intent", "requests"} <= {one.where for one in lacks}


def test_pieces_are_answered_by_the_dossier_a_file_or_a_hand():
    asked = ["Budget de production", "RIB", "Statuts", "Lettre d’engagement"]
    outcome = reviewed(
        set_("funding/drac", missing=asked[:3], gathered=asked[3:]),
        add("request/r", label="R", funding="funding/drac", files=["statuts-2024.pdf"]),
    )
    dossier = outcome.dossier
    funding, request = dossier.find("funding/drac", Funding), dossier.find("request/r", Request)
    states = {one.label: one.state for one in pieces_of(dossier, outcome.budget, funding, request, ON)}
    assert states == {asked[0]: HELD, asked[1]: TO_GET, asked[2]: "joined", asked[3]: "gathered"}


def test_a_signed_contract_is_known_and_its_copy_is_still_to_be_joined():
    def piece(*more):
        outcome = reviewed(
            set_("funding/drac", missing=["Contrats de cession"]),
            set_("contract/dole", state="signed"),
            add("request/r", label="R", funding="funding/drac", **dict(more)),
        )
        funding, request = (outcome.dossier.get(about) for about in ("funding/drac", "request/r"))
        return pieces_of(outcome.dossier, outcome.budget, funding, request, ON)[0]

    assert piece().state == TO_GET
    assert "la copie reste à joindre" in piece().because
    assert piece(("files", ["contrat-dole.pdf"])).state == "joined"


def test_nobody_s_own_pay_is_a_line_of_the_budget():
    labels = [line.label for post in made().posts for line in post.lines]
    assert any(label.startswith("Personnel, ") for label in labels)
    outcome = reviewed()
    paid = {row.label for row in outcome.budget.rows if row.id.startswith(("pay/", "forecast/"))}
    assert paid.isdisjoint(labels)


def test_the_digest_moves_with_what_is_said_and_not_with_the_day():
    before, after = (
        to_json(made(set_("funding/drac", amount="600"))),
        to_json(made(set_("funding/drac", amount="601"))),
    )
    assert digest(before) == digest(before | {"on": "2030-01-01", "lacks": []})
    assert digest(before) != digest(after)
    moved = {(one.section, one.what): (one.before, one.after) for one in differences(before, after)}
    assert moved["Demande", "Montant demandé"] == ("600,00\xa0€", "601,00\xa0€")
    assert differences(before, before) == ()


def test_a_chapter_comes_before_its_lines():
    levels = [row.level for row in made().form.expense]
    assert levels[0] == CHAPTER
