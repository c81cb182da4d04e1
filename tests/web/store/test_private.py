"""Private data stays where it belongs, and can be erased: a canary number is looked for everywhere."""

from __future__ import annotations

import json

import pytest
from django.core import serializers
from django.db import connection

from filage.kernel.changes import add, remove, set_
from filage.kernel.errors import BadInput
from filage_web.accounts.services import create_structure
from filage_web.store.changes import apply, undo
from filage_web.store.erasure import Erased, erase_again, erase_private, erasures
from filage_web.store.exports import export_dossier
from filage_web.store.models import Change, Erasure, Outcome, PrivateChange, Row
from filage_web.store.outcomes import open_production, preview
from filage_web.store.queries import (
    dossier_of,
    history_of,
    load_production,
    moment_of,
    productions_of,
    search,
    used_where,
)

from .conftest import NIR, SMALL

OTHER_NIR = "180017511100127"
AGAIN = add("person_private/marie", person="person/marie", nir=NIR)


def tables_holding(text: str) -> set[str]:
    """Every table of the database with this text in one of its columns."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            if any(text in str(row) for row in cursor.fetchall()):
                found.add(table)
    return found


@pytest.fixture
def changed(structure, woyzeck, alice):
    """Private data changed once."""
    return apply(structure, "woyzeck", [set_("person_private/marie", nir=OTHER_NIR)], actor=alice)


def test_the_canary_lies_in_two_tables_only(structure, woyzeck, changed, alice):
    outcome = open_production(structure, "woyzeck").outcome
    assert tables_holding(OTHER_NIR) == {"filage_web_row", "filage_web_privatechange"}
    assert tables_holding(NIR) == {"filage_web_privatechange"}
    assert [row.kind for row in Row.objects.all() if OTHER_NIR in json.dumps(row.body)] == ["person_private"]
    assert OTHER_NIR not in repr(outcome)


def test_the_canary_is_in_nothing_that_is_shown(structure, woyzeck, changed):
    shown = [
        load_production(structure, "woyzeck"),
        open_production(structure, "woyzeck"),
        preview(structure, "woyzeck", [set_("person_private/marie", nir="1")]),
        history_of(structure, "woyzeck"),
        history_of(structure, about="person_private/marie"),
        moment_of(structure, changed.pk),
        productions_of(structure),
        search(structure, OTHER_NIR),
        search(structure, "marie"),
        used_where(structure, "person/marie"),
        serializers.serialize("json", [*Outcome.objects.all(), *Change.objects.all()]),
        *(export_dossier(structure, "woyzeck", form).data for form in ("yaml", "json", "zip")),
    ]
    assert [one for one in shown if OTHER_NIR in repr(one) or NIR in repr(one)] == []
    assert search(structure, OTHER_NIR) == []


def test_a_refused_value_is_not_repeated(structure, woyzeck, alice):
    with pytest.raises(BadInput) as error:
        apply(structure, "woyzeck", [set_("person_private/marie", born_on=NIR)], actor=alice)
    assert NIR not in str(error.value)


def test_history_says_that_private_data_changed_and_nothing_more(structure, woyzeck, changed):
    (entry,) = history_of(structure, "woyzeck")[0].changes
    assert (entry.about, entry.label, entry.private, entry.fields) == (
        "person_private/marie", "Données privées", True, (),
    )  # fmt: skip


def test_a_change_of_private_data_can_be_undone(structure, woyzeck, changed, alice):
    undo(changed, actor=alice)
    assert dossier_of(structure, "woyzeck", with_private=True).get("person_private/marie").nir == NIR


def test_erasure_empties_the_row_and_the_whole_history(structure, woyzeck, changed, alice):
    open_production(structure, "woyzeck")
    assert erase_private(structure, "person/marie", actor=alice) == 1
    assert tables_holding(NIR) | tables_holding(OTHER_NIR) | tables_holding("1969-05-04") == set()
    assert dossier_of(structure, "woyzeck", with_private=True).get("person_private/marie") is None
    assert dossier_of(structure, "woyzeck").get("person/marie") is not None
    assert set(PrivateChange.objects.values_list("before", "after")) == {(None, None)}
    assert Outcome.objects.count() == 0
    assert history_of(structure)[0].label == "Effacement des données privées : person/marie"
    with pytest.raises(BadInput, match="effacées"):
        undo(changed, actor=alice)


def test_erasure_reaches_private_data_removed_before(structure, woyzeck, changed, alice):
    apply(structure, "woyzeck", [remove("person_private/marie")], actor=alice)
    assert erase_private(structure, "person/marie", actor=alice) == 0
    assert tables_holding(NIR) | tables_holding(OTHER_NIR) == set()


def test_erasure_leaves_others_alone(structure, woyzeck, alice, bob):
    elsewhere = create_structure("Ailleurs", bob)
    apply(elsewhere, "woyzeck", SMALL, actor=bob)
    erase_private(structure, "person/marie", actor=alice)
    assert dossier_of(elsewhere, "woyzeck", with_private=True).get("person_private/marie").nir == NIR


def test_an_erasure_moves_the_production_on(structure, woyzeck, alice):
    before = load_production(structure, "woyzeck").revision
    erase_private(structure, "person/marie", actor=alice)
    assert load_production(structure, "woyzeck").revision > before


def test_erasures_are_made_again_once(structure, woyzeck, alice):
    erase_private(structure, "person/marie", actor=alice)
    done = erasures()
    assert [(one.structure, one.kind, one.ident) for one in done] == [("le-fil", "person", "marie")]
    assert erase_again(done) == 0
    apply(structure, "woyzeck", [AGAIN], actor=alice)
    Erasure.objects.all().delete()
    assert erase_again([*done, Erased("disparue", "person", "x", done[0].at)]) == 2
    assert tables_holding(NIR) == set()
    assert erasures() == done
