"""A PostgreSQL server for the time of a test run: made in a temporary folder, thrown away after."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from support.machine import postgres_programs

START_SECONDS = 30
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=64MB")


@contextmanager
def temporary_server() -> Iterator[str | None]:
    """The URL of a PostgreSQL server: the one of FILAGE_TEST_POSTGRES_URL, else a new one, else None."""
    given = os.environ.get("FILAGE_TEST_POSTGRES_URL")
    programs = postgres_programs()
    if given:
        yield given
    elif programs is None:
        yield None
    else:
        with _own_server(programs) as url:
            yield url


@contextmanager
def _own_server(programs: Path) -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="filage-pg-"))
    as_user = _unprivileged(folder)
    cluster, port = folder / "cluster", _free_port()
    try:
        _run([*as_user, str(programs / "initdb"), "-D", str(cluster), "-U", "filage", "-A", "trust",
              "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"], folder)  # fmt: skip
        options = [word for setting in FAST for word in ("-c", setting)]
        server = _start([*as_user, str(programs / "postgres"), "-D", str(cluster), "-p", str(port),
                         "-h", "127.0.0.1", "-k", str(folder), *options], folder)  # fmt: skip
        try:
            _wait(programs, port, server, folder)
            yield f"postgres://filage@127.0.0.1:{port}/postgres"
        finally:
            _stop(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: become `postgres`, else `nobody`."""
    if os.geteuid() != 0:
        return []
    user = next(name for name in ("postgres", "nobody") if _known(name))
    account = pwd.getpwnam(user)
    os.chown(folder, account.pw_uid, account.pw_gid)
    return ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups", "--"]


def _known(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start(command: list[str], folder: Path) -> subprocess.Popen[bytes]:
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log
        )


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(
        command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{command[-1]}: {done.stderr}")


def _wait(programs: Path, port: int, server: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        ready = [str(programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port), "-U", "filage"]
        if subprocess.run(ready, check=False, stdin=subprocess.DEVNULL).returncode == 0:
            return
        time.sleep(0.1)
    raise RuntimeError(f"PostgreSQL did not start: {(folder / 'log').read_text(errors='replace')}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(2)  # SIGINT: fast shutdown
    try:
        server.wait(timeout=15)
    except subprocess.TimeoutExpired:
        server.kill()
