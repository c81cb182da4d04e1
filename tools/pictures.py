"""Take the pictures of the README from this version: open the demo in a temporary folder, walk through it, close it.

python tools/pictures.py [OUT]          # docs/pictures/ unless told
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from screenshots import ARGUMENTS, chromium

ROOT = Path(__file__).resolve().parent.parent
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
MOVED = "event-dole-2"
LINK = re.compile(r"https?://\S+/entrer/\S+")


def main() -> None:
    """Take every picture."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures"
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="filage-pictures-") as folder:
        command = [Path(sys.executable).parent / "filage", "demo"]
        environment = {**os.environ, "FILAGE_DATA": folder, "PYTHONUNBUFFERED": "1"}
        demo = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            link = next(found[0] for line in demo.stdout or () if (found := LINK.search(line)))
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
                take(browser, link, out)
                browser.close()
        finally:
            demo.terminate()
            demo.wait(timeout=30)


def take(browser: Browser, link: str, out: Path) -> None:
    """Walk through the example as a newcomer would."""
    page = window(browser, DESKTOP)
    page.goto(link, wait_until="networkidle")
    home = page.url.split("?")[0]
    page.screenshot(path=out / "tableau-de-bord.png")
    page.goto(f"{home}equipe/", wait_until="networkidle")
    page.locator("[data-why]").first.click()
    page.locator("#panel").get_by_text("Bulletin de").first.wait_for()
    page.screenshot(path=out / "pourquoi.png")
    page.goto(f"{home}budget/", wait_until="networkidle")
    page.screenshot(path=out / "budget.png")
    page.goto(f"{home}prix/", wait_until="networkidle")
    page.screenshot(path=out / "prix.png")
    page.goto(f"{home}prix/offres/", wait_until="networkidle")
    page.screenshot(path=out / "offres.png")
    page.goto(f"{home}tresorerie/", wait_until="networkidle")
    page.screenshot(path=out / "tresorerie.png")
    film = page.url.partition("/s/")[0] + "/s/grand-virage/p/derniere-navette/"
    page.goto(f"{film}texte/scene/10/", wait_until="networkidle")
    page.screenshot(path=out / "depouillement.png")
    lay(page, film)
    page.screenshot(path=out / "plan-de-travail.png")
    move(page, home)
    page.screenshot(path=out / "une-date-bouge.png")
    phone = window(browser, PHONE, state=page.context.storage_state())
    phone.goto(f"{home}calendrier/", wait_until="networkidle")
    phone.screenshot(path=out / "telephone.png")


def lay(page: Page, film: str) -> None:
    """Look for a plan of work, and wait for it."""
    page.goto(f"{film}plan/tournage/", wait_until="networkidle")
    page.get_by_role("button", name="Chercher un plan").click()
    page.get_by_role("button", name="Poser au calendrier").wait_for(timeout=120_000)


def move(page: Page, home: str) -> None:
    """Ask to move a performance by a day, and wait for what follows from it."""
    page.goto(f"{home}calendrier/?vue=ressources", wait_until="networkidle")
    shown = page.locator(f"#{MOVED}")
    for _ in range(20):
        if shown.count():
            break
        page.get_by_role("link", name="Après", exact=True).click()
        page.wait_for_load_state("networkidle")
    shown.first.focus()
    page.keyboard.press("ArrowRight")
    page.locator("#panel .effect").wait_for()
    page.wait_for_timeout(600)


def window(browser: Browser, size: dict[str, int], state: object = None) -> Page:
    """A French browser, its movements stilled."""
    context = browser.new_context(
        viewport=size, locale="fr-FR", timezone_id="Europe/Paris", reduced_motion="reduce", storage_state=state,
        is_mobile=size is PHONE, device_scale_factor=2 if size is PHONE else 1,
    )  # fmt: skip
    return context.new_page()


if __name__ == "__main__":
    main()
