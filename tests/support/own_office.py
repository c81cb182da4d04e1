"""An office of its own for one test: its data folder, its database, and commands run as real processes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from support import machine

FILAGE = str(Path(sys.executable).with_name("filage"))
SECONDS = 60


@dataclass(frozen=True)
class Office:
    """An office that other processes can open."""

    data: Path
    database_url: str

    @property
    def environment(self) -> dict[str, str]:
        """What its processes need to know."""
        own = {"FILAGE_DATA": str(self.data), "DATABASE_URL": self.database_url, "FILAGE_LOG_LEVEL": "ERROR"}
        return {**os.environ, **own, "DJANGO_SETTINGS_MODULE": "filage_web.settings"}

    def filage(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return self._run([FILAGE, *words])

    def python(self, code: str) -> str:
        """Run code in the office and return what it printed; an error there is one here."""
        done = self._run([sys.executable, "-c", f"import django\ndjango.setup()\n{code}"])
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, code: str) -> subprocess.Popen[str]:
        """Start code in the office and leave it running."""
        command = [sys.executable, "-c", f"import django\ndjango.setup()\n{code}"]
        return subprocess.Popen(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def _run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=SECONDS, check=False
        )


@contextmanager
def template_office(folder: Path) -> Iterator[Office]:
    """An empty office, migrated once: the others are copies of it."""
    with _new(folder, copied_from="") as office:
        done = office.filage("store", "migrate")
        assert done.returncode == 0, done.stderr
        yield office


@contextmanager
def copy_of(template: Office, folder: Path) -> Iterator[Office]:
    """An empty office ready to use."""
    shutil.copytree(template.data, folder, dirs_exist_ok=True)
    with _new(folder, copied_from=template.database_url) as office:
        yield office


@contextmanager
def _new(folder: Path, copied_from: str) -> Iterator[Office]:
    if not machine.on_postgres():
        yield Office(folder, "")
        return
    name, server = f"filage_{uuid.uuid4().hex[:12]}", os.environ["DATABASE_URL"]
    template = f' TEMPLATE "{_database(copied_from)}"' if copied_from else ""
    _on_server(server, f'CREATE DATABASE "{name}"{template}')
    try:
        yield Office(folder, urlsplit(server)._replace(path=f"/{name}").geturl())
    finally:
        _on_server(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def _database(url: str) -> str:
    return urlsplit(url).path[1:]


def _on_server(url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as server:
        server.execute(statement)
