"""The project's own documents: their links lead somewhere, each decision has its parts."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ADRS = sorted((ROOT / "docs" / "adr").glob("*.md"))
PARTS = ["Context", "Decision", "Consequences", "Alternatives"]


def markdown() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def test_every_relative_link_leads_to_a_file() -> None:
    broken = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in markdown()
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text(encoding="utf-8"))
        if "://" not in target and not (path.parent / target).exists()
    ]
    assert broken == []


@pytest.mark.parametrize("path", ADRS, ids=lambda path: path.stem)
def test_a_decision_has_its_context_consequences_and_alternatives(path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == PARTS
    assert re.search(r"^\*\*Good\*\*", text, re.MULTILINE)
    assert re.search(r"^\*\*Bad\*\*", text, re.MULTILINE)


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [int(path.name[:4]) for path in ADRS] == list(range(1, len(ADRS) + 1))


def test_every_make_target_named_in_the_documents_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {
        (path.name, word)
        for path in markdown()
        for word in re.findall(r"`make ([a-z]+)`", path.read_text(encoding="utf-8"))
    }
    assert {(name, word) for name, word in named if word not in targets} == set()


def test_every_path_named_in_the_documents_exists() -> None:
    named = {
        (path.name, word)
        for path in (ROOT / "ARCHITECTURE.md", ROOT / "CONTRIBUTING.md", ROOT / "README.md")
        for word in re.findall(
            r"`((?:src|tests|docs|tools|examples|bench|\.ci)/[\w./-]+)`", path.read_text("utf-8")
        )
    }
    assert {(name, word) for name, word in named if not (ROOT / word).exists()} == set()
