"""What a kind of production changes: its words, its usual phases, and what Filage does not cover for it, by name."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import yaml

from filage.facts.base import choices, label_of
from filage.facts.calendar import Event
from filage.kernel.finding import NotChecked

if TYPE_CHECKING:
    from collections.abc import Mapping


class Kind(NamedTuple):
    """One kind of production: words by event type (and `director`), phases in order, matters not covered."""

    form: str
    words: Mapping[str, str]
    phases: tuple[str, ...]
    not_covered: tuple[str, ...]

    def event_word(self, event_type: str) -> str:
        """How this trade calls an event of that type."""
        return self.words.get(event_type) or choices(Event, "type").get(event_type, event_type)

    def unchecked(self) -> list[NotChecked]:
        """What a review of this kind does not look at: silence never means compliant."""
        needs = "à vérifier hors de Filage : cette version ne le contrôle pas"
        return [NotChecked(matter, needs) for matter in self.not_covered]


@cache
def kind_of(form: str) -> Kind:
    """Read a kind of production by its form (`theatre`, `short_film`…)."""
    text = files("filage.data").joinpath(f"kinds/{form}.yaml").read_text("utf-8")
    data = yaml.safe_load(text)
    return Kind(form, MappingProxyType(data["words"]), tuple(data["phases"]), tuple(data["not_covered"]))


def event_word(event: Event, form: str) -> str:
    """How an event is called in this kind of production."""
    return kind_of(form).words.get(event.type) or label_of(event, "type")
