"""Formalities that cost propose their line, once, at no invented price."""

from decimal import Decimal

import pytest

from filage.compliance.formalities import SITUATIONS, _data, proposed_lines, set_aside
from filage.compliance.risk_data import risks
from filage.facts.changing import apply_changes
from filage.kernel.changes import add, remove, set_
from support.dossiers import TODAY, small

DUEL = (
    add("element/pistolet", label="Pistolet", category="props", risks=["weapon"]),
    add("scene/duel", number="1", label="Le duel", elements=["element/pistolet"]),
    add("running_order/joue", label="Jouée", scenes=[{"scene": "scene/duel"}]),
    set_("production/petite", running_order="running_order/joue"),
)


def rules(*changes):
    return [line.rule for line in proposed_lines(small(*changes), TODAY)]


def test_a_production_that_employs_and_plays_is_asked_to_price_what_it_must_pay():
    assert rules() == ["assurance-rc", "sante-travail", "droits-scene"]


def test_no_price_is_invented():
    found = proposed_lines(small(), TODAY)
    assert {(line.unit_price, line.confidence) for line in found} == {(None, "uncertain")}
    assert all("unit_price" not in line.change().values for line in found)


def test_an_accepted_line_is_not_proposed_again_and_keeps_its_rule():
    [first, *_] = proposed_lines(small(), TODAY)
    after = apply_changes(small(), [first.change()])
    line = after.get("budget_line/demarche-assurance-rc")
    assert (line.proposed_by, line.reliability, line.post) == ("assurance-rc", "estimate", "50")
    assert "Prix à demander" in line.note
    assert rules(first.change()) == ["sante-travail", "droits-scene"]


def test_a_line_already_in_the_budget_covers_its_formality():
    assert "assurance-rc" not in rules(
        add("budget_line/a", label="Assurance de la compagnie", post="50", unit_price="300")
    )


def test_what_is_set_aside_is_no_longer_proposed():
    dossier = small()
    assert "droits-scene" not in rules(set_aside(dossier, "droits-scene"))
    both = apply_changes(dossier, [set_aside(dossier, "droits-scene")])
    assert set_aside(both, "assurance-rc").values["formalities_aside"] == ["droits-scene", "assurance-rc"]


def test_a_show_without_any_date_owes_no_rights():
    gone = [remove(f"event/{name}") for name in ("premiere", "dole-1", "dole-2")]
    told = [
        remove(f"participation/{name}")
        for name in ("dana-1", "dana-2", "dana-3", "elie-1", "elie-2", "elie-3")
    ]
    rest = [remove("stay/dole"), remove("meal/dole"), remove("contract/dole")]
    assert "droits-scene" not in rules(*told, *rest, *gone)


def test_a_date_outdoors_and_a_date_abroad_ask_for_more():
    assert "domaine-public" in rules(set_("venue/ecluse", outdoors=True))
    assert {"assurance-voyage", "visas-a1"} <= set(rules(set_("venue/fabrique", country="CH")))


def test_a_weapon_played_proposes_the_armourer_at_the_estimate_of_its_need():
    found = {line.rule: line for line in proposed_lines(small(*DUEL), TODAY)}
    assert found["armes-loueur/pistolet"].about == "element/pistolet"
    assert found["armes-loueur/pistolet"].unit_price is None
    need = add("need/armes-loueur-pistolet", label="Armes", element="element/pistolet", estimate="240")
    priced = {line.rule: line for line in proposed_lines(small(*DUEL, need), TODAY)}
    assert priced["armes-loueur/pistolet"].unit_price == Decimal(240)


def test_a_place_to_film_is_proposed_at_the_price_heard_there():
    place = add("scouting/cafe", set="Café", venue="venue/ecluse", rank="first", cost="180")
    found = {line.rule: line for line in proposed_lines(small(place), TODAY)}
    assert (found["lieu/cafe"].unit_price, found["lieu/cafe"].confidence) == (180, "uncertain")
    assert "lieu/cafe" not in rules(place, set_("scouting/cafe", authorisation="none"))


def test_people_who_do_not_speak_the_working_language_propose_an_interpreter():
    foreign = set_("person/dana", languages=["ja"])
    line = next(one for one in proposed_lines(small(foreign), TODAY) if one.rule.startswith("langue-"))
    assert (line.unit_price is not None, line.confidence) == (True, "uncertain")


def test_the_data_names_preparations_and_situations_that_exist():
    known = {one.id for risk in risks().values() for one in risk.preparations}
    assert {row["id"] for row in _data()["preparations"]} - known == set()
    assert {name for row in _data()["formalities"] for name in row["when"]} - SITUATIONS.keys() == set()


@pytest.mark.parametrize("row", _data()["formalities"], ids=lambda row: row["id"])
def test_each_formality_says_why_on_which_text_and_whom_to_ask(row):
    assert all(row[name] for name in ("why", "basis", "source", "confidence", "unit", "account", "posts"))
