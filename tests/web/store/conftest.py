"""A structure, two people who work there, and a small production to write into."""

from __future__ import annotations

import pytest

from filage.kernel.changes import add
from filage_web.accounts.models import Structure, User
from filage_web.accounts.services import create_structure
from filage_web.store.changes import apply

NIR = "269054958815780"
SMALL = (
    add("production/woyzeck", label="Woyzeck", form="theatre", subtitle="d’après Büchner"),
    add("company/nord", label="Théâtre du Nord", role="venue"),
    add("venue/nord", label="Grande salle", city="Lille", company="company/nord"),
    add("person/marie", given_name="Marie", family_name="Œdipe"),
    add("person_private/marie", person="person/marie", nir=NIR, born_on="1969-05-04"),
    add("position/marie", label="Comédienne"),
    add(
        "engagement/marie", position="position/marie", person="person/marie", starts_on="2026-11-01",
        ends_on="2026-12-31", unit="cachet", unit_pay="200.00",
    ),
    add("event/p1", type="performance", day="2026-12-01", start="20:00", end="22:00", venue="venue/nord"),
    add("participation/p1", event="event/p1", engagement="engagement/marie", call="18:00"),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _files_apart(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def alice(db) -> User:
    return User.objects.create_user("alice@lefil.test", name="Alice Ferrand")


@pytest.fixture
def bob(db) -> User:
    return User.objects.create_user("bob@lefil.test", name="Bob Lenoir")


@pytest.fixture
def structure(alice) -> Structure:
    return create_structure("Compagnie Le Fil", alice, slug="le-fil")


@pytest.fixture
def woyzeck(structure, alice):
    """The ChangeSet that opened a small Woyzeck."""
    return apply(structure, "woyzeck", SMALL, actor=alice, label="Création")
