"""An office of its own for one test: its data folder, its database, and commands run in processes of their own.

The processes are forked from the one that runs the tests, where Django is already started: a real process costs a
second, a forked one some milliseconds, and `kill -9` means the same to both.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import traceback
import uuid
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn, TextIO

from support import machine

ALREADY = ("filage.cli.main", "filage_web.store.outcomes", "filage_web.store.backups", "filage_web.store.imports",
           "filage_web.commands.backup", "filage_web.commands.restore", "filage_web.commands.store",
           "django.core.management.commands.migrate")  # fmt: skip
"""What every process would import for itself: once, before forking."""
_INHERITED: list[object] = []
"""What a forked process must neither use nor let go: the connections of the one it comes from."""


@dataclass(frozen=True)
class Done:
    """A process that ended: what it returned, said and complained of."""

    returncode: int
    stdout: str
    stderr: str


@dataclass
class Running:
    """A process that goes on, and what it says."""

    pid: int
    stdout: TextIO
    errors: Path

    def kill(self) -> None:
        """Kill it without warning."""
        os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> Done:
        """Wait for its end."""
        said = self.stdout.read()
        self.stdout.close()
        _, status = os.waitpid(self.pid, 0)
        return Done(os.waitstatus_to_exitcode(status), said, self.errors.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Office:
    """An office that other processes can open."""

    data: Path
    database: str
    """The name of its PostgreSQL database; empty for SQLite, whose file lies in `data`."""
    unblock: Callable[[], object]

    def filage(self, *words: str) -> Done:
        """Run a command to its end."""

        def command() -> None:
            from filage.cli.main import app

            app(list(words))

        return self._fork(command).wait()

    def python(self, code: str) -> str:
        """Run code in the office and return what it printed; an error there is one here."""
        done = self.start(code).wait()
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, code: str) -> Running:
        """Start code in the office and leave it running."""
        return self._fork(lambda: exec(code, {}))

    def _fork(self, work: Callable[[], object]) -> Running:
        reading, writing = os.pipe()
        errors = self.data / f"errors-{uuid.uuid4().hex}"
        errors.touch()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # newer Pythons fear threads: here none runs
            pid = os.fork()
        if pid == 0:
            os.close(reading)
            self._child(work, writing, errors)
        os.close(writing)
        return Running(pid, os.fdopen(reading, encoding="utf-8"), errors)

    def _child(self, work: Callable[[], object], writing: int, errors: Path) -> NoReturn:
        code = 1
        try:
            os.dup2(writing, 1)
            sys.stdout = os.fdopen(1, "w", encoding="utf-8")
            sys.stderr = errors.open("w", encoding="utf-8")
            self._enter()
            work()
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 0
        except BaseException:  # noqa: BLE001  the child tells, whatever it is
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def _enter(self) -> None:
        """Make Django, in this process, open this office."""
        from django.conf import settings
        from django.core.signals import setting_changed
        from django.db import connections

        self.unblock()
        settings.FILAGE_DATA, settings.MEDIA_ROOT = self.data, self.data / "files"
        setting_changed.send(sender=None, setting="MEDIA_ROOT", value=settings.MEDIA_ROOT, enter=True)
        used = connections["default"]
        _INHERITED.extend([used, getattr(type(used), "_connection_pools", None)])
        if hasattr(type(used), "_connection_pools"):
            type(used)._connection_pools = {}
        values: dict[str, Any] = connections.settings["default"]
        values["NAME"] = self.database or str(self.data / "filage.sqlite3")
        del connections["default"]


@contextmanager
def template_office(folder: Path, unblock: Callable[[], object]) -> Iterator[Office]:
    """An empty office, migrated once: the others are copies of it."""
    for module in ALREADY:
        import_module(module)
    with _new(folder, unblock, copied_from="") as office:
        done = office.filage("store", "migrate")
        assert done.returncode == 0, done.stderr
        yield office


@contextmanager
def copy_of(template: Office, folder: Path) -> Iterator[Office]:
    """An empty office ready to use."""
    shutil.copytree(template.data, folder, dirs_exist_ok=True)
    with _new(folder, template.unblock, copied_from=template.database) as office:
        yield office


@contextmanager
def _new(folder: Path, unblock: Callable[[], object], copied_from: str) -> Iterator[Office]:
    folder.mkdir(exist_ok=True)
    if not machine.on_postgres():
        yield Office(folder, "", unblock)
        return
    name, server = f"filage_{uuid.uuid4().hex[:12]}", os.environ["DATABASE_URL"]
    template = f' TEMPLATE "{copied_from}"' if copied_from else ""
    _on_server(server, f'CREATE DATABASE "{name}"{template}')
    try:
        yield Office(folder, name, unblock)
    finally:
        _on_server(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def _on_server(url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as server:
        server.execute(statement)
