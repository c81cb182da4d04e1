"""The premiums as data: one file each, read strictly; each kind says which parameters it takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

from filage.kernel.errors import BadInput, Problem
from filage.kernel.step import CERTAINTIES, Source
from filage.kernel.text import closest

_LOADER = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader
_NUMBER = re.compile(r"\d+(\.\d+)?")
_MONTH_DAY = re.compile(r"\d{2}-\d{2}")
_REQUIRED = (
    "label",
    "convention",
    "population",
    "kind",
    "parameters",
    "basis",
    "sources",
    "confidence",
    "checked_on",
)
_KEYS = (*_REQUIRED, "reference", "replaces", "from", "text", "warning", "note")  # fmt: skip
LABOUR_CODE = "code_travail"
CONVENTIONS = (LABOUR_CODE, "1285", "3090", "2642", "3097")
"""Where a premium comes from: the Code du travail, or one convention by its IDCC."""


class Band(NamedTuple):
    """The hours from one count to another, raised by a fraction of the hourly pay; no end: all that follow."""

    after: Decimal
    rate: Decimal
    up_to: Decimal | None = None


class Window(NamedTuple):
    """Hours of the clock, in a season if any (month and day, both included), under a named condition if any."""

    start: time
    end: time
    season: tuple[str, str] | None = None
    when: str = ""
    studio_start: time | None = None


class TravelBracket(NamedTuple):
    """How a voyage of at least so many hours counts: in full up to some hours, by a share beyond."""

    from_hours: Decimal
    full_up_to: Decimal
    share: Decimal


class Premium(NamedTuple):
    """A rule that raises the pay: whom it covers, what it gives, its text, date and confidence."""

    id: str
    label: str
    convention: str
    population: str
    kind: str
    parameters: Mapping[str, Any]
    basis: str
    source: Source
    reference: bool = True
    replaces: tuple[str, ...] = ()
    starts_on: date | None = None
    note: str = ""

    @property
    def confidence(self) -> str:
        """How sure the text is: confirmed, one_source or uncertain."""
        return self.source.confidence


def _number(value: Any) -> Decimal:
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        raise ValueError("un nombre simple est attendu : 35, 0.25")
    return Decimal(value)


def _wall(value: Any) -> time:
    return time.fromisoformat(str(value))


def _word(*known: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in known:
            raise ValueError(f"un de ces mots est attendu : {', '.join(known)}")
        return str(value)

    return read


def _names(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise ValueError("une liste de textes est attendue")
    return tuple(value)


def _list_of(value: Any, one: Callable[[Mapping[str, Any]], Any]) -> tuple[Any, ...]:
    if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
        raise ValueError("une liste d’au moins une fiche est attendue")
    return tuple(one(item) for item in value)


def _only(item: Mapping[str, Any], *keys: str) -> None:
    unknown = [key for key in item if key not in keys]
    if unknown:
        raise ValueError(f"« {unknown[0]} » inconnu ; clés : {', '.join(keys)}")


def _band(item: Mapping[str, Any]) -> Band:
    _only(item, "after", "up_to", "rate")
    up_to = _number(item["up_to"]) if "up_to" in item else None
    return Band(_number(item["after"]), _number(item["rate"]), up_to)


def _window(item: Mapping[str, Any]) -> Window:
    _only(item, "from", "to", "season", "when", "studio_from")
    season = _names(item["season"]) if "season" in item else None
    if season is not None and (len(season) != 2 or not all(_MONTH_DAY.fullmatch(day) for day in season)):  # noqa: PLR2004
        raise ValueError("season : deux jours, « 04-01 » et « 09-30 »")
    studio = _wall(item["studio_from"]) if "studio_from" in item else None
    ends = (season[0], season[1]) if season else None
    return Window(_wall(item["from"]), _wall(item["to"]), ends, item.get("when", ""), studio)


def _bracket(item: Mapping[str, Any]) -> TravelBracket:
    _only(item, "from_hours", "full_up_to", "share")
    return TravelBracket(_number(item["from_hours"]), _number(item["full_up_to"]), _number(item["share"]))


def _bands(value: Any) -> tuple[Band, ...]:
    return _list_of(value, _band)


def _windows(value: Any) -> tuple[Window, ...]:
    return _list_of(value, _window)


def _brackets(value: Any) -> tuple[TravelBracket, ...]:
    return _list_of(value, _bracket)


KINDS: Mapping[str, Mapping[str, Callable[[Any], Any]]] = {
    "overtime": {"bands": _bands},
    "night": {"windows": _windows, "bands?": _bands, "jobs?": _names, "jobs_rate?": _number, "kinds?": _names},
    "sunday": {"rate": _number},
    "may_first": {"rate": _number},
    "span": {"span_over": _number, "hours_over": _number, "rate": _number, "absorbed_by": _names},
    "over_hours": {"after": _number, "rate": _number, "kinds": _names, "cap?": _number},
    "travel_counted": {"brackets": _brackets, "daily_cap": _number},
    "late_meal": {"after": _wall, "until": _wall, "allowance": _names, "paid_break": _number},
    "catering": {"before": _wall, "kinds": _names, "snack": _names, "meal": _names},
    "late_show": {"delay_minutes": _number, "after": _wall, "until": _wall, "rate": _number},
    "cancelled_call": {"notice_hours": _number, "musicians_notice_hours": _number, "rate": _number},
    "support_act": {"minutes": _number, "minutes_together": _number},
    "tour_regime": {"performances": _number},
    "far_away": {"distance_km": _number, "transport_hours": _number, "allowance": _names},
    "expense_order": {"flat": _names},
    "dressing": {"unpaid_minutes": _number},
    "short_engagement": {"days_under": _number, "guaranteed_hours": _number, "bands": _bands, "when?": str},
    "rest_cut": {"rest_hours": _number, "rate": _number, "begun_hours": _word("whole", "as_they_are")},
    "nth_day": {"days": _number, "rate": _number},
    "short_call": {"hours": _number},
    "extra_service": {"services": _number, "divisor": _number},
    "day_of_week_pay": {"days": _number, "divisor": _number},
}  # fmt: skip
"""The kinds of premium and the parameters each takes; `?` marks one that may be absent."""


@lru_cache(maxsize=1)
def premiums() -> tuple[Premium, ...]:
    """Every premium shipped, by id; BadInput names each malformed file."""
    return _read_all("")


@lru_cache(maxsize=16)
def premiums_of(idcc: str | None) -> tuple[Premium, ...]:
    """The premiums of the Code du travail and of a convention: their ids begin with `CT-` or its number."""
    own = () if idcc is None else _read_all(f"{idcc}-")
    return tuple(sorted((*_read_all("CT-"), *own), key=lambda premium: premium.id))


def _read_all(prefix: str) -> tuple[Premium, ...]:
    found: list[Premium] = []
    problems: list[Problem] = []
    for entry in files("filage.data").joinpath("worktime").joinpath("premiums").iterdir():
        if entry.name.startswith(prefix) and entry.name.endswith(".yaml"):
            try:
                found.append(read_premium(entry.name.removesuffix(".yaml"), entry.read_text("utf-8")))
            except BadInput as error:
                problems.extend(error.problems)
    if problems:
        raise BadInput(problems)
    return tuple(sorted(found, key=lambda premium: premium.id))


def premium_ids() -> tuple[str, ...]:
    """The premiums that are rows of the rules of working time; the others come from the grids or another article."""
    return tuple(premium.id for premium in premiums() if premium.reference)


def read_premium(ident: str, text: str) -> Premium:
    """Read one premium; BadInput says which keys, kind or parameters are wrong."""
    data = yaml.load(text, Loader=_LOADER)  # noqa: S506 - a loader of plain text
    if not isinstance(data, dict):
        raise BadInput(Problem("ce n’est pas une fiche", path=ident, expected=", ".join(_REQUIRED)))
    faults = list(_faults(data))
    parameters = _parameters(data, faults)
    source = _source(ident, data, faults)
    if faults or source is None:
        raise BadInput([Problem(fault, path=ident) for fault in faults])
    return Premium(
        id=ident,
        label=data["label"],
        convention=data["convention"],
        population=data["population"],
        kind=data["kind"],
        parameters=parameters,
        basis=data["basis"],
        source=source,
        reference=data.get("reference", "true") == "true",
        replaces=tuple(data.get("replaces", ())),
        starts_on=date.fromisoformat(data["from"]) if "from" in data else None,
        note=data.get("note", ""),
    )


def _faults(data: Mapping[str, Any]) -> list[str]:
    faults = [f"« {key} » inconnu" for key in data if key not in _KEYS]
    faults += [f"« {key} » manque" for key in _REQUIRED if key not in data]
    if data.get("convention") not in CONVENTIONS:
        faults.append(f"convention « {data.get('convention')} » inconnue : {', '.join(CONVENTIONS)}")
    return faults


def _parameters(data: Mapping[str, Any], faults: list[str]) -> Mapping[str, Any]:
    kind, given = data.get("kind"), data.get("parameters")
    readers = KINDS.get(str(kind))
    if readers is None:
        near = closest(str(kind), KINDS)
        faults.append(f"nature « {kind} » inconnue" + (f" ; vouliez-vous {near} ?" if near else ""))
        return {}
    if not isinstance(given, dict):
        faults.append("« parameters » est une fiche")
        return {}
    names = {name.removesuffix("?"): reader for name, reader in readers.items()}
    faults += [f"paramètre « {name} » inconnu pour {kind}" for name in given if name not in names]
    faults += [
        f"paramètre « {name} » manque" for name in readers if not name.endswith("?") and name not in given
    ]
    read: dict[str, Any] = {}
    for name, value in given.items():
        try:
            read[name] = names[name](value) if name in names else None
        except (ValueError, KeyError) as error:
            faults.append(f"paramètre « {name} » : {error}")
    return read


def _source(ident: str, data: Mapping[str, Any], faults: list[str]) -> Source | None:
    sources, confidence = data.get("sources"), data.get("confidence")
    if confidence not in CERTAINTIES:
        faults.append(f"confidence : {', '.join(CERTAINTIES)}")
        return None
    if not isinstance(sources, list) or not sources or not all(isinstance(item, dict) for item in sources):
        faults.append("sources : une liste de titres et d’adresses")
        return None
    titles = " ; ".join([data.get("basis", ""), *(item.get("title", "") for item in sources)])
    try:
        checked_on = date.fromisoformat(str(data.get("checked_on")))
    except ValueError:
        faults.append("checked_on : une date, 2026-11-22")
        return None
    return Source(ident, titles, sources[0].get("url", ""), checked_on, confidence, data.get("warning", ""))
