"""On a phone, a person validates their hours from their private link; production sees it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.conftest import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_a_person_validates_a_day_and_takes_it_back(browser_of, cast) -> None:
    page = browser_of("dana", viewport=PHONE, has_touch=True).new_page()
    page.goto(f"/lien/{cast.dana_token}/heures/")
    first = page.locator(".own-hours", has=page.get_by_role("button", name="Conforme au prévu")).first
    ident = first.get_attribute("id")
    first.get_by_role("button", name="Conforme au prévu").click()
    mine = page.locator(f"#{ident}")
    expect(mine.locator(".tag")).to_have_text("validé")
    mine.get_by_role("button", name="Revenir sur ma validation").click()
    expect(page.locator(f"#{ident} .tag")).to_have_text("saisi, à valider")
