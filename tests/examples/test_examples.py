"""The examples shipped: readable, fictional, true to their texts, and telling the story they promise."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from lxml import etree
from stdnum import iban
from stdnum.fr import nir, siret

from filage.facts.calendar import Event, Participation
from filage.facts.contract import Contract
from filage.facts.dossier import Dossier
from filage.facts.people import PersonPrivate
from filage.facts.production import Constraint
from filage.facts.reading import read_dossier
from filage.facts.scenario import Scenario
from filage.facts.scenarios import resolve
from filage.facts.script import Element, RunningOrder, Scene
from filage.facts.team import Engagement, Position
from filage.facts.writing import values_of, write_json, write_yaml
from filage.kernel.interval import span
from filage.law import load_law
from filage.review import Outcome, review
from filage.script.read import read_script
from filage.script.shape import Script
from filage.script.words import count_words

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
NAMES = ("woyzeck", "court-metrage")
TODAY = date(2026, 10, 12)
EACH = pytest.mark.parametrize("name", NAMES)


@cache
def dossier(name: str) -> Dossier:
    return read_dossier((EXAMPLES / f"{name}.filage.yaml").read_bytes(), file=f"{name}.filage.yaml")


@cache
def outcome(name: str, scenario: str | None = None) -> Outcome:
    resolved, lost = resolve(dossier(name), scenario)
    assert lost == ()
    return review(resolved, load_law(), TODAY)


@cache
def script(name: str) -> Script:
    order = dossier(name).all(RunningOrder)[0]
    path = EXAMPLES / order.script
    return read_script(path.read_bytes(), name=path.name)


@EACH
def test_an_example_survives_writing_and_reading(name) -> None:
    example = dossier(name)
    assert read_dossier(write_yaml(example, with_private=True)) == example
    assert read_dossier(write_json(example, with_private=True)) == example


@EACH
def test_an_example_reads_by_hand(name) -> None:
    lines = (EXAMPLES / f"{name}.filage.yaml").read_text("utf-8").splitlines()
    assert [line for line in lines if len(line) > 175] == []
    assert sum(line.startswith("# ──") for line in lines) >= 8


@EACH
def test_identifiers_are_well_formed_and_nobody_s(name) -> None:
    assert siret.is_valid(dossier(name).employer.siret)
    assert dossier(name).employer.siret.startswith("1234567")
    for person in dossier(name).all(PersonPrivate):
        if person.nir is None:
            continue  # a birth day alone, for working time
        # no town of France has the code 990
        assert (nir.is_valid(person.nir), person.nir[7:10]) == (True, "990")
        assert (iban.is_valid(person.iban), person.iban[4:9]) == (True, "99999")
        assert person.phone.startswith("06 39 98 ")  # kept for fiction by the telecoms regulator


@EACH
def test_every_scene_is_one_of_the_text(name) -> None:
    found = {scene.id: scene for scene in script(name).scenes}
    scenes = dossier(name).all(Scene)
    assert [scene.source for scene in scenes if scene.source not in found] == []
    assert {scene.id: scene.words for scene in scenes} == {
        scene.id: found[scene.source].words for scene in scenes
    }


@EACH
def test_every_role_bears_the_names_of_the_text(name) -> None:
    known = {character.name for character in script(name).characters}
    for role in dossier(name).all(Element):
        if role.category == "cast" and not role.silent:
            assert set(role.source.split(", ")) <= known


@EACH
def test_every_role_that_speaks_in_a_scene_is_listed_in_it(name) -> None:
    roles = {
        r.about: set((r.source or "").split(", ")) for r in dossier(name).all(Element) if r.category == "cast"
    }
    spoken = {scene.id: set(scene.characters) for scene in script(name).scenes}
    for scene in dossier(name).all(Scene):
        listed = set().union(*(roles.get(about, set()) for about in scene.elements))
        assert (scene.id, spoken[scene.source] - listed) == (scene.id, set())


@EACH
def test_every_role_speaks_somewhere_or_is_said_to_be_silent(name) -> None:
    spoken = {scene.id: set(scene.characters) for scene in script(name).scenes}
    for role in dossier(name).all(Element):
        if role.category == "cast":
            listed = [scene for scene in dossier(name).all(Scene) if role.about in scene.elements]
            names = set((role.source or "").split(", "))
            speaks = any(spoken[scene.source] & names for scene in listed)
            assert (role.label, speaks) == (role.label, not role.silent)


@EACH
def test_every_role_has_exactly_one_player(name) -> None:
    held = Counter(about for position in dossier(name).all(Position) for about in position.roles)
    spoken = [r.about for r in dossier(name).all(Element) if r.category == "cast" and not r.silent]
    assert dict(held) == dict.fromkeys(spoken, 1)


@EACH
def test_nobody_plays_two_speaking_roles_in_one_scene(name) -> None:
    player = {role: position.id for position in dossier(name).all(Position) for role in position.roles}
    named = {n: r.about for r in dossier(name).all(Element) for n in (r.source or "").split(", ") if n}
    for scene in script(name).scenes:
        if any(kept.source == scene.id for kept in dossier(name).all(Scene)):
            players = Counter(player[named[character]] for character in scene.characters)
            assert (scene.id, [who for who, count in players.items() if count > 1]) == (scene.id, [])


@EACH
def test_every_participation_lies_in_its_engagement(name) -> None:
    events = {event.about: event for event in dossier(name).all(Event)}
    engagements = {engagement.about: engagement for engagement in dossier(name).all(Engagement)}
    for part in dossier(name).all(Participation):
        event, engagement = events[part.event], engagements[part.engagement]
        assert (part.id, engagement.starts_on <= event.day <= engagement.ends_on) == (part.id, True)


@EACH
def test_nothing_is_blocking_and_every_cost_is_complete(name) -> None:
    assert [finding.message for finding in outcome(name).findings if finding.severity == "blocking"] == []
    assert outcome(name).budget.complete is True


@EACH
def test_something_small_remains_to_be_found_and_a_scenario_closes_it(name) -> None:
    charges, balance = outcome(name).budget.expense, outcome(name).budget.balance
    assert Decimal("-0.06") * charges < balance < 0
    closing = {"woyzeck": "decor-plie", "court-metrage": "quatre-jours"}[name]
    assert outcome(name, closing).budget.balance > 0


@EACH
def test_scenarios_hold_only_differences_that_apply(name) -> None:
    for scenario in dossier(name).all(Scenario):
        changed, lost = resolve(dossier(name), scenario.id)
        assert lost == ()
        assert changed != dossier(name)


@EACH
def test_no_text_names_a_day_that_moving_the_dates_would_make_wrong(name) -> None:
    months = r"\d (janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc)"
    said = [
        str(value) for fact in dossier(name) if fact.kind != "employer" for value in values_of(fact).values()
    ]
    assert [text for text in said if re.search(months, text)] == []


# Woyzeck


def test_woyzeck_plays_twenty_four_scenes_mostly_of_the_fair_copy() -> None:
    order = dossier("woyzeck").all(RunningOrder)[0]
    versions = Counter(played.scene.removeprefix("scene/")[:2] for played in order.scenes)
    assert versions == {"h4": 15, "h1": 5, "h2": 2, "h3": 2}
    assert [played.scene for played in order.scenes] == [
        scene.about for scene in dossier("woyzeck").all(Scene)
    ]


def test_words_of_a_role_are_those_of_the_scenes_played() -> None:
    said = _words_by_scene_and_character()
    played = [scene.source for scene in dossier("woyzeck").all(Scene)]
    for role in dossier("woyzeck").all(Element):
        if role.category == "cast" and not role.silent:
            assert (role.id, role.words) == (role.id, sum(said[scene, role.source] for scene in played))


def _words_by_scene_and_character() -> Counter[tuple[str, str]]:
    """Count spoken words straight from the TEI, stage directions and speakers' names left out."""
    tei = "{http://www.tei-c.org/ns/1.0}"
    tree = etree.parse(EXAMPLES / "scripts" / "buechner-woyzeck.tei.xml")
    names = {
        person.get("{http://www.w3.org/XML/1998/namespace}id"): " ".join("".join(person.itertext()).split())
        for person in tree.iter(f"{tei}person", f"{tei}personGrp")
    }
    said: Counter[tuple[str, str]] = Counter()
    scenes = [
        div
        for div in tree.iter(f"{tei}div")
        if div.get("type") == "scene" and div.find(f".//{tei}div") is None
    ]
    for div, scene in zip(scenes, script("woyzeck").scenes, strict=True):
        for speech in div.iter(f"{tei}sp"):
            for dropped in list(speech.iter(f"{tei}stage", f"{tei}speaker", f"{tei}note")):
                tail, parent = dropped.tail or "", dropped.getparent()
                before = dropped.getprevious()
                if before is not None:
                    before.tail = (before.tail or "") + " " + tail
                else:
                    parent.text = (parent.text or "") + " " + tail
                parent.remove(dropped)
            for who in (speech.get("who") or "").split():
                said[scene.id, names[who.lstrip("#")]] += count_words(" ".join(speech.itertext()))
    return said


def test_woyzeck_tours_fourteen_dates_in_six_towns() -> None:
    dates = [event for event in dossier("woyzeck").all(Event) if event.type == "performance"]
    assert Counter(event.venue.removeprefix("venue/") for event in dates) == {
        "theatre-ecluse": 3,
        "la-fabrique": 2,
        "espace-des-quais": 3,
        "les-tanneurs": 2,
        "le-grand-foyer": 2,
        "auditorium-du-thiou": 2,
    }
    (premiere,) = [event for event in dates if event.premiere]
    assert (premiere.day, premiere.day.weekday(), premiere.start.isoformat("minutes")) == (
        date(2026, 11, 5),
        3,
        "20:00",
    )


def test_days_of_the_week_written_in_comments_are_right() -> None:
    text = (EXAMPLES / "woyzeck.filage.yaml").read_text("utf-8")
    names = ("lun", "mar", "mer", "jeu", "ven", "sam", "dim")
    months = {"nov.": 11, "déc.": 12}
    written = re.findall(r"\b(lun|mar|mer|jeu|ven|sam|dim)\. (\d+) (nov\.|déc\.)", text)
    assert len(written) == 20
    assert [w for w in written if names[date(2026, months[w[2]], int(w[1])).weekday()] != w[0]] == []


def test_each_artist_rehearses_forty_services_and_plays_fourteen_dates() -> None:
    parts = dossier("woyzeck").all(Participation)
    counted = Counter(part.engagement.removeprefix("engagement/") for part in parts if part.units != 0)
    assert {name: count for name, count in counted.items() if not name.startswith("lea")} == (
        {f"{artist}-creation": 40 for artist in ("karim", "dana", "hugo", "ines", "paul", "yvonne")}
        | {f"{artist}-tournee": 14 for artist in ("karim", "dana", "hugo", "ines", "paul", "yvonne")}
        | {"elie-creation": 16, "nour-creation": 15, "samuel-creation": 12}
        | {f"{technician}-tournee": 20 for technician in ("elie", "nour", "samuel")}
    )


def test_the_money_of_woyzeck_is_that_of_the_pictures() -> None:
    rows = outcome("woyzeck").budget.rows
    posts = Counter()
    for row in rows:
        posts[row.post] += row.amount
    assert (posts["30"], posts["40"], posts["80"], posts["90"]) == (
        Decimal("17430.00"),
        Decimal("5292.00"),
        Decimal("14778.40"),
        Decimal("5320.00"),
    )
    assert sum(row.amount for row in rows if row.id.startswith("funding/")) == 61_000
    assert sum(row.amount for row in rows if row.id.startswith("cession/")) == 63_700
    assert (
        sum(row.quantity for row in rows if row.id.startswith("stay/") and row.phase == "exploitation") == 114
    )
    assert outcome("woyzeck").budget.income == Decimal("139478.40")
    assert abs(outcome("woyzeck").budget.expense - 142_847) < 300


def test_losing_annecy_widens_the_gap_and_takes_its_travel_away() -> None:
    lost = outcome("woyzeck", "annecy-perdu")
    assert lost.budget.balance < outcome("woyzeck").budget.balance - 2000
    assert [row.id for row in lost.budget.rows if "annecy" in row.id] == []


def test_the_folded_set_changes_two_facts_only() -> None:
    resolved, _ = resolve(dossier("woyzeck"), "decor-plie")
    assert [fact.about for fact in resolved if dossier("woyzeck").get(fact.about) != fact] == [
        "variable/prix-km",
        "budget_line/decor",
    ]


def test_the_licence_expires_before_the_last_four_dates() -> None:
    expires = dossier("woyzeck").employer.licences[0].expires_on
    dates = [event for event in dossier("woyzeck").all(Event) if event.type == "performance"]
    assert len([event for event in dates if event.day > expires]) == 4
    assert "licence.expires" in {finding.code for finding in outcome("woyzeck").findings}


def test_the_constraints_of_woyzeck_are_kept_and_one_has_no_checkable_form() -> None:
    assert len([c for c in dossier("woyzeck").all(Constraint) if c.check]) == 4
    assert [
        finding for finding in outcome("woyzeck").findings if finding.about.startswith("constraint/")
    ] == []
    unchecked = [item.rule for item in outcome("woyzeck").not_checked]
    assert [rule for rule in unchecked if rule.startswith("constraint/")] == ["constraint/brouillard"]


def test_sales_are_at_the_states_of_the_pictures() -> None:
    states = {contract.id: contract.state for contract in dossier("woyzeck").all(Contract)}
    assert states == {
        "besancon": "signed",
        "dole": "signed",
        "chalon": "signed",
        "macon": "confirmed",
        "bourg": "option_1",
        "annecy": "option_2",
    }


def test_private_data_stays_in_its_own_kind() -> None:
    public = write_yaml(dossier("woyzeck")).decode()
    canaries = [
        value
        for private in dossier("woyzeck").all(PersonPrivate)
        for value in (private.nir, private.iban, private.phone, private.address, private.born_on)
        if value is not None
    ]
    assert len(canaries) == 18
    assert [canary for canary in canaries if str(canary) in public] == []


# The short film


def test_the_child_never_films_after_eight_in_the_evening_nor_more_than_four_hours_and_a_half() -> None:
    events = {event.about: event for event in dossier("court-metrage").all(Event)}
    days = [p for p in dossier("court-metrage").all(Participation) if p.engagement == "engagement/role-noe"]
    assert len(days) == 4
    for part in days:
        assert part.wrap.isoformat("minutes") <= "20:00"
        assert span(events[part.event].day, part.call, part.wrap).hours <= Decimal("4.5")


def test_every_scene_is_filmed_once_in_five_days() -> None:
    shoots = [event for event in dossier("court-metrage").all(Event) if event.type == "shoot"]
    filmed = Counter(scene for event in shoots for scene in event.scenes)
    assert len(shoots) == 5
    assert dict(filmed) == {scene.about: 1 for scene in dossier("court-metrage").all(Scene)}


def test_everybody_who_plays_a_scene_is_called_that_day() -> None:
    short = dossier("court-metrage")
    scenes = {scene.about: scene for scene in short.all(Scene)}
    roles = {role.about for role in short.all(Element) if role.category == "cast"}
    called = {(p.event, p.engagement.removeprefix("engagement/role-")) for p in short.all(Participation)}
    for event in short.all(Event):
        needed = {about for scene in event.scenes for about in scenes[scene].elements} & roles
        missing = [r for r in needed if (event.about, r.removeprefix("element/")) not in called]
        assert (event.id, missing) == (event.id, [])


def test_the_short_film_is_edited_and_mixed_after_the_shoot() -> None:
    short = dossier("court-metrage")
    last = max(event.day for event in short.all(Event) if event.type == "shoot")
    assert all(event.day > last for event in short.all(Event) if event.type == "post_production")
