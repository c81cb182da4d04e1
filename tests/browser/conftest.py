"""A real browser on a live server: the system's Chromium, the cast, axe."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from support import machine

if TYPE_CHECKING:
    from support.cast import Cast

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    # playwright's loop runs in this thread, where the tests also use the database
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=machine.chromium(), args=ARGUMENTS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def cast(transactional_db, settings) -> Cast:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
    from support.cast import (
        load_example,
        make_cast,
    )  # models need Django, which pytest starts after this file

    made = make_cast()
    load_example(made)
    return made


Open = Callable[..., BrowserContext]


@pytest.fixture
def browser_of(chromium: Browser, cast: Cast, live_server) -> Iterator[Open]:
    """`browser_of("bob", viewport=PHONE, color_scheme="dark")`: a window where someone is signed in."""
    opened: list[BrowserContext] = []

    def open_window(who: str = "alice", **options: Any) -> BrowserContext:
        options.setdefault("viewport", DESKTOP)
        context = chromium.new_context(
            base_url=live_server.url, locale="fr-FR", timezone_id="Europe/Paris", **options
        )
        cookies = cast.browser(who).cookies
        context.add_cookies(
            [
                {"name": name, "value": morsel.value, "url": live_server.url}
                for name, morsel in cookies.items()
            ]
        )
        context.set_default_timeout(8_000)
        opened.append(context)
        return context

    yield open_window
    for context in opened:
        context.close()
