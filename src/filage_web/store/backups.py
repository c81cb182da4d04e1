"""The whole office in one file, taken and put back while it serves.

A backup is a zip: `manifest.json`, `database` (an SQLite file, or SQL for PostgreSQL) and `files/…`. The database is
one consistent snapshot; files never change under their name, so they are copied after it. What only saves time is left
out. Erasures made since the backup are made again after a restore.
"""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from django.core.files import File as Opened
from django.core.files.storage import default_storage
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from filage import __version__
from filage.kernel.errors import BadInput, Problem
from filage_web import clock
from filage_web.store.erasure import Erased, erase_again, erasures
from filage_web.store.files import path_of_key
from filage_web.store.models import File, Outcome

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
DATABASE: Final = "database"
_FILE: Final = re.compile(r"files/\d+/[0-9a-f]{2}/[0-9a-f]{64}")
ENGINES: Final = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself."""

    format: int
    filage: str
    engine: str
    made_at: str
    migrations: list[str]
    files: int
    missing_files: int = 0


# --- taking -----------------------------------------------------------------------------------------------------------


def take_backup(target: Path) -> Manifest:
    """Write the whole office into one file that its owner alone can read; the office goes on serving meanwhile."""
    half = target.with_name(f".{target.name}.part")
    try:
        with tempfile.TemporaryDirectory(prefix="filage-backup-") as folder, _private(half) as packed:
            database = Path(folder) / DATABASE
            _dump(database)
            paths = _listed_files(database)
            packed.write(database, DATABASE)
            present = [path for path in paths if default_storage.exists(path)]
            for path in present:
                with default_storage.open(path) as source, packed.open(f"files/{path}", "w") as out:
                    shutil.copyfileobj(source, out)
            manifest = Manifest(
                FORMAT, __version__, connection.vendor, clock.now().isoformat(timespec="seconds"), _applied(),
                len(present), len(paths) - len(present),
            )  # fmt: skip
            packed.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
        half.replace(target)
    except OSError as error:
        raise BadInput(
            Problem(f"la sauvegarde ne s’écrit pas ({error.strerror})", file=str(target))
        ) from None
    finally:
        half.unlink(missing_ok=True)
    return manifest


@contextmanager
def _private(path: Path) -> Iterator[zipfile.ZipFile]:
    handle = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600)
    with os.fdopen(handle, "w+b") as opened, zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED) as packed:
        yield packed


def _applied() -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def _listed_files(database: Path) -> list[str]:
    """The files the snapshot names (PostgreSQL: those of now, taken after it, hence at least as many)."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(database)) as snapshot:
            rows = snapshot.execute("SELECT DISTINCT structure_id, sha256 FROM filage_web_file").fetchall()
    else:
        rows = list(File.objects.values_list("structure_id", "sha256").distinct())
    return sorted(path_of_key(structure, digest) for structure, digest in rows)


def _dump(target: Path) -> None:
    if connection.vendor == "sqlite":
        _dump_sqlite(target)
    else:
        table = Outcome._meta.db_table  # noqa: SLF001  Django's public way to a table's name
        _run(
            [
                "pg_dump",
                "--no-owner",
                "--no-privileges",
                f"--exclude-table-data={table}",
                "-f",
                str(target),
                _name(),
            ],
            "la base ne se sauvegarde pas",
        )


def _dump_sqlite(target: Path) -> None:
    with closing(sqlite3.connect(_name())) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        copy.execute(f"DELETE FROM {Outcome._meta.db_table}")  # noqa: S608, SLF001  our own table
        copy.commit()
        # one file, and none of the pages of what was left out
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("VACUUM")


# --- putting back -----------------------------------------------------------------------------------------------------


def read_manifest(source: Path) -> Manifest:
    """Say what a backup holds; BadInput when it is no backup, of another engine, or of a newer Filage."""
    try:
        with zipfile.ZipFile(source) as packed:
            manifest = Manifest(**json.loads(packed.read(MANIFEST)))
    except OSError as error:
        raise BadInput(Problem(f"ce fichier ne s’ouvre pas ({error.strerror})", file=str(source))) from None
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError):
        raise BadInput(Problem("ce n’est pas une sauvegarde de Filage", file=str(source))) from None
    if manifest.engine != connection.vendor:
        theirs, ours = (ENGINES.get(engine, engine) for engine in (manifest.engine, connection.vendor))
        hint = (
            "restaurez-la sur une base du même genre, puis passez par « filage export » et « filage import »"
        )
        raise BadInput(Problem(f"sauvegarde {theirs}, base {ours}", file=str(source), suggestion=hint))
    known = {
        f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    }
    if manifest.format > FORMAT or set(manifest.migrations) - known:
        message = f"sauvegarde faite par un Filage plus récent ({manifest.filage})"
        raise BadInput(Problem(message, file=str(source), suggestion="mettez Filage à jour"))
    return manifest


def put_back(source: Path) -> tuple[Manifest, list[Erased]]:
    """Put a backup in the place of what the office holds, files first; the erasures to make again are returned.

    The database is replaced in one go: whoever reads meanwhile sees all of the old or all of the new.
    """
    manifest = read_manifest(source)
    since = _known_erasures()
    with tempfile.TemporaryDirectory(prefix="filage-restore-") as folder, zipfile.ZipFile(source) as packed:
        database = Path(packed.extract(DATABASE, folder))
        _check(database)
        for name in packed.namelist():
            if _FILE.fullmatch(name):
                _put_file(packed, name)
        _load(database)
    connections.close_all()
    return manifest, since


def erase_since(since: list[Erased]) -> int:
    """Make again the erasures made after the backup, once the restored database is of this version."""
    return erase_again(since)


def _known_erasures() -> list[Erased]:
    """What was erased in the office about to be replaced; nothing if it is new."""
    tables = connection.introspection.table_names()
    return erasures() if "filage_web_erasure" in tables else []


def _check(database: Path) -> None:
    if connection.vendor != "sqlite":
        return
    try:
        with closing(sqlite3.connect(database)) as copy:
            sound = copy.execute("PRAGMA quick_check").fetchone() == ("ok",)
    except sqlite3.DatabaseError:
        sound = False
    if not sound:
        raise BadInput(Problem("la base de cette sauvegarde est abîmée", suggestion="prenez-en une autre"))


def _put_file(packed: zipfile.ZipFile, name: str) -> None:
    path = name.removeprefix("files/")
    if not default_storage.exists(path):
        with packed.open(name) as data:
            default_storage.save(path, Opened(data))


def _load(database: Path) -> None:
    connections.close_all()
    if connection.vendor == "sqlite":
        with (
            closing(sqlite3.connect(database)) as copy,
            closing(sqlite3.connect(_name(), timeout=60)) as live,
        ):
            live.execute("PRAGMA journal_mode=WAL")
            copy.backup(live)
        return
    with tempfile.NamedTemporaryFile("w", suffix=".sql", encoding="utf-8") as emptied:
        emptied.write(_EMPTY)
        emptied.flush()
        command = ["psql", "--quiet", "--no-psqlrc", "-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=verbose"]
        command += ["--single-transaction", "-f", emptied.name, "-f", str(database), _name()]
        _run_when_free(command, "la base ne se restaure pas")


def _run_when_free(command: list[str], failure: str) -> None:
    """Try until no transaction holds a table: waiting for locks one after the other would deadlock with writers."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            _run(command, failure)
        except BadInput as error:
            if LOCKED not in str(error):
                raise
            if time.monotonic() > deadline:
                hint = "fermez le bureau le temps de la restauration"
                raise BadInput(Problem("la base est sans cesse occupée", suggestion=hint)) from None
            time.sleep(0.05)
        else:
            return


LOCKED: Final = "55P03"
"""What PostgreSQL answers when a table is held by somebody."""
BUSY_SECONDS: Final = 60
_EMPTY: Final = """
SET client_min_messages = warning;
DO $$ DECLARE one record; all_tables text; BEGIN
    SELECT string_agg('public.' || quote_ident(tablename), ', ') INTO all_tables
      FROM pg_tables WHERE schemaname = 'public';
    IF all_tables IS NOT NULL THEN
        EXECUTE 'LOCK TABLE ' || all_tables || ' IN ACCESS EXCLUSIVE MODE NOWAIT';
    END IF;
    FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE 'DROP TABLE public.' || quote_ident(one.tablename) || ' CASCADE';
    END LOOP;
END $$;
"""


# --- programs ---------------------------------------------------------------------------------------------------------


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _run(command: list[str], failure: str) -> None:
    """Run one of PostgreSQL's programs; its password goes by the environment, never by the command line."""
    found = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    values: dict[str, Any] = connection.settings_dict
    environment = {**os.environ, **{name: str(values[key]) for name, key in found.items() if values[key]}}
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    except FileNotFoundError:
        hint = "sur Debian : apt-get install postgresql-client"
        raise BadInput(Problem(f"« {command[0]} » n’est pas installé", suggestion=hint)) from None
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        told = next((line for line in lines if " ERROR: " in line or "error:" in line), " ".join(lines[-1:]))
        raise BadInput(Problem(f"{failure} : {told[-400:]}"))
