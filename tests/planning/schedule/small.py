"""Small plans to lay: a few scenes, people and days, as plain values or as the facts of a dossier."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from filage.facts.reading import read_dossier
from filage.planning.schedule.laying_problem import Called, LayingProblem, Limits, Slot, ToLay
from filage.planning.schedule.laying_words import rules_in_words

MONDAY = date(2026, 10, 26)
FREE = Limits(span=780, work=600, week=2880, rest=660, stretch=345, pause=20, hours=(0, 2880), days=6)
CHILD = Limits(span=720, work=360, week=2160, rest=840, stretch=270, pause=30, hours=(360, 1200), days=5)


def person(name, cost, slots, **more):
    limits = CHILD if more.get("minor") else FREE
    return Called(f"person/{name}", name.capitalize(), cost, (limits,) * slots, **more)


def scene(number, minutes, *people, **more):
    return ToLay(
        f"scene/{number}",
        str(number),
        minutes,
        more.pop("eighths", 2),
        more.pop("set", f"decor {number}"),
        more.pop("venue", ""),
        frozenset(f"person/{one}" for one in people),
        **more,
    )


def problem(scenes, people, days=3, **more):
    slots = more.pop("slots", None) or tuple(Slot(MONDAY + timedelta(days=n), 540, 1560) for n in range(days))
    names = {one.scene: one.name for one in scenes} | {one.person: one.name for one in people}
    found = LayingProblem("plan/p", "shoot", tuple(scenes), slots, tuple(people), names=names, **more)
    return rules_in_words(found)


def with_more(given, **more):
    return rules_in_words(replace(given, **more))


FILM = """
schema: filage/1
employer: {id: e, label: Association, idcc: 3097, holiday_zone: A}
production: {id: film, label: Film, form: short_film, running_order: running_order/o}
people:
- {id: ana, given_name: Ana, family_name: Un}
- {id: bob, given_name: Bob, family_name: Deux}
- {id: kid, given_name: Kid, family_name: Trois}
- {id: tek, given_name: Tek, family_name: Quatre}
venues:
- {id: studio, label: Studio}
- {id: bois, label: Bois}
elements:
- {id: a, label: A}
- {id: b, label: B}
- {id: k, label: K, minutes: 30}
- {id: n, label: Nul}
scenes:
- {id: 1, number: 1, label: Un, set: Salon, int_ext: INT, time: jour, eighths: 8, elements: [element/a, element/k]}
- {id: 2, number: 2, label: Deux, set: Salon, int_ext: INT, time: jour, minutes: 100, elements: [element/a, element/n]}
- {id: 3, number: 3, label: Trois, set: Bois, int_ext: EXT, time: nuit, eighths: 5, elements: [element/b]}
- {id: 4, number: 4, label: Quatre, set: Bois, int_ext: EXT, time: jour, eighths: 4, elements: [element/a, element/b]}
- {id: 5, number: 5, label: Cinq, set: Cave, time: jour, eighths: 4, elements: [element/b]}
shots:
- {id: 5-1, scene: scene/5, minutes: 30}
- {id: 5-2, scene: scene/5, minutes: 45}
scoutings:
- {id: s, set: salon, venue: venue/studio, rank: first, cost: 200}
- {id: f, set: salon, venue: venue/bois, rank: fallback}
running_orders:
- {id: o, label: Ordre, scenes: [{scene: scene/1}, {scene: scene/2}, {scene: scene/3}, {scene: scene/4},
   {scene: scene/5, state: cut}]}
positions:
- {id: a, label: A, roles: [element/a], job_group: interpreter}
- {id: b, label: B, roles: [element/b], job_group: interpreter}
- {id: k, label: K, roles: [element/k], job_group: interpreter}
- {id: t, label: Image, department: technical, status: technicien}
engagements:
- {id: a, position: position/a, person: person/ana, starts_on: 2026-10-26,
   ends_on: 2026-10-30, unit: day, unit_pay: 300}
- {id: b, position: position/b, person: person/bob, starts_on: 2026-10-26,
   ends_on: 2026-10-30, unit: week, unit_pay: 1000}
- {id: k, position: position/k, person: person/kid, starts_on: 2026-10-26,
   ends_on: 2026-10-30, unit: day, unit_pay: 100,
   authorised: [MIN-ENF-AUTORISATION]}
- {id: t, position: position/t, person: person/tek, starts_on: 2026-10-26,
   ends_on: 2026-10-30, unit: day, unit_pay: 200}
events:
- {id: old, type: shoot, label: Jour 1, day: 2026-10-26, start: 09:00, end: 18:00, venue: venue/bois, scenes: [scene/3]}
- {id: kept, type: meeting, day: 2026-10-27, start: 09:00, end: 10:00}
participations:
- {id: old-bob, event: event/old, engagement: engagement/b}
availabilities:
- {id: x, person: person/bob, starts_on: 2026-10-27, ends_on: 2026-10-27, answer: busy}
plans:
- {id: p, label: Plan, starts_on: 2026-10-26, ends_on: 2026-10-29, locks: [{scene: scene/1, day: 2026-10-28}]}
"""


def film(more=""):
    return read_dossier((FILM + more).encode())
