"""The guide names every remark a reading can make, and none that it cannot."""

from __future__ import annotations

import re

from script.texts import ROOT


def test_the_guide_lists_every_code() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/filage/script").glob("*.py"))
    guide = (ROOT / "docs" / "guide" / "script.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(script\.\w+)`", guide, re.MULTILINE)) == set(
        re.findall(r'"(script\.\w+)"', source)
    )
