"""A small tour in November, seen from October."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import pytest

from filage.facts.calendar import Event, Participation
from filage.facts.dossier import Dossier
from filage.kernel.changes import add
from filage_web import clock
from filage_web.store.changes import apply
from filage_web.store.queries import load_production
from support.cast import Cast

FACTS = (
    add("venue/ecluse", label="L’Écluse", city="Besançon"),
    add("venue/fabrique", label="La Fabrique", city="Dole"),
    add("vehicle/fourgon", label="Fourgon", volume="20"),
    add("position/marie", label="Marie"),
    add("position/regie", label="Régie", status="technicien", department="technical"),
    add("person/dana", given_name="Dana", family_name="Morel"),
    add("person/elie", given_name="Élie", family_name="Vasseur"),
    add("engagement/dana", position="position/marie", person="person/dana", phase="exploitation",
        starts_on="2026-11-05", ends_on="2026-12-14", unit="cachet", unit_pay="160"),
    add("engagement/elie", position="position/regie", person="person/elie", phase="exploitation",
        starts_on="2026-11-05", ends_on="2026-12-14", unit="hour", unit_pay="18"),
    add("event/p1", type="performance", day="2026-11-14", start="20:00", end="22:00", venue="venue/ecluse",
        option="option_1", option_until="2026-11-01", vehicles=["vehicle/fourgon"],
        moments=[{"at": "18:00", "label": "Raccord"}]),
    add("participation/p1", event="event/p1", engagement="engagement/dana", call="18:30", pickup="17:45"),
    add("participation/p1-elie", event="event/p1", engagement="engagement/elie", call="14:00", wrap="23:00"),
    add("event/m1", type="setup", day="2026-11-16", start="07:30", end="12:00", venue="venue/fabrique"),
    add("participation/m1-elie", event="event/m1", engagement="engagement/elie"),
    add("event/reunion", type="meeting", day="2026-11-17", label="Bilan"),
)  # fmt: skip


class Office:
    """Bob at the calendar of the tour."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def get(self, path: str, status: int = 200) -> Any:
        answer = self.cast.browser("bob").get(self.cast.address(path))
        assert answer.status_code == status
        return answer

    def html(self, path: str) -> str:
        return unescape(self.get(path).content.decode()).replace("\u00a0", " ")

    def post(self, path: str, **typed: Any) -> Any:
        return self.cast.browser("bob").post(self.cast.address(path), typed)

    def confirm(self, answer: Any) -> None:
        text = answer.content.decode()
        assert answer.status_code == 200, unescape(text)[-3000:]
        hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', text)
        draft = {name: unescape(value) for name, value in reversed(hidden) if name != "csrfmiddlewaretoken"}
        assert self.post("effet/", **draft).status_code == 302

    @property
    def dossier(self) -> Dossier:
        return load_production(self.cast.structure, self.cast.production).dossier

    def event(self, ident: str) -> Event:
        found = self.dossier.find(f"event/{ident}", Event)
        assert found is not None
        return found

    def part(self, ident: str) -> Participation:
        found = self.dossier.find(f"participation/{ident}", Participation)
        assert found is not None
        return found

    def days(self) -> dict[str, str]:
        return {event.id: event.day.isoformat() for event in self.dossier.all(Event)}

    def write(self, *changes: Any) -> None:
        apply(self.cast.structure, self.cast.production, changes, actor=self.cast.alice)


@pytest.fixture(autouse=True)
def _october(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 10, 12))


@pytest.fixture
def office(cast: Cast) -> Office:
    apply(cast.structure, cast.production, FACTS, actor=cast.alice)
    return Office(cast)
