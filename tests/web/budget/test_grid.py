"""The budget's grid: read by all, written by the team, answered by the server with what moved."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from filage.accounting.follow import follow
from filage.facts.budget import BudgetLine, LineOverride, Variable
from filage.kernel.changes import add, set_
from filage_web.budget.grid import number_of
from filage_web.store.changes import apply
from filage_web.store.models import ChangeSet
from filage_web.store.outcomes import forget_outcomes, outcome_of
from filage_web.store.queries import dossier_of, load_production
from filage_web.templatetags.french import amount, euro
from support.cast import Cast

MEAL = "meal/repas-dole-artistes"


@pytest.fixture
def office(world: Cast, django_db_blocker) -> Iterator[Cast]:
    """Le Fil with its Woyzeck; what the test writes is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield world
        transaction.set_rollback(True)
    forget_outcomes()


def post(office: Cast, path: str, who: str = "bob", **fields: Any) -> Any:
    return office.browser(who).post(office.address(f"budget/{path}/"), fields)


def write(office: Cast, line: str, field: str, value: str, **more: Any) -> Any:
    return post(office, "case", line=line, field=field, value=value, **more)


def fact(office: Cast, about: str) -> Any:
    return dossier_of(office.structure, office.production).get(about)


def test_the_page_shows_posts_lines_and_totals(office: Cast) -> None:
    page = office.browser("rene").get(office.address("budget/")).content.decode()
    budget = outcome_of(office.structure, office.production).budget
    shown = ("Équipe artistique", "Construction du décor", euro(budget.expense), euro(-budget.balance))
    assert [text for text in shown if text not in page] == []


def test_a_reader_sees_no_way_to_write(office: Cast) -> None:
    page = office.browser("rene").get(office.address("budget/")).content.decode()
    assert "data-field" not in page
    assert "data-editable" not in page
    assert post(office, "case", who="rene", line="line/decor").status_code == 403


def test_lines_are_numbered_within_their_post() -> None:
    assert [number_of("30", 1), number_of("70", 12), number_of("35", 2), number_of("A", 3)] == [
        "301",
        "712",
        "3502",
        "3",
    ]


def test_a_cell_written_moves_its_row_its_post_and_the_totals(office: Cast) -> None:
    before = outcome_of(office.structure, office.production).budget.expense
    answer = write(office, "line/decor", "unit_price", "8 400,00 €")
    moved = answer.json()
    assert answer.status_code == 200
    # the shares of posts (overheads, contingency) follow the line they are computed from
    assert sorted(moved["rows"]) == [
        "budget_line-decor",
        "budget_line-frais-generaux",
        "budget_line-imprevus",
    ]
    assert "8\u202f400,00" in moved["rows"]["budget_line-decor"]
    assert euro(before - Decimal(3400) * Decimal("1.07")) in moved["totals"]
    assert fact(office, "budget_line/decor").unit_price == "8400"


def test_an_expression_over_variables_is_kept_as_it_was_typed(office: Cast) -> None:
    write(office, "line/location", "quantity", "nb_dates × 2")
    assert fact(office, "budget_line/location").quantity == "nb_dates * 2"


def test_an_expression_is_typed_as_in_a_spreadsheet(office: Cast) -> None:
    assert write(office, "line/location", "unit_price", "=60*1,05").status_code == 200
    assert fact(office, "budget_line/location").unit_price == "60*1.05"
    page = office.browser("bob").get(office.address("budget/")).content.decode()
    assert 'data-raw="60*1,05"' in page
    write(office, "line/location", "unit_price", "1.060,50")
    assert fact(office, "budget_line/location").unit_price == "1060.5"
    write(office, "line/location", "committed", "=120,50")
    assert fact(office, "budget_line/location").committed == Decimal("120.50")


def test_a_stored_number_that_is_too_large_says_so_in_its_cell_and_breaks_no_page(office: Cast) -> None:
    changes = [
        set_("budget_line/decor", unit_price="9" * 40),
        set_("budget_line/costumes", quantity="900000000", unit_price="900000000"),
        add("variable/enorme", name_text="enorme", value="9" * 60),
    ]
    apply(office.structure, office.production, changes, actor=office.alice)
    page = office.browser("bob").get(office.address("budget/"))
    said = [text for text in ("est un nombre trop grand", "Quantité × prix unitaire donne un nombre trop grand")
            if text in page.content.decode()]  # fmt: skip
    variables = office.browser("bob").get(office.address("budget/variables/"))
    assert (page.status_code, len(said), variables.status_code) == (200, 2, 200)


def test_a_variable_of_sixty_digits_is_refused_under_its_field(office: Cast) -> None:
    address = office.address("fiche/nouvelle/variable/")
    answer = office.browser("bob").post(address, {"name_text": "enorme", "value": "9" * 60})
    assert "est trop grand" in answer.content.decode()
    assert "enorme" not in {
        one.name_text for one in dossier_of(office.structure, office.production).all(Variable)
    }


def test_a_variable_typed_over_the_calendar_shows_once(office: Cast) -> None:
    change = add("variable/dates", name_text="nb_dates", value="20")
    apply(office.structure, office.production, [change], actor=office.alice)
    page = office.browser("bob").get(office.address("budget/")).content.decode()
    assert page.count("<span>nb_dates</span>") == 1


def test_the_budget_and_its_follow_up_engage_the_same(office: Cast) -> None:
    change = add("commitment/bois", label="Bois", row="line/consommables", amount="777", on="2026-09-01")
    apply(office.structure, office.production, [change], actor=office.alice)
    outcome = outcome_of(office.structure, office.production)
    followed = follow(outcome, outcome.on)
    page = office.browser("bob").get(office.address("budget/")).content.decode()
    total = page[page.index('class="totals"') :]
    shown = re.search(r'data-line="line/consommables".*?class="num committed"[^>]*>([^<]*)<', page, re.DOTALL)
    line = followed.line("line/consommables")
    assert line is not None
    assert shown is not None
    assert (shown[1], euro(followed.amounts.committed) in total) == (amount(line.amounts.committed), True)


def test_a_share_of_charges_leaves_out_charges_alone(office: Cast) -> None:
    change = add(
        "budget_line/entrees", label="Entrées vendues", side="income", post="recettes", unit_price="100"
    )
    apply(office.structure, office.production, [change], actor=office.alice)
    form = office.browser("bob").get(office.address("budget/part/")).content.decode()
    assert ('value="line/decor"' in form, 'value="line/entrees"' in form) == (True, False)


def test_the_first_stop_of_the_content_is_the_grid(office: Cast) -> None:
    page = office.browser("bob").get(office.address("budget/")).content.decode()
    content = page[page.index('id="main"') :]
    assert content[content.index("<a ") :].startswith('<a class="skip" href="#budget"')
    assert 'id="budget" tabindex="-1"' in content


def test_a_quantity_may_bring_its_unit(office: Cast) -> None:
    write(office, "line/location", "quantity", "4 jours")
    line = fact(office, "budget_line/location")
    assert (line.quantity, line.unit) == ("4", "jours")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("quantity", "nb_date * 6", "« nb_date » inconnu. Vouliez-vous nb_dates ?"),
        ("committed", "beaucoup", "« beaucoup » n’est pas un montant. Essayez 1 250,50 €."),
        ("label", " ", "Le libellé ne reste pas vide."),
        ("label", "x" * 201, "201 caractères : 200 au plus. Le reste va dans la note."),
        ("unit_price", "9" * 40, f"« {'9' * 16}… » est trop grand : 15 chiffres au plus."),
        (
            "unit_price",
            "999999999999 * 999999999999",
            "« 999999999999 * 999999999999 » donne un nombre trop grand.",
        ),
        ("amount", "12", "Cette case se calcule : elle ne s’écrit pas."),
    ],
)
def test_a_wrong_cell_says_what_is_wrong_and_writes_nothing(
    office: Cast, field: str, value: str, said: str
) -> None:
    before = ChangeSet.objects.count()
    answer = write(office, "line/decor", field, value)
    assert (answer.status_code, answer.json()["error"]) == (422, said)
    assert ChangeSet.objects.count() == before


def test_a_computed_line_is_replaced_with_a_reason_only(office: Cast) -> None:
    assert write(office, MEAL, "amount", "500").json() == {"reason": "Repas Dole, artistes"}
    answer = write(office, MEAL, "amount", "500", reason="Forfait négocié").json()
    override = dossier_of(office.structure, office.production).all(LineOverride)[-1]
    assert (override.line, str(override.amount), str(override.computed_when_set), override.reason) == (
        MEAL, "500", "513.6", "Forfait négocié",
    )  # fmt: skip
    row = answer["rows"]["l-meal-repas-dole-artistes"]
    assert 'class="old"' in row
    assert "−13,60" in row


def test_an_emptied_replacement_gives_the_computed_amount_back(office: Cast) -> None:
    answer = write(office, "meal/repas-residence-ecluse", "amount", "")
    assert answer.status_code == 200
    assert dossier_of(office.structure, office.production).all(LineOverride) == ()


def test_the_second_of_two_writes_on_one_line_is_refused(office: Cast) -> None:
    seen = load_production(office.structure, office.production).revisions["budget_line/decor"]
    assert write(office, "line/decor", "unit_price", "9000", seen=seen).status_code == 200
    answer = write(office, "line/decor", "unit_price", "9500", seen=seen)
    assert answer.status_code == 409
    refused = answer.json()
    assert "Bob Lenoir a modifié « Construction du décor » entre-temps : 9000." in refused["error"]
    assert fact(office, "budget_line/decor").unit_price == "9000"
    kept = write(office, "line/decor", "unit_price", "9500", seen=refused["seen"])
    assert kept.status_code == 200
    assert fact(office, "budget_line/decor").unit_price == "9500"


def test_undo_goes_through_the_server(office: Cast) -> None:
    number = write(office, "line/decor", "unit_price", "9000").json()["undo"]
    answer = post(office, "annuler", number=number)
    assert answer.json()["said"] == "Annulé : Construction du décor, prix unitaire"
    assert fact(office, "budget_line/decor").unit_price == "11800"


@pytest.mark.parametrize("scenario", ["", "decor-plie"])
def test_writes_are_undone_one_after_the_other(office: Cast, scenario: str) -> None:
    numbers = [
        write(office, "line/costumes", "unit_price", value, scenario=scenario).json()["undo"]
        for value in ("1", "2", "3")
    ]
    answers = [post(office, "annuler", number=number, scenario=scenario) for number in reversed(numbers)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    outcome = outcome_of(office.structure, office.production, scenario=scenario or None)
    assert outcome.dossier.get("budget_line/costumes").unit_price == "3400"


def test_a_write_that_others_followed_is_not_undone(office: Cast) -> None:
    number = write(office, "line/costumes", "unit_price", "1").json()["undo"]
    write(office, "line/costumes", "unit_price", "2")
    assert post(office, "annuler", number=number).status_code == 422
    assert fact(office, "budget_line/costumes").unit_price == "2"


def test_nothing_to_undo_is_said(office: Cast) -> None:
    assert post(office, "annuler", number="0").json() == {"error": "Il n’y a rien à annuler."}


def test_a_paste_writes_rows_and_adds_those_beyond_the_post(office: Cast) -> None:
    text = "Costumes loués\t2\t1 700,50\nAccessoires\t1\t850\nLocation\t3 semaines\t460\t1 380,00\nRideau\t1 toile\t300"
    answer = post(office, "coller", line="line/costumes", field="label", text=text)
    assert answer.status_code == 200
    assert "body" in answer.json()
    lines = {line.id: line for line in dossier_of(office.structure, office.production).all(BudgetLine)}
    assert (lines["costumes"].label, lines["costumes"].unit_price) == ("Costumes loués", "1700.5")
    assert (lines["rideau"].post, lines["rideau"].phase, lines["rideau"].unit) == (
        "30",
        "production",
        "toile",
    )
    assert ChangeSet.objects.latest("pk").label == "Collage de 4\u00a0lignes"


def test_totals_pasted_are_left_aside_and_said(office: Cast) -> None:
    text = "Costumes loués\t2\t1700\t3400\nSous-total costumes\t\t\t3400\n\nAccessoires\t1\t850\t850\n\nTOTAL\t\t\t4250"
    answer = post(office, "coller", line="line/costumes", field="label", text=text).json()
    lines = {line.id: line.label for line in dossier_of(office.structure, office.production).all(BudgetLine)}
    assert answer["said"] == (
        "2\u00a0lignes collées ; totaux laissés de côté, le budget les compte : « Sous-total costumes », « TOTAL »."
    )
    assert (lines["costumes"], lines["accessoires"], "total" in lines) == (
        "Costumes loués",
        "Accessoires",
        False,
    )
    alone = post(
        office, "coller", line="line/costumes", field="label", text="Total\t\t\t12\nSous-total\t\t\t3"
    )
    assert alone.json()["errors"] == ["Il n’y a que des totaux : le budget les compte lui-même."]


def test_a_paste_with_one_wrong_row_writes_nothing_and_names_each_wrong_row(office: Cast) -> None:
    before = ChangeSet.objects.count()
    text = "Costumes\t2\tzut\nAccessoires\t1\t850\t9\nLocation\tnb_dat\t460\nRideau\t1\t300"
    answer = post(office, "coller", line="line/costumes", field="label", text=text)
    assert answer.json()["errors"] == [
        "Ligne collée 1 : « zut » inconnu.",
        "Ligne collée 2 : « 9 » : le prévu se calcule, quantité × prix unitaire = 850,00.",
        "Ligne collée 3 : « nb_dat » inconnu. Vouliez-vous nb_dates ?",
    ]
    assert ChangeSet.objects.count() == before


def test_a_paste_does_not_replace_computed_lines_without_their_reason(office: Cast) -> None:
    answer = post(office, "coller", line=MEAL, field="quantity", text="12\t20")
    assert answer.json()["errors"] == [
        "Ligne collée 1 : Repas Dole, artistes se calcule : remplacez-la seule, avec sa raison."
    ]


def test_in_a_scenario_a_cell_is_kept_as_a_difference(office: Cast) -> None:
    write(office, "line/costumes", "unit_price", "2000", scenario="decor-plie")
    scenario = fact(office, "scenario/decor-plie")
    assert fact(office, "budget_line/costumes").unit_price == "3400"
    assert [(change.op, change.about, dict(change.values)) for change in scenario.changes][-1] == (
        "set", "budget_line/costumes", {"unit_price": "2000"},
    )  # fmt: skip
    page = office.browser("bob").get(office.address("budget/?scenario=decor-plie")).content.decode()
    assert "Vous êtes dans le scénario" in page


def test_two_writes_on_one_fact_make_one_difference(office: Cast) -> None:
    for value in ("2000", "2100"):
        write(office, "line/costumes", "unit_price", value, scenario="decor-plie")
    abouts = [change.about for change in fact(office, "scenario/decor-plie").changes]
    assert abouts.count("budget_line/costumes") == 1


def test_an_unknown_scenario_is_a_404(office: Cast) -> None:
    assert office.browser("bob").get(office.address("budget/?scenario=personne")).status_code == 404


def test_without_script_a_computed_line_is_replaced_by_a_form(office: Cast) -> None:
    address = office.address(f"budget/remplacer/?line={MEAL}")
    page = office.browser("bob").get(address).content.decode()
    assert "513,60\u00a0€" in page
    wrong = office.browser("bob").post(address, {"line": MEAL, "amount": "480", "reason": ""})
    assert wrong.status_code == 422
    office.browser("bob").post(address, {"line": MEAL, "amount": "480", "reason": "Devis du traiteur"})
    assert [str(one.amount) for one in dossier_of(office.structure, office.production).all(LineOverride)] == [
        "1000",
        "480",
    ]


def test_a_replaced_line_is_given_back_to_the_calculation(office: Cast) -> None:
    post(office, "rendre", line="meal/repas-residence-ecluse")
    assert dossier_of(office.structure, office.production).all(LineOverride) == ()


def test_the_first_own_post_keeps_the_usual_ones(office: Cast) -> None:
    post(office, "poste-nouveau", code="35", label="Marionnettes", phase="production")
    codes = [
        one.code for one in dossier_of(office.structure, office.production).by_kind["budget_post"].values()
    ]
    assert sorted(codes) == ["10", "20", "30", "35", "40", "50", "60", "70", "80", "90"]


def test_a_large_budget_comes_folded_and_unfolds_by_post(office: Cast) -> None:
    many(office, 320)
    client = office.browser("rene")
    page = client.get(office.address("budget/")).content.decode()
    assert "Ligne 7<" not in page
    lines = client.get(office.address("budget/poste/production-30/")).content.decode()
    assert "Ligne 7<" in lines
    assert "Ligne 7<" in client.get(office.address("budget/?ouverts=production-30")).content.decode()


def many(office: Cast, count: int) -> None:
    lines = [add(f"budget_line/l{n}", label=f"Ligne {n}", post="30", unit_price=str(n)) for n in range(count)]
    apply(office.structure, office.production, lines, actor=office.alice)


@pytest.mark.parametrize("address", ["budget/", "budget/poste/production-30/"])
def test_the_queries_are_the_same_with_one_line_and_with_three(cast: Cast, address: str) -> None:
    counts = []
    for number in (1, 3):
        apply(
            cast.structure, cast.production,
            [add(f"budget_line/l{number}-{n}", label=f"L{n}", post="30", unit_price="10") for n in range(number)],
            actor=cast.alice,
        )  # fmt: skip
        cast.browser("bob").get(cast.address(address))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            cast.browser("bob").get(cast.address(address))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_empty_budget_says_what_to_do(cast: Cast) -> None:
    page = cast.browser("bob").get(cast.address("budget/")).content.decode()
    assert "Aucune ligne pour l’instant" in page
    assert "Ajouter une ligne" in page


def test_the_answer_of_a_cell_is_plain_json_without_a_script(office: Cast) -> None:
    answer = write(office, "line/decor", "label", "<script>alert(1)</script>")
    assert "<script>" not in json.loads(answer.content)["rows"]["budget_line-decor"]
