"""A target envelope from the page: asked, searched by the worker, read, and one way kept as a scenario."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from filage.kernel.changes import add
from filage_web.jobs.models import Computation
from filage_web.scenarios.envelope_task import search_envelope
from filage_web.store.changes import apply
from filage_web.store.outcomes import open_production
from support.cast import Cast

pytestmark = pytest.mark.django_db


def at(world: Cast, name: str, *args: Any) -> str:
    return reverse(f"scenarios:{name}", args=[world.structure.slug, world.production, *args])


def with_a_group(world: Cast) -> None:
    """A group of lines that may be left out: a film of the show at 700 €."""
    apply(
        world.structure, world.production,
        [
            add("budget_group/film", label="Captation"),
            add("budget_line/film", label="Captation", post="30", unit_price="700"),
            add("line_detail/film", line="line/film", group="budget_group/film"),
        ],
        actor=world.alice, label="Un groupe",
    )  # fmt: skip


def expense(world: Cast) -> Any:
    return open_production(world.structure, world.production).outcome.budget.expense


def searched(world: Cast, **question: Any) -> Computation:
    asked = {"measure": "cost", "size": "1", "reviews": "60", **question}
    response = world.browser("alice").post(at(world, "envelope_search"), asked)
    assert response.status_code == 302
    one = Computation.objects.latest("id")
    search_envelope.call(one.pk)
    one.refresh_from_db()
    return one


def test_a_target_is_searched_by_the_worker_and_a_way_is_kept_as_a_scenario(world: Cast):
    with_a_group(world)
    before = expense(world)
    one = searched(world, target=f"{before - 600:f}".replace(".", ","))
    assert (one.state, one.refusal) == (Computation.DONE, "")
    browser = world.browser("alice")
    page = browser.get(at(world, "envelope_found", one.pk)).content.decode()
    assert "Écarter : Captation" in page
    assert "au lieu de 700,00" in page
    rank = [way["levers"] for way in one.answer["ways"]].index(["group/film"])
    assert browser.post(at(world, "envelope_keep", one.pk, rank)).status_code == 302
    opened = open_production(world.structure, world.production, scenario="ecarter-captation")
    assert opened.outcome.budget.expense <= before - 600
    assert expense(world) == before


def test_a_search_that_waits_says_so_and_asks_again_by_itself(world: Cast):
    browser = world.browser("alice")
    browser.post(
        at(world, "envelope_search"), {"measure": "cost", "target": "1", "size": "1", "reviews": "20"}
    )
    one = Computation.objects.latest("id")
    response = browser.get(at(world, "envelope_found", one.pk))
    assert "attend son tour" in response.content.decode()
    assert response.headers["Refresh"] == "3"
    part = browser.get(at(world, "envelope_found", one.pk), headers={"hx-request": "true"})
    assert "<html" not in part.content.decode()
    browser.post(at(world, "envelope_stop", one.pk))
    one.refresh_from_db()
    assert one.state == Computation.FAILED


def test_what_was_typed_wrong_is_said_and_kept(world: Cast):
    asked = {"measure": "cost", "target": "beaucoup", "size": "9", "reviews": "20"}
    response = world.browser("alice").post(at(world, "envelope_search"), asked)
    page = response.content.decode()
    assert response.status_code == 422
    assert "« beaucoup » n’est pas un montant" in page
    assert 'value="9"' in page


def test_a_target_out_of_reach_says_the_lowest_and_what_was_not_tried(world: Cast):
    one = searched(world, target="1", size="2", reviews="10")
    page = world.browser("alice").get(at(world, "envelope_found", one.pk)).content.decode()
    assert "Aucun ensemble essayé n’y arrive" in page
    assert one.answer["left"] > 0
    assert "essayés : augmentez" in page


def test_the_page_lists_the_searches_made(world: Cast):
    one = searched(world, target="1", reviews="10")
    page = world.browser("alice").get(at(world, "envelope")).content.decode()
    assert at(world, "envelope_found", one.pk) in page
