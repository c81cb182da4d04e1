"""The worked premiums of tests/cases/premiums: one file per premium, read into shifts, workers and an engagement."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import yaml

from filage.facts.team import Engagement
from filage.kernel.interval import PARIS, Interval, instant, span
from filage.worktime.premium_case import (
    Cancellation,
    Delay,
    Dressing,
    Hired,
    SupportAct,
    Told,
    Trip,
)
from filage.worktime.shift import Circumstance, Setting, Shift, Worker

FOLDER = Path(__file__).parents[1] / "cases" / "premiums"
_LISTS = {"trips": Trip, "cancellations": Cancellation, "support_acts": SupportAct, "dressings": Dressing,
          "hired": Hired}  # fmt: skip
_FLAGS = ("moved_same_day", "several_groups", "kept_away")
_DAYS = ("on", "first", "last")
_NUMBERS = ("distance_km", "transport_hours", "notice_hours", "minutes", "invoice")


@dataclass(frozen=True)
class Case:
    rule: str
    label: str
    data: dict

    @property
    def shifts(self):
        return tuple(
            shift(
                one["person"], date.fromisoformat(day), one["from"], one["to"], one["kind"], one.get("pause")
            )
            for one in self.data["days"]
            for day in one["on"]
        )

    @property
    def workers(self):
        return tuple(
            Worker(p["id"], status=p["status"], job=p.get("job", ""), job_group=p.get("job_group", ""))
            for p in self.data["people"]
        )

    @property
    def setting(self):
        around = tuple(
            Circumstance(c["kind"], date.fromisoformat(c["from"]), date.fromisoformat(c["to"]))
            for c in self.data.get("circumstances", ())
        )
        return Setting(idcc=self.data.get("idcc"), annex=self.data.get("annex"), circumstances=around)

    @property
    def told(self):
        told = {key: value == "true" if isinstance(value, str) else value
                for key, value in self.data.get("told", {}).items()}  # fmt: skip
        for name, kind in _LISTS.items():
            if name in told:
                told[name] = tuple(kind(**_exact(item)) for item in told[name])
        if "delays" in told:
            told["delays"] = tuple(
                Delay(d["person"], date.fromisoformat(d["on"]), _at(d["planned"]), _at(d["actual"]), PARIS)
                for d in told["delays"]
            )
        if "performances" in told:
            told["performances"] = tuple(
                (venue, int(number)) for venue, number in told["performances"].items()
            )
        return Told(**told)

    @property
    def engagement(self):
        given = self.data["engagement"]
        days = sorted(day for one in self.data["days"] for day in one["on"])
        return Engagement.model_validate(
            {"id": "e", "position": "position/p", "person": "person/x", "starts_on": days[0],
             "ends_on": days[-1], **given}
        )  # fmt: skip


def shift(person, day, start, end, kind, pause=None, event=""):
    begins = time.fromisoformat(start)
    whole = span(day, begins, time.fromisoformat(end))
    breaks = (span(day, time.fromisoformat(pause[0]), time.fromisoformat(pause[1])),) if pause else ()
    return Shift(person, Interval(whole.start, whole.end), kind, breaks, event=event)


def _exact(item):
    return {key: _value(key, value) for key, value in item.items()}


def _value(key, value):
    if key in _NUMBERS:
        return Decimal(value)
    if key in _DAYS:
        return date.fromisoformat(value)
    return value == "true" if key in _FLAGS else value


def _at(text):
    moment = datetime.fromisoformat(text)
    return instant(moment.date(), moment.time())


def cases():
    return [
        Case(path.stem, data["label"], data)
        for path in sorted(FOLDER.glob("*.yaml"))
        for data in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    ]


def monday(day: date) -> date:
    return date.fromordinal(day.toordinal() - day.weekday())
