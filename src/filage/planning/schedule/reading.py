"""Reading the numbers of an instance: everything wrong is said at once, with its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from filage.kernel.errors import BadInput, Problem
from filage.kernel.text import closest

LARGEST = 10**12
DECIMALS = 6


class Reader:
    """A JSON object being read: values come out sound, or a problem is kept for the end."""

    def __init__(self, content: Any, *, keys: Iterable[str], ignored: Iterable[str]) -> None:
        self.problems: list[Problem] = []
        if not isinstance(content, Mapping):
            raise BadInput(Problem("ce fichier doit contenir un objet JSON, entre { et }"))
        self._content = content
        known = list(keys)
        for key in content:
            if key not in known and key not in ignored:
                near = closest(str(key), known)
                advice = f"vouliez-vous « {near} » ?" if near else f"les clés connues : {', '.join(known)}"
                self.wrong(f"clé inconnue « {key} »", suggestion=advice)

    def wrong(self, message: str, path: str = "", *, expected: str = "", suggestion: str = "") -> None:
        """Keep a problem."""
        self.problems.append(Problem(message, path, expected=expected, suggestion=suggestion))

    def done(self) -> None:
        """Refuse with every problem kept, if any."""
        if self.problems:
            raise BadInput(self.problems)

    def has(self, key: str) -> bool:
        """Whether the key was written."""
        return key in self._content

    def name(self) -> str:
        """The name of the instance; empty when it has none."""
        found = self._content.get("name", "")
        if not isinstance(found, str):
            self.wrong("le nom doit être un texte", "name")
            return ""
        return found

    def count(self, key: str, actual: int, *, of: str) -> None:
        """Check a size the file states against what it holds."""
        stated = self._content.get(key)
        if stated is not None and stated != actual:
            self.wrong(f"{stated} annoncé, mais {of} en contient {actual}", key)

    def rows(self, key: str, *, size: int | None = None) -> Sequence[Any]:
        """A list, of a given size where one is expected; empty, with a problem, otherwise."""
        if key not in self._content:
            self.wrong("cette clé manque", key)
            return ()
        return self.listed(self._content[key], key, size=size)

    def listed(self, value: Any, path: str, *, size: int | None = None) -> Sequence[Any]:
        """A value that must be a list of that size."""
        if not isinstance(value, list):
            self.wrong("doit être une liste, entre [ et ]", path)
            return ()
        if size is not None and len(value) != size:
            self.wrong(f"contient {len(value)} valeurs", path, expected=str(size))
            return ()
        return value

    def number(self, value: Any, path: str) -> Decimal:
        """A number, zero or more, with at most six decimals; 0, with a problem, otherwise."""
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self.wrong(f"« {value} » n’est pas un nombre", path)
            return Decimal(0)
        found = Decimal(value)
        if found < 0:
            self.wrong(f"{value} est négatif", path, expected="zéro ou plus")
        elif found > LARGEST:
            self.wrong(f"{value} est trop grand", path, expected=f"au plus {LARGEST}")
        elif found != found.quantize(Decimal(1).scaleb(-DECIMALS)):
            self.wrong(f"{value} a trop de décimales", path, expected=f"au plus {DECIMALS}")
        else:
            return found
        return Decimal(0)

    def whole(self, value: Any, path: str) -> int:
        """A whole number, zero or more."""
        found = self.number(value, path)
        if found % 1:
            self.wrong(f"{value} n’est pas un nombre entier", path)
        return int(found)

    def one(self, key: str, default: int) -> int:
        """A whole number written under a key, or the default."""
        return self.whole(self._content[key], key) if key in self._content else default

    def numbers(self, key: str, *, size: int | None = None) -> list[Decimal]:
        """A list of numbers."""
        return [self.number(value, f"{key}[{at}]") for at, value in enumerate(self.rows(key, size=size))]

    def wholes(self, key: str, *, size: int | None = None) -> list[int]:
        """A list of whole numbers."""
        return [self.whole(value, f"{key}[{at}]") for at, value in enumerate(self.rows(key, size=size))]

    def table(self, key: str, *, rows: int, columns: int) -> list[list[int]]:
        """A table of whole numbers."""
        return [
            [
                self.whole(cell, f"{key}[{at}][{across}]")
                for across, cell in enumerate(self.listed(row, f"{key}[{at}]", size=columns))
            ]
            for at, row in enumerate(self.rows(key, size=rows))
        ]


def scale_of(values: Iterable[Decimal]) -> int:
    """The power of ten that makes every value whole."""
    places = max((-int(value.normalize().as_tuple().exponent) for value in values), default=0)
    return int(10 ** max(0, places))


def shown(value: int, scale: int) -> float:
    """A whole number of scaled units in the unit of the file: whole where it is."""
    return value // scale if value % scale == 0 else value / scale
