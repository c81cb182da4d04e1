"""A production read again from its writes alone is the production read whole, or is read whole."""

from __future__ import annotations

import pytest

from filage.kernel.changes import add, remove, set_
from filage_web.store.changes import apply, undo
from filage_web.store.models import Production
from filage_web.store.queries import load_production
from filage_web.store.reloading import reloaded

LINE = add("budget_line/decor", label="Décor", post="30", unit_price="100")
PERSON = add("person/jo", given_name="Jo", family_name="Roux")
OTHER = add(
    "engagement/jo", position="position/marie", person="person/jo", starts_on="2026-11-01", ends_on="2026-12-31",
    unit="cachet", unit_pay="200",
)  # fmt: skip


def again(structure, known):
    production = Production.objects.get(structure=structure, slug="woyzeck")
    return reloaded(structure, production.pk, known, production.revision)


def same(one, other) -> bool:
    facts = [list(each.dossier) for each in (one, other)]
    return facts[0] == facts[1] and (one.revision, dict(one.revisions)) == (
        other.revision,
        dict(other.revisions),
    )


@pytest.mark.parametrize(
    "writes",
    [
        [[LINE]],
        [[LINE], [set_("budget_line/decor", unit_price="120")], [remove("budget_line/decor")]],
        [[LINE], [remove("budget_line/decor")], [LINE]],
        [[set_("engagement/marie", unit_pay="250"), set_("event/p1", start="19:00")]],
        [[remove("participation/p1")]],
    ],
)
def test_what_was_written_is_laid_over_what_was_known(structure, woyzeck, alice, writes):
    known = load_production(structure, "woyzeck")
    for changes in writes:
        apply(structure, "woyzeck", changes, actor=alice)
    found = again(structure, known)
    assert found is not None
    assert same(found, load_production(structure, "woyzeck"))


def test_facts_that_did_not_move_are_the_very_same(structure, woyzeck, alice):
    known = load_production(structure, "woyzeck")
    apply(structure, "woyzeck", [LINE], actor=alice)
    assert again(structure, known).dossier.get("event/p1") is known.dossier.get("event/p1")


def test_an_undone_write_is_followed(structure, woyzeck, alice):
    written = apply(structure, "woyzeck", [remove("participation/p1")], actor=alice)
    known = load_production(structure, "woyzeck")
    undo(written, actor=alice)
    assert same(again(structure, known), load_production(structure, "woyzeck"))


@pytest.mark.parametrize(
    "changes", [[set_("person/marie", given_name="Maria")], [PERSON, OTHER], [remove("engagement/marie")]]
)
def test_a_shared_fact_moved_cited_or_left_asks_for_the_whole(structure, woyzeck, alice, changes):
    apply(structure, "woyzeck", [remove("participation/p1")], actor=alice)
    known = load_production(structure, "woyzeck")
    apply(structure, "woyzeck", changes, actor=alice)
    assert again(structure, known) is None
