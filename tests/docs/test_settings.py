"""Every variable of the environment that Filage reads is in the guide, and no other."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_setting_is_explained_and_no_other() -> None:
    page = (ROOT / "docs" / "guide" / "administration.md").read_text(encoding="utf-8")
    explained = re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)
    read = {
        name
        for path in (ROOT / "src").rglob("*.py")
        for name in re.findall(r'"(FILAGE_[A-Z_]+|DATABASE_URL)"', path.read_text(encoding="utf-8"))
    }
    assert sorted(explained) == sorted(read)
