"""Somebody invited joins, in a real browser: its form is sent with an origin."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from filage_web.accounts import services
from filage_web.accounts.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_an_invitation_is_accepted(browser_of, cast) -> None:
    _invitation, token = services.invite(cast.structure, "nina@lefil.test", Role.READER, cast.alice)
    page = browser_of("anonymous").new_page()
    opened = page.goto(f"/invitation/{token}/")
    assert opened.headers["referrer-policy"] == "strict-origin"
    page.fill("input[name=name]", "Nina Roche")
    page.fill("input[name=password]", "une longue phrase de passe")
    page.locator("main form button").last.click()
    expect(page.get_by_text("Vous avez rejoint")).to_be_visible()
