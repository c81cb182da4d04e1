"""One case of `filage cost`: read strictly from plain values, computed, printed in the published shape."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from filage.facts.scalars import canonical_decimal, plain_day, plain_decimal
from filage.kernel.errors import BadInput, FilageError, Problem
from filage.kernel.money import CENT, ONE, ZERO, round_half_up
from filage.kernel.text import closest
from filage.payroll.ceiling import Presence
from filage.payroll.deduction import DFS_JOBS, NO_DFS, RATE_OF_GROUP, has_dfs
from filage.payroll.slip import Slip, compute_slip, line_json
from filage.payroll.terms import ARTISTS, PERMANENTS, STATUSES, Terms, default_paid_leave_fund
from filage.payroll.written import slip_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from filage.law import Law

KEYS = (
    "id", "status", "cadre", "gross", "cachets", "days", "hours", "date", "headcount", "idcc", "association", "at_rate",
    "versement_mobilite", "health", "paid_leave_fund",
)  # fmt: skip
"""What a case of a batch may say."""

MORE_KEYS = (
    *KEYS, "dfs", "job_group", "contract_type", "weekly_hours", "salary_tax_share", "short_contract", "prevoyance",
)  # fmt: skip
"""What one case may say besides, typed as options."""

_LARGEST = Decimal(10_000_000)
_DAYS_OF_A_MONTH = 31
_HOURS_OF_A_WEEK = Decimal(60)
REFUSED = {
    "guso": "aucun barème du Guso n’est sourcé ; le simulateur de guso.fr fait foi",
    "mannequin": "ses taux et ses abattements ne sont pas sourcés",
}
"""Statuses known by name, refused, and why."""

KNOWN_IDCC = ("1285", "3090", "2642", "3097")
CONTRACT_TYPES = ("", "cddu", "cdd", "cdi")
JOB_GROUPS = ("", *RATE_OF_GROUP, "technician")


def cost_cases(cases: list[Any], law: Law) -> list[dict[str, Any]]:
    """Compute every case in order; a bad one gives its id and why, the others go on."""
    return [cost_case(case, rank, law) for rank, case in enumerate(cases)]


def cost_case(case: Any, rank: int, law: Law) -> dict[str, Any]:
    """Compute one case; its rank names it when it has no id."""
    ident = _ident(case, rank)
    try:
        slip = _slip_of(case, law)
    except FilageError as error:
        return {"id": ident, "error": str(error)}
    return {"id": ident, **slip_json(slip)}


def case_text(case: Any, rank: int, law: Law) -> str:
    """Compute one case and write its answer as JSON: the text of `cost_case`, several times as fast."""
    ident = _ident(case, rank)
    try:
        return slip_text(ident, _slip_of(case, law))
    except FilageError as error:
        return json.dumps({"id": ident, "error": str(error)})


def _ident(case: Any, rank: int) -> str | int:
    given = case.get("id") if isinstance(case, dict) else None
    return given if isinstance(given, (str, int)) else str(rank if given is None else given)


def _slip_of(case: Any, law: Law) -> Slip:
    terms, gross, presence = read_case(case)
    return compute_slip(terms, gross, presence, law)


def slip_json(slip: Slip) -> dict[str, Any]:
    """Return a slip in the published shape, sources inline."""
    return {
        **{name: f"{amount:.2f}" for name, amount in slip.totals._asdict().items()},
        "lines": [line_json(line, inline_source=True) for line in slip.lines],
    }


def read_case(case: Any, keys: tuple[str, ...] = KEYS) -> tuple[Terms, Decimal, Presence]:
    """Read the terms, gross and presence of a case; BadInput lists everything wrong in it."""
    if not isinstance(case, dict):
        raise BadInput(
            Problem("un cas est un objet", expected='{"id": …, "status": …, "gross": …, "date": …}')
        )
    reader = _Reader(case)
    status = reader.one_of("status", STATUSES)
    reader.identity()
    gross = reader.amount("gross", required=True, minimum=CENT)
    cachets = reader.decimal("cachets", minimum=CENT)
    days = reader.whole("days", minimum=1, maximum=_DAYS_OF_A_MONTH)
    terms = Terms(
        status=status,
        day=reader.day("date"),
        cadre=reader.flag("cadre", default=False),
        idcc=reader.one_of("idcc", KNOWN_IDCC, default="1285"),
        headcount=reader.whole("headcount", default=5) or 0,
        association=reader.flag("association", default=False),
        paid_leave_fund=reader.flag("paid_leave_fund", default=default_paid_leave_fund(status)),
        at_rate=reader.rate("at_rate"),
        versement_mobilite=reader.rate("versement_mobilite"),
        health=reader.amount("health"),
    )
    if keys is not KEYS:
        terms = _with_more(terms, reader)
    hours = reader.decimal("hours", minimum=CENT)
    weekly = reader.decimal("weekly_hours", minimum=CENT, maximum=_HOURS_OF_A_WEEK)
    reader.refuse_unknown(keys)
    reader.finish()
    presence = presence_of(status, cachets=cachets, days=days, hours=hours)
    if weekly is not None:
        presence = replace(presence, weekly_hours=weekly)
    return terms, gross or ZERO, presence


def _with_more(terms: Terms, reader: _Reader) -> Terms:
    """The terms that only options give; DFS is refused where no rate is known."""
    more = replace(
        terms,
        dfs=reader.flag("dfs", default=False),
        job_group=reader.one_of("job_group", JOB_GROUPS, default=""),
        contract_type=reader.one_of("contract_type", CONTRACT_TYPES, default=""),
        salary_tax_share=reader.decimal("salary_tax_share", maximum=ONE) or ZERO,
        short_contract=reader.flag("short_contract", default=True),
        cover=reader.rate("prevoyance"),
    )
    if more.cover is not None and more.status not in PERMANENTS:
        reader.wrong("prevoyance", "la prévoyance d’un intermittent est celle de l’accord interbranches")
    if more.dfs and not has_dfs(more):
        reader.wrong("dfs", NO_DFS, expected=DFS_JOBS)
    return more


def presence_of(status: str, *, cachets: Decimal | None, days: int | None, hours: Decimal | None) -> Presence:
    """Say how much of the month is covered.

    An artist's cachets are isolated when each has its own calendar day; two in a day bring one day of ceiling.
    Without days: the cachets for an artist, else a full month.
    """
    if status not in ARTISTS or cachets is None:
        return Presence(days=days, hours=hours)
    counted = int(cachets.to_integral_value()) or 1
    return Presence(days=days if days is not None else counted, cachets=cachets, hours=hours,
                    isolated=days in (None, counted))  # fmt: skip


class _Reader:
    """Reads the values of one case and keeps every problem."""

    def __init__(self, case: Mapping[str, Any]) -> None:
        self.case, self.problems = case, list[Problem]()

    def wrong(self, key: str, message: str, expected: str = "", suggestion: str = "") -> None:
        self.problems.append(Problem(message, path=key, expected=expected, suggestion=suggestion))

    def identity(self) -> None:
        value = self.case.get("id", "")
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            self.wrong("id", "un texte est attendu", expected="par exemple « marie-1 »")

    def one_of(self, key: str, options: tuple[str, ...], default: str | None = None) -> str:
        value = self.case.get(key, default)
        value = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
        if value in options:
            return str(value)
        if key == "status" and value in REFUSED:
            self.wrong(
                key, f"« {value} » n’est pas calculé : {REFUSED[value]}", expected=" ou ".join(options)
            )
            return options[0]
        near = closest(str(value), options) if value is not None else None
        message = "manque" if value is None else f"« {value} » n’est pas admis"
        self.wrong(
            key,
            message,
            expected=" ou ".join(filter(None, options)),
            suggestion=f"vouliez-vous {near} ?" if near else "",
        )
        return options[0]

    def amount(self, key: str, *, required: bool = False, minimum: Decimal = Decimal(0)) -> Decimal | None:
        number = self.decimal(key, required=required, minimum=minimum)
        if number is not None and number != round_half_up(number):
            self.wrong(
                key, f"{number} a plus de deux décimales", expected="des euros et des centimes : 160.00"
            )
            return None
        return number

    def decimal(
        self,
        key: str,
        *,
        required: bool = False,
        minimum: Decimal = Decimal(0),
        maximum: Decimal = _LARGEST,
    ) -> Decimal | None:
        value = self.case.get(key)
        if value is None:
            if required or key in self.case:
                self.wrong(key, "manque", expected="un nombre, par exemple 160.00")
            return None
        if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
            self.wrong(
                key, "un nombre est attendu", expected="un nombre écrit en texte, par exemple « 160.00 »"
            )
            return None
        number = plain_decimal(value)
        if number is None:
            self.wrong(key, f"« {value} » n’est pas un nombre", expected="un nombre avec un point : 160.00")
            return None
        if number < minimum or number > maximum:
            self.wrong(key, f"{value} est hors des limites", expected=f"entre {minimum} et {maximum}")
            return None
        return number

    def rate(self, key: str) -> Decimal | None:
        number = self.decimal(key)
        if number is not None and number >= 1:
            right = canonical_decimal(number / 100)
            self.wrong(
                key, f"{number} n’est pas une fraction", suggestion=f"pour {number} %, écrivez {right}"
            )
            return None
        return number

    def whole(
        self, key: str, default: int | None = None, *, minimum: int = 0, maximum: int = int(_LARGEST)
    ) -> int | None:
        number = self.decimal(key, minimum=Decimal(minimum), maximum=Decimal(maximum))
        if number is None:
            return default
        if number != number.to_integral_value():
            self.wrong(key, f"{number} n’est pas entier", expected="un nombre entier")
            return default
        return int(number)

    def flag(self, key: str, *, default: bool) -> bool:
        value = self.case.get(key, default)
        if isinstance(value, bool):
            return value
        message = "manque" if value is None else f"« {value} » n’est pas admis"
        self.wrong(key, message, expected="true ou false")
        return default

    def day(self, key: str) -> date:
        value = self.case.get(key)
        day = plain_day(value)
        if day is None:
            message = "manque" if value is None else f"« {value} » n’est pas un jour"
            self.wrong(key, message, expected="AAAA-MM-JJ")
        return day or date(2026, 1, 1)

    def refuse_unknown(self, keys: tuple[str, ...]) -> None:
        for key in self.case:
            if key not in keys:
                near = closest(str(key), keys)
                self.wrong(
                    str(key),
                    "clé inconnue",
                    suggestion=f"vouliez-vous « {near} » ?" if near else f"clés : {', '.join(keys)}",
                )

    def finish(self) -> None:
        if self.problems:
            raise BadInput(self.problems)
