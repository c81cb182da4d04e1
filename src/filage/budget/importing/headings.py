"""Which rows without a line of their own open a chapter, and which amounts only repeat the sum of what follows."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from filage.budget.importing.words import is_total, phase_told, side_told
from filage.kernel.money import ZERO

if TYPE_CHECKING:
    from filage.budget.importing.blocks import Raw

_ENOUGH = 2
_AHEAD = 400
_CENT = Decimal("0.01")
_APART = re.compile(r"[^0-9a-z]+")


class Headings:
    """The headings of the rows of one side, told from the way the others are written."""

    def __init__(self, raws: list[Raw]) -> None:
        self._raws = raws
        bare = [raw for raw in raws if raw.label and not raw.has_money]
        self._coded = sum(bool(raw.code) and self._leads(rank) for rank, raw in enumerate(raws)) >= _ENOUGH
        self._upper = sum(raw.label.isupper() for raw in bare) >= _ENOUGH
        self._rank = {raw.row: rank for rank, raw in enumerate(raws)}
        self._codes = [_APART.sub("", raw.code.casefold()) for raw in raws]

    def _leads(self, index: int) -> bool:
        """Whether a row has no line of its own, or stands above rows without a code."""
        raw, below = self._raws[index], self._raws[index + 1 : index + 2]
        alone = not raw.quantities and raw.price is None
        return not raw.has_money or (alone and bool(below) and not below[0].code)

    def opens(self, raw: Raw) -> bool:
        """Whether a row of words alone is a heading: written as the other headings are."""
        label = raw.label or raw.word("post") or raw.code
        if raw.dashed:
            return False
        if side_told(label) or phase_told(label) or raw.label.isupper():
            return True
        if self._coded:
            return bool(raw.code) and not self._is_leaf(raw)
        return not self._upper

    def _is_leaf(self, raw: Raw) -> bool:
        """Whether the row stands under a shorter code just above: « 60.1 » under « 60 »."""
        index = self._rank[raw.row]
        code = self._codes[index]
        if index + 1 < len(self._raws) and _below(self._codes[index + 1], code):
            return False
        above = next(
            (c for c in reversed(self._codes[max(0, index - 60) : index]) if c and not _below(c, code)), ""
        )
        before = self._codes[max(0, index - 60) : index]
        return any(_below(code, one) for one in before if one) or (bool(above) and _below(code, above))

    def parent(self, index: int) -> tuple[Decimal, int] | None:
        """What the rows below add up to, and how many they are, when a row only repeats their sum."""
        raw = self._raws[index]
        if raw.stated is None or raw.unread or index + 1 == len(self._raws):
            return None
        return self._by_code(index) or self._by_sum(index, raw)

    def _by_code(self, index: int) -> tuple[Decimal, int] | None:
        code = self._codes[index]
        if not code or not _below(self._codes[index + 1], code):
            return None
        found, count = ZERO, 0
        for rank in range(index + 1, min(len(self._raws), index + _AHEAD)):
            own = self._codes[rank]
            if not _below(own, code):
                break
            after = self._codes[rank + 1] if rank + 1 < len(self._raws) else ""
            amount = self._raws[rank].stated
            if amount and not _below(after, own):
                found, count = found + amount, count + 1
        return (found, count) if count else None

    def _by_sum(self, index: int, raw: Raw) -> tuple[Decimal, int] | None:
        below = self._raws[index + 1]
        stands_out = raw.label.isupper() and not below.label.isupper()
        named = bool(raw.code) and not below.code
        bare = not raw.quantities and raw.price is None
        detailed = bool(below.quantities) or below.price is not None
        if not raw.stated or not bare or not (stands_out or detailed or named):
            return None
        found, count = ZERO, 0
        for rank in range(index + 1, min(len(self._raws), index + _AHEAD)):
            one = self._raws[rank]
            amount = _worth(one)
            if is_total(one.label) or (named and one.code):
                return None
            if amount is None:
                if one.unread or not named:
                    return None
                continue
            found += amount
            count += 1
            if (named or count > 1) and abs(found - raw.stated) <= _CENT:
                return found, count
            if found > raw.stated > 0:
                return None
        return None


def _worth(raw: Raw) -> Decimal | None:
    """What a row comes to, as simply as it can be told."""
    if raw.stated is not None:
        return raw.stated
    if raw.price is None or not raw.quantities:
        return None
    product = raw.price
    for quantity in raw.quantities:
        product *= quantity
    return product


def _below(code: str, above: str) -> bool:
    return len(code) > len(above) > 0 and code.startswith(above)
