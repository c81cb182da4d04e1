"""Every view of the calendar, on a screen, in the dark, on paper and on a phone: axe is silent, nothing is cut."""

from __future__ import annotations

import pytest

from .test_every_page import COLOURS, EVERYTHING, TARGETS, TOO_WIDE, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

VIEWS = (
    "?vue=mois&du=2026-11-14",
    "?vue=semaine&du=2026-11-14",
    "?vue=ressources&du=2026-11-12",
    "?vue=ressources&du=2026-11-09&jours=14",
    "?vue=mois&du=2026-12-05&scenario=annecy-perdu",
    "?vue=liste&nature=performance&passees=1",
    "bloc/?first=2026-11-12&last=2026-11-15",
    "repeter/?date=dole-2",
    "date/dole-2/?scenario=annecy-perdu",
)


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_is_clean(view: str, reading) -> None:
    page = reading.window("alice", reduced_motion="reduce").new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda line: said.append(line.text) if "Content Security" in line.text else None)
    page.goto(reading.cast.address(f"calendrier/{view}"), wait_until="load")
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
    assert wide == 320
    assert seen == {"light": [], "dark": [], "print": [], "phone": []}
    assert cut == []
    assert said == []
