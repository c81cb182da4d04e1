"""A dossier written and read back is the same dossier, whatever it holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filage.facts.kinds import ALL
from filage.facts.reading import fact_of_values, read_dossier
from filage.facts.writing import tree_of, values_of, write_json, write_yaml
from support.generated_facts import crowd, dossiers, facts_of

KINDS = pytest.mark.parametrize("model", ALL, ids=lambda model: model.kind)


@KINDS
@settings(max_examples=20)
@given(data=st.data())
def test_a_fact_of_every_kind_survives_its_file_values(model, data) -> None:
    fact = data.draw(facts_of(model))
    assert fact_of_values(model.kind, values_of(fact)) == fact
    assert fact_of_values(model.kind, values_of(fact, defaults=True)) == fact


@settings(max_examples=60)
@given(dossiers())
def test_a_dossier_survives_yaml(dossier) -> None:
    assert read_dossier(write_yaml(dossier, with_private=True)) == dossier


@settings(max_examples=60)
@given(dossiers())
def test_a_dossier_survives_json(dossier) -> None:
    assert read_dossier(write_json(dossier, with_private=True)) == dossier


@given(dossiers(most=2))
def test_writing_what_was_read_gives_the_same_bytes(dossier) -> None:
    once = write_yaml(dossier, with_private=True)
    assert write_yaml(read_dossier(once), with_private=True) == once


def test_the_crowd_holds_every_kind() -> None:
    assert {fact.kind for fact in crowd()} == {model.kind for model in ALL}


def test_private_facts_are_left_out_unless_asked_for() -> None:
    assert "people_private" not in tree_of(crowd())
    assert len(tree_of(crowd(), with_private=True)["people_private"]) == 2


def test_collections_are_written_in_the_canonical_order() -> None:
    order = [key for key in tree_of(crowd(), with_private=True) if key != "schema"]
    assert order == [model.collection for model in ALL]


def test_json_flags_and_numbers_are_read_as_the_text_yaml_would_give() -> None:
    json_text = (
        '{"schema": "filage/1", "employer": {"id": "fil", "label": "Le Fil", "headcount": 5},'
        ' "production": {"id": "w", "label": "W", "form": "theatre"},'
        ' "scenarios": [{"id": "s", "label": "S", "changes":'
        ' [{"op": "set", "about": "event/e", "values": {"premiere": true, "units": 1.50}}]}]}'
    )
    dossier = read_dossier(json_text.encode())
    assert read_dossier(write_yaml(dossier)) == dossier
    assert dossier.get("scenario/s").changes[0].values == {"premiere": "true", "units": "1.50"}
