"""What was issued, and what became of it, is in a backup and comes back with it."""

from __future__ import annotations

from .scenes import OPEN

ISSUE = """
from datetime import date
from filage_web.accounts.models import Structure
from filage_web.store.issued import Copy, Paper, freeze, note_read, plan
structure = Structure.objects.get(slug="le-fil")
paper = Paper("call_sheet", "2026-12-01", "Feuille", date(2026, 12, 1), 1, "law")
copies = [Copy(who, {"says": SAYS}, SAYS, b"%PDF" + SAYS.encode(), "Marie") for who in ("", "person/marie")]
done = freeze(structure, "woyzeck", paper, plan(structure, "woyzeck", paper, copies), actor=None)
note_read(done.deliveries[0])
print(done.version)
"""
READ = """
from filage_web.store.models import Delivery, Issued
print(sorted((one.version, one.recipient, bytes(one.data)) for one in Issued.objects.all()))
print([(one.person, one.confirmed_at is not None) for one in Delivery.objects.all()])
"""


def ran(done) -> None:
    assert done.returncode == 0, done.stderr


def test_issued_copies_and_readings_come_back_with_a_backup(office, tmp_path) -> None:
    office.python(OPEN)
    assert office.python(f"SAYS = 'un'\n{ISSUE}") == "1\n"
    before = office.python(READ)
    ran(office.filage("backup", str(tmp_path / "b.zip")))
    assert office.python(f"SAYS = 'deux'\n{ISSUE}") == "2\n"
    ran(office.filage("restore", str(tmp_path / "b.zip"), "--yes"))
    assert office.python(READ) == before
    assert office.python(f"SAYS = 'deux'\n{ISSUE}") == "2\n"
