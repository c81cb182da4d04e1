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
