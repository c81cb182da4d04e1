"""Before a production: structures, their productions, the ways to begin another."""

from __future__ import annotations

import pytest

from filage.kernel.changes import add
from filage_web.accounts import services
from filage_web.accounts.roles import Role
from filage_web.store.changes import apply
from support.cast import Cast


def test_a_member_of_one_structure_goes_straight_to_its_productions(cast: Cast) -> None:
    assert cast.browser("bob").get("/")["Location"] == "/s/le-fil/"


def test_a_member_of_two_chooses(cast: Cast) -> None:
    services.create_structure("La Fabrique", cast.bob)
    page = cast.browser("bob").get("/")
    assert [str(structure) for structure in page.context["structures"]] == ["Compagnie Le Fil", "La Fabrique"]


def test_somebody_new_is_told_what_to_do_first(cast: Cast) -> None:
    services.remove_member(cast.structure.memberships.get(user=cast.rene))
    page = cast.browser("rene").get("/").content.decode()
    assert "Aucune structure pour l’instant" in page
    assert "Créer une structure" in page


def test_whoever_creates_a_structure_is_responsible_for_it(cast: Cast) -> None:
    answer = cast.browser("rene").post("/structures/nouvelle/", {"name": "Les Arpenteurs"})
    assert answer["Location"] == "/s/les-arpenteurs/"
    assert cast.rene.memberships.get(structure__slug="les-arpenteurs").role == Role.OWNER


def test_a_structure_needs_a_name(cast: Cast) -> None:
    answer = cast.browser("rene").post("/structures/nouvelle/", {"name": "  "})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "name": ["Nommez la structure : « compagnie Le Fil », par exemple."]
    }


def test_the_ways_in_are_for_those_who_may_create(cast: Cast) -> None:
    producer, reader = (cast.browser(who).get("/s/le-fil/").content.decode() for who in ("bob", "rene"))
    assert "Déposer un dossier" in producer
    assert "Déposer un dossier" not in reader


@pytest.mark.parametrize("more", [0, 2, 12])
def test_the_list_takes_the_same_queries_however_long(
    cast: Cast, more: int, django_assert_num_queries
) -> None:
    for n in range(more):
        first = add(f"production/autre-{n}", label=f"Autre {n}", form="concert")
        apply(cast.structure, f"autre-{n}", [first], actor=cast.alice)
    browser = cast.browser("bob")
    with django_assert_num_queries(6):
        page = browser.get("/s/le-fil/")
    assert len(page.context["productions"]) == 1 + more
