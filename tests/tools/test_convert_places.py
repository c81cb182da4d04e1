"""The conversion of towns and stations: each town once, where it is; slips of the source stay out."""

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))

import convert_places  # noqa: E402


def festival(name, code, where, department="Doubs"):
    return {
        "commune_principale_de_deroulement": name,
        "code_insee_commune": code,
        "geocodage_xy": where,
        "departement_principal_de_deroulement": department,
    }


DOLE = [festival("Dole", "39198", "47.09212345, 5.49", "Jura")] * 5


def test_a_town_is_kept_once_with_its_usual_spelling_and_coordinates():
    rows = [*DOLE, festival("DOLE", "39198", "47.09212345, 5.49", "Jura")]
    assert convert_places.towns(rows, set()) == [("Dole", "39", "47.0921", "5.4900")]


def test_a_festival_placed_in_another_town_by_mistake_is_left_out_unless_a_station_says_so():
    slip = [*DOLE, festival("Dole", "75102", "48.86, 2.34", "Paris")]
    assert [town[1] for town in convert_places.towns(slip, set())] == ["39"]
    assert [town[1] for town in convert_places.towns(slip, {("dole", "75")})] == ["39", "75"]


def test_a_row_without_place_or_code_is_left_out():
    assert convert_places.towns([festival("Dole", "39198", ""), festival("Dole", "", "47, 5")], set()) == []


def test_overseas_departments_have_three_figures_and_corsica_a_letter():
    assert [convert_places.department_of(code) for code in ("97411", "2A004", "25056")] == ["974", "2A", "25"]
