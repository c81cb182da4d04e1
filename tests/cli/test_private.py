"""What only the pay may see is in nothing that the other commands print or write."""

from itertools import product
from pathlib import Path

import pytest

from cli.commands import DAY, WOYZECK, filage
from filage.facts.people import PersonPrivate
from filage.facts.reading import read_dossier
from support.readable import read_text

CANARIES = [
    "".join(str(value).split())
    for fact in read_dossier(WOYZECK.read_bytes()).all(PersonPrivate)
    for value in (fact.born_on, fact.nir, fact.iban, fact.phone, fact.address)
    if value
]
PRINT = [
    ("review",), ("budget",), ("budget", "--top"), ("follow",), ("cash",), ("funding",), ("risk",),
    ("envelope", "--target", "100000"), ("request", "--funding", "drac"), ("breakdown",),
]  # fmt: skip
WRITE = [
    *product(("budget", "follow", "cash"), (("--xlsx", "made.xlsx"), ("--pdf", "made.pdf"))),
    ("request", ("--out", "made.pdf", "--funding", "drac")),
]


def found_in(text: str) -> list[str]:
    return [canary for canary in CANARIES if canary in text]


@pytest.mark.parametrize("words", PRINT, ids=" ".join)
@pytest.mark.parametrize("more", [(), ("--json",)], ids=["text", "json"])
def test_nothing_private_is_printed(words: tuple[str, ...], more: tuple[str, ...]) -> None:
    command, *options = words
    done = filage(command, WOYZECK, "--on", DAY, *options, *more)
    assert (done.exit_code in {0, 1}, bool(done.stdout)) == (True, True), done.stderr
    assert found_in("".join((done.stdout + done.stderr).split())) == []


@pytest.mark.parametrize(("command", "output"), WRITE, ids=str)
def test_nothing_private_is_written(command: str, output: tuple[str, ...], tmp_path: Path) -> None:
    option, name, *more = output
    done = filage(command, WOYZECK, "--on", DAY, option, tmp_path / name, *more)
    assert done.exit_code == 0, done.stderr
    assert found_in(read_text((tmp_path / name).read_bytes())) == []


def test_the_canaries_would_be_read() -> None:
    assert found_in(read_text(WOYZECK.read_bytes())) == CANARIES
