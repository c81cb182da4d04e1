"""The whole office in one file and back, while it is being written to."""

from __future__ import annotations

import json
import stat
import zipfile

import pytest

from support import machine

from .scenes import OPEN, READ, WRITE

NIR = "269054958815780"
FILE = """
from filage_web.accounts.models import Structure
from filage_web.store.files import GivenFile, keep_file
from filage_web.store.models import Production
structure = Structure.objects.get(slug="le-fil")
keep_file(structure, Production.objects.get(slug="woyzeck"), GivenFile("texte.txt", b"Wir arme Leut!"), actor=None)
"""
READ_FILE = """
from filage_web.accounts.models import Structure
from filage_web.store.files import bytes_of, files_of
(file,) = files_of(Structure.objects.get(slug="le-fil"), "woyzeck")
print(bytes_of(file).decode())
"""
REVIEW = """
from filage_web.accounts.models import Structure
from filage_web.store.outcomes import outcome_of
outcome_of(Structure.objects.get(slug="le-fil"), "woyzeck")
"""
ERASE = """
from filage_web.accounts.models import Structure
from filage_web.store.erasure import erase_private
print(erase_private(Structure.objects.get(slug="le-fil"), "person/marie", actor=None))
"""
PRIVATE = """
from filage_web.store.models import PrivateChange, Row
kept = [*PrivateChange.objects.values_list("before", "after"), *Row.objects.values_list("body")]
print("269054958815780" in str(kept))
"""


def ran(done) -> str:
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_backup_taken_while_writing_is_restored_elsewhere_whole(office, other_office, tmp_path):
    office.python(OPEN + FILE + REVIEW)
    writing = office.start(WRITE)
    before = int(writing.stdout.readline().split()[0])
    ran(office.filage("backup", str(tmp_path / "b.zip")))
    after = int(writing.stdout.readline().split()[0])
    writing.kill()
    writing.wait()
    ran(other_office.filage("restore", str(tmp_path / "b.zip")))
    revision, _ = map(int, other_office.python(READ).split())
    assert before <= revision
    assert after > before
    assert other_office.python(READ_FILE) == "Wir arme Leut!\n"
    assert ran(other_office.filage("store", "check")) == "6 faits relus, tous lisibles.\n"


def test_a_backup_is_for_its_owner_alone_and_leaves_the_cache_out(office, other_office, tmp_path):
    office.python(OPEN + REVIEW)
    ran(office.filage("backup", str(tmp_path / "b.zip")))
    assert stat.S_IMODE((tmp_path / "b.zip").stat().st_mode) == 0o600
    ran(other_office.filage("restore", str(tmp_path / "b.zip")))
    count = "from filage_web.store.models import Outcome\nprint(Outcome.objects.count())"
    assert (office.python(count), other_office.python(count)) == ("1\n", "0\n")


def test_a_restore_while_writing_replaces_everything_at_once(office, tmp_path):
    office.python(OPEN)
    ran(office.filage("backup", str(tmp_path / "b.zip")))
    writing = office.start(WRITE)
    assert writing.stdout.readline()
    refused = office.filage("restore", str(tmp_path / "b.zip"))
    assert (refused.returncode, "contient déjà 1 structure" in refused.stderr) == (2, True)
    ran(office.filage("restore", str(tmp_path / "b.zip"), "--yes"))
    writing.kill()
    writing.wait()
    office.python(READ)


def test_erasures_made_since_the_backup_are_made_again(office, tmp_path):
    office.python(OPEN)
    ran(office.filage("backup", str(tmp_path / "b.zip")))
    assert office.python(ERASE) == "1\n"
    assert office.python(PRIVATE) == "False\n"
    told = ran(office.filage("restore", str(tmp_path / "b.zip"), "--yes"))
    assert "1 effacements" in told
    assert office.python(PRIVATE) == "False\n"


@pytest.mark.sqlite
def test_what_is_erased_leaves_the_file_itself(office):
    office.python(OPEN)
    held = lambda: any(NIR.encode() in file.read_bytes() for file in office.data.glob("filage.sqlite3*"))  # noqa: E731
    assert held()
    assert "effacées" in ran(office.filage("erase", "person/marie", "--structure", "le-fil", "--yes"))
    assert not held()


def test_what_is_no_backup_is_refused_in_words(office, tmp_path):
    (tmp_path / "a.zip").write_bytes(b"rien")
    refused = office.filage("restore", str(tmp_path / "a.zip"))
    assert (refused.returncode, "n’est pas une sauvegarde" in refused.stderr) == (2, True)
    refused = office.filage("restore", str(tmp_path / "absent.zip"))
    assert (refused.returncode, "ne s’ouvre pas" in refused.stderr) == (2, True)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("migrations", ["filage_web.9999_future"], "Filage plus récent"),
        ("engine", "oracle", "sauvegarde oracle"),
    ],
)
def test_a_backup_of_another_world_is_refused(office, tmp_path, field, value, message):
    ran(office.filage("backup", str(tmp_path / "b.zip")))
    with zipfile.ZipFile(tmp_path / "b.zip") as taken:
        manifest = json.loads(taken.read("manifest.json")) | {field: value}
        database = taken.read("database")
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as made:
        made.writestr("manifest.json", json.dumps(manifest))
        made.writestr("database", database)
    refused = office.filage("restore", str(tmp_path / "c.zip"))
    assert (refused.returncode, message in refused.stderr) == (2, True)


@pytest.mark.sqlite
def test_a_damaged_database_is_not_put_back(office, tmp_path):
    office.python(OPEN)
    ran(office.filage("backup", str(tmp_path / "b.zip")))
    with zipfile.ZipFile(tmp_path / "b.zip") as taken:
        manifest, database = taken.read("manifest.json"), bytearray(taken.read("database"))
    database[20_000:60_000] = b"\xff" * 40_000
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as made:
        made.writestr("manifest.json", manifest)
        made.writestr("database", bytes(database))
    refused = office.filage("restore", str(tmp_path / "c.zip"), "--yes")
    assert (refused.returncode, "abîmée" in refused.stderr) == (2, True)
    office.python(READ)


def test_these_tests_know_which_database_they_use(office):
    vendor = office.python("from django.db import connection\nprint(connection.vendor)").strip()
    assert vendor == ("postgresql" if machine.on_postgres() else "sqlite")
