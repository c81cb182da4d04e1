"""What a row comes to: quantity × price, an amount, or both when they agree; told when they do not."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from filage.budget.importing.grid import Flaw
from filage.budget.importing.words import nature_told, phase_in_total, side_in_words
from filage.kernel import french
from filage.kernel.money import ONE, ZERO, round_half_up

if TYPE_CHECKING:
    from filage.budget.importing.blocks import Raw
    from filage.budget.importing.shape import Choices, Line

_ACCOUNT = re.compile(r"[678]\d{1,5}(?:\.\d+)?")
_TOLERANCE = Decimal("0.011")
_PLAIN = Decimal("0.0001")


class _Worth(NamedTuple):
    """A quantity as it is written, a price and what they come to in euros."""

    quantity: str
    unit_price: Decimal
    amount: Decimal
    counted: bool = True

    def on(self, line: Line) -> Line:
        """The line with them."""
        unit = line.unit if self.counted else ""
        amount = round_half_up(self.amount)
        return replace(line, quantity=self.quantity, unit_price=self.unit_price, amount=amount, unit=unit)


def is_account(code: str) -> bool:
    """Whether a code is written as an account of charges, of products or of free contributions."""
    return bool(_ACCOUNT.fullmatch(code))


def lines_in(raw: Raw, line: Line, choices: Choices, *, side_known: bool, accounts: bool) -> list[Line]:
    """The lines of a row: one, or one per side or phase that has its own column; none when nothing can be read."""
    line = _sided(raw, line, known=side_known, accounts=accounts)
    apart = {role: raw.amounts[role] for role in _apart(raw) if raw.amounts[role]}
    if apart:
        return [_placed(_worth(amount).on(line), role) for role, amount in apart.items()]
    if _apart(raw):  # zeros in every column
        return [_placed(line, next(iter(_apart(raw))))]
    stated, doubts = _before_tax(raw)
    found = _quantity_and_price(raw, stated, choices)
    if found is None:
        return []
    return [replace(found[0].on(line), doubts=(*line.doubts, *doubts, *found[1]))]


def _apart(raw: Raw) -> list[str]:
    return [role for role in raw.amounts if role in ("expense", "income", "production", "exploitation")]


def _placed(line: Line, role: str) -> Line:
    return replace(line, side=role) if role in ("expense", "income") else replace(line, phase=role)


def _sided(raw: Raw, line: Line, *, known: bool, accounts: bool) -> Line:
    """Put a line on its side: its column, its account, the heading, else words that only name money received."""
    if phase := phase_in_total(raw.word("phase")):
        line = replace(line, phase=phase)
    if side := side_in_words(raw.word("side")):
        line, known = replace(line, side=side), True
    code = raw.word("account") or raw.code
    if accounts and is_account(code):
        line = replace(
            line, valued=line.valued or code.startswith(("86", "87")), account=code.partition(".")[0]
        )
        side = "income" if code.startswith(("7", "87")) else "expense"
        return line if known else replace(line, side=side)
    if not known and nature_told(line.label) and line.side == "expense" and not raw.quantities:
        return replace(line, side="income", doubts=("compris comme un produit, d’après son libellé",))
    return line


def _before_tax(raw: Raw) -> tuple[Decimal | None, tuple[str, ...]]:
    """The amount before tax: as written, else taken out of the one with tax."""
    if "amount" in raw.amounts or "amount_with_vat" not in raw.amounts:
        return raw.amounts.get("amount"), ()
    whole = raw.amounts["amount_with_vat"]
    if raw.vat_rate is None:
        return whole, ("montant TTC repris tel quel : aucun taux de TVA",)
    net = round_half_up(whole / (1 + raw.vat_rate))
    return net, (f"hors taxes calculé : {french.euro(whole)} TTC à {french.percent(raw.vat_rate)}",)


def _quantity_and_price(
    raw: Raw, stated: Decimal | None, choices: Choices
) -> tuple[_Worth, tuple[str, ...]] | None:
    unread = raw.unread.keys() & {"quantity", "unit_price"}
    product = _product(raw) if not unread else None
    if stated is None:
        missing = raw.unread.get("amount")
        if product is None or (missing is not None and not isinstance(missing.value, Flaw)):
            return None
        doubts = () if "amount" not in raw.unread else ("montant sans valeur : recalculé, quantité × prix",)
        return _detailed(raw, product), doubts
    if product is None:
        doubts = ("quantité ou prix illisible : le montant seul est repris",) if unread else ()
        return (_worth(stated) if unread else _divided(raw, stated)), doubts
    if abs(product - stated) <= _TOLERANCE:
        return _detailed(raw, product), ()
    told = f"montant écrit {french.euro(stated)}, quantité × prix donne {french.euro(product)}"
    if choices.keep == "product":
        return _detailed(raw, product), (f"{told} : le produit est repris",)
    return _worth(stated), (f"{told} : le montant est repris",)


def _product(raw: Raw) -> Decimal | None:
    """Quantity × price; a price alone counts once."""
    if raw.price is None:
        return None
    found = raw.price
    for quantity in raw.quantities:
        found *= quantity
    return found if raw.quantities or "amount" not in raw.amounts else None


def _detailed(raw: Raw, product: Decimal) -> _Worth:
    quantity = " * ".join(_written(one) for one in raw.quantities) or "1"
    return _Worth(quantity, raw.price or ZERO, product)


def _worth(amount: Decimal) -> _Worth:
    return _Worth("1", amount, amount, counted=False)


def _divided(raw: Raw, stated: Decimal) -> _Worth:
    """A quantity or a price alone: the other one follows when it is a plain number."""
    count = ONE
    for one in raw.quantities:
        count *= one
    if raw.price and not raw.quantities and (times := _plain(stated / raw.price)):
        return _Worth(_written(times), raw.price, stated)
    price = _plain(stated / count) if raw.quantities and count else None
    if price is None or round_half_up(price * count) != round_half_up(stated):
        return _worth(stated)
    return _Worth(" * ".join(_written(one) for one in raw.quantities), price, stated)


def _plain(value: Decimal) -> Decimal | None:
    short = value.quantize(_PLAIN)
    return short.normalize() if short == value else None


def _written(value: Decimal) -> str:
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"({text})" if text.startswith("-") else text
