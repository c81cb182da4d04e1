"""`make setup` on a machine where something is missing, and where nothing changed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def checkout(folder: Path) -> Path:
    """What `tools/setup` reads, and nothing else."""
    (folder / "tools").mkdir()
    shutil.copy(ROOT / "tools" / "setup", folder / "tools" / "setup")
    for name in ("pyproject.toml", "requirements.lock", "requirements-dev.lock", "requirements-uv.lock"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def interpreter(folder: Path, body: str) -> str:
    """A `python3` that answers as BODY says."""
    path = folder / "fake-python3"
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def setup(folder: Path, python: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [folder / "tools" / "setup"],
        env={**os.environ, "FILAGE_PYTHON": python},
        capture_output=True,
        text=True,
        check=False,
    )


def test_says_what_to_type_when_python_is_too_old_or_absent(tmp_path) -> None:
    done = setup(checkout(tmp_path), interpreter(tmp_path, "exit 1"))
    assert done.returncode == 1
    assert done.stderr == (
        "Filage cannot be set up yet: no Python 3.11 or newer was found.\n"
        "On Debian or Ubuntu, type:  sudo apt-get install python3 python3-venv\n"
    )


def test_says_what_to_type_when_python_cannot_make_an_environment(tmp_path) -> None:
    python = interpreter(tmp_path, 'case "$2" in *ensurepip*) exit 1 ;; esac')
    done = setup(checkout(tmp_path), python)
    assert done.returncode == 1
    assert done.stderr == (
        f"Filage cannot be set up yet: {python} cannot make a virtual environment.\n"
        "On Debian or Ubuntu, type:  sudo apt-get install python3-venv\n"
    )
    assert not (tmp_path / ".venv").exists()


def test_does_nothing_when_nothing_changed(tmp_path) -> None:
    folder = checkout(tmp_path)
    state = subprocess.run(
        "{ pwd; cat requirements-dev.lock pyproject.toml tools/setup; } | cksum",
        cwd=folder, shell=True, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    (folder / ".venv" / "bin").mkdir(parents=True)
    (folder / ".venv" / "bin" / "filage").touch(mode=0o755)
    (folder / ".venv" / ".filage-dev").write_text(state, encoding="utf-8")
    done = setup(folder, interpreter(tmp_path, "exit 1"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_sets_up_again_when_a_lock_changed(tmp_path) -> None:
    folder = checkout(tmp_path)
    (folder / ".venv" / "bin").mkdir(parents=True)
    (folder / ".venv" / "bin" / "filage").touch(mode=0o755)
    (folder / ".venv" / ".filage-dev").write_text("another state", encoding="utf-8")
    assert setup(folder, interpreter(tmp_path, "exit 1")).returncode == 1
