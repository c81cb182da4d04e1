"""The history tells, and undoes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from filage.kernel.changes import add, set_
from filage_web.store.changes import apply
from filage_web.store.queries import dossier_of


@pytest.fixture
def written(cast):
    apply(
        cast.structure,
        "woyzeck",
        [add("funding/drac", label="DRAC", nature="public", amount="1000")],
        actor=cast.bob,
        label="Ajout de la DRAC",
    )
    return apply(
        cast.structure,
        "woyzeck",
        [set_("funding/drac", amount="1800")],
        actor=cast.alice,
        label="DRAC à 1 800",
    )


def page(cast, who="alice", query=""):
    return cast.browser(who).get(cast.address("historique/") + query)


def test_each_write_says_who_what_before_and_after(cast, written):
    text = page(cast).content.decode()
    assert "DRAC à 1 800" in text
    assert "Alice Ferrand" in text
    assert '<del class="old">1000</del> → 1800' in text


def test_undo_writes_the_inverse_and_says_so(cast, written):
    answer = cast.browser("alice").post(cast.address(f"historique/{written.pk}/annuler/"), follow=True)
    assert "Annulé : « DRAC à 1 800 »." in answer.content.decode()
    assert dossier_of(cast.structure, "woyzeck").get("funding/drac").amount == 1000


def test_undo_of_what_moved_since_shows_both_versions_and_writes_nothing(cast, written):
    apply(cast.structure, "woyzeck", [set_("funding/drac", amount="2500")], actor=cast.bob, label="encore")
    answer = cast.browser("alice").post(cast.address(f"historique/{written.pk}/annuler/"))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "2500" in text
    assert "Bob Lenoir" in text
    assert dossier_of(cast.structure, "woyzeck").get("funding/drac").amount == 2500


def test_a_reader_sees_and_does_not_undo(cast, written):
    assert "annuler/" not in page(cast, "rene").content.decode()
    assert cast.browser("rene").post(cast.address(f"historique/{written.pk}/annuler/")).status_code == 403


def test_the_write_of_another_structure_is_not_here(cast, written):
    assert (
        cast.browser("charlie").post(f"/s/ailleurs/p/woyzeck/historique/{written.pk}/annuler/").status_code
        == 404
    )


def test_one_fact_s_history_alone(cast, written):
    text = page(cast, query="?fait=production/woyzeck").content.decode()
    assert "DRAC" not in text


def queries(cast):
    page(cast)
    with CaptureQueriesContext(connection) as asked:
        page(cast)
    return len(asked)


def test_as_many_queries_for_one_write_more_or_three(cast, written):
    before = queries(cast)
    for amount in ("1", "2"):
        apply(cast.structure, "woyzeck", [set_("funding/drac", amount=amount)], actor=cast.bob)
    assert queries(cast) == before


def test_days_and_closed_lists_are_written_in_french(cast):
    first = add("event/e", type="performance", day="2026-11-05", option="option_1")
    apply(cast.structure, "woyzeck", [first], actor=cast.bob)
    apply(cast.structure, "woyzeck", [set_("event/e", day="2026-11-06", option="confirmed")], actor=cast.bob)
    text = page(cast).content.decode()
    assert "jeu. 5 nov. 2026</del> → ven. 6 nov. 2026" in text
    assert "1re option</del> → Confirmé" in text
