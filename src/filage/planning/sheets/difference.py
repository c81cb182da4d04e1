"""One change between two versions of a sheet."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """One change, in words (`text`, without a full stop).

    `change` is moved, changed, added or removed; `about` is the id of the row, in the section `section`. When moved or
    changed: what (`subject`), `before` and `after`. `people` are those it concerns (everybody when empty); `own` tells
    that it speaks of the reader.
    """

    change: str
    about: str
    section: str
    text: str
    subject: str = ""
    before: str = ""
    after: str = ""
    people: tuple[str, ...] = ()
    own: bool = False
