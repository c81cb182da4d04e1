"""Reading the figures of a JSON file: every problem is kept with its path and what to write instead."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from filage.facts.scalars import canonical_decimal, plain_decimal
from filage.kernel.errors import BadInput, Problem
from filage.kernel.money import ONE
from filage.kernel.text import closest

if TYPE_CHECKING:
    from decimal import Decimal


@dataclass(slots=True)
class Figures:
    """The values of a file, and everything found wrong in them so far."""

    values: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)

    def refuse_unknown(self, keys: tuple[str, ...]) -> None:
        """Note each key nobody reads, with the closest one that exists."""
        for key in self.values:
            if key not in keys:
                near = closest(str(key), keys)
                hint = f"vouliez-vous « {near} » ?" if near else f"clés : {', '.join(keys)}"
                self.problems.append(Problem("clé inconnue", path=str(key), suggestion=hint))

    def amount(self, key: str, *, required: bool = False, at: str = "", source: Any = None) -> Decimal | None:
        """Read a number that is not negative; None when it is absent or wrong."""
        values = self.values if source is None else source
        path, value = at or key, values.get(key)
        if value is None:
            if required or key in values:
                self.problems.append(Problem("manque", path=path, expected="un nombre"))
            return None
        found = plain_decimal(value)
        if found is None or found < 0:
            self.problems.append(
                Problem(f"« {value} » n’est pas un nombre positif", path=path, expected="par exemple 1250.50")
            )
            return None
        return found

    def fraction(
        self, key: str, *, required: bool = False, whole: bool = False, at: str = "", source: Any = None
    ) -> Decimal | None:
        """Read a fraction below one (or up to one: `whole`); a percentage is told how to be written."""
        found = self.amount(key, required=required, at=at, source=source)
        if found is None or found < ONE or (whole and found == ONE):
            return found
        right = canonical_decimal(found / 100)
        self.problems.append(
            Problem(
                f"{found} n’est pas une fraction",
                path=at or key,
                suggestion=f"pour {found} %, écrivez {right}",
            )
        )
        return None

    def count(self, key: str, *, least: int, what: str, required: bool = False) -> int | None:
        """Read a whole number of at least `least`; `what` names the thing counted."""
        found = self.amount(key, required=required)
        if found is None:
            return None
        if found < least or found != found.to_integral_value():
            self.problems.append(
                Problem(
                    f"{found} n’est pas un nombre de {what}",
                    path=key,
                    expected=f"un entier d’au moins {least}",
                )
            )
            return None
        return int(found)

    def choice(self, key: str, choices: tuple[str, ...], usual: str) -> str:
        """Read one of a few words; the usual one when absent."""
        value = self.values.get(key, usual)
        if value in choices:
            return str(value)
        self.problems.append(Problem(f"« {value} » n’est pas admis", path=key, expected=" ou ".join(choices)))
        return usual

    def check(self) -> None:
        """Raise BadInput with everything wrong, if anything is."""
        if self.problems:
            raise BadInput(self.problems)


def figures_of(values: Any, example: str) -> Figures:
    """Return the figures of a file; BadInput when it is not an object."""
    if not isinstance(values, dict):
        raise BadInput(Problem("un objet est attendu", expected=example))
    return Figures(values)
