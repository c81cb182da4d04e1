"""The structure's sheet."""

import pytest

from filage.facts.reading import read_dossier
from filage.kernel.changes import set_
from filage_web.store.changes import apply
from filage_web.store.imports import import_dossier
from support.dossiers import SMALL


@pytest.fixture
def small(cast):
    import_dossier(
        cast.structure,
        read_dossier(SMALL.encode()),
        actor=cast.alice,
        decisions={"employer/le-fil": "theirs"},
    )
    return cast


def page(cast, who="alice"):
    return cast.browser(who).get("/s/le-fil/p/petite/structure/").content.decode()


def test_shows_licences_own_rates_and_the_sources_used(small):
    text = page(small)
    assert "L-R-22-001" in text
    assert "notification Carsat" in text
    assert "Congés Spectacles" in text


def test_asks_for_the_rate_only_the_structure_knows(small):
    assert "À saisir par la structure" not in page(small)
    apply(small.structure, "petite", [set_("employer/fil", clear=("rates",))], actor=small.alice)
    assert "À saisir par la structure" in page(small)


def test_a_producer_sees_it_and_does_not_change_it(small):
    assert "Modifier la structure" in page(small)
    assert "Modifier la structure" not in page(small, "bob")


def test_an_empty_production_has_an_empty_state(cast):
    text = cast.browser("alice").get(cast.address("structure/")).content.decode()
    assert "Aucune valeur légale pour l’instant" in text
