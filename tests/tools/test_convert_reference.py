"""The conversion of researched values: counts, choices, fractions, and no change when run again."""

import os
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))

import convert_reference  # noqa: E402

SMALL = Path(__file__).parent / "reference"
WHOLE = os.environ.get("FILAGE_REFERENCE", "")


@pytest.fixture(scope="module")
def converted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("converted")
    report = convert_reference.convert(SMALL, folder / "law", folder / "cases")
    return folder, report


def parameter(folder, name):
    return yaml.safe_load((folder / "law" / f"{name}.yaml").read_text(encoding="utf-8"))


def files(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.yaml")}


def test_says_what_became_of_every_entry(converted):
    _, report = converted
    assert (report.read, report.minimums, len(report.shipped)) == (29, 1, 33)
    assert report.replaced == ["conges_spectacles"]
    assert sorted(report.warned) == [
        "atmp_artiste",
        "fnal_50_et_plus",
        "fnal_moins_50",
        "fonds_sante_intermittent_nc",
    ]
    assert report.confirming == ["fcap_2026"]
    assert report.artist_rates == ["maladie_employeur_artiste"]
    assert sorted(report.rules) == ["guso_regles", "plafond_artiste_5j_et_plus"]
    assert sorted(report.elsewhere) == ["TVA-DOM-CORSE", "sacem_taux_concert"]


def test_writes_one_file_a_parameter(converted):
    folder, report = converted
    written = {path.with_suffix("").as_posix().replace("/", ".") for path in files(folder / "law")}
    assert written == set(report.shipped)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("paie/maladie_employeur", "0.13"),
        ("paie/dialogue_social", "0.00016"),
        ("paie/pmss", "4005"),
        ("paie/rgdu_artiste", "0"),
        ("paie/atmp_technicien", None),
        ("tva/spectacle", "0.055"),
    ],
)
def test_percentages_become_fractions_as_text(converted, name, value):
    folder, _ = converted
    assert parameter(folder, name)["values"][-1]["value"] == value


def test_a_better_sourced_complement_replaces_from_its_first_day(converted):
    folder, _ = converted
    values = parameter(folder, "paie/conges_spectacles")["values"]
    assert [(value["from"], value["to"], value["value"]) for value in values] == [
        ("2019-04-01", "2023-03-31", "0.154"),
        ("2023-04-01", "2025-12-31", "0.155"),
        ("2026-01-01", "2027-03-31", "0.155"),
    ]


def test_at_equal_confidence_the_older_value_stays_and_says_the_other(converted):
    folder, _ = converted
    last = parameter(folder, "paie/fonds_sante_intermittent_nc")["values"][-1]
    assert (last["value"], last["from"]) == ("0.007", "2021-04-01")
    assert last["warning"] == (
        "Une autre source de même poids donne 0,77 % depuis le 01/01/2026 : "
        "Synthèse automatique en ligne, non vérifiée, du 30/06/2026"
    )


def test_several_secondary_sources_do_not_make_a_text_read(converted):
    folder, _ = converted
    assert parameter(folder, "paie/maladie_employeur")["values"][0]["confidence"] == "one_source"
    assert parameter(folder, "paie/atmp_artiste")["values"][0]["confidence"] == "uncertain"


def test_published_artists_rates_are_kept_for_the_tests(converted):
    folder, _ = converted
    (case,) = yaml.safe_load((folder / "cases" / "published_artist_rates.yaml").read_text(encoding="utf-8"))
    assert (case["parameter"], case["from"], case["published"]) == (
        "paie.maladie_employeur",
        "2018-01-01",
        "0.091",
    )


def test_running_it_again_changes_nothing(converted):
    folder, report = converted
    before = files(folder)
    again = convert_reference.convert(SMALL, folder / "law", folder / "cases")
    assert files(folder) == before
    assert again == report


def test_says_where_the_reference_is_missing(tmp_path, capsys):
    assert convert_reference.main([str(tmp_path)]) == 2
    assert "law/payroll_parameters.yaml introuvable" in capsys.readouterr().err


@pytest.mark.skipif(not WHOLE, reason="absent: FILAGE_REFERENCE names no researched folder, whole conversion")
def test_the_whole_reference_gives_the_data_shipped(tmp_path):
    report = convert_reference.convert(Path(WHOLE), tmp_path / "law", tmp_path / "cases")
    assert (report.read, report.minimums, len(report.shipped)) == (476, 296, 128)
    assert (len(report.replaced), len(report.warned), len(report.confirming)) == (9, 7, 8)
    assert (len(report.artist_rates), len(report.rules), len(report.elsewhere)) == (10, 10, 26)
    shipped = files(ROOT / "src" / "filage" / "data" / "law")
    assert {path: shipped.get(path) for path in files(tmp_path / "law")} == files(tmp_path / "law")


def test_a_source_reads_as_a_producer_would_name_it(converted):
    folder, _ = converted
    titles = {
        value["source"]
        for path in (folder / "law").rglob("*.yaml")
        for value in yaml.safe_load(path.read_text(encoding="utf-8"))["values"]
    }
    assert [
        title for title in titles if any(word in title for word in ("npm", "MIT", "GitHub", "AGPL"))
    ] == []
    assert any(
        title.startswith("Barème Urssaf repris par modele-social (publicodes), version 11.1.0")
        for title in titles
    )
