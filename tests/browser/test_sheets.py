"""A sheet issued in the evening, changed, issued again with what changed for each, read by all; and offline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core import mail
from playwright.sync_api import BrowserContext, Error, Page, expect

from browser.conftest import PHONE
from filage.facts.calendar import Event, Participation
from filage.kernel.changes import set_
from filage_web import clock
from filage_web.accounts.models import PrivateLink
from filage_web.store.changes import apply
from filage_web.store.queries import dossier_of
from support.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
READERS = ("dana", "karim")
PATIENT = 30_000
"""Milliseconds: a dozen papers are made in one request, and the machine of a test may be busy."""


@pytest.fixture(autouse=True)
def _sent_at_once(settings) -> Iterator[None]:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    yield
    mail.outbox.clear()


@pytest.fixture
def tomorrow(cast: Cast) -> str:
    """The première is played tomorrow; its key."""
    day = clock.today() + timedelta(days=1)
    apply(cast.structure, cast.production, [set_("event/besancon-1", day=day.isoformat())], actor=cast.alice)
    return day.isoformat()


def link_of(who: str) -> str:
    mine = [one for one in mail.outbox if one.to == [f"{who}@le-fil.example"]]
    return re.search(r"https?://[^/\s]+(/lien/\S+)", mine[-1].body).group(1)


def issue(page: Page, version: int) -> None:
    page.get_by_role("link", name=f"Émettre la version {version}").click()
    chosen = page.locator('input[name="person"]:checked').evaluate_all("all => all.map((one) => one.value)")
    for person in chosen:
        if person.partition("/")[2] not in READERS:
            page.locator(f'input[value="{person}"]').uncheck()
    page.get_by_role("button", name=f"Émettre la version {version}").click(timeout=PATIENT)
    expect(page.get_by_text(f"version {version} à jour")).to_be_visible(timeout=PATIENT)


def arrive(cast: Cast, call: str) -> None:
    dossier = dossier_of(cast.structure, cast.production)
    parts = [part for part in dossier.all(Participation) if part.event == "event/besancon-1"]
    assert dossier.find("event/besancon-1", Event)
    apply(cast.structure, cast.production, [set_(part.about, call=call) for part in parts], actor=cast.bob)


def phone(browser_of, who: str) -> Page:
    page = browser_of("dana", viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    page.set_default_timeout(PATIENT)
    page.goto(link_of(who))
    return page


def kept(page: Page) -> None:
    """Wait until the page says that it reads without connection."""
    expect(page.get_by_text("lisible hors connexion")).to_be_visible(timeout=PATIENT)


def offline(context: BrowserContext, *, lost: bool) -> None:
    context.set_offline(lost)


def test_a_sheet_is_issued_changed_issued_again_and_read_by_all(
    browser_of, cast: Cast, tomorrow: str
) -> None:
    office = browser_of("bob").new_page()
    office.set_default_timeout(PATIENT)
    where = cast.address(f"feuilles/call_sheet/{tomorrow}/")
    office.goto(where)
    issue(office, 1)
    arrive(cast, "17:15")
    office.goto(where)
    expect(office.get_by_text("La version 1 est périmée.")).to_be_visible()
    office.get_by_role("link", name="Émettre la version 2").click()
    dana = office.get_by_role("listitem").filter(has=office.locator('input[value="person/dana"]'))
    expect(dana.last).to_contain_text("Votre arrivée passe de 15:45 à 17:15")
    office.goto(where)
    issue(office, 2)
    for who in READERS:
        page = phone(browser_of, who)
        expect(page.locator(".note-box.stale").get_by_text("Depuis la version 1 :")).to_be_visible()
        page.get_by_role("button", name="J’ai lu la version 2").click()
        expect(page.get_by_text("Version 2 lue")).to_be_visible()
    office.goto(cast.address("feuilles/"))
    expect(office.get_by_text("2 sur 2 ont confirmé")).to_be_visible()


def test_a_sheet_reads_without_network_and_says_how_old_it_is(browser_of, cast: Cast, tomorrow: str) -> None:
    office = browser_of("bob").new_page()
    office.set_default_timeout(PATIENT)
    office.goto(cast.address(f"feuilles/call_sheet/{tomorrow}/"))
    issue(office, 1)
    page = phone(browser_of, "dana")
    kept(page)
    path = page.url
    offline(page.context, lost=True)
    page.goto(path)
    expect(page.get_by_text("Hors connexion : vous lisez la version gardée le")).to_be_visible()
    expect(page.get_by_text("Votre arrivée").first).to_be_visible()
    page.get_by_role("link", name="Toutes mes dates").click()
    expect(page.get_by_role("heading", name="Woyzeck")).to_be_visible()
    offline(page.context, lost=False)
    page.goto(path)
    expect(page.locator("[data-kept]")).to_be_hidden()


def test_what_a_closed_link_kept_is_dropped_at_the_next_contact(
    browser_of, cast: Cast, tomorrow: str
) -> None:
    office = browser_of("bob").new_page()
    office.set_default_timeout(PATIENT)
    office.goto(cast.address(f"feuilles/call_sheet/{tomorrow}/"))
    issue(office, 1)
    page = phone(browser_of, "dana")
    kept(page)
    path = page.url
    PrivateLink.objects.filter(person="dana").update(revoked_at=clock.now())
    page.goto(path)
    expect(page.get_by_role("heading", name="Ce lien n’ouvre rien")).to_be_visible()
    assert page.evaluate("caches.keys()") == []
    offline(page.context, lost=True)
    with pytest.raises(Error):
        page.goto(path)


def test_the_worker_of_one_link_keeps_nothing_of_another(browser_of, cast: Cast, tomorrow: str) -> None:
    office = browser_of("bob").new_page()
    office.set_default_timeout(PATIENT)
    office.goto(cast.address(f"feuilles/call_sheet/{tomorrow}/"))
    issue(office, 1)
    page = phone(browser_of, "dana")
    kept(page)
    mine = page.url
    page.goto(link_of("karim"))  # a borrowed phone
    kept(page)
    pages = page.evaluate(
        """async () => {
            const found = {};
            for (const name of await caches.keys()) {
                if (!name.startsWith('filage-pages ')) continue;
                const kept = await (await caches.open(name)).keys();
                found[name.slice(13)] = kept.map((one) => new URL(one.url).pathname);
            }
            return found;
        }"""
    )
    assert len(pages) == 2
    assert all(path.startswith(scope) for scope, paths in pages.items() for path in paths)
    offline(page.context, lost=True)
    page.goto(mine)
    expect(page.get_by_text("pour Dana Morel").first).to_be_attached()
