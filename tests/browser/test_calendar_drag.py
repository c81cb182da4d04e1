"""A date dragged in the month, the week, the resources; quarter hours at the keyboard; conflicts said on the way."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from filage.facts.calendar import Event
from filage.kernel.changes import set_
from filage_web.store.changes import apply
from filage_web.store.queries import load_production
from support.cast import Cast

pytestmark = pytest.mark.browser
SHEET = "#panel .effect"
DOLE = "dole-2"
"""The second performance in Dole, Saturday 14 November at 20:00."""


@pytest.fixture
def page(browser_of, cast: Cast) -> Page:
    return browser_of("bob", reduced_motion="reduce").new_page()


def dole(cast: Cast) -> Event:
    events = load_production(cast.structure, cast.production).dossier.all(Event)
    return next(event for event in events if event.id.endswith(DOLE))


def drag(page: Page, slot: Locator, place: Locator, *, drop: bool = True) -> None:
    slot.scroll_into_view_if_needed()
    start, end = slot.bounding_box(), place.bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + 10, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(start["x"] + 30, start["y"] + 20)
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + min(end["height"] - 6, 60), steps=4)
    expect(page.locator("#drag-words")).not_to_have_text("Contrôle…")
    if drop:
        page.mouse.up()


def test_a_date_is_dragged_to_another_day_of_the_month(page: Page, cast: Cast) -> None:
    page.goto(cast.address("calendrier/?vue=mois&du=2026-11-14"))
    drag(page, page.locator(f"#event-{DOLE}"), page.locator('td[data-day="2026-11-11"]'), drop=False)
    expect(page.locator("#drag-words")).to_contain_text("Jour férié : 11 novembre.")
    expect(page.locator('td[data-day="2026-11-11"].drop')).to_have_count(1)
    page.mouse.up()
    expect(page.locator(SHEET)).to_contain_text("mer. 11 nov., 20:00")
    expect(page.locator(f"#event-{DOLE}.old")).to_have_count(1)
    assert dole(cast).day == date(2026, 11, 14)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".toast")).to_contain_text("Déplacer")
    assert dole(cast).day == date(2026, 11, 11)


def test_a_date_is_dragged_to_another_hour_of_the_week(page: Page, cast: Cast) -> None:
    page.set_viewport_size({"width": 1440, "height": 1100})
    page.goto(cast.address("calendrier/?vue=semaine&du=2026-11-14"))
    slot = page.locator(f"#event-{DOLE}")
    box = slot.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 20, box["y"] - 20)
    page.mouse.move(box["x"] + 20, box["y"] + 8 - 2.5 * 44, steps=3)
    page.mouse.up()
    expect(page.locator(SHEET)).to_contain_text("sam. 14 nov., 17:30")
    page.get_by_role("button", name="Confirmer").click()
    expect(page.locator(".toast")).to_contain_text("Enregistré")
    assert f"{dole(cast).start:%H:%M}" == "17:30"


def test_a_date_is_dragged_to_another_venue(page: Page, cast: Cast) -> None:
    page.goto(cast.address("calendrier/?vue=ressources&du=2026-11-12"))
    row = page.locator('tr[data-venue="venue/theatre-ecluse"] td[data-day="2026-11-14"]')
    drag(page, page.locator(f"#event-{DOLE}"), row)
    expect(page.locator(SHEET)).to_contain_text("Théâtre de l’Écluse")
    page.get_by_role("button", name="Confirmer").click()
    expect(page.locator(".toast")).to_contain_text("Enregistré")
    assert dole(cast).venue == "venue/theatre-ecluse"


def test_escape_gives_up_a_drag(page: Page, cast: Cast) -> None:
    page.goto(cast.address("calendrier/?vue=mois&du=2026-11-14"))
    drag(page, page.locator(f"#event-{DOLE}"), page.locator('td[data-day="2026-11-20"]'), drop=False)
    page.keyboard.press("Escape")
    expect(page.locator(".slot.ghost")).to_have_count(0)
    page.mouse.up()
    expect(page.locator(SHEET)).to_have_count(0)


def test_quarter_hours_add_up_at_the_keyboard_and_are_said(page: Page, cast: Cast) -> None:
    page.goto(cast.address("calendrier/?vue=semaine&du=2026-11-14"))
    page.locator(f"#event-{DOLE}").focus()
    for _ in range(3):
        page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#main span.slot.new")).to_contain_text("19:15")
    expect(page.locator(SHEET)).to_contain_text("ven. 13 nov., 19:15")
    expect(page.locator("#panel-title")).to_be_focused()
    violations: list[Any] = Axe().run(page).response["violations"]
    assert [one["id"] for one in violations] == []


def test_a_locked_date_does_not_follow_and_says_why(page: Page, cast: Cast) -> None:
    apply(cast.structure, cast.production, [set_(dole(cast).about, locked="true")], actor=cast.alice)
    page.goto(cast.address("calendrier/?vue=mois&du=2026-11-14"))
    page.locator(f"#event-{DOLE}").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#drag-words")).to_contain_text("verrouillée")
    expect(page.locator(SHEET)).to_have_count(0)


def test_a_plan_b_is_made_and_edited_from_the_calendar(page: Page, cast: Cast) -> None:
    page.goto(cast.address("calendrier/?vue=mois&du=2026-11-14"))
    page.get_by_role("link", name="Plan B").click()
    page.locator("#panel").get_by_label("Nom").fill("Pluie")
    page.get_by_role("button", name="Créer le plan").click()
    expect(page.get_by_role("note")).to_contain_text("Ce que vous changez ici reste dans ce plan")
    page.goto(cast.address("calendrier/?vue=mois&du=2026-11-14&scenario=pluie"))
    page.locator(f"#event-{DOLE}").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(SHEET)).to_contain_text("la référence ne bouge pas")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".toast")).to_contain_text("Pluie")
    expect(page.locator(".slot.differs")).to_contain_text(["déplacé"])
    assert dole(cast).day == date(2026, 11, 14)


def test_without_javascript_a_date_goes_to_a_day_an_hour_and_a_venue(browser_of, cast: Cast) -> None:
    page = browser_of("bob", java_script_enabled=False).new_page()
    page.goto(cast.address(f"calendrier/date/{DOLE}/"))
    page.get_by_text("Déplacer vers…").click()
    page.locator("#move-day").fill("2026-11-15")
    page.locator("#move-start").fill("17:00")
    page.locator(".move-to").get_by_role("button", name="Voir l’effet").click()
    page.get_by_role("button", name="Confirmer").click()
    assert (dole(cast).day, f"{dole(cast).start:%H:%M}") == (date(2026, 11, 15), "17:00")
