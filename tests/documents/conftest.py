"""The example reviewed once, and one LibreOffice profile."""

import pytest

from cli.commands import WOYZECK
from documents.readers import calc_folder
from filage.facts.reading import read_dossier
from filage.law import load_law
from filage.review import review
from support.dossiers import TODAY


@pytest.fixture(scope="session")
def woyzeck():
    return review(read_dossier(WOYZECK.read_bytes(), file=WOYZECK.name), load_law(), TODAY)


@pytest.fixture(scope="session")
def calc(tmp_path_factory):
    return calc_folder(tmp_path_factory.mktemp("calc"))
