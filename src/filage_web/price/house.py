"""The same house for every offer: what the visitor tries, as typed, and what is wrong in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.http import urlencode

from filage.facts.deal import Deal
from filage_web.forms import french_input

FIELDS = {"jauge": "capacity", "remplissage": "fill", "billet": "average_price"}
READERS = {"jauge": french_input.count, "remplissage": french_input.rate, "billet": french_input.amount}


@dataclass(frozen=True, slots=True)
class House:
    """Capacity, fill and mean price tried for every offer; what is left empty is each offer's own."""

    typed: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def over(self, deal: Deal) -> Deal:
        """Return the offer in this house."""
        return deal.model_copy(update=self.values)

    @property
    def query(self) -> dict[str, str]:
        """What an address says to stay in this house."""
        return {key: text for key, text in self.typed.items() if text}

    def address(self, path: str, scenario: str) -> str:
        """Return an address in this house and this scenario."""
        asked = self.query | ({"scenario": scenario} if scenario else {})
        return f"{path}?{urlencode(asked)}" if asked else path


def house_of(asked: Mapping[str, Any]) -> House:
    """Read the house of an address."""
    house = House()
    for key, name in FIELDS.items():
        text = str(asked.get(key, "")).strip()
        house.typed[key] = text
        if not text:
            continue
        try:
            read = READERS[key](text)
        except ValueError as error:
            house.errors[key] = str(error)
            continue
        value: Any = int(read) if key == "jauge" else Decimal(read)
        house.values[name] = value
    return house
