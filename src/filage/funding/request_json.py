"""A request as data: what is frozen when it is sent, what it says to another program, what moved since."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from filage.funding.request_budget import FormBudget, euros
from filage.kernel import french

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ASIDE: Final = frozenset({"on", "lacks", "pieces"})
"""What a request tells its author, or its day: it moves without anything sent being out of date."""


class Moved(NamedTuple):
    """One thing that is no longer the same: where, what, and its two values in words; empty when it was not there."""

    section: str
    what: str
    before: str
    after: str


def to_json(value: Any) -> Any:
    """Return a content as plain values: amounts and days as text, in the order of their fields."""
    if isinstance(value, FormBudget):
        return {
            **_fields(value),
            "gap": to_json(value.gap),
            "sentence": value.sentence,
            "balance": value.balance,
        }
    if is_dataclass(value):
        return _fields(value)
    if isinstance(value, tuple | list):
        return [to_json(one) for one in value]
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return value.isoformat() if isinstance(value, date) else value


def _fields(value: Any) -> dict[str, Any]:
    return {one.name: to_json(getattr(value, one.name)) for one in fields(value)}


def digest(content: Mapping[str, Any]) -> str:
    """What a content is known by, its day and its warnings left aside."""
    kept = {key: value for key, value in content.items() if key not in ASIDE}
    return hashlib.sha256(json.dumps(kept, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Moved, ...]:
    """Return what moved between two contents of the same kind, in the order of the document."""
    was, now = dict(_told(before)), dict(_told(after))
    return tuple(
        Moved(*key, was.get(key, ""), now.get(key, ""))
        for key in dict.fromkeys([*now, *was])
        if was.get(key, "") != now.get(key, "")
    )


_Told = tuple[tuple[str, str], str]


def _told(content: Mapping[str, Any]) -> Iterator[_Told]:
    """Everything a content says, each thing under the section and name a reader knows it by."""
    for key, label in (("title", "Titre"), ("funder", "Financeur")):
        yield ("Demande", label), str(content.get(key) or "")
    for key, label in (("asked", "Montant demandé"), ("granted", "Subvention notifiée")):
        yield ("Demande", label), _money(content.get(key))
    for section in content.get("sections", ()):
        for entry in section["entries"]:
            yield (section["label"], entry["label"]), entry["text"]
    yield ("Note d’intention", "Texte"), str(content.get("note") or "")
    yield from _calendar(content)
    for team in content.get("teams", ()):
        for member in team["members"]:
            yield (
                ("Équipe", f"{member['name']}, {member['job']}"),
                ", ".join(member["roles"]) or "dans l’équipe",
            )
    yield from _form(content.get("form") or {})
    yield from _posts(content)
    for one in content.get("partners", ()):
        said = ", ".join(part for part in (one["brings"], _money(one["amount"]), one["state"]) if part)
        yield ("Partenaires", f"{one['name']}, {one['role'].lower()}"), said
    for one in content.get("sources", ()):
        yield ("Plan de financement", one["label"]), f"{_money(one['amount'])}, {one['state']}"
    yield from _table(content)
    for file in content.get("files", ()):
        yield ("Pièces jointes", file), "jointe"


def _calendar(content: Mapping[str, Any]) -> Iterator[_Told]:
    met: dict[str, int] = {}
    for one in content.get("calendar", ()):
        name = f"{one['day']} · {one['label'] or one['kind']}"
        met[name] = met.get(name, 0) + 1
        rank = f" ({met[name]})" if met[name] > 1 else ""
        hours = " – ".join(part for part in (one["start"], one["end"]) if part)
        yield (
            ("Calendrier", name + rank),
            ", ".join(part for part in (hours, one["place"], one["state"]) if part),
        )


def _form(form: Mapping[str, Any]) -> Iterator[_Told]:
    for side in ("expense", "income", "valued_expense", "valued_income"):
        for row in form.get(side, ()):
            if Decimal(row["amount"]):
                yield (
                    ("Budget au formulaire", f"{row['code']} {row['label']}".strip()),
                    euros(Decimal(row["amount"])),
                )


def _posts(content: Mapping[str, Any]) -> Iterator[_Told]:
    for post in content.get("posts", ()):
        for line in post["lines"]:
            where = f"{post['phase']}, {post['label']} : {line['label']}"
            yield ("Budget détaillé", where), _money(line["amount"])


def _table(content: Mapping[str, Any]) -> Iterator[_Told]:
    """The two columns of a report."""
    for side in ("charges", "produits"):
        for row in content.get(side, ()):
            said = [euros(Decimal(row[column])) for column in ("forecast", "actual")]
            name = f"{row['code']} {row['label']}".strip()
            yield ("Tableau de synthèse", name), f"prévu {said[0]}, réalisé {said[1]}"


def _money(value: Any) -> str:
    return french.euro(Decimal(value)) if value else ""
