"""A performance moved at the keyboard: the effect, give up, accept, undo; two people on one date; no JavaScript."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from filage.facts.calendar import Event
from filage.kernel.changes import set_
from filage_web.store.changes import apply
from filage_web.store.queries import load_production
from support.cast import Cast

pytestmark = pytest.mark.browser
SHEET = "#panel .effect"
BOARD = "calendrier/?vue=ressources&du=2026-11-12"


@pytest.fixture
def page(browser_of, cast: Cast) -> Page:
    return browser_of("bob", reduced_motion="reduce").new_page()


def dole(cast: Cast) -> Event:
    """The second performance in Dole, Saturday 14 November."""
    events = load_production(cast.structure, cast.production).dossier.all(Event)
    return next(event for event in events if event.type == "performance" and event.id.endswith("dole-2"))


def violations(page: Page) -> list[str]:
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def move_by_a_day(page: Page, cast: Cast) -> None:
    page.goto(cast.address(BOARD))
    page.locator(f"#event-{dole(cast).id}").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(SHEET)).to_be_visible()


def test_the_arrow_shows_the_effect_and_escape_gives_up(page: Page, cast: Cast) -> None:
    move_by_a_day(page, cast)
    expect(page.locator("#panel-title")).to_be_focused()
    expect(page.locator(SHEET)).to_contain_text("Rien n’est enregistré tant que vous n’avez pas confirmé.")
    expect(page.locator("#main a.slot.old").first).to_be_visible()
    expect(page.locator("#main span.slot.new").first).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.locator(SHEET)).to_be_hidden()
    expect(page.locator("#main .board .slot.new")).to_have_count(0)
    expect(page.locator(f"#event-{dole(cast).id}")).to_be_focused()
    assert dole(cast).day == date(2026, 11, 14)


def test_confirmed_it_moves_and_the_toast_undoes_it(page: Page, cast: Cast) -> None:
    move_by_a_day(page, cast)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".toast")).to_contain_text("Déplacer")
    assert dole(cast).day == date(2026, 11, 15)
    page.locator(".toast").get_by_role("button", name="Annuler").click()
    expect(page.locator(".toast")).to_contain_text("Annulation")
    assert dole(cast).day == date(2026, 11, 14)


def test_the_second_of_two_people_sees_both_versions(page: Page, cast: Cast) -> None:
    move_by_a_day(page, cast)
    about = dole(cast).about
    apply(cast.structure, cast.production, [set_(about, day="2026-11-14", start="18:00")], actor=cast.alice)
    page.get_by_role("button", name="Confirmer").click()
    if page.get_by_text("Voici l’effet recalculé").is_visible():
        page.get_by_role("button", name="Confirmer").click()
    expect(page.locator("#panel")).to_contain_text("Deux personnes ont modifié la même fiche")
    assert violations(page) == []
    page.get_by_role("button", name="Garder la mienne").click()
    expect(page.locator(".toast")).to_contain_text("Enregistré")
    moved = dole(cast)
    assert (moved.day, f"{moved.start:%H:%M}") == (date(2026, 11, 15), "18:00")


def test_without_javascript_the_same_pages_do_the_same(browser_of, cast: Cast) -> None:
    page = browser_of("bob", java_script_enabled=False).new_page()
    page.goto(cast.address(f"calendrier/date/{dole(cast).id}/"))
    page.get_by_role("button", name="le lendemain").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Déplacer")
    page.get_by_role("button", name="Confirmer").click()
    expect(page.locator(".toast")).to_contain_text("Enregistré")
    assert dole(cast).day == date(2026, 11, 15)


def test_a_salary_explains_itself_in_the_panel_to_its_last_contribution(page: Page, cast: Cast) -> None:
    page.goto(cast.address("equipe/"))
    page.locator("[data-why]").first.click()
    expect(page.locator("#panel")).to_contain_text("Bulletin de")
    expect(page.locator("#panel")).to_contain_text("Assurance maladie")
    assert violations(page) == []


def test_the_cost_follows_what_is_typed(page: Page, cast: Cast) -> None:
    page.goto(cast.address("equipe/"))
    page.keyboard.press("a")
    form = page.locator("#panel")
    form.get_by_label("Emploi", exact=True).select_option(index=1)
    form.get_by_text("net voulu").click()
    form.get_by_label("Montant connu").fill("150")
    expect(form.locator("#figures")).to_contain_text("14 dates de cet emploi")
    expect(form.locator("#figures")).to_contain_text("193,71")
    assert violations(page) == []
