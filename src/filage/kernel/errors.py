"""The errors of the library: one tree, each saying what, where and what to do.

FilageError
├── BadInput          something given is wrong: holds every problem found, not the first
├── LawNotCovered     the law data says nothing for that day
└── UnknownParameter  no such parameter in the law data
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


class FilageError(Exception):
    """Anything Filage refuses; its text is meant for the person who asked."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in what was given: where it stands, what is wrong, what was expected, what to write instead."""

    message: str
    path: str = ""
    file: str = ""
    line: int | None = None
    expected: str = ""
    suggestion: str = ""

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line) if part)
        where = " ".join(part for part in (place, self.path) if part)
        text = f"{where} : {self.message}" if where else self.message
        if self.expected:
            text += f" ; attendu : {self.expected}"
        if self.suggestion:
            text += f" ; {self.suggestion}"
        return text

    def as_json(self) -> dict[str, object]:
        """Return the problem as plain values, without what is absent."""
        return {key: value for key, value in asdict(self).items() if value not in ("", None)}


class BadInput(FilageError):
    """What was given cannot be used; `problems` lists everything wrong with it."""

    def __init__(self, problems: Iterable[Problem] | Problem | str) -> None:
        if isinstance(problems, str):
            problems = Problem(problems)
        if isinstance(problems, Problem):
            problems = (problems,)
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class LawNotCovered(FilageError):
    """The law data holds no value for that day; refused where one commits."""

    def __init__(self, parameter: str, day: date, why: str) -> None:
        self.parameter, self.day = parameter, day
        super().__init__(f"{parameter} au {day.isoformat()} : {why}")


class UnknownParameter(FilageError):
    """No parameter of that id; the closest ids are named."""
