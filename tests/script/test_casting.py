"""Roles become positions to fill, and the days they are wanted are known."""

from __future__ import annotations

from datetime import date

from filage.facts.dossier import Dossier
from filage.facts.reading import fact_of_values
from filage.kernel.changes import Change, add
from filage.script.casting import days_wanted, position_of, positions_for, uncast

ZOE = add("element/zoe", label="Zoé")
FILM = add("production/film", label="Film", form="fiction")
TODAY = date(2026, 11, 1)


def dossier(*changes: Change) -> Dossier:
    facts = [fact_of_values(one.kind, {"id": one.id, **one.values}) for one in (FILM, ZOE, *changes)]
    return Dossier.of_facts(facts)


def test_each_role_and_extra_becomes_a_position_and_a_prop_none() -> None:
    passers = add("element/passants", label="Passants", category="extras")
    candle = add("element/bougie", label="Bougie", category="props")
    assert list(positions_for([ZOE, passers, candle], "fiction")) == [
        add("position/zoe", label="Zoé", status="artiste", department="artistic", roles=["element/zoe"],
            job_group="interpreter"),
        add("position/passants", label="Passants", status="figurant", department="artistic",
            roles=["element/passants"], job_group="extra"),
    ]  # fmt: skip


def test_a_kind_whose_population_is_not_known_leaves_it_open() -> None:
    (change,) = positions_for([ZOE], "festival")
    assert "job_group" not in change.values


PLAN = add("plan/tournage", label="Tournage", starts_on="2026-12-01", ends_on="2026-12-11")
SCENE = add("scene/1", label="Cuisine", elements=["element/zoe"])
EVENTS = [
    add(f"event/e{day}", type="shoot", day=f"2026-{day}", scenes=["scene/1"])
    for day in ("10-20", "12-03", "12-09")
]


def test_a_role_is_wanted_on_the_coming_days_of_its_scenes() -> None:
    known = dossier(PLAN, SCENE, *EVENTS)
    assert days_wanted(known, ["element/zoe"], TODAY) == (date(2026, 12, 3), date(2026, 12, 9))
    assert days_wanted(known, ["element/zoe"], date(2027, 1, 1)) == (date(2026, 10, 20), date(2026, 12, 9))


def test_a_role_without_a_day_is_wanted_over_the_plan() -> None:
    assert days_wanted(dossier(PLAN), ["element/zoe"], TODAY) == (date(2026, 12, 1), date(2026, 12, 11))
    assert days_wanted(dossier(SCENE), ["element/zoe"], TODAY) is None


def test_the_position_that_still_lacks_somebody_is_taken_first() -> None:
    taken = add("engagement/e", position="position/a", person="person/p", starts_on="2026-12-01",
                ends_on="2026-12-02", unit="cachet", unit_pay="1")  # fmt: skip
    roles = ["element/zoe"]
    known = dossier(
        add("position/a", label="A", roles=roles), add("position/b", label="B", roles=roles), taken,
        add("person/p", given_name="P", family_name="Q"),
    )  # fmt: skip
    found = position_of(known, "element/zoe")
    assert found is not None
    assert found.id == "b"
    assert uncast(known) == ()
    assert position_of(dossier(), "element/zoe") is None
