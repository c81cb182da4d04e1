"""The example reviewed once."""

import pytest

from cli.commands import WOYZECK
from filage.facts.reading import read_dossier
from filage.law import load_law
from filage.review import review
from support.dossiers import TODAY


@pytest.fixture(scope="session")
def woyzeck():
    return review(read_dossier(WOYZECK.read_bytes(), file=WOYZECK.name), load_law(), TODAY)
