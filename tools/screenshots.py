"""Take pictures of pages with the system's Chromium: desktop 1440×900, phone 390×844, light or dark.

    python tools/screenshots.py http://127.0.0.1:8000 OUT /style /compte/login/ [--sign-in PATH] [--dark] [--full]

`--sign-in /entrer/TOKEN/` opens that address first; each page gives OUT/<name>-desktop.png and OUT/<name>-phone.png.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str:
    """Find the system's Chromium, or stop with what to install."""
    found = next((path for name in PROGRAMS if (path := shutil.which(name))), None)
    if found is None:
        sys.exit("Chromium is not here (Debian: apt-get install chromium)")
    return found


def shoot(
    browser: Browser, base: str, paths: list[str], out: Path, *, sign_in: str, dark: bool, full: bool
) -> None:
    """Take every page in both sizes."""
    state = None
    for size, (width, height) in SIZES.items():
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            locale="fr-FR",
            timezone_id="Europe/Paris",
            storage_state=state,
            is_mobile=size == "phone",
            device_scale_factor=2 if size == "phone" else 1,
        )
        page = context.new_page()
        page.on("console", lambda said: print("console:", said.text, file=sys.stderr))
        if sign_in and state is None:
            page.goto(base + sign_in)
            state = context.storage_state()
        for path in paths:
            page.goto(base + path, wait_until="networkidle")
            name = path.strip("/").replace("/", "-") or "accueil"
            page.screenshot(path=out / f"{name}{'-dark' if dark else ''}-{size}.png", full_page=full)
        context.close()


def main() -> None:
    """Read the command and take the pictures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("base")
    parser.add_argument("out", type=Path)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--sign-in", default="")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--full", action="store_true")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        shoot(
            browser,
            asked.base,
            asked.paths,
            asked.out,
            sign_in=asked.sign_in,
            dark=asked.dark,
            full=asked.full,
        )
        browser.close()


if __name__ == "__main__":
    main()
