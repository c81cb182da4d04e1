"""Offices of their own for tests that start real processes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from support.own_office import Office, copy_of, template_office


@pytest.fixture(scope="session")
def template(tmp_path_factory, django_db_blocker) -> Iterator[Office]:
    with template_office(tmp_path_factory.mktemp("template"), django_db_blocker.unblock) as office:
        yield office


@pytest.fixture
def office(template, tmp_path) -> Iterator[Office]:
    with copy_of(template, tmp_path / "office") as one:
        yield one


@pytest.fixture
def other_office(template, tmp_path) -> Iterator[Office]:
    with copy_of(template, tmp_path / "other") as one:
        yield one


@pytest.fixture(autouse=True)
def _files_apart(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
