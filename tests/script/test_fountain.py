"""Screenplays in Fountain, the French way first."""

from __future__ import annotations

from collections import Counter

import pytest

from filage.script.read import read_script
from script.texts import FIXTURES, NAVETTE, fountain, read


def counts(script) -> list[tuple[str, int, int, int]]:
    return [(one.name, one.scenes, one.cues, one.words) for one in script.characters]


def test_reads_the_french_fixture() -> None:
    script = read(FIXTURES / "fr_synth.fountain")
    assert (script.title, script.format) == ("La Caravane (fichier de test inventé, CC0)", "fountain")
    assert [(s.id, s.number, s.int_ext, s.set, s.time, s.words) for s in script.scenes] == [
        ("1", "1", "INT", "CUISINE DE LA FERME", "JOUR", 6),
        ("2", "2", "INT", "CHAMBRE D'ÉLÉONORE", "NUIT", 2),
        ("2a", "2A", "INT/EXT", "VOITURE - ROUTE DE CAMPAGNE", "AUBE", 5),
        ("3", "3", None, "SÉQUENCE SOUS-MARINE", None, 1),
        ("4", "4", "EXT", "PLACE DU MARCHÉ", "JOUR", 0),
        ("5", "5", "INT/EXT", "CARAVANE", "CRÉPUSCULE", 1),
    ]
    assert counts(script) == [
        ("M. DUPONT", 1, 1, 4),
        ("ÉLÉONORE", 1, 1, 2),
        ("L'ÉTRANGER", 1, 1, 1),
        ("McAvoy", 1, 1, 1),
        ("CHŒUR DES ENFANTS", 1, 1, 5),
        ("MÈRE D'ARTHUR", 1, 1, 1),
        ("ZOÉ", 1, 1, 1),
    ]
    assert {scene.act for scene in script.scenes} == {"ACTE I"}
    assert script.findings == ()


def test_reads_every_heading_of_the_published_cases() -> None:
    script = read(FIXTURES / "fountain_SceneHeaders.fountain")
    assert [scene.int_ext for scene in script.scenes] == [
        *["INT", "EXT"] * 2,
        *["INT/EXT"] * 5,
        *["INT", "EXT"],
        None,
        "INT",
        None,
        "INT",
        "EXT",
        "INT",
    ]
    assert {scene.set for scene in script.scenes} == {"HOUSE", "house", "KITCHEN"}


def test_reads_every_number_of_the_published_cases() -> None:
    script = read(FIXTURES / "fountain_SceneNumbers.fountain")
    assert [scene.number for scene in script.scenes] == ["1", "1A", "1a", "A1", "I-1-A", "1.", "110A"]
    assert len({scene.id for scene in script.scenes}) == 7


def test_off_and_following_are_the_same_character() -> None:
    script = fountain(
        "INT. A - JOUR\n\nZOÉ\nUn.\n\nZOÉ (OFF)\nDeux.\n\nZOE (SUITE)\nTrois.\n\nZOÉ (CONT’D) ^\nQuatre.\n"
    )
    assert counts(script) == [("ZOÉ", 1, 4, 4)]


def test_parentheticals_are_not_spoken() -> None:
    script = fountain(
        "INT. A - JOUR\n\nZOÉ\n(à part, sur\ndeux lignes)\n(bas) Un deux.\nTrois (ou quatre).\n"
    )
    assert counts(script) == [("ZOÉ", 1, 1, 5)]


def test_notes_and_boneyard_are_not_read_and_lines_stay_true() -> None:
    script = fountain(
        "INT. A - JOUR\n\n/* EXT. COUPÉE - JOUR\n\nMARC\nNon. */\n\n"
        "ZOÉ\n[[note sur\ndeux lignes]]\nOui.[[hein]]\n\n~Chant seul\n"
    )
    assert [scene.id for scene in script.scenes] == ["int-a-jour"]
    assert counts(script) == [("ZOÉ", 1, 1, 1)]
    assert "ligne 13" in script.findings[0].message


def test_a_boneyard_never_closed_hides_nothing() -> None:
    script = fountain("INT. A - JOUR\n\n/* EXT. B - JOUR\n\nEXT. C - NUIT\n\nRien.\n")
    assert [scene.set for scene in script.scenes] == ["A", "C"]
    assert [finding.code for finding in script.findings] == ["script.open_boneyard"]


def test_a_forgotten_blank_line_does_not_hide_the_next_scene() -> None:
    script = fountain("INT. A - JOUR\n\nZOÉ\nOui.\nEXT. B - NUIT\nMARC\nNon.\n")
    assert [scene.characters for scene in script.scenes] == [("ZOÉ",), ("MARC",)]
    assert [finding.code for finding in script.findings] == ["script.missing_blank_line"]


def test_forced_elements_are_obeyed() -> None:
    script = fountain("INT. A - JOUR\n\n!INT. B - JOUR\n\n@Zoé\nOui.\n\n> NOIR\n\n.LE RÊVE\n\n>Fin<\n")
    assert [scene.heading for scene in script.scenes] == ["INT. A - JOUR", "LE RÊVE"]
    assert [scene.opening for scene in script.scenes] == ["INT. B - JOUR", "Fin"]
    assert counts(script) == [("Zoé", 1, 1, 1)]


def test_a_shout_in_capitals_is_an_action() -> None:
    assert counts(fountain("INT. A - JOUR\n\nBOUM !\nLa porte vole.\n\nFONDU AU NOIR :\nZoé sort.\n")) == []


def test_a_transition_is_neither_action_nor_cue() -> None:
    script = fountain(
        "INT. A - JOUR\n\nElle sort.\n\nFONDU AU NOIR.\n\nINT. B - JOUR\n\nCUT TO:\n\nElle entre.\n"
    )
    assert [scene.opening for scene in script.scenes] == ["Elle sort.", "Elle entre."]


def test_a_pause_of_two_spaces_stays_inside_the_speech() -> None:
    assert counts(fountain("INT. A - JOUR\n\nZOÉ\nUn.\n  \nDeux.\n\nTrois.\n")) == [("ZOÉ", 1, 1, 2)]


def test_an_unnumbered_scene_keeps_its_id_when_another_comes_before() -> None:
    after = fountain("INT. B - NUIT\n\nRien.\n\nINT. A - JOUR\n\nRien.\n")
    assert fountain("INT. A - JOUR\n\nRien.\n").scenes[0].id == after.scenes[1].id == "int-a-jour"


def test_a_scene_without_day_or_night_is_said() -> None:
    finding = fountain("INT. CUISINE\n\nRien.\n").findings[0]
    assert (finding.code, finding.about) == ("script.scene_without_time", "scene/int-cuisine")
    assert finding.message == "« INT. CUISINE » (ligne 1) ne dit ni le jour ni la nuit."


def test_a_speech_before_the_first_scene_is_said() -> None:
    script = fountain("ZOÉ\nDéjà ?\n\nINT. A - JOUR\n\nMARC\nOui.\n")
    assert [finding.code for finding in script.findings] == ["script.speech_outside_scene"]
    assert [(one.name, one.cues, one.listed_only) for one in script.characters] == [
        ("ZOÉ", 0, False),
        ("MARC", 1, False),
    ]


def test_the_file_gives_the_title_when_the_text_does_not() -> None:
    script = read_script(b"INT. A - JOUR\n\nRien.\n", name="dossier/mon-film.fountain")
    assert script.title == "mon-film"


def test_lines_of_windows_and_a_byte_order_mark_change_nothing() -> None:
    text = "Titre: Essai\n\nINT. A - JOUR\n\nZOÉ\nOui.\n"
    windows = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
    assert read_script(windows, name="essai.fountain") == fountain(text)


@pytest.mark.parametrize(("lines", "eighths"), [(0, 1), (53, 8), (106, 16), (94, 14)])
def test_a_page_of_fifty_five_lines_is_eight_eighths(lines, eighths) -> None:
    scene = fountain("INT. A - JOUR\n\n" + "Elle marche.\n\n" * (lines // 2)).scenes[0]
    assert (scene.eighths, scene.estimated) == (eighths, True)


# -- the short film of the examples ---------------------------------------------------------------------


def test_the_short_film_has_sixteen_clean_scenes_on_some_nine_pages() -> None:
    script = read(NAVETTE)
    assert (script.title, script.findings) == ("La Dernière Navette", ())
    assert [scene.number for scene in script.scenes] == [str(number) for number in range(1, 17)]
    assert 8 * 8 <= sum(scene.eighths for scene in script.scenes) <= 10 * 8


def test_the_short_film_has_five_speaking_parts() -> None:
    assert {one.name: one.scenes for one in read(NAVETTE).characters} == {
        "INÈS": 2,
        "NOÉ": 8,
        "BAPTISTE": 3,
        "SAMIRA": 7,
        "LUCIEN": 6,
    }


def test_every_scene_of_the_short_film_says_where_and_when() -> None:
    places = Counter((scene.int_ext, scene.time) for scene in read(NAVETTE).scenes)
    assert places == {
        ("INT", "FIN D’APRÈS-MIDI"): 1,
        ("INT", "JOUR"): 1,
        ("INT", "SOIR"): 1,
        ("INT", "NUIT"): 4,
        ("INT/EXT", "SOIR"): 1,
        ("EXT", "JOUR"): 1,
        ("EXT", "SOIR"): 2,
        ("EXT", "NUIT"): 4,
        ("EXT", "AUBE"): 1,
    }
    assert {scene.set for scene in read(NAVETTE).scenes if scene.set and "NAVETTE" in scene.set} == {
        "NAVETTE",
        "NAVETTE EN MARCHE",
        "NAVETTE À L’ARRÊT",
    }


def test_the_published_cases_of_another_reader_are_read() -> None:
    script = fountain(
        "Title:\n\t_Screenplay title_\n\tSecond line\nCredit: written by\nAuthor: A & B\n\n"
        "# Act 1\n\n= synopsis\n\nINT. A - DAY\n\nAction.\n\n/* cut /* nested */ */\n\n===\n\n.FORCED HEADER\n\n"
        "HERO 1\nBlah!\n\nHERO 2 ^\nBlah!\n\n> CENTERED, **BOLD** <\n\n> TRANSITION:\n\n@McCABE\n~Happy birthday\n"
    )
    assert script.title == "Screenplay title Second line"
    assert [scene.heading for scene in script.scenes] == ["INT. A - DAY", "FORCED HEADER"]
    assert counts(script) == [("HERO 1", 1, 1, 1), ("HERO 2", 1, 1, 1), ("McCABE", 1, 1, 2)]


def test_a_scene_of_very_many_actions_is_read_at_once() -> None:
    scene = fountain("INT. A - JOUR\n\n" + "Elle marche.\n\n" * 30_000).scenes[0]
    assert scene.opening is not None
    assert len(scene.opening) == 30_000 * len("Elle marche. ") - 1
