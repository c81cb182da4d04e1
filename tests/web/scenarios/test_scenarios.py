"""Scenarios: compared, created, written in, adopted, forgotten."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from filage.facts.scenario import Scenario
from filage.kernel.changes import add, remove, set_
from filage_web.scenarios.services import fold
from filage_web.store.changes import apply
from filage_web.store.models import ChangeSet
from filage_web.store.outcomes import forget_outcomes, outcome_of
from filage_web.store.queries import dossier_of
from filage_web.templatetags.french import signed, signed_euro
from support.cast import Cast


@pytest.fixture
def office(world: Cast, django_db_blocker) -> Iterator[Cast]:
    """Le Fil with its Woyzeck; what the test writes is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield world
        transaction.set_rollback(True)
    forget_outcomes()


def balance(office: Cast, scenario: str | None = None):
    return outcome_of(office.structure, office.production, scenario=scenario).budget.balance


def scenario(office: Cast, ident: str) -> Scenario | None:
    return dossier_of(office.structure, office.production).find(f"scenario/{ident}", Scenario)


def test_scenarios_stand_side_by_side_with_their_differences(office: Cast) -> None:
    page = office.browser("rene").get(office.address("scenarios/")).content.decode()
    for ident in (None, "annecy-perdu", "decor-plie"):
        assert signed_euro(balance(office, ident)) in page
    assert signed(balance(office, "decor-plie") - balance(office)) in page


def test_at_most_three_columns_are_shown_in_the_order_asked(office: Cast) -> None:
    for n in range(3):
        apply(office.structure, office.production, [add(f"scenario/s{n}", label=f"S{n}")], actor=office.alice)
    asked = "?avec=s2&avec=s0&avec=s1&avec=personne"
    page = office.browser("rene").get(office.address(f"scenarios/{asked}"))
    assert [column.label for column in page.context["columns"]] == ["Référence", "S2", "S0"]


def test_an_equal_value_has_no_difference_beside_it(office: Cast) -> None:
    page = office.browser("rene").get(office.address("scenarios/?avec=decor-plie"))
    rows = {row.label: row for section in page.context["sections"] for row in section.rows}
    assert rows["Dates"].cells[1].difference is None
    assert rows["Charges"].cells[1].difference is not None


def test_a_scenario_is_created_then_written_in(office: Cast) -> None:
    values = {"label": "Le train", "purpose": "Moins cher ?", "use": "variant"}
    answer = office.browser("bob").post(office.address("scenarios/nouveau/"), values)
    assert answer.headers["Location"].startswith(office.address("budget/?scenario=le-train"))
    change = {"line": "line/decor", "field": "unit_price", "value": "1", "scenario": "le-train"}
    office.browser("bob").post(office.address("budget/case/"), change)
    kept = scenario(office, "le-train")
    assert [(c.op, c.about) for c in kept.changes] == [("set", "budget_line/decor")]


def test_a_form_in_a_scenario_leaves_the_reference_alone(office: Cast) -> None:
    before = dossier_of(office.structure, office.production).get("variable/nuit")
    address = office.address("scenarios/dans/variable/nuit/?scenario=decor-plie")
    values = {
        "name_text": before.name_text,
        "label": before.label or "",
        "value": "75",
        "unit": before.unit or "",
    }
    assert office.browser("bob").post(address, values).status_code == 302
    assert dossier_of(office.structure, office.production).get("variable/nuit") == before
    found = outcome_of(office.structure, office.production, scenario="decor-plie").dossier.get(
        "variable/nuit"
    )
    assert found.value == "75"


def test_a_fact_of_the_structure_is_not_written_in_a_scenario(office: Cast) -> None:
    address = office.address("scenarios/dans/person/dana/?scenario=decor-plie")
    assert office.browser("bob").get(address).status_code == 404


def test_without_a_scenario_the_address_leads_to_the_fact_itself(office: Cast) -> None:
    answer = office.browser("bob").get(office.address("scenarios/dans/variable/nuit/"))
    assert answer.headers["Location"] == office.address("fiche/variable/nuit/")


def test_adopting_shows_the_effect_then_writes_one_change_set(office: Cast) -> None:
    client = office.browser("bob")
    wanted = balance(office, "decor-plie")
    before = ChangeSet.objects.count()
    sheet = client.post(office.address("scenarios/decor-plie/appliquer/"))
    assert "Appliquer « Décor plié » à la référence" in sheet.content.decode()
    assert ChangeSet.objects.count() == before
    client.post(office.address("effet/"), sheet.context["draft"])
    assert ChangeSet.objects.count() == before + 1
    assert balance(office) == wanted
    assert scenario(office, "decor-plie").changes == ()


def test_one_difference_is_forgotten(office: Cast) -> None:
    office.browser("bob").post(office.address("scenarios/decor-plie/oublier/0/"))
    assert [change.about for change in scenario(office, "decor-plie").changes] == ["variable/prix-km"]


def test_a_scenario_is_deleted_unless_another_starts_from_it(office: Cast) -> None:
    above = add("scenario/suite", label="Suite", base="scenario/decor-plie")
    apply(office.structure, office.production, [above], actor=office.alice)
    address = office.address("scenarios/decor-plie/")
    refused = office.browser("bob").post(address, {"action": "remove"})
    assert refused.status_code == 422
    assert scenario(office, "decor-plie") is not None
    office.browser("bob").post(office.address("scenarios/suite/"), {"action": "remove"})
    office.browser("bob").post(address, {"action": "remove"})
    assert scenario(office, "decor-plie") is None


def test_a_difference_that_no_longer_applies_is_said(office: Cast) -> None:
    cheaper = {"op": "set", "about": "budget_line/toile", "values": {"unit_price": "5"}}
    written = [
        add("budget_line/toile", label="Toile", post="30", unit_price="10"),
        add("scenario/toile", label="Toile moins chère", changes=[cheaper]),
    ]
    apply(office.structure, office.production, written, actor=office.alice)
    apply(office.structure, office.production, [remove("budget_line/toile")], actor=office.alice)
    page = office.browser("bob").get(office.address("scenarios/")).content.decode()
    assert "une différence ne s’applique plus" in page


def test_changes_of_one_fact_fold_into_one() -> None:
    first = set_("variable/a", value="1", label="A")
    assert fold([first, set_("variable/a", ("label",), value="2")]) == (
        set_("variable/a", ("label",), value="2"),
    )
    assert fold([add("variable/a", value="1"), remove("variable/a")]) == ()
    assert fold([add("variable/a", value="1"), set_("variable/a", value="2")]) == (
        add("variable/a", value="2"),
    )
    assert fold([first, remove("variable/a")]) == (remove("variable/a"),)


def test_an_empty_page_says_what_a_scenario_answers(cast: Cast) -> None:
    page = cast.browser("bob").get(cast.address("scenarios/")).content.decode()
    assert "Aucun scénario pour l’instant" in page


def test_the_queries_of_the_list_are_the_same_with_one_scenario_and_with_three(cast: Cast) -> None:
    counts = []
    for number in (2, 4):
        facts = [add(f"scenario/s{number}-{n}", label=f"S{n}") for n in range(number)]
        apply(cast.structure, cast.production, facts, actor=cast.alice)
        cast.browser("bob").get(cast.address("scenarios/"))
        with CaptureQueriesContext(connection) as queries:
            cast.browser("bob").get(cast.address("scenarios/"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
