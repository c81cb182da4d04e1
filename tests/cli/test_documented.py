"""The page on the command line names every command and every option, and its examples run."""

from __future__ import annotations

import re
import shlex

import pytest
from typer.main import get_command

from cli.commands import ROOT, filage
from filage.cli import main

PAGE = (ROOT / "docs" / "guide" / "commandes.md").read_text(encoding="utf-8")
EXAMPLES = [
    line.strip()
    for line in PAGE.splitlines()
    if line.startswith("    filage ") and not re.search(r" [A-Z]{3,}|\.json", line)
]


def options_of(name: str) -> list[str]:
    """The options of a command, as typed."""
    group = get_command(main.app)
    with group.make_context("filage", [name], resilient_parsing=True) as context:
        command = main._command(name, main._imported(main.COMMANDS[name].target))
        return [
            option
            for param in command.get_params(context)
            for option in param.opts
            if option.startswith("--")
        ]


@pytest.mark.parametrize("name", main.COMMANDS)
def test_a_command_is_documented(name):
    assert f"filage {name}" in PAGE


@pytest.mark.parametrize("name", [name for name in main.COMMANDS if name not in ("law", "script")])
def test_every_option_is_documented(name):
    assert [option for option in options_of(name) if option not in PAGE] == []


def test_there_are_examples():
    assert len(EXAMPLES) >= 12


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_of_the_page_runs(example, monkeypatch):
    monkeypatch.chdir(ROOT)
    done = filage(*shlex.split(example)[1:])
    assert (done.exit_code, done.stderr) == (0, "")
