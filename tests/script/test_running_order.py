"""Running orders from a table: known columns, bad rows named, the others kept."""

from __future__ import annotations

import io
import zipfile
from datetime import time, timedelta

import pytest
from openpyxl import Workbook

from filage.facts.script import Element, RunningOrder, Scene
from filage.kernel.errors import BadInput
from filage.script.facts import facts_of
from filage.script.read import read_script
from filage.script.shape import Script
from script.texts import PLAYS, read

CONCERT = PLAYS / "conduite-concert.csv"


def table(text: str, name: str = "soir.csv") -> Script:
    return read_script(text.encode(), name=name)


def workbook(*rows: list[object], formats: dict[str, str] | None = None) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for cell, shown in (formats or {}).items():
        sheet[cell].number_format = shown
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def remarks(script: Script) -> list[tuple[str, str]]:
    return [(finding.code, finding.message) for finding in script.findings]


def test_reads_the_example() -> None:
    script = read(CONCERT)
    assert (script.title, script.format) == ("Les Nuits du pont — conduite du concert", "running_order")
    assert [(s.id, s.number, s.heading, s.seconds, s.part) for s in script.scenes] == [
        ("1", "1", "Entrée du public", 900, "PREMIÈRE PARTIE"),
        ("2", "2", "Discours de bienvenue", 180, "PREMIÈRE PARTIE"),
        ("3", "3", "L’Eau qui monte", 260, "PREMIÈRE PARTIE"),
        ("4", "4", "Trois ponts", 370, "PREMIÈRE PARTIE"),
        ("5", "5", "Berceuse des péniches", 225, "PREMIÈRE PARTIE"),
        ("entracte", "Entracte", "Entracte", 1200, "PREMIÈRE PARTIE"),
        ("6", "6", "La Crue", 510, "DEUXIÈME PARTIE"),
        ("7", "7", "Rappel", 300, "DEUXIÈME PARTIE"),
    ]
    assert [(c.name, c.scenes, c.cues, c.words, c.listed_only) for c in script.characters] == [
        ("Nadia Belkacem", 1, 0, 0, False),
        ("Chœur des Quais", 3, 0, 0, False),
        ("Ilan Mercier", 4, 0, 0, False),
        ("Sofia Lindgren", 4, 0, 0, False),
    ]
    third = script.scenes[2]
    assert (third.set, third.time, third.opening) == ("Grande scène", "20:18", "entrée du chœur par la salle")
    assert {(scene.eighths, scene.estimated) for scene in script.scenes} == {(0, False)}
    assert script.findings == ()


def test_becomes_the_roles_items_and_order_of_a_production() -> None:
    kinds = {"element": Element, "scene": Scene, "running_order": RunningOrder}
    made = [kinds[change.kind](id=change.id, **change.values) for change in facts_of(read(CONCERT))]
    roles = [fact for fact in made if isinstance(fact, Element)]
    assert {(role.words, role.silent) for role in roles} == {(None, False)}
    song = next(fact for fact in made if fact.about == "scene/4")
    assert isinstance(song, Scene)
    assert (song.seconds, song.words, song.eighths) == (370, None, None)
    assert song.elements == ("element/ilan-mercier", "element/sofia-lindgren")


@pytest.mark.parametrize(
    "text",
    [
        "N°;Titre;Durée;Artistes\n1;Un;3:00;A, B\n",
        'title,length,artist,no\nUn,3:00,"A, B",1\n',
        "ordre\tmorceau\tminutage\tinterprètes\n1\tUn\t3 min\tA / B\n",
        "Seq | Scène | Durée (s) | Qui\n1 | Un | 180 | A + B\n",
        "\ufeffNuméro;SCÈNE;DURÉE (min) :;PERSONNAGES\n1;Un;3;A ; B\n".replace("A ; B", '"A ; B"'),
    ],
)
def test_columns_are_known_by_french_and_english_heads_in_any_order(text) -> None:
    for name in ("soir.csv", "collé.txt"):
        script = table(text, name)
        assert [(s.number, s.heading, s.seconds, s.characters) for s in script.scenes] == [
            ("1", "Un", 180, ("A", "B"))
        ]


def test_a_column_of_scenes_is_their_number_or_their_title_as_each_row_says() -> None:
    script = table("Scène;Décor;Qui\n1;Cuisine;A\n2A;;B\nLe bal;Salon;A\n")
    assert [(s.id, s.number, s.heading) for s in script.scenes] == [
        ("1", "1", "Cuisine"),
        ("2a", "2A", "Scène 2A"),
        ("le-bal", None, "Le bal"),
    ]


def test_the_first_sheet_that_is_a_running_order_is_read() -> None:
    book = Workbook()
    book.create_sheet("Contacts").append(["Nom", "Prénom"])
    sheet = book.create_sheet("Conduite")
    sheet.append(["N°", "Titre"])
    sheet.append([1, "Un"])
    held = io.BytesIO()
    book.save(held)
    assert [scene.heading for scene in read_script(held.getvalue(), name="soir.xlsx").scenes] == ["Un"]


def test_a_bad_row_is_named_and_the_others_are_kept() -> None:
    script = table("n°;titre;durée;son\n1;Un;bof;x\n2;;3:00;\n3;Trois;4:00;\n;Total;5:00;\n")
    assert [(s.number, s.seconds) for s in script.scenes] == [("1", None), ("3", 240)]
    assert remarks(script) == [
        ("script.bad_row", "Ligne 3 : ligne sans titre (« 2 », « 3:00 ») ; elle n’est pas reprise."),
        (
            "script.total_differs",
            "Ligne 5 : le total écrit est 5:00, la somme des durées lues 4:00.",
        ),
        (
            "script.unread_duration",
            "Ligne 2 : durée « bof » illisible (attendu : 3:45, 1 h 05 ou 4 min) ; la ligne est reprise sans elle.",
        ),
        ("script.unread_column", "Ligne 1 : colonnes non reprises : « son »."),
    ]


def test_the_line_of_a_row_after_a_cell_of_several_lines_is_true() -> None:
    script = table('titre;notes\nUn;"deux\nlignes"\n;perdue\n')
    assert script.scenes[0].opening == "deux lignes"
    assert "Ligne 4 : ligne sans titre" in script.findings[0].message


def test_two_rows_of_one_number_are_told() -> None:
    script = table("n°;titre\n1;Un\n1;Deux\n")
    assert [scene.id for scene in script.scenes] == ["1", "1-2"]
    assert [finding.code for finding in script.findings] == ["script.repeated_number"]


def test_a_workbook_is_read_as_it_is_shown() -> None:
    data = workbook(
        ["Soirée"],
        ["N°", "Titre", "Durée", "Artistes"],
        [1, "Un", time(3, 45), "A"],
        [2, "Deux", time(0, 4, 30), "A, B"],
        [3, "Trois", timedelta(minutes=5, seconds=2)],
        [4, "Quatre", 4],
        [],
        [5, "Cinq", "3’10"],
        formats={"C3": "h:mm", "C4": "mm:ss"},
    )
    script = read_script(data, name="soir.xlsx")
    assert script.title == "Soirée"
    assert [(s.number, s.seconds) for s in script.scenes] == [
        ("1", 225),
        ("2", 270),
        ("3", 302),
        ("4", 240),
        ("5", 190),
    ]
    assert script.findings == ()


def test_minutes_kept_as_hours_are_told() -> None:
    script = read_script(workbook(["Titre", "Durée"], ["Un", time(3, 45)]), name="soir.xlsx")
    assert remarks(script) == [
        (
            "script.long_item",
            (
                "Ligne 2 : « Un » dure 3:45:00, plus de deux heures ; "
                "si ce sont des minutes et des secondes, écrivez par exemple 3 min 45."
            ),
        )
    ]


def test_an_old_encoding_of_windows_is_read_and_told() -> None:
    script = read_script("N°;Titre\n1;Été\n".encode("cp1252"), name="soir.csv")
    assert script.scenes[0].heading == "Été"
    assert [finding.code for finding in script.findings] == ["script.old_encoding"]


def test_a_very_long_title_is_cut_and_told() -> None:
    script = table(f"n°;titre\n1;{'long ' * 80}\n")
    assert len(script.scenes[0].heading) <= 300
    assert [finding.code for finding in script.findings] == ["script.long_title"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "a;b\n1;2\n",
            (
                "soir.csv:1 : aucune colonne de titres ; la première ligne porte « a », « b » ; attendu : une ligne "
                "de titres de colonnes : titre (obligatoire), n°, durée, artistes, lieu, heure, notes ; "
                "ajoutez une colonne « Titre » au-dessus des lignes"
            ),
        ),
        ("n°;titre\n", "soir.csv:1 : aucune ligne sous les titres de colonnes"),
        (";;\n;\n", "soir.csv : ce tableau est vide"),
        ("n°;titre\n" + "1;Un\n" * 5_001, "soir.csv : tableau de plus de 5000 lignes"),
        ("n°;titre\n1;" + "x" * 200_000, "soir.csv:2 : une cellule n’est pas lisible"),
    ],
)
def test_a_table_that_is_no_running_order_is_refused(text, says) -> None:
    with pytest.raises(BadInput) as refusal:
        table(text)
    assert str(refusal.value).startswith(says)


def test_a_damaged_or_dangerous_workbook_is_refused(monkeypatch) -> None:
    whole = workbook(["Titre"], ["Un"])
    for data in (whole[:2_000], whole[:1_500] + b"\x00" * 40 + whole[1_540:]):
        with pytest.raises(BadInput, match="ce classeur est abîmé ou protégé"):
            read_script(data, name="soir.xlsx")
    held = io.BytesIO(whole)
    with zipfile.ZipFile(held, "a") as archive:
        archive.writestr("xl/other.xml", '<!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>')
    with pytest.raises(BadInput, match="ce classeur déclare un type de document"):
        read_script(held.getvalue(), name="soir.xlsx")
    monkeypatch.setattr("filage.script.cells._MAX_UNPACKED", len(whole))
    with pytest.raises(BadInput, match="ce classeur dépasse 100 Mo"):
        read_script(held.getvalue(), name="soir.xlsx")
