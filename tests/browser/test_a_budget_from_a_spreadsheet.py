"""A budget kept in a spreadsheet: dropped, a column corrected, a production created; then imported into another."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from support.cast import Cast
from support.spreadsheets import workbook

pytestmark = pytest.mark.browser
ROWS = [
    ["Budget « La Nuit des rois »"],
    ["Libellé", "Nb", "PU HT", "Prévu", "Revu"],
    ["Construction décor", 1, 11800, 11800, 12000],
    ["Costumes", 4, 875, 3500, 3600],
    ["Divers", None, None, "voir Bob", "voir Bob"],
    ["TOTAL", None, None, 15300, 15600],
]
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


def violations(page: Page) -> list[str]:
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def dropped(page: Page, address: str) -> None:
    page.goto(address)
    given = {"name": "budget.xlsx", "mimeType": "application/octet-stream", "buffer": workbook(Budget=ROWS)}
    page.set_input_files("input[type=file]", files=[given])
    page.get_by_role("button", name="Lire le tableur").click()
    expect(page.locator(".read-rows")).to_contain_text("voir Bob")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_production_begins_from_a_spreadsheet(browser_of, cast: Cast, size) -> None:
    page = browser_of("bob", viewport=size).new_page()
    dropped(page, "/s/le-fil/nouvelle/tableur/")
    expect(
        page.get_by_text("15 300,00 €".replace(" ", "\u202f", 1).replace(" €", "\u00a0€")).first
    ).to_be_visible()
    page.get_by_text("Colonnes, feuille et choix").click()
    page.get_by_label("D « Prévu »").select_option("skip")
    page.get_by_label("E « Revu »").select_option("amount")
    assert violations(page) == []
    page.get_by_role("button", name="Relire ainsi").click()
    expect(page.locator(".stats")).to_contain_text("15\u202f600,00")
    expect(page.get_by_label("Titre")).to_have_value("La Nuit des rois")
    page.get_by_role("button", name="Créer avec 2 lignes").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("La Nuit des rois")


def test_a_spreadsheet_is_imported_then_undone(browser_of, cast: Cast) -> None:
    page = browser_of("bob", viewport=DESKTOP).new_page()
    dropped(page, cast.address("budget/importer/"))
    page.get_by_role("link", name="Différentes").click()
    page.get_by_label("Pour Costumes").select_option("mine")
    page.get_by_role("button", name="Appliquer les choix de cette page").click()
    expect(page.get_by_label("Pour Costumes")).to_have_value("mine")
    assert violations(page) == []
    page.get_by_role("button", name="Importer 2 lignes").click()
    expect(page.locator("#grid")).to_contain_text("Construction décor")
    page.locator(".toast").get_by_role("button", name="Annuler").click()
    expect(page.locator(".toast")).to_contain_text("Annulation")
