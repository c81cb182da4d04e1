"""The law: every parameter by its id, read when asked; a structure's own values over it."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

from filage.kernel.errors import BadInput, Problem, UnknownParameter
from filage.kernel.money import exact
from filage.kernel.step import Source
from filage.kernel.text import closest
from filage.law.parameter import Parameter, Value
from filage.law.reading import read_parameter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from importlib.resources.abc import Traversable

OWN_PREFIX = "Structure : "
"""How the title of a source begins when the structure gave the value."""


@dataclass(frozen=True, slots=True)
class OwnValue:
    """A value a structure sets over the law data's, from a day to another (included), with its source."""

    parameter: str
    value: Decimal
    starts_on: date
    ends_on: date | None
    source_title: str
    source_url: str = ""
    checked_on: date | None = None


class Law:
    """Legal values by id (`law["paie.pmss"]`); reads a file only when its parameter is asked."""

    def __init__(self, sources: Mapping[str, Traversable]) -> None:
        self._sources = sources
        self._read: dict[str, Parameter] = {}
        self._digest = ""

    def __getitem__(self, parameter: str) -> Parameter:
        """Return the parameter; UnknownParameter names the closest id, BadInput a wrong file."""
        found = self._read.get(parameter)
        if found is None:
            found = self._read[parameter] = self._load(parameter)
        return found

    def __contains__(self, parameter: object) -> bool:
        """Tell whether the law data has that parameter."""
        return parameter in self._sources

    def __iter__(self) -> Iterator[str]:
        """Go through the ids, in alphabetical order."""
        return iter(self._sources)

    def parameters(self) -> tuple[Parameter, ...]:
        """Return every parameter in the order of ids; BadInput lists what is wrong in all files."""
        problems = self.problems()
        if problems:
            raise BadInput(problems)
        return tuple(self[parameter] for parameter in self)

    def problems(self) -> tuple[Problem, ...]:
        """Return everything wrong in the data files."""
        found: list[Problem] = []
        for parameter in self:
            try:
                self[parameter]
            except BadInput as error:
                found.extend(error.problems)
        return tuple(found)

    @property
    def digest(self) -> str:
        """Return the sha256 of the data (and of what a structure set over it): same digest, same law."""
        if not self._digest:
            self._digest = self._hash()
        return self._digest

    @property
    def checked_on_oldest(self) -> date:
        """Return the day of the oldest check among all parameters."""
        return min(parameter.checked_on for parameter in self.parameters())

    def replacing(self, own: Iterable[OwnValue], expectations: Mapping[str, Decimal] | None = None) -> Law:
        """Return the law as this structure applies it.

        `own` values hold over their periods (one without end, from its start on); `expectations` are the
        changes expected of a parameter, as fractions (0.02 for +2 %), applied once to its assumed values.
        BadInput lists unknown parameters, values of the wrong scale and overlapping periods.
        """
        own = tuple(own)
        expectations = dict(expectations or {})
        if not own and not expectations:
            return self
        return _StructureLaw(self, own, expectations)

    def _load(self, parameter: str) -> Parameter:
        source = self._sources.get(parameter)
        if source is None:
            raise UnknownParameter(_unknown(parameter, self))
        return read_parameter(parameter, source.read_bytes(), f"{parameter.replace('.', '/')}.yaml")

    def _hash(self) -> str:
        content = hashlib.sha256()
        for parameter, source in self._sources.items():
            content.update(parameter.encode() + b"\0" + source.read_bytes() + b"\0")
        return content.hexdigest()


class _StructureLaw(Law):
    """The law with a structure's own values and expectations over it."""

    def __init__(self, base: Law, own: tuple[OwnValue, ...], expectations: Mapping[str, Decimal]) -> None:
        super().__init__(base._sources)  # noqa: SLF001 - the same class
        self._base = base
        self._own = {parameter: _in_order(own, parameter) for parameter in {value.parameter for value in own}}
        self._expectations = expectations
        problems = [*self._unknown_parameters(), *self._wrong_values(), *self._overlaps()]
        if problems:
            raise BadInput(problems)

    def _load(self, parameter: str) -> Parameter:
        own, expectation = self._own.get(parameter, ()), self._expectations.get(parameter)
        if not own and expectation is None:
            return self._base[parameter]
        return self._base[parameter].overridden([_value(value) for value in own], expectation)

    def _hash(self) -> str:
        own = sorted((parameter, repr(values)) for parameter, values in self._own.items())
        said = repr((self._base.digest, own, sorted(self._expectations.items())))
        return hashlib.sha256(said.encode()).hexdigest()

    def _unknown_parameters(self) -> Iterator[Problem]:
        for parameter in sorted({*self._own, *self._expectations}):
            if parameter not in self:
                yield Problem(_unknown(parameter, self), path=parameter)

    def _wrong_values(self) -> Iterator[Problem]:
        for parameter, values in sorted(self._own.items()):
            if parameter in self and self._base[parameter].unit == "rate":
                for value in values:
                    if not 0 <= exact(value.value) <= 1:
                        yield Problem(
                            "un taux s’écrit en fraction", path=parameter, expected="0.0112 pour 1,12 %"
                        )

    def _overlaps(self) -> Iterator[Problem]:
        for parameter, values in sorted(self._own.items()):
            for value in values:
                if value.ends_on and value.ends_on < value.starts_on:
                    yield Problem(f"la valeur du {value.starts_on} finit avant de commencer", path=parameter)
            for value, following in pairwise(values):
                if value.ends_on is None or value.ends_on >= following.starts_on:
                    yield Problem(
                        f"deux valeurs se chevauchent le {following.starts_on}",
                        path=parameter,
                        suggestion="donnez une fin à la première",
                    )


def law_of(folder: Traversable) -> Law:
    """Return the law written in a folder: one YAML file a parameter, whose id is its path with dots."""
    return Law(dict(sorted(_walk(folder, ""))))


@functools.cache
def load_law() -> Law:
    """Return the packaged law data; nothing is parsed until asked."""
    return law_of(files("filage") / "data" / "law")


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}.")
        elif entry.name.endswith(".yaml"):
            yield prefix + entry.name.removesuffix(".yaml"), entry


def _unknown(parameter: str, law: Law) -> str:
    near = closest(parameter, law)
    advice = f"vouliez-vous dire « {near} » ?" if near else "« filage law list » donne les paramètres connus"
    return f"paramètre inconnu « {parameter} » ; {advice}"


def _in_order(own: tuple[OwnValue, ...], parameter: str) -> tuple[OwnValue, ...]:
    """Return the own values of a parameter by date, an open one ending the day before the next."""
    values = sorted(
        (value for value in own if value.parameter == parameter), key=lambda value: value.starts_on
    )
    for i, following in enumerate(values[1:]):
        if values[i].ends_on is None and values[i].starts_on < following.starts_on:
            values[i] = replace(values[i], ends_on=following.starts_on - timedelta(days=1))
    return tuple(values)


def _value(own: OwnValue) -> Value:
    source = Source(
        id=f"{own.parameter}@{own.starts_on}",
        title=OWN_PREFIX + own.source_title,
        url=own.source_url,
        checked_on=own.checked_on,
        confidence="confirmed",
    )
    return Value(own.starts_on, own.ends_on, exact(own.value), source)
