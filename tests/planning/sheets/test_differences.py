"""Differences between two versions of a sheet: complete, in sentences, for the reader who reads them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filage.facts.calendar import Event, Participation
from filage.kernel.changes import add, remove, set_
from filage.planning.sheets import (
    content_of,
    differences,
    digest,
    gathered,
    shortly,
    to_json,
    told,
    was_at,
)
from filage.planning.sheets.articles import of_somebody, with_article
from support.dossiers import TODAY
from support.sheets import tour

MOMENTS = tour().find("event/premiere", Event).moments


def moments(**moved):
    """The première's schedule with some moments at another time, by the beginning of their label."""
    kept = []
    for moment in MOMENTS:
        values = moment.model_dump(exclude_none=True)
        for start, at in moved.items():
            if moment.label.startswith(start):
                values["at"] = at
        kept.append(values)
    return set_("event/premiere", moments=kept)


def sheet(*changes, document="call_sheet", key="2026-11-05", **asked):
    """A sheet of the tour after some changes."""
    return content_of(tour(*changes), document, key, TODAY, **asked)


LATER = (moments(Raccord="17:00"), set_("participation/dana-1", call="16:45"))


def test_a_reader_is_told_what_moves_for_them_in_one_sentence():
    found = differences(sheet(), sheet(*LATER), "person/dana")
    assert told(found) == (
        "le raccord sur le plateau passe de 16:00 à 17:00, votre arrivée de 15:45 à 16:45."
    )
    assert [one.own for one in found] == [False, True]


def test_another_reader_is_told_only_what_concerns_them():
    found = differences(sheet(), sheet(*LATER), "person/ines")
    assert told(found) == "le raccord sur le plateau passe de 16:00 à 17:00."


def test_everybody_reads_the_names_and_those_alike_together():
    changes = (*LATER, set_("participation/ines-1", call="16:45"))
    found = differences(sheet(), sheet(*changes))
    assert told(found) == (
        "le raccord sur le plateau passe de 16:00 à 17:00, l’arrivée de Dana Morel et 1 autre de 15:45 à 16:45."
    )


def test_the_own_versions_of_two_issues_are_compared_the_same_way():
    before, after = sheet(person="dana"), sheet(*LATER, person="dana")
    assert told(differences(to_json(before), to_json(after), "person/dana")) == (
        "votre arrivée passe de 15:45 à 16:45, le raccord sur le plateau de 16:00 à 17:00."
    )
    assert was_at(differences(before, after))["own/call"] == "était à 15:45"


def test_a_few_words_serve_the_head_of_the_sheet():
    assert shortly(differences(sheet(), sheet(moments(Raccord="17:00")))) == "raccord sur le plateau 17:00"


def test_english_readers_read_english():
    found = differences(sheet(language="en"), sheet(*LATER, language="en"), "person/dana")
    assert (
        told(found, "en")
        == "“Raccord sur le plateau” moves from 16:00 to 17:00, your call from 15:45 to 16:45."
    )


def only(*changes, person=None, **asked):
    """The texts of the differences that some changes make."""
    return [one.text for one in differences(sheet(**asked), sheet(*changes, **asked), person)]


def test_who_comes_and_who_goes():
    assert only(remove("participation/ines-1"))[0] == "Inès Caradec n’y est plus"
    assert only(remove("participation/ines-1"), person="person/ines")[-1] == "vous n’y êtes plus"
    joins = add("participation/ines-2", event="event/dole", engagement="engagement/ines", call="16:30")
    assert "Inès Caradec rejoint la feuille" in only(joins, key="2026-11-06", document="day_sheet")


def test_a_place_that_changes():
    found = only(set_("event/premiere", venue="venue/fabrique"))
    assert found[0] == (
        "le lieu : « La Fabrique, 21 rue du Château » au lieu de « Théâtre de l’Écluse, 4 quai des Tanneurs, Besançon »"
    )


def test_a_moment_that_comes_goes_or_is_renamed():
    base = [moment.model_dump(exclude_none=True) for moment in MOMENTS]
    added = set_("event/premiere", moments=[*base, {"at": "19:30", "label": "Ouverture des portes"}])
    assert only(added) == ["ajouté à 19:30 : ouverture des portes"]
    assert only(set_("event/premiere", moments=base[1:])) == ["supprimé : réglages lumière, à 11:00"]
    renamed = set_("event/premiere", moments=[base[0], {**base[1], "label": "Italienne"}, *base[2:]])
    assert only(renamed) == ["à 16:00, « Italienne » remplace « Raccord sur le plateau »"]


def test_a_detail_a_need_or_a_scene_that_changes():
    base = [moment.model_dump(exclude_none=True) for moment in MOMENTS]
    assert only(set_("event/premiere", moments=[*base[:2], {**base[2], "told": "loge 2"}, base[3]])) == [
        "le repas sur place : « loge 2 » au lieu de « foyer »"
    ]
    assert only(set_("need/presse", label="3 photographes")) == [
        "presse : « 3 photographes » au lieu de « 2 photographes »"
    ]
    assert only(set_("scene/s1", seconds=100), document="running_sheet", key="jeu")[0].startswith(
        "durée de 1, Au miroir"
    )


def test_the_days_of_a_booklet_say_their_day():
    found = only(set_("event/dole", start="19:00"), document="tour_booklet", key="tour")
    assert any(text.startswith("ven. 6 nov. 2026\u00a0: ") for text in found)
    gone = only(set_("event/dole", option="cancelled"), document="tour_booklet", key="2026-11")
    assert "supprimé : ven. 6 nov. 2026, La Fabrique" in gone


def test_the_same_sheet_has_no_difference():
    assert differences(sheet(), sheet()) == ()
    assert (told(()), shortly(())) == ("", "")


CHANGES = (
    set_("event/premiere", start="20:30"), set_("event/premiere", weather="pluie"), moments(Raccord="15:00"),
    set_("production/petite", safety="Rien."), set_("venue/ecluse", access="Par la rue."),
    set_("venue/ecluse", label="Autre lieu"), set_("participation/dana-1", dressing="18:00"),
    set_("participation/elie-1", wrap="23:00"), remove("participation/dana-1"), set_("need/presse", state="to_find"),
    set_("production/petite", duration=110), set_("venue/ecluse", parking="Aucun"),
    set_("event/dole", start="19:00"), set_("event/premiere", premiere=False), set_("employer/fil", label="Le Fil"),
    set_("event/premiere", end="22:30"), set_("venue/ecluse", zone="Europe/London"),
    set_("person/dana", stage_name="Dana M."),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.sets(st.sampled_from(range(len(CHANGES))), max_size=5))
def test_two_versions_differ_in_words_exactly_when_their_digests_do(chosen):
    before, after = sheet(), sheet(*(CHANGES[rank] for rank in sorted(chosen)))
    found = differences(before, after)
    assert bool(found) == (digest(before) != digest(after))
    assert all(one.text for one in found)


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("Raccord sur le plateau", ("le raccord sur le plateau", False)), ("Zumba", ("« Zumba »", False)),
        ("Représentation", ("la représentation", False)), ("Costumes, maquillage", ("les costumes, maquillage", True)),
        ("Votre arrivée", ("votre arrivée", False)), ("Ouverture des portes", ("l’ouverture des portes", False)),
    ],
)  # fmt: skip
def test_the_words_of_the_trade_have_their_article(label, told):
    assert with_article(label) == told


def test_of_is_elided_before_a_vowel():
    assert (of_somebody("arrivée", "Inès"), of_somebody("fin de journée", "Karim")) == (
        "l’arrivée d’Inès", "la fin de journée de Karim",
    )  # fmt: skip


def later(event, minutes, *people):
    """Changes that call some people of the tour later, and end their day later."""
    index = {"dana": "dana-1", "ines": "ines-1", "elie": "elie-1"}
    found = []
    for who in people:
        part = tour().find(f"participation/{index[who]}", Participation)
        moved = {}
        for name in ("call", "dressing", "wrap"):
            if at := getattr(part, name):
                whole = at.hour * 60 + at.minute + minutes
                moved[name] = f"{whole // 60:02d}:{whole % 60:02d}"
        found.append(set_(part.about, **moved))
    return found


def test_a_team_that_moves_alike_is_told_in_one_line():
    new = sheet(*later("premiere", 60, "dana", "ines", "elie"))
    lines = gathered(differences(sheet(), new), new)
    assert lines[0] == "toute l’équipe\xa0: une heure plus tard"
    assert not any("Morel" in line or "Caradec" in line for line in lines)


def test_who_does_not_move_with_the_team_is_named_and_told_apart():
    extra = [
        add(f"person/p{rank}", given_name="Ana", family_name=f"Roux {rank}") for rank in range(3)
    ] + [
        add(f"engagement/p{rank}", person=f"person/p{rank}", position="position/regie", starts_on="2026-11-05",
            ends_on="2026-11-06", unit="day", unit_pay="200")
        for rank in range(3)
    ]  # fmt: skip

    def parts(at):
        return [
            add(f"participation/p{rank}", event="event/premiere", engagement=f"engagement/p{rank}", call=at)
            for rank in range(3)
        ]

    old = sheet(*extra, *parts("10:00"))
    new = sheet(*extra, *parts("09:30"), set_("participation/dana-1", call="17:00"))
    lines = gathered(differences(old, new), new)
    assert lines[0] == "Ana Roux 0, Ana Roux 1, Ana Roux 2\xa0: 30\xa0min plus tôt"
    assert "l’arrivée de Dana Morel passe de 15:45 à 17:00" in lines
    both = sheet(*extra, *parts("09:30"), set_("participation/ines-1", call="15:15"))
    assert gathered(differences(old, both), both)[0] == (
        "toute l’équipe\xa0: 30\xa0min plus tôt, sauf Dana Morel, Élie Vasseur"
    )


def test_a_move_past_midnight_goes_the_short_way():
    ends = {"dana-1": "23:30", "ines-1": "23:45", "elie-1": "23:50"}
    after = {"dana-1": "00:30", "ines-1": "00:45", "elie-1": "00:50"}
    old = sheet(*(set_(f"participation/{one}", call=at) for one, at in ends.items()))
    new = sheet(*(set_(f"participation/{one}", call=at) for one, at in after.items()))
    assert gathered(differences(old, new), new)[0] == "toute l’équipe\xa0: une heure plus tard"
