"""The lines of an iCalendar file (RFC 5545): unfolded, cut into properties, gathered into components."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from filage.kernel.errors import BadInput, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_BYTES = 5_000_000
_ESCAPES = {"n": "\n", "N": "\n", ",": ",", ";": ";", "\\": "\\"}


@dataclass(frozen=True, slots=True)
class Property:
    """One property: its value as written, its parameters in capitals, and the line it is on."""

    value: str
    params: Mapping[str, str]
    line: int

    @property
    def text(self) -> str:
        """The value read as text: escapes undone, spaces trimmed."""
        parts: list[str] = []
        letters = iter(self.value)
        for letter in letters:
            if letter == "\\":
                following = next(letters, "")
                parts.append(_ESCAPES.get(following, following))
            else:
                parts.append(letter)
        return "".join(parts).replace("\x00", " ").strip()


@dataclass(slots=True)
class Component:
    """One component (VEVENT…): its properties by name, each name with all its values."""

    name: str
    line: int
    properties: dict[str, list[Property]] = field(default_factory=dict)

    def first(self, name: str) -> Property | None:
        """The first property of a name."""
        found = self.properties.get(name)
        return found[0] if found else None

    def text(self, name: str) -> str:
        """The text of the first property of a name; empty without one."""
        found = self.first(name)
        return found.text if found else ""


def read_lines(content: bytes, file: str = "") -> tuple[Component, list[Component]]:
    """Return the calendar's own properties and its events, in the order of the file.

    BadInput when it is not an iCalendar file, or larger than 5 MB. A line nobody can read is left out.
    """
    if len(content) > MAX_BYTES:
        raise BadInput(
            Problem("ce calendrier dépasse 5 Mo", file=file, suggestion="exportez une période plus courte")
        )
    text = _decoded(content)
    if "BEGIN:VCALENDAR" not in text.upper():
        raise BadInput(
            Problem(
                "ce fichier n’est pas un calendrier", file=file, expected="un fichier .ics (BEGIN:VCALENDAR)"
            )
        )
    return _components(text)


def _decoded(content: bytes) -> str:
    """The text of a file: UTF-8 as the standard asks, else as older programs wrote it."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _components(text: str) -> tuple[Component, list[Component]]:
    calendar = Component("VCALENDAR", 1)
    events: list[Component] = []
    open_ones: list[Component] = []
    for line, raw in _unfolded(text):
        read = _property(raw, line)
        if read is None:
            continue
        name, found = read
        word = found.value.strip().upper()
        if name == "BEGIN":
            made = calendar if word == "VCALENDAR" else Component(word, line)
            open_ones.append(made)
            if word == "VEVENT":
                events.append(made)
        elif name == "END":
            while open_ones and open_ones.pop().name != word:
                pass
        elif open_ones:
            open_ones[-1].properties.setdefault(name, []).append(found)
    return calendar, events


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Each logical line with the number of its first: what begins with a space continues the line before."""
    current, start = "", 0
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if line[:1] in (" ", "\t") and start:
            current += line[1:]
            continue
        if current:
            yield start, current
        current, start = line, number
    if current:
        yield start, current


def _property(line: str, number: int) -> tuple[str, Property] | None:
    """The name, parameters and value of a line; a colon inside quotes belongs to a parameter."""
    head, value, quoted = [], None, False
    for place, letter in enumerate(line):
        if letter == '"':
            quoted = not quoted
        if letter == ":" and not quoted:
            value = line[place + 1 :]
            break
        head.append(letter)
    if value is None:
        return None
    name, *params = _split(";", "".join(head))
    told = dict(param.split("=", 1) for param in params if "=" in param)
    return name.strip().upper(), Property(
        value, {key.upper(): given.strip('"') for key, given in told.items()}, number
    )


def _split(mark: str, text: str) -> list[str]:
    """Cut at a mark, except inside quotes."""
    parts, quoted = [""], False
    for letter in text:
        if letter == '"':
            quoted = not quoted
        if letter == mark and not quoted:
            parts.append("")
        else:
            parts[-1] += letter
    return parts
