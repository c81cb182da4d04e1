"""A real browser on a live server: the system's Chromium, the cast, axe."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
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


@dataclass
class Office:
    """The cast and the example, served for real."""

    url: str
    cast: Cast
    chromium: Browser
    opened: list[BrowserContext] = field(default_factory=list)

    def window(self, who: str = "alice", **options: Any) -> BrowserContext:
        """`window("bob", viewport=PHONE, color_scheme="dark")`: a browser where someone is signed in."""
        options.setdefault("viewport", DESKTOP)
        context = self.chromium.new_context(
            base_url=self.url, locale="fr-FR", timezone_id="Europe/Paris", **options
        )
        cookies = self.cast.browser(who).cookies
        context.add_cookies(
            [{"name": name, "value": morsel.value, "url": self.url} for name, morsel in cookies.items()]
        )
        context.set_default_timeout(8_000)
        self.opened.append(context)
        return context

    def close(self) -> None:
        for context in self.opened:
            context.close()
        self.opened.clear()


def _settled() -> Any:
    from django.test import override_settings

    return override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        ALLOWED_HOSTS=["testserver", "localhost", "127.0.0.1"],
    )


def _example() -> Cast:
    from support.cast import (  # models need Django, which pytest starts after this file
        load_example,
        make_cast,
    )

    made = make_cast()
    load_example(made)
    return made


@pytest.fixture(scope="module")
def reading(django_db_setup, django_db_blocker, chromium: Browser) -> Iterator[Office]:
    """One office for a whole module, whose tests only read."""
    from django.core.management import call_command
    from pytest_django.live_server_helper import LiveServer

    with django_db_blocker.unblock(), _settled():
        cast = _example()
        server = LiveServer("localhost")
        office = Office(server.url, cast, chromium)
        yield office
        office.close()
        server.stop()
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture
def cast(transactional_db) -> Iterator[Cast]:
    with _settled():
        yield _example()


@pytest.fixture
def browser_of(chromium: Browser, cast: Cast, live_server) -> Iterator[Callable[..., BrowserContext]]:
    """An office of one's own, to write in."""
    office = Office(live_server.url, cast, chromium)
    yield office.window
    office.close()
