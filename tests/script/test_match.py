"""A new version of a script: each scene found again, or said new or cut."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filage.script.match import Matches, match_scenes
from filage.script.shape import ScriptScene
from script.texts import NAVETTE, WOYZECK, fountain, read

KITCHEN = "Zoé range les verres un par un dans le buffet, sans faire de bruit."
STREET = "Un chien traverse la place vide et s’assoit devant la boulangerie fermée."
ROOF = "Marc compte les tuiles cassées, le carnet ouvert sur ses genoux."


def scene(
    number: str | None, heading: str = "INT. CUISINE - NUIT", shown: str = KITCHEN, **more: object
) -> ScriptScene:
    made = ScriptScene(
        id=f"{number}-{heading}",
        number=number,
        heading=heading,
        int_ext=None,
        set=heading,
        time=None,
        characters=(),
        eighths=1,
        estimated=True,
        words=0,
        shown=shown,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def told(found: Matches) -> dict[str, list[object]]:
    """The numbers in each list, the empty lists left out."""
    lists: dict[str, list[object]] = {
        name: [(pair.before.number, pair.after.number) for pair in getattr(found, name)]
        for name in ("same", "moved", "changed")
    }
    lists |= {"new": [one.number for one in found.new], "cut": [one.number for one in found.cut]}
    return {name: held for name, held in lists.items() if held}


ONE = scene("1")
TWO = scene("2", "EXT. PLACE - AUBE", STREET)
THREE = scene("3", "EXT. TOIT - JOUR", ROOF)


@pytest.mark.parametrize("path", [NAVETTE, WOYZECK], ids=lambda path: path.name)
def test_a_script_is_the_same_as_itself(path) -> None:
    scenes = read(path).scenes
    found = match_scenes(scenes, scenes)
    assert [pair.after.id for pair in found.same] == [scene.id for scene in scenes]
    assert all(pair.before is pair.after and pair.likeness == 1 for pair in found.same)
    assert found[1:] == ((), (), (), ())


def test_new_and_cut_scenes_are_told() -> None:
    added = scene("2A", "INT. CAVE - NUIT", "Une ampoule se balance au bout de son fil.")
    assert told(match_scenes([ONE, TWO, THREE], [ONE, added, THREE])) == {
        "same": [("1", "1"), ("3", "3")],
        "new": ["2A"],
        "cut": ["2"],
    }


def test_a_scene_moved_is_told_and_the_others_stay() -> None:
    assert told(match_scenes([ONE, TWO, THREE], [THREE, ONE, TWO])) == {
        "same": [("1", "1"), ("2", "2")],
        "moved": [("3", "3")],
    }


def test_scenes_numbered_again_are_the_same() -> None:
    added = scene("1", "INT. CAVE - NUIT", "Une ampoule se balance au bout de son fil.")
    after = [added, *(replace(one, number=str(n)) for n, one in enumerate([ONE, TWO, THREE], start=2))]
    found = match_scenes([ONE, TWO, THREE], after)
    assert told(found) == {"same": [("1", "2"), ("2", "3"), ("3", "4")], "new": ["1"]}
    assert {pair.differs for pair in found.same} == {("number",)}


def test_a_scene_rewritten_under_its_number_and_heading_is_changed() -> None:
    after = replace(ONE, shown="Tout autre chose arrive ici ce soir.", characters=("ZOÉ",), eighths=3)
    found = match_scenes([ONE, TWO], [after, TWO])
    assert told(found) == {"changed": [("1", "1")], "same": [("2", "2")]}
    pair = found.changed[0]
    assert (pair.differs, pair.likeness, pair.moved) == (("characters", "text", "eighths"), 0.0, False)


def test_a_scene_given_another_set_and_number_is_found_by_its_text() -> None:
    after = replace(ONE, number="9", heading="INT. SALON - JOUR", set="SALON", shown=KITCHEN + " Elle sort.")
    found = match_scenes([ONE, TWO, THREE], [TWO, THREE, after])
    assert told(found) == {"same": [("2", "2"), ("3", "3")], "changed": [("1", "9")]}
    assert (found.changed[0].moved, found.changed[0].differs) == (True, ("number", "heading", "text"))


def test_a_number_given_to_another_scene_proves_nothing() -> None:
    other = scene("1", "EXT. PORT - NUIT", "Trois barques cognent contre le quai.")
    assert told(match_scenes([ONE], [other])) == {"new": ["1"], "cut": ["1"]}


def test_two_scenes_of_one_set_are_told_apart_by_their_text() -> None:
    first, second = scene("1"), scene("2", shown=ROOF)
    found = match_scenes([first, second], [replace(second, number="1", shown=ROOF + " Fin."), first])
    assert [(pair.before.number, pair.after.number) for pair in found.changed] == [("2", "1")]
    assert told(found)["moved" if found.moved else "same"] == [("1", "1")]


def test_a_scene_without_number_is_found_by_the_only_heading_of_its_kind() -> None:
    before = scene(None, "INT. CAVE - NUIT", "Une ampoule se balance.")
    after = replace(before, shown="Le mur suinte et quelqu’un tousse.")
    assert told(match_scenes([before, TWO], [after, TWO])) == {
        "same": [("2", "2")],
        "changed": [(None, None)],
    }
    assert told(match_scenes([before, before], [after])) == {"new": [None], "cut": [None, None]}


def test_two_empty_scenes_are_not_alike_for_being_empty() -> None:
    before, after = scene("1", "INT. A - JOUR", ""), scene("2", "EXT. B - NUIT", "")
    assert told(match_scenes([before], [after])) == {"new": ["2"], "cut": ["1"]}


def test_case_and_punctuation_change_nothing() -> None:
    after = replace(ONE, heading="int. cuisine - nuit", shown=KITCHEN.upper().replace(",", " ;"))
    assert told(match_scenes([ONE], [after])) == {"same": [("1", "1")]}


def test_a_text_of_another_format_is_matched() -> None:
    before = fountain("1. INT. CUISINE - NUIT\n\nZoé entre.\n\nZOÉ\nBonsoir à tous.\n")
    after = fountain("INT. CUISINE – NUIT #1#\n\nZoé entre.\n\nZOE\nBonsoir à tous !\n")
    assert len(match_scenes(before.scenes, after.scenes).changed) == 1
    assert match_scenes(before.scenes, after.scenes).changed[0].differs == ("heading",)


def test_nothing_against_something_is_all_new() -> None:
    assert told(match_scenes([], [ONE])) == {"new": ["1"]}
    assert told(match_scenes([ONE], [])) == {"cut": ["1"]}
    assert told(match_scenes([], [])) == {}


SCENES = st.lists(
    st.builds(
        scene,
        st.sampled_from([None, "1", "2", "3"]),
        st.sampled_from(["INT. A - JOUR", "INT. A - NUIT", "EXT. B - JOUR"]),
        st.sampled_from(["", KITCHEN, STREET, ROOF, KITCHEN + STREET, "Fin."]),
    ),
    max_size=7,
)


@given(SCENES, SCENES)
def test_every_scene_is_in_one_list_and_only_one(before, after) -> None:
    # each scene its own value, so that it can be counted
    before = [replace(one, id=f"b{n}") for n, one in enumerate(before)]
    after = [replace(one, id=f"a{n}") for n, one in enumerate(after)]
    found = match_scenes(before, after)
    pairs = [*found.same, *found.moved, *found.changed]
    assert sorted([pair.before.id for pair in pairs] + [one.id for one in found.cut]) == sorted(
        one.id for one in before
    )
    assert sorted([pair.after.id for pair in pairs] + [one.id for one in found.new]) == sorted(
        one.id for one in after
    )
    still = [pair.before.id for pair in sorted(pairs, key=lambda pair: pair.after.id) if not pair.moved]
    assert still == sorted(still)
    assert all(0 <= pair.likeness <= 1 for pair in pairs)
