"""Each contract between packages refuses the fault it is there for: planted in a copy, and seen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FAULTS = {
    "an import upwards": ("filage/kernel/planted.py", "import filage.law.book\n", "floors"),
    "a package without a floor": ("filage/planted/__init__.py", "", "floors"),
    "siblings that know each other": ("filage/worktime/planted.py", "import filage.script.read\n", "floors"),
    "Django in the library": ("filage/facts/planted.py", "import django.utils.timezone\n", "pure"),
    "the office in the library": ("filage/facts/planted.py", "import filage_web.clock\n", "pure"),
    "a document that computes": ("filage/documents/planted.py", "import filage.payroll.slip\n", "renders"),
    "a cycle": ("filage/kernel/planted_a.py", "import filage.kernel.planted_b\n", "acyclic"),
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("floors")
    leave_out = shutil.ignore_patterns("__pycache__", "data", "static", "templates", "*.egg-info")
    shutil.copytree(ROOT / "src", folder / "src", ignore=leave_out)
    shutil.copy(ROOT / "pyproject.toml", folder / "pyproject.toml")
    return folder


def lint(folder: Path, contract: str) -> subprocess.CompletedProcess[str]:
    """Check one contract of the copy, without the site's own installation of Filage."""
    command = "import sys; sys.path.insert(0, 'src'); from importlinter.cli import *; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", command, "--no-cache", "--contract", contract],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_refused(copy, fault) -> None:
    name, body, contract = FAULTS[fault]
    planted = [copy / "src" / name]
    if fault == "a cycle":
        planted.append(planted[0].with_name("planted_b.py"))
    created = not planted[0].parent.exists()
    try:
        planted[0].parent.mkdir(exist_ok=True)
        planted[0].write_text(body, encoding="utf-8")
        if created:
            (planted[0].parent / "__init__.py").touch()
        if len(planted) == 2:
            planted[1].write_text("import filage.kernel.planted_a\n", encoding="utf-8")
        done = lint(copy, contract)
        assert (done.returncode, "planted" in done.stdout) == (1, True), done.stdout + done.stderr
    finally:
        for path in planted:
            path.unlink()
        if created:
            shutil.rmtree(planted[0].parent)


@pytest.mark.parametrize("contract", ["floors", "pure", "renders", "acyclic"])
def test_the_code_itself_keeps_the_contract(copy, contract) -> None:
    done = lint(copy, contract)
    assert done.returncode == 0, done.stdout + done.stderr
