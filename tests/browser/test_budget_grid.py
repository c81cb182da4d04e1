"""The budget's grid at the keyboard: move, edit, give up, undo, replace with a reason, paste, lose the connection."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from support.cast import Cast

pytestmark = pytest.mark.browser
PASTE = """text => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    const pasted = new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true});
    document.activeElement.dispatchEvent(pasted);
}"""


@pytest.fixture
def page(browser_of, cast: Cast) -> Page:
    page = browser_of("bob", reduced_motion="reduce").new_page()
    page.goto(cast.address("budget/"))
    return page


def cell(page: Page, line: str, field: str) -> Locator:
    return page.locator(f"[data-line='{line}'] [data-field={field}]")


def hold(page: Page, line: str, field: str) -> Locator:
    found = cell(page, line, field)
    found.click(position={"x": 3, "y": 3})
    expect(found).to_be_focused()
    return found


def test_arrows_move_and_enter_edits_then_goes_down(page: Page) -> None:
    hold(page, "line/decor", "unit_price")
    page.keyboard.press("ArrowDown")
    expect(cell(page, "line/costumes", "unit_price")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    editor = page.get_by_role("textbox", name="Modifier : Construction du décor, Prix unitaire")
    expect(editor).to_have_value("11800")
    page.keyboard.type("8400")
    page.keyboard.press("Enter")
    expect(cell(page, "line/decor", "unit_price")).to_have_text("8\u202f400,00")
    expect(cell(page, "line/costumes", "unit_price")).to_be_focused()
    expect(page.locator("#totals")).to_contain_text("En plus des charges")


def test_ctrl_z_undoes_through_the_server(page: Page) -> None:
    hold(page, "line/decor", "unit_price")
    page.keyboard.press("F2")
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    expect(cell(page, "line/decor", "unit_price")).to_have_text("1,00")
    page.keyboard.press("Control+z")
    expect(cell(page, "line/decor", "unit_price")).to_have_text("11\u202f800,00")
    expect(page.locator("#grid-said")).to_have_text("Annulé : Construction du décor, prix unitaire")


def test_escape_gives_up_and_keeps_the_cell(page: Page) -> None:
    found = hold(page, "line/decor", "unit_price")
    page.keyboard.press("Enter")
    page.keyboard.type("5")
    page.keyboard.press("Escape")
    expect(found).to_have_text("11\u202f800,00")
    expect(found).to_be_focused()


def test_tab_goes_to_the_next_cell_while_editing(page: Page) -> None:
    hold(page, "line/decor", "quantity")
    page.keyboard.press("Enter")
    page.keyboard.type("2")
    page.keyboard.press("Tab")
    expect(cell(page, "line/decor", "unit_price")).to_be_focused()
    expect(cell(page, "line/decor", "quantity")).to_have_text("2 devis")


def test_a_wrong_expression_is_said_in_its_cell(page: Page) -> None:
    hold(page, "line/consommables", "quantity")
    page.keyboard.press("Enter")
    page.keyboard.type("nb_date * 6")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("« nb_date » inconnu. Vouliez-vous nb_dates ?")
    expect(page.locator(".editing input")).to_have_value("nb_date * 6")


def test_a_computed_line_asks_why_then_shows_both_amounts(page: Page) -> None:
    found = hold(page, "meal/repas-dole-artistes", "amount")
    page.keyboard.press("Enter")
    page.keyboard.type("500")
    page.keyboard.press("Enter")
    page.get_by_label("Raison").fill("Forfait négocié")
    page.keyboard.press("Enter")
    expect(found.locator("del")).to_have_text("513,60")
    expect(page.locator("[data-line='meal/repas-dole-artistes']")).to_contain_text("écart −13,60")
    hold(page, "meal/repas-dole-artistes", "amount")
    page.keyboard.press("Delete")
    page.keyboard.press("Enter")
    expect(found).to_have_text("513,60")


def test_a_paste_of_several_cells_lands_whole_or_not_at_all(page: Page) -> None:
    hold(page, "line/costumes", "label")
    page.evaluate(PASTE, "Costumes loués\t2\tzut\nAccessoires\t1\t850")
    box = page.get_by_role("dialog", name="Rien n’a été collé")
    expect(box).to_contain_text("Ligne collée 1 : « zut » inconnu.")
    page.keyboard.press("Escape")
    page.evaluate(
        PASTE, "Costumes loués\t2\t1 700,50\nAccessoires\t1\t850\nLocation\t3 semaines\t460\nRideau\t1\t300"
    )
    expect(page.locator("#p-production-30")).to_contain_text("Rideau")
    expect(cell(page, "line/costumes", "label")).to_contain_text("Costumes loués")


def test_a_lost_connection_keeps_what_was_typed(page: Page) -> None:
    hold(page, "line/decor", "unit_price")
    page.keyboard.press("Enter")
    page.keyboard.type("9000")
    page.context.set_offline(True)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text(
        "Non enregistré : connexion perdue. Votre saisie est gardée."
    )
    page.context.set_offline(False)
    page.get_by_role("button", name="Réessayer").click()
    expect(cell(page, "line/decor", "unit_price")).to_have_text("9\u202f000,00")


def test_two_people_on_one_cell_choose_whose_value_stays(page: Page, browser_of, cast: Cast) -> None:
    other = browser_of("alice", reduced_motion="reduce").new_page()
    other.goto(cast.address("budget/"))
    for window, value in ((other, "9000"), (page, "9500")):
        hold(window, "line/decor", "unit_price")
        window.keyboard.press("Enter")
        window.keyboard.type(value)
        window.keyboard.press("Enter")
        if window is other:
            expect(cell(other, "line/decor", "unit_price")).to_have_text("9\u202f000,00")
    expect(page.get_by_role("alert")).to_contain_text("Alice Ferrand a modifié « Construction du décor »")
    page.get_by_role("button", name="Garder la mienne").click()
    expect(cell(page, "line/decor", "unit_price")).to_have_text("9\u202f500,00")


def test_question_mark_explains_the_line_under_the_cursor(page: Page) -> None:
    hold(page, "line/decor", "label")
    page.keyboard.press("?")
    expect(page.locator("#panel")).to_contain_text("11\u202f800,00\u00a0€")


def test_a_post_folds_and_unfolds(page: Page) -> None:
    fold = page.locator("#g-production-30 .fold")
    fold.click()
    expect(page.locator("[data-line='line/decor']")).to_be_hidden()
    expect(fold).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    expect(page.locator("[data-line='line/decor']")).to_be_visible()


def test_without_script_lines_are_edited_on_their_own_page(browser_of, cast: Cast) -> None:
    page = browser_of("bob", java_script_enabled=False).new_page()
    page.goto(cast.address("budget/"))
    page.get_by_role("link", name="Modifier Costumes").click()
    page.get_by_label("Prix unitaire").fill("3 500,00")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#budget_line-costumes")).to_contain_text("3\u202f500,00")


def test_inser_adds_a_line_where_one_stands_and_tab_goes_on(page: Page) -> None:
    hold(page, "line/decor", "label")
    page.keyboard.press("Insert")
    page.keyboard.type("Bâche")
    page.keyboard.press("Tab")
    added = page.locator("#budget_line-bache")
    expect(added.locator("[data-field=quantity]")).to_be_focused()
    page.keyboard.press("Control+z")
    expect(added).to_have_count(0)
    page.keyboard.press("Control+y")
    expect(added).to_have_count(1)


def test_escape_leaves_no_trace_of_a_line_without_a_name(page: Page) -> None:
    hold(page, "line/decor", "label")
    page.keyboard.press("Insert")
    page.keyboard.press("Escape")
    expect(page.locator("tr.new")).to_have_count(0)


def test_what_is_typed_is_tried_before_it_is_written(page: Page) -> None:
    hold(page, "line/consommables", "quantity")
    page.keyboard.press("Enter")
    page.keyboard.type("nb_date * 6")
    expect(page.locator("#grid-said")).to_have_text("« nb_date » inconnu. Vouliez-vous nb_dates ?")


def test_several_lines_chosen_join_a_group_and_leave_the_totals(page: Page) -> None:
    hold(page, "line/costumes", "label")
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator("#picked")).to_contain_text("2 lignes choisies")
    page.get_by_role("button", name="Groupe, responsable, poste…").click()
    page.get_by_label("ou un nouveau groupe").fill("Option")
    page.get_by_role("button", name="Appliquer le groupe").click()
    expect(page.locator("#budget_line-costumes")).to_contain_text("Option")
    page.get_by_role("button", name="Compter le groupe Option").click()
    expect(page.locator("#budget_line-costumes del").last).to_have_text("3\u202f400,00")


def test_a_panel_writes_and_the_page_is_not_read_again(page: Page) -> None:
    page.evaluate("window.stays = true")
    page.get_by_role("link", name="Modifier Construction du décor").click()
    page.locator("#id_d-note").fill("Attendre le second devis")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#budget_line-decor .mark-icon")).to_have_attribute(
        "title", "Attendre le second devis"
    )
    expect(page.locator("#panel")).to_be_empty()
    assert page.evaluate("window.stays") is True


def test_looking_for_a_line_shows_it_alone(page: Page) -> None:
    page.get_by_role("searchbox", name="Chercher une ligne").fill("costumes")
    expect(page.locator("#budget_line-costumes")).to_be_visible()
    expect(page.locator("#budget_line-decor")).to_have_count(0)
    page.get_by_role("link", name="Effacer").click()
    expect(page.locator("#budget_line-decor")).to_be_visible()


def test_an_address_unfolds_the_post_of_its_line_on_a_phone(browser_of, cast: Cast) -> None:
    phone = browser_of("bob", viewport={"width": 390, "height": 844}, reduced_motion="reduce").new_page()
    phone.goto(cast.address("budget/"))
    expect(phone.locator("#budget_line-decor")).to_be_hidden()
    phone.goto(cast.address("budget/#budget_line-decor"))
    phone.reload()
    expect(phone.locator("#budget_line-decor")).to_be_in_viewport()
