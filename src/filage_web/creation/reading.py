"""A spreadsheet that waits to be imported: how it is read, what was chosen, what it would write; nothing is written."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.http import HttpRequest, QueryDict

from filage.budget.importing.columns import ROLES, ColumnMap, headers_of, known_again, recognise, signature
from filage.budget.importing.facts import DECISIONS, Decision, Plan, plan_import
from filage.budget.importing.grid import Sheet
from filage.budget.importing.read import chosen_sheet
from filage.budget.importing.shape import Choices, Reading
from filage.budget.importing.understand import understand
from filage.budget.importing.workbook import read_workbook
from filage.facts.budget import ColumnMap as ColumnFact
from filage.facts.dossier import Dossier
from filage.kernel.changes import add, set_
from filage_web.accounts.models import Structure, User
from filage_web.creation import waiting
from filage_web.creation.waiting import SAID
from filage_web.store.cache import Recent
from filage_web.store.changes import apply
from filage_web.store.rows import current_rows

KEPT: Final = 4
_SHEETS: Final[Recent[tuple[Sheet, ...]]] = Recent(KEPT)
_READINGS: Final[Recent[Reading]] = Recent(KEPT)
_PLANS: Final[Recent[Plan]] = Recent(KEPT)
PHASES: Final = ("production", "exploitation")


@dataclass(frozen=True, slots=True)
class Said:
    """What the visitor chose for the file that waits; empty is what Filage recognised."""

    sheet: str = ""
    header: int | None = None
    roles: tuple[str, ...] = ()
    choices: Choices = field(default_factory=Choices)
    decisions: Mapping[int, Decision] = field(default_factory=dict)
    choosing: Decision = "file"


@dataclass(frozen=True, slots=True)
class Waits:
    """A file that waits, read: its sheets, the one chosen, what is understood of it."""

    name: str
    data: bytes
    sheets: tuple[Sheet, ...]
    sheet: Sheet
    said: Said
    reading: Reading
    stamp: Hashable
    """What this reading is known by, as long as the file waits."""
    remembered: bool
    """Whether its columns are those chosen before for the same headers."""

    @property
    def key(self) -> str:
        """The signature of its headers."""
        return signature(self.reading.headers)

    @property
    def chosen(self) -> bool:
        """Whether the columns are not those Filage would recognise."""
        return self.reading.mapping.roles != recognise(self.sheet, self.reading.mapping.header).roles


def begin(request: HttpRequest, name: str, data: bytes) -> None:
    """Keep a file for the next page; BadInput when it does not open or holds nothing."""
    chosen_sheet(read_workbook(data, name=name), None, name=name)
    waiting.keep(request, name, data)
    request.session[SAID] = {}


def forget(request: HttpRequest) -> None:
    """Renounce: the file and what was chosen go."""
    waiting.forget(request)


def is_waiting(request: HttpRequest) -> bool:
    """Whether a spreadsheet waits to be imported."""
    return SAID in request.session and waiting.KEY in request.session


def waits(request: HttpRequest, structure: Structure) -> Waits | None:
    """Read the file that waits, as was chosen; None when there is none any more. BadInput when it does not open."""
    held = waiting.waiting(request) if is_waiting(request) else None
    if held is None:
        return None
    place = request.session[waiting.KEY]["path"]
    said = _said(request.session.get(SAID) or {})
    sheets = _SHEETS.get(place, lambda: read_workbook(held.data, name=held.name))
    sheet = chosen_sheet(sheets, said.sheet or None, name=held.name)
    mapping, remembered = _mapping(sheet, said, structure)
    key = (place, sheet.name, mapping, said.choices)
    reading = _READINGS.get(key, lambda: understand(sheet, mapping, said.choices, file=held.name))
    return Waits(held.name, held.data, sheets, sheet, said, reading, key, remembered)


def plan_of(found: Waits, dossier: Dossier, at: Hashable = None) -> Plan:
    """What importing the file into a dossier would write; `at` names the dossier, for the pages that follow."""
    said = found.said
    key = (found.stamp, tuple(sorted(said.decisions.items())), said.choosing, at)
    return _PLANS.get(
        key, lambda: plan_import(found.reading, dossier, decisions=said.decisions, choosing=said.choosing)
    )


def _mapping(sheet: Sheet, said: Said, structure: Structure) -> tuple[ColumnMap, bool]:
    """The columns as chosen, else as chosen before for these headers, else as recognised."""
    recognised = recognise(sheet, said.header)
    if said.roles:
        return known_again(ColumnMap(recognised.header, said.roles), sheet, recognised.header), False
    about = f"column_map/c-{signature(headers_of(sheet, recognised.header))}"
    fact = current_rows(structure, None, [about]).get(about) if recognised.header else None
    if fact is None or not isinstance(fact.fact, ColumnFact):
        return recognised, False
    known = tuple(role if role in ROLES else "skip" for role in fact.fact.roles)
    return known_again(ColumnMap(recognised.header, known), sheet, recognised.header), True


def remember(structure: Structure, found: Waits, *, actor: User) -> None:
    """Keep the columns for the next file with the same headers, when they were chosen and not only recognised."""
    if not found.key or not found.chosen or found.remembered:
        return
    about = f"column_map/c-{found.key}"
    values: dict[str, Any] = {
        "label": found.name[:200],
        "signature": found.key,
        "roles": list(found.reading.mapping.roles),
    }
    known = current_rows(structure, None, [about]).get(about)
    change = set_(about, **values) if known else add(about, **values)
    apply(structure, None, [change], actor=actor, label=f"Colonnes de {found.name} retenues"[:200])


def tell(request: HttpRequest) -> None:
    """Keep what a form chose: sheet, header row, columns, choices, decisions on lines known otherwise."""
    before = _said(request.session.get(SAID) or {})
    given = request.POST
    read = given.get("feuille_lue") or before.sheet
    sheet = given.get("feuille") or read
    if sheet != read:  # another sheet: its columns are recognised afresh
        after = replace(before, sheet=sheet, roles=(), header=None, decisions={})
    else:
        after = replace(
            before,
            sheet=sheet,
            header=_header(given, before.header),
            roles=() if _moves_header(given) else _roles(given) or before.roles,
            choices=_choices(given, before.choices),
            decisions={**before.decisions, **_decisions(given)},
            choosing=_one_of(given.get("partout"), DECISIONS, before.choosing),
        )
    request.session[SAID] = _kept(after)


def _moves_header(given: QueryDict) -> bool:
    """Whether another header row is chosen: columns are recognised afresh under it."""
    return given.get("entete", "") != given.get("entete_lue", given.get("entete", ""))


def _header(given: QueryDict, before: int | None) -> int | None:
    text = given.get("entete", "")
    return int(text) if text.isdigit() and len(text) < 6 else before  # noqa: PLR2004 - more rows than a sheet has


def _roles(given: QueryDict) -> tuple[str, ...]:
    """The columns as the form gives them, when they are not those it showed (recognised or known)."""
    roles = tuple(role if role in ROLES else "skip" for role in given.getlist("colonne"))
    return () if roles == tuple(given.get("colonnes_lues", "").split()) else roles


def _choices(given: QueryDict, before: Choices) -> Choices:
    if "garder" not in given:
        return before
    return Choices(
        keep=_one_of(given.get("garder"), ("amount", "product"), before.keep),
        twice=_one_of(given.get("doublons"), ("keep", "once"), before.twice),
        pay=_one_of(given.get("salaires"), ("kept", "computed"), before.pay),
        phase=_one_of(given.get("budget"), PHASES, before.phase),
        hidden=bool(given.get("masquees")),
    )


def _decisions(given: QueryDict) -> dict[int, Decision]:
    return {
        int(name[2:]): value  # type: ignore[misc]
        for name, value in given.items()
        if name.startswith("l:") and name[2:].isdigit() and value in DECISIONS
    }


def _one_of(value: str | None, known: tuple[Any, ...], before: Any) -> Any:
    return value if value in known else before


def _kept(said: Said) -> dict[str, Any]:
    choices = {name: getattr(said.choices, name) for name in ("keep", "twice", "pay", "phase", "hidden")}
    return {
        "sheet": said.sheet,
        "header": said.header,
        "roles": list(said.roles),
        "choices": choices,
        "decisions": {str(row): decision for row, decision in said.decisions.items()},
        "choosing": said.choosing,
    }


def _said(kept: Mapping[str, Any]) -> Said:
    if not kept:
        return Said()
    decisions = {int(row): decision for row, decision in kept["decisions"].items()}
    choices = Choices(**kept["choices"])
    return Said(kept["sheet"], kept["header"], tuple(kept["roles"]), choices, decisions, kept["choosing"])
