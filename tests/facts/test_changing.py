"""Changes applied, undone and found again between two dossiers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings

from filage.facts.changing import apply_change, apply_changes, difference, inverse, referring
from filage.facts.dossier import Dossier
from filage.facts.kinds import ALL
from filage.facts.reading import read_dossier
from filage.kernel.changes import Change, add, remove, set_
from filage.kernel.errors import BadInput, Problem
from support.generated_facts import crowd, dossiers

TOUR = read_dossier(
    b"""
schema: filage/1
employer: {id: fil, label: Le Fil}
production: {id: w, label: Woyzeck, form: theatre}
venues:
- {id: ecluse, label: Ecluse, city: Besancon, capacity: 310}
- {id: fabrique, label: La Fabrique}
events:
- {id: dole-1, type: performance, day: 2026-11-13, start: 20:00, venue: venue/fabrique}
- {id: dole-2, type: performance, day: 2026-11-14, start: 20:00, venue: venue/fabrique}
"""
)


def problems(*changes: Change) -> tuple[Problem, ...]:
    with pytest.raises(BadInput) as caught:
        apply_changes(TOUR, changes)
    return caught.value.problems


def test_adds_a_fact() -> None:
    after = apply_changes(TOUR, [add("venue/quais", label="Espace des Quais")])
    assert (after.get("venue/quais").label, len(after)) == ("Espace des Quais", len(TOUR) + 1)
    assert TOUR.get("venue/quais") is None


def test_sets_the_fields_given_and_leaves_the_others() -> None:
    event = apply_changes(TOUR, [set_("event/dole-2", day="2026-11-15", start="17:00")]).get("event/dole-2")
    assert (event.day.isoformat(), event.start.hour, event.venue) == ("2026-11-15", 17, "venue/fabrique")


def test_clears_fields_named() -> None:
    venue = apply_changes(TOUR, [set_("venue/ecluse", clear=("city",), capacity="320")]).get("venue/ecluse")
    assert (venue.city, venue.capacity) == (None, 320)


def test_removes_a_fact_nobody_refers_to() -> None:
    after = apply_changes(TOUR, [remove("venue/ecluse")])
    assert after.get("venue/ecluse") is None
    assert len(after) == len(TOUR) - 1


def test_an_order_of_changes_may_pass_through_a_missing_reference() -> None:
    changes = [remove("venue/fabrique"), add("venue/fabrique", label="La Fabrique 2")]
    assert apply_changes(TOUR, changes).get("venue/fabrique").label == "La Fabrique 2"


def test_removing_what_others_refer_to_names_each_of_them() -> None:
    assert [(p.path, p.message) for p in problems(remove("venue/fabrique"))] == [
        ("", "« La Fabrique » est encore cité par « dole-1 » (événement)"),
        ("", "« La Fabrique » est encore cité par « dole-2 » (événement)"),
    ]
    assert problems(remove("venue/fabrique"))[0].suggestion == (
        "retirez d’abord « dole-1 », ou changez ce qu’il cite"
    )
    assert referring(TOUR, "venue/fabrique") == ("event/dole-1", "event/dole-2")
    assert referring(TOUR, "venue/ecluse") == ()


def test_every_change_that_does_not_apply_is_told() -> None:
    found = problems(
        add("venue/ecluse", label="Encore"),
        set_("venue/quais", label="Absent"),
        remove("event/dole-3"),
        set_("event/dole-1", day="14/11/2026", statu="x"),
    )
    assert [(p.path, p.message) for p in found] == [
        ("venue/ecluse", "ce fait existe déjà"),
        ("venue/quais", "ce fait n’existe pas (ou plus)"),
        ("event/dole-3", "ce fait n’existe pas (ou plus)"),
        ("event/dole-1.day", "valeur refusée"),
        ("event/dole-1.statu", "« statu » est inconnu ici"),
    ]


def test_a_field_that_is_needed_cannot_be_cleared() -> None:
    assert [p.path for p in problems(set_("venue/ecluse", clear=("label",)))] == ["venue/ecluse.label"]


def test_a_kind_nobody_knows_is_refused_by_name() -> None:
    assert problems(add("venu/a", label="A"))[0].suggestion == "vouliez-vous venue ?"


def test_an_id_is_never_renamed() -> None:
    found = problems(set_("venue/ecluse", id="autre"), add("venue/quais", id="autre", label="A"))
    assert [(p.path, p.message) for p in found] == [
        ("venue/ecluse.id", "un identifiant ne change plus une fois donné"),
        ("venue/quais.id", "un identifiant ne change plus une fois donné"),
    ]
    assert apply_changes(TOUR, [set_("venue/ecluse", id="ecluse")]) == TOUR


def test_a_dangling_reference_already_there_does_not_stop_another_change() -> None:
    broken = Dossier({**TOUR.by_kind, "venue": {"ecluse": TOUR.get("venue/ecluse")}})
    assert apply_changes(broken, [set_("venue/ecluse", capacity="1")]).get("venue/ecluse").capacity == 1


def test_changed_values_are_exact() -> None:
    after = apply_changes(TOUR, [set_("venue/ecluse", stage_width="10.50")])
    assert after.get("venue/ecluse").stage_width == Decimal("10.5")


@settings(max_examples=60)
@given(dossiers(*(model for model in ALL if not model.alone)), dossiers())
def test_the_difference_of_two_dossiers_leads_from_one_to_the_other(before, after) -> None:
    assert apply_changes(before, difference(before, after)) == after


@given(dossiers())
def test_a_dossier_differs_from_itself_in_nothing(dossier) -> None:
    assert difference(dossier, crowd().with_facts(dossier)) == ()


@settings(max_examples=60)
@given(dossiers(most=3))
def test_every_change_is_undone_by_its_inverse(after) -> None:
    before = crowd()
    for change in difference(before, after):
        changed = apply_change(before, change)
        undo = inverse(before.get(change.about), changed.get(change.about))
        assert apply_change(changed, undo) == before


def test_the_inverse_of_a_removal_brings_the_whole_fact_back() -> None:
    venue = TOUR.get("venue/ecluse")
    undo = inverse(venue, None)
    assert (undo.op, undo.values) == ("add", {"label": "Ecluse", "city": "Besancon", "capacity": "310"})


def test_nothing_cannot_be_undone() -> None:
    with pytest.raises(BadInput, match="rien à défaire"):
        inverse(None, None)
