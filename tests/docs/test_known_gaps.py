"""Every value of the law that is missing or uncertain is told to the user, and none that does not exist."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
LAW = ROOT / "src" / "filage" / "data" / "law"
PAGE = (ROOT / "docs" / "known-gaps.md").read_text(encoding="utf-8")


@cache
def last_values() -> dict[str, dict[str, object]]:
    """The value in force of each parameter of the law, by its id."""
    loaded = {
        ".".join(path.relative_to(LAW).with_suffix("").parts): yaml.load(
            path.read_text("utf-8"), yaml.CSafeLoader
        )
        for path in sorted(LAW.rglob("*.yaml"))
    }
    return {name: parameter["values"][-1] for name, parameter in loaded.items() if "values" in parameter}


def section(title: str) -> str:
    return PAGE.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]


def named(text: str) -> list[str]:
    return re.findall(r"^\| `([\w.]+)` \|", text, re.MULTILINE)


def test_every_value_the_structure_must_give_is_named() -> None:
    missing = [name for name, value in last_values().items() if value["value"] is None]
    assert sorted(named(section("Ce que la structure doit donner"))) == sorted(missing)


def test_every_uncertain_value_is_named() -> None:
    uncertain = {
        name
        for name, value in last_values().items()
        if value["confidence"] == "uncertain" and value["value"] is not None
    }
    assert uncertain - set(named(section("Ce qui est calculé mais reste incertain"))) == set()


def test_no_parameter_is_named_that_does_not_exist() -> None:
    assert [name for name in named(PAGE) if name not in last_values()] == []
