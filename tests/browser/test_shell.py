"""What the shell does: palette, panel, letters, theme, lost connection."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from filage_web.accounts.services import make_sign_in_link
from support.cast import Cast

pytestmark = pytest.mark.browser
PANEL = "#panel .panel-inner"


@pytest.fixture
def page(browser_of) -> Page:
    return browser_of("alice", reduced_motion="reduce").new_page()


def test_ctrl_k_opens_the_palette_which_goes_where_its_words_say(page: Page, cast: Cast) -> None:
    page.goto("/s/le-fil/")
    page.keyboard.press("Control+k")
    box = page.get_by_role("combobox", name="Rechercher, aller à, créer")
    expect(box).to_be_focused()
    expect(page.get_by_role("option", name="Membres")).to_be_visible()
    box.fill("membr")
    page.keyboard.press("Enter")
    page.wait_for_url("**/s/le-fil/membres/")


def test_the_palette_says_when_it_finds_nothing(page: Page, cast: Cast) -> None:
    page.goto("/s/le-fil/")
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill("zzz")
    expect(page.get_by_text("Rien de ce nom.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("combobox")).to_be_hidden()


def test_question_mark_opens_why_and_escape_gives_the_focus_back(page: Page) -> None:
    page.goto("/style")
    why = page.get_by_role("link", name="Pourquoi Construction du décor ?")
    why.focus()
    page.keyboard.press("?")
    title = page.get_by_role("heading", name="Pourquoi ce montant ?")
    expect(title).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(PANEL)).to_have_count(0)
    expect(why).to_be_focused()


def test_letters_press_buttons_outside_fields_only(page: Page) -> None:
    page.goto("/style")
    page.evaluate("""() => {
        window.pressed = 0;
        document.querySelector('[data-key=a]').addEventListener('click', () => { window.pressed += 1; });
    }""")
    page.keyboard.press("a")
    page.get_by_label("Quantité", exact=True).focus()
    page.keyboard.press("a")
    assert page.evaluate("window.pressed") == 1


def test_letters_can_be_switched_off(page: Page) -> None:
    page.goto("/compte/")
    page.get_by_role("button", name="coupés").click()
    expect(page.locator("html")).to_have_attribute("data-keys", "off")
    page.goto("/style")
    page.keyboard.press("?")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="Rechercher, aller à, créer")).to_be_visible()
    expect(page.locator(PANEL)).to_have_count(0)


def test_dark_can_be_forced_and_lasts(page: Page) -> None:
    page.goto("/compte/")
    page.get_by_role("button", name="sombre").click()
    page.goto("/style")
    expect(page.locator("body")).to_have_css("background-color", "rgb(22, 21, 19)")


def test_a_lost_connection_says_so_and_keeps_what_was_typed(page: Page) -> None:
    page.goto("/structures/nouvelle/")
    page.get_by_label("Nom de la structure").fill("La Fabrique")
    page.context.set_offline(True)
    page.get_by_role("button", name="Créer la structure").click()
    expect(page.get_by_text("Non enregistré : connexion perdue. Votre saisie est gardée.")).to_be_visible()
    expect(page.get_by_label("Nom de la structure")).to_have_value("La Fabrique")
    page.context.set_offline(False)
    page.get_by_role("button", name="Réessayer").click()
    page.wait_for_url("**/s/la-fabrique/")


def test_the_panel_says_when_the_connection_is_lost(page: Page) -> None:
    page.goto("/style")
    page.context.set_offline(True)
    page.get_by_role("link", name="Pourquoi Costumes ?").click()
    expect(page.get_by_text("connexion perdue").last).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("button", name="Réessayer").last.click()
    expect(page.get_by_role("heading", name="Pourquoi ce montant ?")).to_be_visible()


def test_a_sign_in_link_opens_the_office(browser_of, cast: Cast) -> None:
    token = make_sign_in_link(cast.alice)
    page = browser_of("anonymous").new_page()
    page.goto(f"/entrer/{token}/")
    expect(page).to_have_url(re.compile("/s/le-fil/$"))


def test_on_a_phone_the_navigation_is_behind_a_button(browser_of) -> None:
    page = browser_of("alice", viewport={"width": 390, "height": 844}, reduced_motion="reduce").new_page()
    page.goto("/s/le-fil/")
    members = page.get_by_role("link", name="Membres", exact=True)
    expect(members).to_be_hidden()
    page.get_by_role("link", name="Navigation").click()
    expect(members).to_be_visible()
    page.keyboard.press("Escape")
    expect(members).to_be_hidden()


def test_pages_read_without_javascript(browser_of) -> None:
    page = browser_of("alice", java_script_enabled=False).new_page()
    page.goto("/style")
    page.get_by_role("link", name="Pourquoi Costumes ?").click()
    expect(page.get_by_role("heading", name="Pourquoi ce montant ?")).to_be_visible()


def test_everything_on_a_page_can_be_reached_by_the_tab_key(page: Page) -> None:
    page.goto("/s/le-fil/membres/")
    wanted = page.evaluate("""() => Array.from(document.querySelectorAll('a[href], button, input, select, summary'))
        .filter((e) => e.getClientRects().length && e.type !== 'hidden' && !e.closest('details:not([open]) .menu-list'))
        .length""")
    reached = set()
    for _press in range(wanted + 5):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate("Array.from(document.querySelectorAll('*')).indexOf(document.activeElement)")
        )
    assert len(reached - {-1}) >= wanted
