"""Reads one parameter file, strictly: everything wrong is told at once, by its place in the file."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import yaml

from filage.kernel.errors import BadInput, Problem
from filage.kernel.step import CERTAINTIES, Source
from filage.kernel.text import closest
from filage.law.parameter import REVISIONS, UNITS, Parameter, Value

_REQUIRED = ("label", "unit", "revised", "checked_on", "values")
_KEYS = (*_REQUIRED, "part", "base", "applies_to", "note")
_VALUE_REQUIRED = ("from", "value", "source", "confidence")
_VALUE_KEYS = (*_VALUE_REQUIRED, "to", "url", "warning", "own_formula")
_DECIMAL = re.compile(r"-?\d+(\.\d+)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NEVER_READ = date.min


class _Loader(yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader):  # type: ignore[misc]
    """Text scalars only; a key written twice is an error."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[str, Any]:  # noqa: FBT001, FBT002
        """Return the mapping, refusing a repeated key."""
        keys = [key.value for key, _ in node.value]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise yaml.constructor.ConstructorError(
                None, None, f"clé répétée : {', '.join(twice)}", node.start_mark
            )
        mapping: dict[str, Any] = super().construct_mapping(node, deep=deep)
        return mapping


def read_parameter(parameter: str, text: bytes | str, file: str = "") -> Parameter:
    """Return the parameter written in `text`; BadInput lists every problem (DESIGN §6: strict reader)."""
    reading = _Reading(file)
    try:
        loaded = yaml.load(text, Loader=_Loader)  # noqa: S506 - a loader of plain text, no object is built
    except yaml.YAMLError as error:
        raise BadInput(Problem(f"YAML illisible ({error})", file=file)) from error
    read = reading.parameter(parameter, loaded)
    if reading.problems or read is None:
        raise BadInput(reading.problems)
    return read


class _Reading:
    """One reading of one file, gathering its problems."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def parameter(self, parameter: str, loaded: object) -> Parameter | None:
        if not isinstance(loaded, dict):
            self.wrong(
                "le fichier doit décrire un paramètre",
                "",
                expected="label, unit, revised, checked_on, values",
            )
            return None
        self.keys(loaded, _KEYS, _REQUIRED, "")
        checked_on = self.day(loaded, "checked_on", "")
        unit = self.one_of(loaded, "unit", UNITS, "")
        values = self.values(parameter, loaded.get("values"), unit, checked_on)
        revised = self.one_of(loaded, "revised", REVISIONS, "")
        if self.problems:
            return None
        return Parameter(
            id=parameter,
            label=self.text(loaded, "label", ""),
            unit=unit,
            revised=revised,
            checked_on=checked_on,
            values=values,
            part=self.text(loaded, "part", ""),
            base=self.text(loaded, "base", ""),
            applies_to=self.names(loaded.get("applies_to", []), "applies_to"),
            note=self.text(loaded, "note", ""),
        )

    def values(self, parameter: str, loaded: object, unit: str, checked_on: date) -> tuple[Value, ...]:
        if not isinstance(loaded, list) or not loaded:
            self.wrong("aucune valeur", "values", expected="une liste d’au moins une valeur datée")
            return ()
        read = [
            self.value(parameter, item, unit, checked_on, f"values[{i}]") for i, item in enumerate(loaded)
        ]
        values = [value for value in read if value]
        return self.in_order(values) if len(values) == len(read) else ()

    def value(self, parameter: str, loaded: object, unit: str, checked_on: date, path: str) -> Value | None:
        if not isinstance(loaded, dict):
            self.wrong("une valeur est un ensemble de champs", path, expected=", ".join(_VALUE_REQUIRED))
            return None
        before = len(self.problems)
        self.keys(loaded, _VALUE_KEYS, _VALUE_REQUIRED, path)
        starts_on = self.day(loaded, "from", path)
        ends_on = self.day(loaded, "to", path) if "to" in loaded else None
        number = self.number(loaded, unit, path)
        confidence = self.one_of(loaded, "confidence", CERTAINTIES, path)
        title, warning = self.text(loaded, "source", path), self.text(loaded, "warning", path)
        if confidence == "uncertain" and not warning:
            self.wrong("une valeur à vérifier dit pourquoi", f"{path}.warning")
        if ends_on and ends_on < starts_on:
            self.wrong("la fin précède le début", f"{path}.to", expected=f"un jour après le {starts_on}")
        if len(self.problems) > before:
            return None
        url = self.text(loaded, "url", path)
        source = Source(f"{parameter}@{starts_on}", title, url, checked_on, confidence, warning)
        return Value(starts_on, ends_on, number, source, warning, self.text(loaded, "own_formula", path))

    def in_order(self, values: list[Value]) -> tuple[Value, ...]:
        """Return the values, each open one ending on the eve of the next; an overlap is a problem."""
        closed = list(values)
        for i, (value, following) in enumerate(pairwise(values)):
            eve = following.starts_on - timedelta(days=1)
            if following.starts_on <= value.starts_on:
                self.wrong("les valeurs ne sont pas dans l’ordre des dates", f"values[{i + 1}].from")
            elif value.ends_on and value.ends_on > eve:
                self.wrong("deux valeurs se chevauchent", f"values[{i}].to", expected=f"au plus tard {eve}")
            elif not value.ends_on:
                closed[i] = Value(
                    value.starts_on, eve, value.value, value.source, value.warning, value.own_formula
                )
        return tuple(closed)

    def keys(
        self, loaded: dict[str, object], known: tuple[str, ...], required: tuple[str, ...], path: str
    ) -> None:
        for key in loaded:
            if key not in known:
                near = closest(key, known)
                advice = f"vouliez-vous dire « {near} » ?" if near else f"champs admis : {', '.join(known)}"
                self.wrong(f"champ inconnu « {key} »", path, suggestion=advice)
        for key in required:
            if loaded.get(key, "") == "":
                self.wrong(f"champ « {key} » absent", path)

    def day(self, loaded: dict[str, Any], key: str, path: str) -> date:
        written = loaded.get(key, "")
        try:
            if isinstance(written, str) and _DAY.fullmatch(written):
                return date.fromisoformat(written)
        except ValueError:
            pass
        if written:
            self.wrong(f"« {written} » n’est pas un jour", _join(path, key), expected="AAAA-MM-JJ")
        return _NEVER_READ

    def number(self, loaded: dict[str, Any], unit: str, path: str) -> Decimal | None:
        written = loaded.get("value", "")
        if written in ("null", ""):
            return None
        if not isinstance(written, str) or not _DECIMAL.fullmatch(written):
            self.wrong(
                f"« {written} » n’est pas un nombre décimal", f"{path}.value", expected="0.13, ou null"
            )
            return None
        number = Decimal(written)
        if unit == "rate" and not 0 <= number <= 1:
            self.wrong("un taux s’écrit en fraction", f"{path}.value", expected="0.13 pour 13 %")
        if unit == "flag" and number not in (0, 1):
            self.wrong("un oui ou non s’écrit 1 ou 0", f"{path}.value")
        return number

    def one_of(self, loaded: dict[str, Any], key: str, known: tuple[str, ...], path: str) -> str:
        written = self.text(loaded, key, path)
        if written and written not in known:
            self.wrong(f"« {written} » inconnu", _join(path, key), expected=", ".join(known))
        return written

    def text(self, loaded: dict[str, Any], key: str, path: str) -> str:
        written = loaded.get(key, "")
        if isinstance(written, str):
            return written
        self.wrong("un texte est attendu", _join(path, key))
        return ""

    def names(self, loaded: object, path: str) -> tuple[str, ...]:
        if isinstance(loaded, list) and all(isinstance(name, str) for name in loaded):
            return tuple(loaded)
        self.wrong("une liste de noms est attendue", path)
        return ()

    def wrong(self, message: str, path: str, *, expected: str = "", suggestion: str = "") -> None:
        self.problems.append(
            Problem(message, path=path, file=self.file, expected=expected, suggestion=suggestion)
        )


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
