"""The pages of a budget that begins: empty, one line, three, seven hundred."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from filage.facts.budget import BudgetVersion
from filage.kernel.changes import add
from filage_web.store.changes import apply
from filage_web.store.queries import dossier_of

pytestmark = pytest.mark.django_db


def read(cast, path):
    answer = cast.browser("alice").get(cast.address(path))
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_budget_presents_nothing_and_says_what_to_do(cast):
    page = read(cast, "budget/presentations/")
    assert "Aucune ligne à présenter pour l’instant" in page


def test_more_lines_cost_no_more_queries(cast):
    def counted(number):
        changes = [
            add(f"budget_line/l{number}-{n}", label=f"Ligne {n}", post="30", unit_price="10")
            for n in range(number)
        ]
        apply(cast.structure, cast.production, changes, actor=cast.alice)
        read(cast, "budget/presentations/")
        with CaptureQueriesContext(
            connection,
        ) as seen:
            read(cast, "budget/presentations/")
        return len(seen)

    assert counted(1) == counted(3)


def test_a_long_budget_shows_the_lines_one_opens(cast):
    changes = [add(f"budget_line/l{n}", label=f"Décor {n}", post="30", unit_price="10") for n in range(700)]
    apply(cast.structure, cast.production, changes, actor=cast.alice)
    page = read(cast, "budget/presentations/?presentation=spectacle")
    assert "Décor 5<" not in page
    assert "700\xa0lignes" in page or "700 lignes" in page
    assert "Décor 5<" in read(cast, "budget/presentations/?presentation=spectacle&ouverts=P.3.1")


def test_an_empty_budget_is_not_approved(cast):
    assert (
        "il n’y a rien à approuver"
        in cast.browser("alice")
        .post(cast.address("budget/versions/approuver/"), {"label": "Votée"}, follow=True)
        .content.decode()
    )
    assert dossier_of(cast.structure, cast.production).all(BudgetVersion) == ()


def test_an_empty_budget_risks_nothing_and_says_what_to_do(cast):
    assert "Aucune charge pour l’instant" in read(cast, "budget/risque/")


def test_seventy_lines_without_a_place_are_placed_in_two_goes(cast):
    changes = [add(f"budget_line/l{n}", label=f"Zzz {n}", post="99", unit_price="10") for n in range(70)]
    apply(cast.structure, cast.production, changes, actor=cast.alice)
    page = read(cast, "budget/presentations/?presentation=festival")
    assert page.count('name="place"') == 60
    assert "et 10\xa0autres lignes" in page or "et 10 autres lignes" in page
