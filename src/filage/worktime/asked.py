"""`filage worktime`: shifts read strictly from plain values, and the report in the published shape."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from filage.facts.base import choices
from filage.facts.scalars import canonical_decimal, plain_day
from filage.facts.team import Position
from filage.kernel.errors import BadInput, Problem
from filage.kernel.finding import NotChecked
from filage.kernel.interval import PARIS, Interval, elapsed_hours, instant, local_day
from filage.kernel.text import closest
from filage.worktime.check import Breach, Clash, WorktimeReport
from filage.worktime.limit import conventions, tables
from filage.worktime.message import CLASH, Way, clash_message, message, ways_out
from filage.worktime.population import group_names, group_of
from filage.worktime.premiums import premium_ids
from filage.worktime.shift import KINDS, Circumstance, Setting, Shift, Worker

KEYS = (
    "idcc", "tour", "people", "shifts", "circumstances", "premiere_on", "holiday_zone", "agreements", "annex",
)  # fmt: skip
PERSON_KEYS = ("id", "status", "job", "birth_date", "job_group", "authorised")
SHIFT_KEYS = ("person", "start", "end", "kind", "breaks")
CIRCUMSTANCES = ("tour", "festival", "setup_period", "before_premiere")
CIRCUMSTANCE_KEYS = ("kind", "from", "to")
ZONES, ANNEXES = ("A", "B", "C"), ("1", "2", "3", "4", "5", "6")
LONGEST_HOURS, IDCC_DIGITS = 48, 4
PAUSE = ("start", "end")
START_EXAMPLE = "2026-03-14T09:00"
Asked = tuple[tuple[Shift, ...], tuple[Worker, ...], Setting]


def read_worktime(content: Any) -> Asked:
    """Read shifts, people and their setting; BadInput lists everything wrong, each with its place.

    Times are local, in Paris. Dates are AAAA-MM-JJ; ids of rows are those of the texts.
    """
    reader = _Reader()
    top = reader.mapping(content, "", KEYS)
    people = reader.people(top.get("people"))
    setting = reader.setting(top)
    shifts = reader.shifts(top.get("shifts"), {person.id: person for person in people})
    if reader.problems:
        raise BadInput(reader.problems)
    if top.get("tour") is True and shifts:
        days = [shift.day for shift in shifts]
        whole = Circumstance("tour", min(days), max(days) + timedelta(days=1))
        setting = _with_circumstance(setting, whole)
    return tuple(shifts), tuple(people), setting


def worktime_json(report: WorktimeReport, setting: Setting) -> dict[str, Any]:
    """Return a report in the published shape: what was not checked, what is not met; decimals as text."""
    findings = [_breach_json(breach) for breach in report.breaches]
    findings += [_clash_json(clash) for clash in report.clashes]
    findings.sort(key=lambda one: (one["on"], one["person"], one["rule"]))
    missing = (*undescribed(setting), *report.not_checked)
    return {
        "not_checked": [{"rule": one.rule, "needs": one.needs} for one in missing],
        "findings": findings,
    }


def undescribed(setting: Setting) -> tuple[NotChecked, ...]:
    """Say that a convention is not one of those described: only the Code du travail was then applied."""
    if setting.idcc is None or setting.idcc in conventions():
        return ()
    needs = f"la convention {setting.idcc}, que Filage ne décrit pas : seul le Code du travail est appliqué"
    return (NotChecked(f"IDCC-{setting.idcc}", needs),)


def _breach_json(breach: Breach) -> dict[str, Any]:
    return {
        "rule": breach.rule,
        "person": breach.worker.id,
        "on": breach.on.isoformat(),
        "limit": canonical_decimal(breach.threshold),
        "actual": canonical_decimal(breach.actual),
        "unit": breach.limit.unit,
        "severity": breach.severity,
        "legal_basis": breach.limit.row.legal_basis,
        "message": message(breach),
        "remedies": [_way_json(way) for way in ways_out(breach)],
    }


def _clash_json(clash: Clash) -> dict[str, Any]:
    return {
        "rule": CLASH,
        "person": clash.worker.id,
        "on": clash.on.isoformat(),
        "limit": "0",
        "actual": canonical_decimal(clash.hours),
        "unit": "h",
        "severity": "blocking",
        "legal_basis": "",
        "message": clash_message(clash),
        "remedies": [
            {"kind": "move_day", "label": "Corriger les heures ou retirer l’une des deux présences"}
        ],
    }


def _way_json(way: Way) -> dict[str, str]:
    hours = {} if way.hours is None else {"hours": canonical_decimal(way.hours)}
    return {"kind": way.kind, "label": way.label, **hours}


def _with_circumstance(setting: Setting, more: Circumstance) -> Setting:
    return Setting(
        setting.idcc,
        setting.annex,
        (*setting.circumstances, more),
        setting.premiere_on,
        setting.holiday_zone,
        setting.agreements,
    )


@dataclass(slots=True)
class _Reader:
    """Reads plain values and keeps every problem met."""

    problems: list[Problem] = field(default_factory=list)

    def wrong(self, path: str, text: str, expected: str = "", suggestion: str = "") -> None:
        self.problems.append(Problem(text, path=path, expected=expected, suggestion=suggestion))

    def mapping(self, value: Any, path: str, keys: Sequence[str]) -> dict[str, Any]:
        """An object with these keys only; empty when it is not one."""
        if not isinstance(value, dict):
            example = ", ".join(f'"{key}": …' for key in keys[:4])
            self.wrong(path, "un objet est attendu", expected=f"{{{example}}}")
            return {}
        for key in value:
            if key not in keys:
                near = closest(str(key), keys)
                advice = f"vouliez-vous « {near} » ?" if near else f"clés admises : {', '.join(keys)}"
                self.wrong(_under(path, str(key)), "clé inconnue", suggestion=advice)
        return value

    def items(self, value: Any, path: str, *, required: bool = False) -> list[Any]:
        if value is None and not required:
            return []
        if not isinstance(value, list):
            self.wrong(path, "une liste est attendue" if value is not None else "manque", expected="[…]")
            return []
        return value

    def text(self, value: Any, path: str) -> str:
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, (str, int)) or not str(value).strip():
            self.wrong(path, "un texte est attendu")
            return ""
        return str(value).strip()

    def one_of(self, value: Any, path: str, known: Iterable[str]) -> str:
        """A text among known ones; empty when absent."""
        written = self.text(value, path)
        options = list(known)
        if not written or written in options:
            return written
        near = closest(written, options)
        advice = f"vouliez-vous « {near} » ?" if near else ""
        self.wrong(path, f"« {written} » n’est pas connu", expected=", ".join(options), suggestion=advice)
        return ""

    def day(self, value: Any, path: str, *, required: bool = False) -> date | None:
        if value is None and not required:
            return None
        day = plain_day(value)
        if day is None:
            self.wrong(path, "ce n’est pas un jour" if value is not None else "manque", expected="2026-03-14")
        return day

    def rows(self, value: Any, path: str) -> tuple[str, ...]:
        """Ids of rows of the texts."""
        known = row_ids()
        found = []
        for rank, one in enumerate(self.items(value, path)):
            if isinstance(one, str) and one in known:
                found.append(one)
                continue
            near = closest(str(one), known)
            advice = (
                f"vouliez-vous « {near} » ?" if near else "les identifiants sont dans docs/guide/worktime.md"
            )
            self.wrong(f"{path}[{rank}]", f"« {one} » n’est pas une règle connue", suggestion=advice)
        return tuple(found)

    def people(self, value: Any) -> list[Worker]:
        people: list[Worker] = []
        for rank, one in enumerate(self.items(value, "people", required=True)):
            path = f"people[{rank}]"
            given = self.mapping(one, path, PERSON_KEYS)
            ident = self.text(given.get("id"), f"{path}.id")
            if not ident:
                if isinstance(one, dict) and given.get("id") is None:
                    self.wrong(f"{path}.id", "manque")
                continue
            if any(person.id == ident for person in people):
                self.wrong(f"{path}.id", f"« {ident} » est donné deux fois")
            people.append(self._person(given, ident, path))
        return people

    def _person(self, given: dict[str, Any], ident: str, path: str) -> Worker:
        status = self.one_of(given.get("status"), f"{path}.status", choices(Position, "status"))
        group = self.text(given.get("job_group"), f"{path}.job_group")
        if group and group_of(group) is None:
            near = closest(group, group_names())
            advice = f"vouliez-vous « {near} » ?" if near else "voir docs/guide/worktime.md"
            self.wrong(f"{path}.job_group", f"« {group} » n’est pas une population connue", suggestion=advice)
        return Worker(
            id=ident,
            status=status,
            job=self.text(given.get("job"), f"{path}.job"),
            job_group=group,
            born_on=self.day(given.get("birth_date"), f"{path}.birth_date"),
            permanent=status == "permanent",
            authorised=self.rows(given.get("authorised"), f"{path}.authorised"),
        )

    def setting(self, top: dict[str, Any]) -> Setting:
        tour = top.get("tour")
        if tour is not None and not isinstance(tour, bool):
            self.wrong("tour", "true ou false est attendu")
        idcc = self.text(top.get("idcc"), "idcc")
        if idcc and not (idcc.isdigit() and len(idcc) <= IDCC_DIGITS):
            self.wrong(
                "idcc", f"« {idcc} » n’est pas un numéro de convention", expected=", ".join(conventions())
            )
        return Setting(
            idcc=idcc or None,
            annex=self.one_of(top.get("annex"), "annex", ANNEXES) or None,
            circumstances=tuple(self.circumstances(top.get("circumstances"))),
            premiere_on=self.day(top.get("premiere_on"), "premiere_on"),
            holiday_zone=self.one_of(top.get("holiday_zone"), "holiday_zone", ZONES) or None,
            agreements=self.rows(top.get("agreements"), "agreements"),
        )

    def circumstances(self, value: Any) -> Iterable[Circumstance]:
        for rank, one in enumerate(self.items(value, "circumstances")):
            path = f"circumstances[{rank}]"
            given = self.mapping(one, path, CIRCUMSTANCE_KEYS)
            kind = self.one_of(given.get("kind"), f"{path}.kind", CIRCUMSTANCES)
            first = self.day(given.get("from"), f"{path}.from", required=True)
            last = self.day(given.get("to"), f"{path}.to", required=True)
            if first and last and last < first:
                self.wrong(f"{path}.to", f"le {last} est avant le {first}")
            elif not given.get("kind"):
                self.wrong(f"{path}.kind", "manque", expected=", ".join(CIRCUMSTANCES))
            elif kind and first and last:
                yield Circumstance(kind, first, last)

    def shifts(self, value: Any, people: Mapping[str, Worker]) -> list[Shift]:
        shifts = []
        for rank, one in enumerate(self.items(value, "shifts", required=True)):
            path = f"shifts[{rank}]"
            given = self.mapping(one, path, SHIFT_KEYS)
            shift = self._shift(given, path, people) if isinstance(one, dict) else None
            if shift is not None:
                shifts.append(shift)
        return shifts

    def _shift(self, given: dict[str, Any], path: str, people: Mapping[str, Worker]) -> Shift | None:
        person = self.text(given.get("person"), f"{path}.person")
        if not person:
            self.wrong(f"{path}.person", "manque")
        elif person not in people:
            near = closest(person, people)
            advice = f"vouliez-vous « {near} » ?" if near else "ajoutez cette personne dans people"
            self.wrong(f"{path}.person", f"« {person} » n’est pas dans people", suggestion=advice)
        kind = self.one_of(given.get("kind"), f"{path}.kind", KINDS)
        if given.get("kind") is None:
            self.wrong(f"{path}.kind", "manque", expected=", ".join(KINDS))
        start = self.moment(given.get("start"), f"{path}.start")
        end = self.moment(given.get("end"), f"{path}.end")
        if start is None or end is None:
            return None
        hours = elapsed_hours(start, end)
        if not 0 < hours <= LONGEST_HOURS:
            text = f"la fin est avant le début, ou plus de {LONGEST_HOURS} h après"
            self.wrong(f"{path}.end", text, expected="une fin après le début, avec son jour")
            return None
        born_on = people[person].born_on if person in people else None
        if born_on is not None and born_on > start.date():
            text = f"« {person} » n’est pas encore né ce jour-là : naissance le {born_on}"
            self.wrong(f"{path}.start", text, suggestion="vérifiez birth_date")
        interval = Interval(start, end)
        return Shift(person, interval, kind, tuple(self.breaks(given.get("breaks"), path, interval)))

    def moment(self, value: Any, path: str) -> datetime | None:
        """An instant from a local time, in Paris, or from one that carries its offset."""
        try:
            read = datetime.fromisoformat(value) if isinstance(value, str) and "T" in value else None
        except ValueError:
            read = None
        if read is None:
            self.wrong(
                path, "une heure locale est attendue" if value is not None else "manque", START_EXAMPLE
            )
            return None
        try:
            return instant(read.date(), read.timetz() if read.tzinfo else read.time())
        except BadInput as error:
            self.wrong(path, str(error))
            return None

    def breaks(self, value: Any, path: str, inside: Interval) -> Iterable[Interval]:
        """Each break is the first such time after the shift's start, and lies inside it."""
        taken: list[Interval] = []
        for rank, one in enumerate(self.items(value, f"{path}.breaks")):
            place = f"{path}.breaks[{rank}]"
            walls = [_wall(wall) for wall in one] if isinstance(one, list) else []
            if len(walls) != len(PAUSE) or None in walls:
                self.wrong(place, "une pause est faite de deux heures", expected='["12:00", "13:00"]')
                continue
            try:
                start = _first_after(inside.start, walls[0])
                pause = Interval(start, _first_after(start, walls[1]))
            except BadInput as error:
                self.wrong(place, str(error))
                continue
            if pause.start < inside.start or pause.end > inside.end or pause.end <= pause.start:
                self.wrong(place, "cette pause n’est pas dans la présence")
            elif any(pause.overlaps(other) for other in taken):
                self.wrong(place, "cette pause en chevauche une autre")
            else:
                taken.append(pause)
        return sorted(taken)


def row_ids() -> frozenset[str]:
    """Every row of the texts, premiums included."""
    return frozenset({row.id for table in tables() for row in table.rows} | set(premium_ids()))


def _under(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _wall(written: Any) -> time | None:
    try:
        return time.fromisoformat(written) if isinstance(written, str) and ":" in written else None
    except ValueError:
        return None


def _first_after(start: datetime, wall: time | None) -> datetime:
    """The first such time of the clock, in Paris, at or after an instant."""
    assert wall is not None
    day = local_day(start, PARIS)
    first = instant(day, wall)
    return first if first >= start else instant(day + timedelta(days=1), wall)
