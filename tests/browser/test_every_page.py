"""Every page in a real browser: axe is silent in light, dark and print; nothing is cut at 320 px; no script error."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from filage_web.accounts.decorators import access_of
from support.cast import Cast
from support.views import VIEWS, address

# django_db: pytest-django makes the test database only for tests that say they use one
pytestmark = [pytest.mark.browser, pytest.mark.django_db]

AXE = Axe()
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"runOnly": {"type": "tag", "values": LEVELS}}
# what a page is made of does not change with its colours or its width
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
TARGETS = {"runOnly": {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]}}
EXTRA = ("account_login", "account_logout", "account_reset_password", "account_change_password", "mfa_index")
"""Pages of the account library that we restyled."""


def doors() -> list[tuple[str, str]]:
    ours = []
    for name, view in VIEWS.items():
        access = access_of(view.callback)
        if access:
            ours.append((name, {"public": "anonymous", "link": "dana"}.get(access.door, "alice")))
    signed_in = ("account_change_password", "mfa_index", "account_logout")
    return ours + [(name, "alice" if name in signed_in else "anonymous") for name in EXTRA]


def is_a_page(cast: Cast, who: str, where: str) -> bool:
    """Whether a visit gives a whole page: not an action, a redirection, a fragment for htmx or a file."""
    answer = cast.browser(who).get(where)
    assert answer.status_code < 500
    kind = answer.headers.get("Content-Type", "")
    return answer.status_code in {200, 404} and kind.startswith("text/html") and b"<html" in answer.content


def violations(page: Page, options: dict[str, Any]) -> list[str]:
    found: list[dict[str, Any]] = AXE.run(page, options=options).response["violations"]
    return [
        f"{one['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
        for one in found
        for node in one["nodes"]
    ]


TOO_WIDE = """() => Array.from(document.querySelectorAll('main *'))
    .filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.table-box, [data-scrolls], svg'))
    .slice(0, 5).map((e) => e.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize(("name", "who"), doors())
def test_a_page_is_clean(name: str, who: str, reading) -> None:
    where = address(name, reading.cast)
    if not is_a_page(reading.cast, who, where):
        return
    page = reading.window(who, reduced_motion="reduce").new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda line: said.append(line.text) if "Content Security" in line.text else None)
    page.goto(where, wait_until="load")
    seen = {"light": violations(page, EVERYTHING)}
    page.emulate_media(color_scheme="dark")
    seen["dark"] = violations(page, COLOURS)
    page.emulate_media(color_scheme="light", media="print")
    seen["print"] = violations(page, COLOURS)
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 320, "height": 640})
    seen["phone"] = violations(page, TARGETS)
    wide = page.evaluate("document.documentElement.scrollWidth")
    cut = page.evaluate(TOO_WIDE) if wide > 320 else []
    reading.close()
    assert {mode: found for mode, found in seen.items() if found} == {}
    assert said == []
    assert wide <= 320, f"{wide} px wide on a screen of 320: {cut}"
