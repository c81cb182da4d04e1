"""The budget's grid: 5,000 lines shown by a real browser, and an edit answered with every total.

Run in its own process (`python -m bench.grid`) with FILAGE_DATA naming an empty folder, as `bench.office`. The browser
is the system's Chromium; without it the processor time of the same requests alone is measured.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

import django

from bench.dossier import generated
from bench.measure import filage
from bench.result import Result, at_most
from bench.size import NOMINAL

if TYPE_CHECKING:
    from django.test import Client

TIMES, STOP_SECONDS = 9, 30
FIRST_PAINT_MS, EDIT_MS = 1000, 150
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
SHOWN = "performance.getEntriesByType('navigation')[0].loadEventEnd"
EDITED = """async ([line, value]) => {
    const cell = document.querySelector(`[data-line='${line}'] [data-field=unit_price]`);
    cell.focus();
    cell.dispatchEvent(new KeyboardEvent('keydown', {key: 'F2', bubbles: true, cancelable: true}));
    const input = document.querySelector('.editing input');
    input.value = value;
    const totals = document.getElementById('totals');
    const moved = new Promise((done) => new MutationObserver(done).observe(totals, {childList: true, subtree: true}));
    const start = performance.now();
    input.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, cancelable: true}));
    await moved;
    return performance.now() - start;
}"""


def main() -> int:
    """Measure and print the results as JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "filage_web.settings")
    os.environ.setdefault("FILAGE_SECRET_KEY", "a key for the measures only, long enough for Django")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's loop runs beside the office
    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver", "127.0.0.1"]
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    sys.stdout.write(json.dumps([asdict(result) for result in measured()]))
    return 0


def measured() -> list[Result]:
    """The grid of 5,000 lines: first paint, an edit in the browser, an edit's processor time."""
    from django.core.management import call_command

    from bench.office import get, prepared

    call_command("migrate", verbosity=0)
    client, base = prepared("grille", generated(NOMINAL))
    get(client, f"{base}budget/")
    results = [at_most("grid_edit_cpu", "edit of 5,000 lines, request", _edit(client, base), EDIT_MS, "ms")]
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.stderr.write("Chromium is not here: the grid is measured without a browser.\n")
        return results
    with _served() as address:
        painted, edited = _in_browser(chromium, address, client, f"{base}budget/")
    return [
        at_most("grid_first_paint", "grid of 5,000 lines, first paint", painted, FIRST_PAINT_MS, "ms"),
        at_most("grid_edit", "edit of 5,000 lines, totals shown", edited, EDIT_MS, "ms"),
        *results,
    ]


def _edit(client: Client, base: str) -> float:
    """The least processor time of a cell written and answered, in milliseconds."""
    times = []
    for turn in range(TIMES):
        asked = {
            "line": f"line/l-{turn + 2}",
            "field": "unit_price",
            "value": f"{200 + turn},5",
            "opened": "aucun",
        }
        start = time.process_time()
        answer = client.post(f"{base}budget/case/", asked)
        times.append(time.process_time() - start)
        if answer.status_code != 200:
            raise RuntimeError(f"an edit answered {answer.status_code}: {answer.content[:200]!r}")
    return min(times) * 1000


@contextmanager
def _served() -> Iterator[str]:
    """The office as `filage serve` opens it, on the database just filled."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = filage("serve", "--port", str(port), "--workers", "0")
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=STOP_SECONDS)


def _wait_for(port: int) -> None:
    """Until the office answers."""
    end = time.monotonic() + STOP_SECONDS
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    message = "the office did not open"
    raise RuntimeError(message)


def _in_browser(chromium: str, address: str, client: Client, page: str) -> tuple[float, float]:
    """The least time to the first paint, and to the totals of an edit, in milliseconds."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="fr-FR")
        context.add_cookies(
            [{"name": name, "value": morsel.value, "url": address} for name, morsel in client.cookies.items()]
        )
        window = context.new_page()
        painted = []
        for _turn in range(TIMES):
            window.goto(f"{address}{page}?ouverts=production-1", wait_until="load")
            window.wait_for_function("() => document.getElementById('grid').classList.contains('grid-on')")
            painted.append(max(float(window.evaluate(PAINTED)), float(window.evaluate(SHOWN))))
        edited = [float(window.evaluate(EDITED, ["line/l-1", f"{300 + turn}"])) for turn in range(TIMES)]
        browser.close()
    return min(painted), min(edited)


if __name__ == "__main__":
    sys.exit(main())
