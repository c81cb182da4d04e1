"""A fact class made a form: each kind of field, what changed, what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from filage.facts.dossier import Dossier
from filage.facts.kinds import ALL, BY_KIND
from filage.facts.reading import fact_of_values
from filage_web.forms import Choices, FactForm
from filage_web.forms.identifiers import new_id, slug
from filage_web.forms.shapes import shapes_of

FACTS = (
    fact_of_values("person", {"id": "dana", "given_name": "Dana", "family_name": "Morel"}),
    fact_of_values("position", {"id": "marie", "label": "Marie"}),
    fact_of_values(
        "engagement",
        {"id": "dana-marie", "person": "person/dana", "position": "position/marie", "starts_on": "2026-11-05",
         "ends_on": "2026-11-14", "unit": "cachet", "unit_pay": "160", "quantity": "14", "isolated": "false"},
    ),
)  # fmt: skip
ENGAGEMENT = FACTS[-1]
TYPED = {
    "position": "position/marie", "person": "person/dana", "phase": "production", "starts_on": "05/11/2026",
    "ends_on": "14/11/2026", "unit": "cachet", "unit_pay": "160", "quantity": "14", "contract": "draft", "_seen": "7",
}  # fmt: skip


class Known(Choices):
    """The dossier's own facts alone: no database."""

    def __init__(self) -> None:
        self.structure = None  # type: ignore[assignment]
        self.dossier = Dossier.of_facts(FACTS)
        self._shared = {"person": [("person/dana", "Dana Morel")]}


def form(kind: str, data: dict[str, Any] | None = None, **more: Any) -> FactForm:
    return FactForm(kind, data, choices=Known(), ident="new" if "fact" not in more else "", **more)


def errors(found: FactForm) -> dict[str, list[str]]:
    return {name: [str(one) for one in texts] for name, texts in found.errors.items()}


def test_reads_every_field_of_every_kind_but_three_that_have_their_own_page() -> None:
    other = [
        (model.kind, shape.name) for model in ALL for shape in shapes_of(model) if shape.holds == "other"
    ]
    assert other == [("constraint", "check"), ("writing", "text"), ("scenario", "changes")]


@pytest.mark.parametrize("kind", sorted(BY_KIND))
def test_an_empty_form_of_any_kind_asks_for_what_is_required(kind: str) -> None:
    found = form(kind, {"_": "x"})
    required = {shape.name for shape in shapes_of(BY_KIND[kind]) if shape.required and shape.holds != "other"}
    asked = {name for name, texts in errors(found).items() if texts == ["À remplir."]}
    assert asked == required - {"id"}


def test_nothing_typed_differently_changes_nothing() -> None:
    found = form("engagement", TYPED, fact=ENGAGEMENT, revision=7)
    assert found.is_valid(), found.errors
    assert found.changes() == ()


def test_says_only_what_changed_in_file_text_and_clears_what_was_emptied() -> None:
    typed = TYPED | {"unit_pay": "1 160,50 €", "quantity": "", "isolated": "on"}
    found = form("engagement", typed, fact=ENGAGEMENT, revision=7)
    assert found.is_valid(), found.errors
    (change,) = found.changes()
    assert (change.op, change.about, change.values) == (
        "set",
        "engagement/dana-marie",
        {"unit_pay": "1160.5"},
    )
    assert set(change.clear) == {"quantity", "isolated"}  # a ticked box is its usual value: nothing to write
    assert found.fact.isolated is True
    assert found.seen == {"engagement/dana-marie": 7}


def test_an_emptied_list_never_silently_takes_its_usual_value() -> None:
    found = form("engagement", TYPED | {"contract": ""}, fact=ENGAGEMENT)
    assert errors(found) == {"contract": ["Ne reste pas vide. D’habitude : À préparer."]}


def test_says_all_that_is_wrong_each_under_its_field_and_keeps_what_was_typed() -> None:
    typed = TYPED | {"starts_on": "31/11/2026", "unit_pay": "cent", "position": "Mari", "unit": ""}
    found = form("engagement", typed, fact=ENGAGEMENT)
    assert errors(found) == {
        "starts_on": ["Novembre 2026 a 30 jours. Essayez 30/11/2026."],
        "unit_pay": ["« cent » n’est pas un montant. Essayez 1 250,50 €."],
        "position": ["« Mari » n’est pas dans la liste. Vouliez-vous « Marie » ?"],
        "unit": ["À remplir."],
    }
    assert found["starts_on"].value() == "31/11/2026"
    assert 'type="text"' in str(found["starts_on"])


def test_takes_a_reference_by_its_name() -> None:
    found = form("engagement", TYPED | {"person": "dana morel"}, fact=ENGAGEMENT)
    assert found.is_valid(), found.errors
    assert found.values["person"] == "person/dana"


def test_looks_a_reference_up_by_name_when_the_list_is_long() -> None:
    choices = Known()
    choices._shared["person"] = [(f"person/p{n}", f"Personne {n}") for n in range(31)]
    found = FactForm("engagement", choices=choices, initial={"person": "person/p3"})
    assert found["person"].value() == "Personne 3"
    assert "<datalist" in str(found["person"])


def test_rows_of_a_list_keep_their_order_and_forget_the_empty_ones() -> None:
    typed = {
        "label": "Marie", "department": "artistic", "status": "artiste", "people": "2", "forecast-rows": "3",
        "forecast-0-phase": "exploitation", "forecast-0-unit": "cachet", "forecast-0-quantity": "nb_dates",
        "forecast-0-unit_pay": "160", "forecast-2-phase": "production", "forecast-2-unit": "service",
        "forecast-2-quantity": "40", "forecast-2-unit_pay": "66,50",
    }  # fmt: skip
    found = form("position", typed)
    assert found.is_valid(), found.errors
    assert [row["unit_pay"] for row in found.values["forecast"]] == ["160", "66.50"]


def test_a_problem_of_a_row_stands_in_that_row_as_it_is_shown() -> None:
    typed = {
        "label": "Marie", "department": "artistic", "status": "artiste", "people": "1", "forecast-rows": "2",
        "forecast-1-phase": "exploitation", "forecast-1-unit": "cachet", "forecast-1-quantity": "nb_date",
        "forecast-1-unit_pay": "",
    }  # fmt: skip
    from filage.kernel import step as steps

    found = form("position", typed, variables={"nb_dates": steps.given("dates", 14)})
    assert set(errors(found)) == {"forecast-1-unit_pay", "forecast-1-quantity"}
    assert errors(found)["forecast-1-unit_pay"] == ["À remplir."]
    assert "nb_dates" in errors(found)["forecast-1-quantity"][0]


def test_one_more_row_is_asked_for_without_saving() -> None:
    found = form("position", {"forecast-rows": "1", "_more": "forecast"})
    assert found.wants_more
    assert len(next(node for node in found.nodes if node.name == "forecast").rows) == 2


def test_a_new_fact_gets_a_readable_id_that_nobody_has() -> None:
    assert slug("L’Écluse, Besançon") == "l-ecluse-besancon"
    assert new_id("venue", {"label": "L’Écluse"}, {"l-ecluse"}) == "l-ecluse-2"
    assert new_id("event", {"type": "performance", "day": "2026-11-05"}) == "performance-2026-11-05"
    assert new_id("company", {"label": "???"}) == "company"


def test_a_row_of_phases_names_itself_and_keeps_the_name_it_has() -> None:
    typed = {
        "label": "Woyzeck", "form": "theatre", "phases-rows": "3", "phases-0-id": "rep",
        "phases-0-label": "Répétitions",
        "phases-0-starts_on": "2026-08-31", "phases-0-ends_on": "2026-10-24", "phases-0-budget": "production",
        "phases-1-label": "Tournée", "phases-1-starts_on": "2026-11-05", "phases-1-ends_on": "2026-12-12",
        "phases-1-budget": "exploitation", "phases-2-budget": "production",
    }  # fmt: skip
    found = form("production", typed, only=("label", "form", "phases"))
    assert found.is_valid(), found.errors
    assert [row["id"] for row in found.values["phases"]] == ["rep", "tournee"]
