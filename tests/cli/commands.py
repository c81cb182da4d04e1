"""The command line as a person types it."""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from filage.cli.main import app

ROOT = Path(__file__).parents[2]
SHAPES = ROOT / "docs" / "shapes"
WOYZECK = ROOT / "examples" / "woyzeck.filage.yaml"
SHORT_FILM = ROOT / "examples" / "court-metrage.filage.yaml"
DAY = "2026-11-22"


def filage(*words, given: str | None = None):
    """Run a command in this process."""
    return CliRunner().invoke(app, [str(word) for word in words], input=given, prog_name="filage")


def printed(*words, given: str | None = None):
    """What a command prints with --json, once it has succeeded."""
    done = filage(*words, "--json", given=given)
    assert (done.exit_code, done.stderr) == (0, "")
    return json.loads(done.stdout)


def problems(*words, given: str | None = None) -> list[dict[str, object]]:
    """What a command refuses with --json, which must be all it says."""
    done = filage(*words, "--json", given=given)
    assert (done.exit_code, done.stdout) == (2, "")
    error = json.loads(done.stderr)
    assert faults("error", error) == []
    return error["error"]["problems"]


def faults(name: str, value) -> list[str]:
    """What a printed value does that its published shape forbids."""
    schema = json.loads((SHAPES / f"{name}.schema.json").read_text(encoding="utf-8"))
    found = Draft202012Validator(schema).iter_errors(value)
    return [f"{error.json_path}: {error.message}" for error in found]
