"""Every finding that the code can make is explained in the guide, with its severity, and no other."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEVERITIES = {"blocking": "bloquant", "warning": "à voir", "info": "pour information"}
ROW = re.compile(r"^\| `([\w.]+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def explained() -> dict[str, str]:
    page = (ROOT / "docs" / "guide" / "constats.md").read_text(encoding="utf-8")
    return {code: severity.strip() for code, severity, _meaning, _remedy in ROW.findall(page)}


def made() -> dict[str, set[str | None]]:
    """Each code given to a `Finding` or a `Remark`, with the severities it is given."""
    found: dict[str, set[str | None]] = {}
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") in {"Finding", "Remark"}
                and node.args
            ):
                code = _constant(node.args[0])
                if code:
                    severity = _constant(node.args[1]) if node.func.id == "Finding" else None
                    found.setdefault(code, set()).add(SEVERITIES.get(severity or ""))
    return found


def _constant(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def test_every_finding_is_explained_and_no_other() -> None:
    assert sorted(explained()) == sorted(made())


def test_its_severity_is_the_one_the_code_gives() -> None:
    wrong = {
        code: (explained().get(code), severities)
        for code, severities in made().items()
        if None not in severities and {explained().get(code)} != severities
    }
    assert wrong == {}


def test_findings_are_in_alphabetical_order() -> None:
    assert list(explained()) == sorted(explained())
