"""A change of facts is a value: saving, preview, history, undo, import, scenarios and the API share it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

ABOUT = r"^[a-z][a-z_]*/[a-z0-9][a-z0-9-]{0,63}$"


class Change(BaseModel):
    """Add, set or remove one fact.

    `about` is `kind/id`. `values` are file values (text, flags, lists, mappings) of the fields given; a field left out
    is left as it is, a field named in `clear` becomes absent.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    op: Annotated[Literal["add", "set", "remove"], Field(title="Opération")]
    about: Annotated[str, Field(pattern=ABOUT, title="Fait concerné")]
    values: Annotated[Mapping[str, Any], Field(title="Valeurs")] = {}
    clear: Annotated[tuple[str, ...], Field(title="Champs vidés")] = ()

    @property
    def kind(self) -> str:
        """The kind of the fact changed."""
        return self.about.partition("/")[0]

    @property
    def id(self) -> str:
        """The id of the fact changed, within its kind."""
        return self.about.partition("/")[2]


def add(about: str, **values: Any) -> Change:
    """A change that adds the fact `about` with these values."""
    return Change(op="add", about=about, values=values)


def set_(about: str, clear: tuple[str, ...] = (), **values: Any) -> Change:
    """A change that sets these fields of the fact `about` and empties those in `clear`."""
    return Change(op="set", about=about, values=values, clear=clear)


def remove(about: str) -> Change:
    """A change that removes the fact `about`."""
    return Change(op="remove", about=about)
