"""The office as its tests open it: the cast, quick passwords, mail kept in memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache as shared_cache

if TYPE_CHECKING:
    from support.cast import Cast


@pytest.fixture(autouse=True)
def _quick_office(settings) -> Iterator[None]:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
    shared_cache.clear()
    yield
    shared_cache.clear()


@pytest.fixture
def cast(db) -> Cast:
    """Compagnie Le Fil and its production Woyzeck, empty."""
    from support.cast import make_cast  # models need Django, which pytest starts after this file

    return make_cast()


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[Cast]:
    """Le Fil with everything the Woyzeck example knows, made once for a module: its tests undo what they write."""
    from django.db import transaction
    from django.test import override_settings

    from support.cast import EVERYBODY, load_example, make_cast

    quick = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    with django_db_blocker.unblock(), transaction.atomic(), quick:
        cast = make_cast()
        load_example(cast)
        for who in EVERYBODY:
            cast.browser(who)  # signed in now: what a test writes is undone, sessions included
        yield cast
        transaction.set_rollback(True)
