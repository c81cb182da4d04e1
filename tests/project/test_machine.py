"""The test machinery itself: the temporary PostgreSQL and what is said of what is missing."""

from __future__ import annotations

import psycopg
import pytest

from support import machine
from support.postgres import temporary_server


def test_an_absence_says_what_to_type() -> None:
    assert str(machine.NO_CHROMIUM) == "Chromium is not here (Debian: apt-get install chromium)"


def test_the_newest_postgresql_is_taken(tmp_path, monkeypatch) -> None:
    for version in ("9.6", "15", "16"):
        programs = tmp_path / version / "bin"
        programs.mkdir(parents=True)
        (programs / "initdb").touch()
        (programs / "postgres").touch()
    monkeypatch.setattr(machine, "POSTGRES_FOLDERS", (tmp_path,))
    assert machine.postgres_programs() == tmp_path / "16" / "bin"


def test_a_given_server_is_used_as_it_is(monkeypatch) -> None:
    monkeypatch.setenv("FILAGE_TEST_POSTGRES_URL", "postgres://somewhere/base")
    with temporary_server() as url:
        assert url == "postgres://somewhere/base"


@pytest.mark.skipif(machine.postgres_programs() is None, reason="absent: PostgreSQL")
def test_a_temporary_postgresql_answers_and_leaves_nothing(monkeypatch) -> None:
    monkeypatch.delenv("FILAGE_TEST_POSTGRES_URL", raising=False)
    with temporary_server() as url, psycopg.connect(url) as connection:
        assert connection.execute("select 1 + 1").fetchone() == (2,)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url, connect_timeout=2)
