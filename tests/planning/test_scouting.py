"""Places scouted per set: compared, chosen with all that follows, late or refused authorisations told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from filage.facts.calendar import Event
from filage.facts.changing import apply_changes
from filage.facts.dossier import Dossier
from filage.facts.script import Need
from filage.facts.travel import Leg
from filage.facts.venue import Scouting
from filage.kernel.changes import Change, add, set_
from filage.planning.scouting import set_of, sets_of
from filage.planning.scouting_choice import choose
from filage.planning.scouting_findings import scouting_findings
from support.dossiers import small

TODAY = date(2026, 10, 12)
FACTS = (
    add("scene/s1", label="Le pont", set="Pont", int_ext="EXT"),
    add("scene/s2", label="Le pont, nuit", set="PONT"),
    add("scene/s3", label="La cuisine", set="Cuisine"),
    add("venue/quai", label="Quai", city="Lyon"),
    add("venue/viaduc", label="Viaduc", city="Oyonnax"),
    add("venue/studio", label="Studio", city="Lyon"),
    add("space/quai-est", label="Est", venue="venue/quai"),
    add("event/j1", type="shoot", day="2026-10-20", scenes=["scene/s1"], venue="venue/quai", space="space/quai-est"),
    add("event/j2", type="shoot", day="2026-10-21", scenes=["scene/s2"]),
    add("event/j3", type="shoot", day="2026-10-22", scenes=["scene/s1", "scene/s3"], venue="venue/studio"),
    add("event/j0", type="shoot", day="2026-10-01", scenes=["scene/s1"], venue="venue/quai"),
    add("event/jx", type="shoot", day="2026-10-23", scenes=["scene/s1"], venue="venue/quai", option="cancelled"),
    add("leg/aller", mode="car", origin="Lyon", destination="Lyon", event="event/j1", distance_km="12"),
    add("budget_line/quai", label="Quai", post="30", unit_price="300"),
    add("scouting/quai", set="Pont", venue="venue/quai", rank="first", authorisation="to_ask", lead_days="21",
        cost="300", line="budget_line/quai"),
    add("scouting/viaduc", set="pont", venue="venue/viaduc", rank="fallback", authorisation="granted", cost="150",
        distance_km="80"),
    add("need/autorisation-quai", label="Autorisation : Quai", state="to_find"),
)  # fmt: skip


def scouted(*changes: Change) -> Dossier:
    return small(*FACTS, *changes)


def chosen(dossier: Dossier, ident: str) -> tuple[Dossier, list[tuple[str, str]]]:
    scouting = dossier.find(f"scouting/{ident}", Scouting)
    assert scouting is not None
    choice = choose(dossier, scouting, TODAY, "30")
    return apply_changes(dossier, choice.changes), [(event.id, why) for event, why in choice.left]


def venues(dossier: Dossier) -> dict[str, Any]:
    return {event.id: event.venue for event in dossier.all(Event) if event.id.startswith("j")}


def test_scenes_of_one_set_are_together_whatever_the_capitals_with_the_places_seen_best_first():
    bridge, kitchen = sets_of(scouted())
    assert (bridge.name, [scene.id for scene in bridge.scenes]) == ("Pont", ["s1", "s2"])
    assert [event.id for event in bridge.events] == ["j0", "j1", "j2", "j3"]
    assert [one.scouting.id for one in bridge.candidates] == ["quai", "viaduc"]
    assert (kitchen.name, kitchen.candidates) == ("Cuisine", ())


def test_a_candidate_costs_its_days_and_its_authorisation_has_a_last_day():
    quay, viaduct = sets_of(scouted())[0].candidates
    assert (quay.cost, quay.ask_by) == (Decimal(1200), date(2026, 9, 10))
    assert (viaduct.cost, viaduct.ask_by) == (Decimal(600), None)


def test_choosing_the_fallback_moves_what_may_move_and_says_what_stays():
    after, left = chosen(scouted(), "viaduc")
    assert venues(after) == {
        "j0": "venue/quai", "j1": "venue/viaduc", "j2": "venue/viaduc", "j3": "venue/studio", "jx": "venue/quai",
    }  # fmt: skip
    assert left == [("j0", "il est passé"), ("j3", "il réunit plusieurs décors et se tient ailleurs")]
    moved = after.find("event/j1", Event)
    assert moved is not None
    assert moved.space is None


def test_choosing_writes_ranks_the_line_of_its_days_and_takes_the_former_one_away():
    after, _left = chosen(scouted(), "viaduc")
    assert {one.id: one.rank for one in after.all(Scouting)} == {"quai": "fallback", "viaduc": "first"}
    line = after.get(str(after.find("scouting/viaduc", Scouting).line))  # type: ignore[union-attr]
    assert (line.label, line.quantity, line.unit_price, line.post) == (
        "Lieu : Viaduc (Pont)",
        "2",
        "150",
        "30",
    )  # type: ignore[union-attr]
    assert after.get("budget_line/quai") is None
    assert after.get("need/autorisation-quai") is None


def test_a_line_already_committed_or_cited_elsewhere_stays():
    committed, _ = chosen(scouted(set_("budget_line/quai", committed="300")), "viaduc")
    assert committed.get("budget_line/quai") is not None
    cited, _ = chosen(scouted(add("need/x", label="x", line="budget_line/quai")), "viaduc")
    assert cited.get("budget_line/quai") is not None


def test_choosing_a_place_whose_authorisation_is_to_ask_makes_its_need_once():
    after, _ = chosen(
        scouted(
            add(
                "scouting/studio",
                set="Pont",
                venue="venue/studio",
                lead_days="5",
                owner="la mairie",
                cost="0",
            )
        ),
        "studio",
    )
    need = after.find("need/autorisation-studio", Need)
    assert need is not None
    assert (need.label, need.needed_on, need.note) == (
        "Autorisation : Studio (Pont)", date(2026, 10, 1), "À demander à la mairie. Délai : 5 jours.",
    )  # fmt: skip
    again, _ = chosen(after, "studio")
    assert again == after


def test_journeys_follow_with_the_distance_of_the_place():
    after, _ = chosen(scouted(), "viaduc")
    leg = after.find("leg/aller", Leg)
    assert leg is not None
    assert (leg.destination, leg.distance_km) == ("Oyonnax", Decimal(80))


def test_going_back_restores_the_places():
    away, _ = chosen(scouted(), "viaduc")
    back, _ = chosen(away, "quai")
    assert venues(back)["j1"] == "venue/quai"
    assert {one.id: one.rank for one in back.all(Scouting)} == {"quai": "first", "viaduc": "fallback"}


def test_a_locked_event_keeps_its_place():
    after, left = chosen(scouted(set_("event/j2", locked="true")), "viaduc")
    assert venues(after)["j2"] is None
    assert ("j2", "il est verrouillé") in left


def test_an_event_that_joins_two_sets_at_one_place_stays_there():
    facts = (
        add("scouting/cuisine", set="Cuisine", venue="venue/quai", rank="first", authorisation="none"),
        set_("event/j3", venue="venue/quai"),
    )
    _after, left = chosen(scouted(*facts), "viaduc")
    assert ("j3", "il réunit plusieurs décors au même lieu") in left


def codes(dossier: Dossier, on: date = TODAY) -> list[tuple[str, str]]:
    return [(one.code, one.severity) for one in scouting_findings(dossier, on)]


FIRST_DAY = set_("event/j0", option="cancelled")
"""Without the day already past, the first is 20 October: to ask by 29 September."""


def test_an_authorisation_that_can_no_longer_come_in_time_blocks_and_offers_the_fallback():
    (found,) = scouting_findings(scouted(FIRST_DAY), TODAY)
    assert (found.code, found.severity) == ("scouting.permit_late", "blocking")
    assert [remedy.label for remedy in found.remedies] == ["Prendre le repli : Viaduc"]
    after = apply_changes(scouted(FIRST_DAY), found.remedies[0].changes)
    assert codes(after) == []


def test_the_last_days_to_ask_are_told_and_not_before():
    dossier = scouted(FIRST_DAY)
    assert codes(dossier, date(2026, 9, 30)) == [("scouting.permit_late", "blocking")]
    assert codes(dossier, date(2026, 9, 29)) == [("scouting.permit_soon", "warning")]
    assert codes(dossier, date(2026, 9, 19)) == [("scouting.permit_soon", "warning")]
    assert codes(dossier, date(2026, 9, 18)) == []


def test_an_authorisation_asked_says_nothing_more_and_a_refused_one_blocks():
    assert codes(scouted(FIRST_DAY, set_("scouting/quai", authorisation="asked"))) == []
    assert codes(scouted(FIRST_DAY, set_("scouting/quai", authorisation="refused"))) == [
        ("scouting.refused", "blocking")
    ]


def test_an_event_planned_elsewhere_than_the_first_choice_is_told_with_its_way_back():
    dossier = scouted(
        FIRST_DAY, set_("scouting/quai", authorisation="none"), set_("event/j2", venue="venue/studio")
    )
    (found,) = scouting_findings(dossier, TODAY)
    assert (found.code, found.about) == ("scouting.elsewhere", "event/j2")
    assert codes(apply_changes(dossier, found.remedies[0].changes)) == []


def test_a_production_that_scouts_nothing_hears_nothing():
    assert scouting_findings(small(add("scene/s1", label="Forêt", set="Forêt")), TODAY) == []


def test_a_set_is_found_by_any_of_its_places():
    dossier = scouted()
    viaduct = dossier.find("scouting/viaduc", Scouting)
    assert viaduct is not None
    assert set_of(dossier, viaduct).name == "Pont"
