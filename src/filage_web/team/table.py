"""The table of engagements as its reader wants it: grouped, kept, in order."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse

from filage.kernel.text import fold
from filage_web.team.queries import BY_DEPARTMENT, BY_PHASE, CONTRACTS, DEPARTMENTS, Group, Line

SHOWN: Final = {
    "": "tous les constats",
    "a-voir": "à voir",
    "minimum": "minimum à revoir",
    "a-engager": "postes à pourvoir",
}
GROUPED: Final = {BY_PHASE: "phase", BY_DEPARTMENT: "équipe"}
_HERE: Final = "-here-"
_NOWHERE: Final = Decimal("Infinity")
ORDERS: Final[Mapping[str, tuple[str, Callable[[Line], Any]]]] = {
    "personne": ("Personne", lambda line: (line.person == "", fold(line.person))),
    "emploi": ("Emploi", lambda line: fold(line.job)),
    "brut": ("Brut", lambda line: line.gross),
    "net": ("Net", lambda line: line.net),
    "cout": ("Coût employeur", lambda line: line.cost),
    "minimum": ("Marge sur le minimum", lambda line: _NOWHERE if line.margin is None else line.margin),
    "contrat": ("Contrat", lambda line: list(CONTRACTS).index(line.contract_key or "draft")),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What the address of the table asks for."""

    by: str = BY_PHASE
    words: str = ""
    department: str = ""
    contract: str = ""
    shown: str = ""
    order: str = ""
    """A key of ORDERS, after « - » when the largest comes first; empty for the order of the file."""

    @property
    def narrows(self) -> bool:
        """Whether some lines may be left out."""
        return any((self.words, self.department, self.contract, self.shown))

    @property
    def order_key(self) -> str:
        """What the lines are ordered by."""
        return self.order.removeprefix("-")

    @property
    def descending(self) -> bool:
        """Whether the largest comes first."""
        return self.order.startswith("-")

    @property
    def order_title(self) -> str:
        """What the lines are ordered by, in words."""
        return ORDERS[self.order_key][0] if self.order else ""

    def address(self, **other: str) -> str:
        """The same wish but for some of it, as the query of an address."""
        said = {"par": self.by, "q": self.words, "equipe": self.department, "contrat": self.contract,
                "voir": self.shown, "tri": self.order} | other  # fmt: skip
        return "?" + urlencode({key: value for key, value in said.items() if value and value != BY_PHASE})

    @property
    def by_phase(self) -> str:
        """The same lines grouped by phase."""
        return self.address(par="")

    @property
    def by_department(self) -> str:
        """The same lines grouped by department."""
        return self.address(par=BY_DEPARTMENT)


def wish_of(asked: Mapping[str, str]) -> Wish:
    """Read the address of the table; what it does not know is left out."""

    def one(name: str, known: Iterable[str]) -> str:
        return value if (value := asked.get(name, "")) in known else ""

    order = asked.get("tri", "")
    return Wish(
        by=one("par", GROUPED) or BY_PHASE,
        words=asked.get("q", "").strip()[:80],
        department=one("equipe", DEPARTMENTS),
        contract=one("contrat", CONTRACTS),
        shown=one("voir", SHOWN),
        order=order if order.removeprefix("-") in ORDERS else "",
    )


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: its title, where a click leads, how it is ordered now."""

    key: str
    title: str
    href: str
    sorted: str
    """`ascending`, `descending`, or nothing."""


def heads_of(wish: Wish) -> dict[str, Head]:
    """The heads of the columns that put the lines in order."""
    found = {}
    for key, (title, _read) in ORDERS.items():
        now = "" if wish.order_key != key else "descending" if wish.descending else "ascending"
        following = f"-{key}" if now == "ascending" else key
        found[key] = Head(key, title, wish.address(tri=following), now)
    return found


def arranged(groups: Iterable[Group], wish: Wish) -> list[Group]:
    """Keep the lines wanted, in the order wanted; a group left empty goes."""
    kept = []
    for group in groups:
        lines = [line for line in group.lines if _wanted(line, wish)]
        if wish.order:
            _title, read = ORDERS[wish.order_key]
            lines.sort(key=read, reverse=wish.descending)
        if lines:
            kept.append(Group(group.key, group.label, group.first, group.last, lines))
    return kept


def linked(groups: Iterable[Group], structure: str, production: str) -> list[Group]:
    """Give each line its addresses, worked out once for all of them."""
    edit, said, why, engage = (
        reverse(name, args=[structure, production, *end]).split(_HERE)
        for name, end in (
            ("team:engagement", [_HERE]),
            ("team:findings", [_HERE]),
            ("why:page", [_HERE]),
            ("team:engage", []),
        )
    )
    return [
        replace(
            group,
            lines=[
                replace(
                    line,
                    edit=edit[0] + line.ident + edit[1]
                    if line.person
                    else f"{engage[0]}?position={line.about}",
                    said=said[0] + line.ident + said[1],
                    why=why[0] + line.about + why[1],
                )
                for line in group.lines
            ],
        )
        for group in groups
    ]


def _wanted(line: Line, wish: Wish) -> bool:
    said = fold(f"{line.person} {line.job} {line.status}")
    return (
        all(word in said for word in fold(wish.words).split())
        and wish.department in ("", line.department)
        and (not wish.contract or wish.contract == line.contract_key)
        and _shown(line, wish.shown)
    )


def _shown(line: Line, shown: str) -> bool:
    minimum = line.minimum_status in ("breach", "doubt")
    match shown:
        case "a-voir":
            return minimum or any(control.status in ("breach", "doubt") for control in line.controls)
        case "minimum":
            return minimum
        case "a-engager":
            return line.kind == "position"
        case _:
            return True
