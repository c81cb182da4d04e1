"""YAML and JSON read as plain text values, strictly, with line numbers when asked.

One loop over the parser's events: text scalars only, duplicate keys, aliases and nulls refused, size limited.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import yaml

from filage.kernel.errors import BadInput, Problem

MAX_BYTES = 20_000_000
_PARSER: Any = getattr(getattr(yaml, "cyaml", None), "CParser", None)
"""libyaml's parser; without it the pure one says the same, ten times slower."""
Tree = dict[str, Any]
Path = tuple[str | int, ...]
Lines = dict[Path, int]


def read_tree(
    data: bytes, *, file: str, lines: Lines | None = None, soft: list[Problem] | None = None
) -> Tree:
    """Read a mapping from YAML or JSON (by its first character); BadInput says where reading stopped.

    With `soft`, what does not stop reading (empty values, keys given twice, aliases) is added there instead of raised.
    """
    problems: list[Problem] = []
    if len(data) > MAX_BYTES:
        raise BadInput(Problem(f"{len(data)} octets : {MAX_BYTES} au plus", file=file))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        hint = "enregistrez le fichier en UTF-8"
        raise BadInput(
            Problem("le texte n’est pas en UTF-8", file=file, line=line, suggestion=hint)
        ) from None
    if lines is None and text.lstrip().startswith("{"):
        tree = _read_json(text, file, problems)
    else:
        tree = _read_yaml(text, file, lines, problems)
    if problems and soft is None:
        raise BadInput(problems)
    if soft is not None:
        soft.extend(problems)
    if not isinstance(tree, dict):
        raise BadInput(
            Problem("le fichier ne contient pas de dossier", file=file, expected="des champs « nom: valeur »")
        )
    return tree


_FLAGS = {True: "true", False: "false"}
"""JSON's true and false read as the text YAML would give."""


def _read_json(text: str, file: str, problems: list[Problem]) -> Any:
    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        mapping = dict(items)
        values = mapping.values()
        if True in values or False in values:  # true for 1 and 0 too: looked at one by one
            mapping = {key: _FLAGS[value] if isinstance(value, bool) else value for key, value in items}
        if len(mapping) != len(items):
            keys = [key for key, _ in items]
            problems.extend(
                Problem(f"« {key} » est donné deux fois", file=file)
                for key in sorted({k for k in keys if keys.count(k) > 1})
            )
        if None in values:
            problems.extend(
                Problem(f"« {key} » est vide (null)", file=file, suggestion="retirez-le")
                for key, value in items
                if value is None
            )
        return mapping

    try:
        tree = json.loads(text, object_pairs_hook=pairs, parse_float=str, parse_int=str, parse_constant=str)
    except json.JSONDecodeError as error:
        advice = "vérifiez, à cette ligne ou juste avant, les virgules, les guillemets et les accolades"
        raise BadInput(Problem("JSON illisible", file=file, line=error.lineno, suggestion=advice)) from None
    except RecursionError:
        raise BadInput(Problem("JSON trop imbriqué", file=file)) from None
    return tree


def _read_yaml(text: str, file: str, lines: Lines | None, problems: list[Problem]) -> Any:
    reader = _YamlReader(file, lines, problems)
    try:
        return reader.document(_events(text))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        advice = "vérifiez, à cette ligne ou juste avant, les retraits, les deux-points, les guillemets et les crochets"
        unreadable = Problem("YAML illisible", file=file, line=line, suggestion=advice)
        raise BadInput([*problems, unreadable]) from None
    except RecursionError:
        raise BadInput(Problem("YAML trop imbriqué", file=file)) from None


def _events(text: str) -> Iterator[Any]:
    """Yield the parser's events, from libyaml when it is there."""
    if _PARSER is None:
        yield from yaml.parse(text)
        return
    parser = _PARSER(text)
    while parser.check_event():
        yield parser.get_event()


class _YamlReader:
    """Turns parser events into dicts, lists and text."""

    def __init__(self, file: str, lines: Lines | None, problems: list[Problem]) -> None:
        self.file, self.lines, self.problems = file, lines, problems

    def document(self, events: Iterator[Any]) -> Any:
        """Read the one document of the stream."""
        tree: Any = None
        for event in events:
            name = type(event)
            if name in (
                yaml.StreamStartEvent,
                yaml.DocumentStartEvent,
                yaml.DocumentEndEvent,
                yaml.StreamEndEvent,
            ):
                continue
            if tree is not None:
                self.wrong(event, "un seul document par fichier", ())
                break
            tree = self.node(event, events, ())
        return tree

    def node(self, event: Any, events: Iterator[Any], path: Path) -> Any:
        """Read one scalar, list or mapping."""
        if self.lines is not None:
            self.lines[path] = _line(event)
        name = type(event)
        if name is yaml.ScalarEvent:
            return self.scalar(event, path)
        if name is yaml.SequenceStartEvent:
            return self.sequence(events, path)
        if name is yaml.MappingStartEvent:
            return self.mapping(events, path)
        self.wrong(event, "les renvois YAML (& et *) ne sont pas admis : écrivez la valeur", path)
        return ""

    def scalar(self, event: Any, path: Path) -> str:
        """Read text as it is; what YAML would call null is refused."""
        value: str = event.value
        if not event.style and value in ("", "~", "null", "Null", "NULL"):
            self.wrong(event, "valeur vide ; retirez le champ s’il est sans objet", path)
        return value

    def sequence(self, events: Iterator[Any], path: Path) -> list[Any]:
        """Read a list."""
        items: list[Any] = []
        for event in events:
            if type(event) is yaml.SequenceEndEvent:
                break
            items.append(self.node(event, events, (*path, len(items))))
        return items

    def mapping(self, events: Iterator[Any], path: Path) -> dict[str, Any]:
        """Read a mapping; a key given twice is refused."""
        items: dict[str, Any] = {}
        for event in events:
            if type(event) is yaml.MappingEndEvent:
                break
            if type(event) is not yaml.ScalarEvent:
                self.wrong(event, "un nom de champ doit être un texte", path)
                self.node(event, events, path)
                self.node(next(events), events, path)
                continue
            key, line = event.value, _line(event)
            if key in items:
                self.wrong(event, f"« {key} » est donné deux fois", (*path, key))
            value = self.node(next(events), events, (*path, key))
            items[key] = value
            if self.lines is not None:
                self.lines[(*path, key)] = line
        return items

    def wrong(self, event: Any, message: str, path: Path) -> None:
        """Record a problem at the line of an event."""
        line = _line(event)
        self.problems.append(Problem(message, file=self.file, line=line, path=path_text(path)))


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def path_text(path: Path) -> str:
    """Write a path as `people[2].city`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text
