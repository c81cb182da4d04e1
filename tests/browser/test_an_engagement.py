"""An engagement typed at the keyboard: its figures follow, a gross is kept, two ways are compared, one is kept."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from filage_web.store.queries import load_production
from support.cast import Cast

pytestmark = pytest.mark.browser
FIGURES, MISSING = "#figures", "#figures-missing"
PHONE = {"width": 390, "height": 844}


def violations(page: Page) -> list[str]:
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


@pytest.fixture
def page(browser_of, cast: Cast) -> Page:
    return browser_of("bob", reduced_motion="reduce").new_page()


def open_engagement(page: Page, cast: Cast) -> None:
    page.goto(cast.address("equipe/"))
    page.locator("#engagement-dana-tournee").get_by_role("link", name="Dana Morel").click()
    expect(page.locator(FIGURES)).to_contain_text("Coût employeur")


def test_the_last_figures_stay_while_something_is_missing(page: Page, cast: Cast) -> None:
    open_engagement(page, cast)
    page.get_by_label("Montant connu").fill("200")
    expect(page.locator(FIGURES)).to_contain_text("200,00")
    expect(page.locator(FIGURES)).to_contain_text("2 800,00".replace(" ", "\u202f"))
    page.get_by_label("Montant connu").fill("beaucoup")
    expect(page.locator(MISSING)).to_contain_text("n’est pas un montant")
    expect(page.locator(FIGURES)).to_contain_text("2 800,00".replace(" ", "\u202f"))
    assert violations(page) == []
    page.get_by_label("Montant connu").fill("210")
    expect(page.locator(MISSING)).not_to_contain_text("montant")
    expect(page.locator(FIGURES)).to_contain_text("2 940,00".replace(" ", "\u202f"))


def test_a_figure_explains_itself_without_leaving_the_form(page: Page, cast: Cast) -> None:
    open_engagement(page, cast)
    page.get_by_text("Pourquoi ce coût ?", exact=True).click()
    expect(page.locator(FIGURES)).to_contain_text("Assurance maladie")
    page.get_by_text("Pourquoi ce minimum ?", exact=True).click()
    expect(page.locator(FIGURES).locator(".answer").last).to_contain_text("Artiste dramatique")
    assert violations(page) == []


def test_the_gross_of_a_net_is_kept_then_the_effect_shown(page: Page, cast: Cast) -> None:
    open_engagement(page, cast)
    form = page.locator("#panel")
    form.get_by_text("net voulu").click()
    form.get_by_text("en tout").click()
    page.get_by_label("Montant connu").fill("2000")
    keep = form.get_by_role("button", name="Retenir").first
    expect(keep).to_be_visible()
    keep.click()
    expect(page.get_by_label("Montant connu")).not_to_have_value("2000")
    expect(form.get_by_role("radio", name="brut")).to_be_checked()
    form.get_by_role("button", name="Voir l’effet").click()
    expect(form).to_contain_text("Rien n’est enregistré tant que vous n’avez pas confirmé.")


def test_two_ways_are_compared_and_one_is_kept(page: Page, cast: Cast) -> None:
    open_engagement(page, cast)
    page.get_by_role("link", name="Comparer avec une autre façon d’engager").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Comparer")
    assert violations(page) == []
    page.get_by_role("button", name="Retenir B").click()
    expect(page.locator("#panel")).to_contain_text("Cachets isolés")
    page.get_by_role("button", name="Confirmer").click()
    expect(page.locator(".toast")).to_contain_text("Enregistré")
    dossier = load_production(cast.structure, cast.production).dossier
    assert not dossier.get("engagement/dana-tournee").isolated


def test_without_javascript_the_figures_come_with_a_button(browser_of, cast: Cast) -> None:
    page = browser_of("bob", java_script_enabled=False).new_page()
    page.goto(cast.address("equipe/engagement/dana-tournee/"))
    page.get_by_label("Montant connu").fill("200")
    page.get_by_role("button", name="Calculer").click()
    expect(page.locator(FIGURES)).to_contain_text("2 800,00".replace(" ", "\u202f"))
    page.locator("summary", has_text="Pourquoi ce coût ?").click()
    page.get_by_role("link", name="Voir le détail du calcul").first.click()
    expect(page.locator("main")).to_contain_text("Assurance maladie")


def test_a_phone_shows_engagements_as_cards(browser_of, cast: Cast) -> None:
    page = browser_of("bob", viewport=PHONE, reduced_motion="reduce").new_page()
    page.goto(cast.address("equipe/?par=equipe&tri=-cout"))
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    expect(page.locator("#engagement-dana-tournee")).to_contain_text("14")
    page.goto(cast.address("equipe/comparer/?of=dana-tournee"))
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert violations(page) == []
