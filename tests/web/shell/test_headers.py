"""What every answer carries: a policy without inline code, no referrer for secrets, no shared cache."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from filage_web.accounts.decorators import access_of
from support.cast import EVERYBODY, Cast
from support.views import VIEWS, address

# pytest-django makes the test database only for tests that say they use one
pytestmark = pytest.mark.django_db

POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
INLINE = re.compile(
    rb"<script(?![^>]*\bsrc=)|<style[\s>]|\son[a-z]+=|\sstyle=|\shx-on|javascript:", re.IGNORECASE
)


def policy(answer) -> dict[str, str]:
    parts = (part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
    return dict(parts)


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_every_view_answers_with_the_strict_policy_and_nothing_inline(name: str, world: Cast) -> None:
    who = {"public": "anonymous", "link": "dana"}.get(
        getattr(access_of(VIEWS[name].callback), "door", ""), "alice"
    )
    answer = world.browser(who).get(address(name, world))
    assert policy(answer) == POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    body = b"" if answer.streaming else answer.content
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        assert INLINE.findall(body) == []


def test_a_page_is_kept_out_of_shared_caches_and_devices(world: Cast) -> None:
    answer = world.browser("alice").get("/s/le-fil/")
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Permissions-Policy"] == "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


@pytest.mark.parametrize("path", ["/lien/abc/", "/entrer/abc/", "/invitation/abc/"])
def test_a_secret_address_is_never_stored_nor_referred(path: str, client: Client, db) -> None:
    answer = client.get(path)
    assert (answer["Referrer-Policy"], answer["Cache-Control"]) == ("no-referrer", "no-store")


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(world: Cast) -> None:
    client = Client()
    client.post("/compte/login/", {"login": "alice@lefil.test", "password": "une phrase de passe"})
    cookie = client.cookies["filage_session"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


@pytest.mark.parametrize("who", EVERYBODY)
def test_an_unknown_address_is_the_same_plain_page_for_everybody(who: str, world: Cast) -> None:
    answer = world.browser(who).get("/s/nulle-part/")
    expected = 302 if who in {"dana", "anonymous"} else 404
    assert answer.status_code == expected
    if expected == 404:
        assert "Rien à cette adresse" in answer.content.decode()


def test_our_own_failure_is_said_in_french_without_details(world: Cast, monkeypatch) -> None:
    def fall(request: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("filage_web.home.views.structures_of", fall)
    client = world.browser("alice")
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert "La page n’a pas pu être faite" in answer.content.decode()
    assert "secret detail" not in answer.content.decode()


def test_a_form_from_elsewhere_is_refused_in_french(world: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.alice, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post("/structures/nouvelle/", {"name": "Volée"})
    assert answer.status_code == 403
    assert "Ce formulaire est trop ancien" in answer.content.decode()
