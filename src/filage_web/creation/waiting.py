"""A file given in one page and used in the next: kept with the visitor's session, one at a time."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpRequest

KEY: Final = "waiting_file"
SAID: Final = "waiting_reading"
"""What was chosen for a spreadsheet that waits."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that waits for a decision."""

    name: str
    data: bytes


def keep(request: HttpRequest, name: str, data: bytes) -> None:
    """Keep a file until the next page; the one before is forgotten."""
    forget(request)
    path = default_storage.save(f"waiting/{uuid4().hex}", ContentFile(data))
    request.session[KEY] = {"name": name[:200], "path": path}


def waiting(request: HttpRequest) -> Waiting | None:
    """Give the file that waits; None when there is none any more."""
    held: dict[str, Any] | None = request.session.get(KEY)
    if not held or not default_storage.exists(held["path"]):
        return None
    with default_storage.open(held["path"]) as opened:
        return Waiting(held["name"], bytes(opened.read()))


def forget(request: HttpRequest) -> None:
    """Delete the file that waits, and what was chosen for it."""
    request.session.pop(SAID, None)
    held = request.session.pop(KEY, None)
    if held and default_storage.exists(held["path"]):
        default_storage.delete(held["path"])
