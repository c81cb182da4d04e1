"""The conversion of researched rows of working time: every row chosen, numbers as text, no change when run again."""

import os
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))

import convert_worktime  # noqa: E402

WHOLE = os.environ.get("FILAGE_REFERENCE", "")
SHIPPED = ROOT / "src" / "filage" / "data" / "worktime"

REFERENCE = """\
rules:
- {id: CT-JOUR-10H, sector: code_travail, population: adultes, condition: toujours, metric: effective_work_per_day,
   operator: <=, threshold: 10, unit: h, severity: blocage, legal_basis: C. trav. L3121-18, sources: [CT],
   confidence: high, unless: dérogation, text_state: '2026-03-27'}
- {id: CT-HS-25, sector: code_travail, population: tous, condition: à défaut d'accord, metric: overtime_rate,
   operator: ==, threshold: [], unit: taux, severity: calcul, legal_basis: C. trav. L3121-28, sources: [CT],
   confidence: high, text_state: '2026-03-27'}
- {id: 1285-REPOS, sector: IDCC1285, population: tous, condition: cas général, metric: daily_rest, operator: '>=',
   threshold: 9.5, unit: h, severity: alerte, legal_basis: CCNEAC VI.7, sources: [KALIDATA], confidence: high,
   text_state: fin 2023}
- {id: 1285-AFFICHAGE, sector: IDCC1285, population: tous, condition: chaque semaine, metric: weekly_plan_posted_by,
   operator: <=, threshold: vendredi, unit: échéance, severity: alerte, legal_basis: CCNEAC XIII, sources: [KALIDATA],
   confidence: medium, text_state: fin 2023}
sources:
  CT: {title: Code du travail, url: https://www.legifrance.gouv.fr/}
  KALIDATA: {title: textes repris d'une copie, url: https://www.legifrance.gouv.fr/liste/idcc}
"""
CHOICES = """\
tables:
  code_travail: {file: code_travail, title: Code du travail, idcc: null, starts_on: 2017-01-01, read_on: 2026-03-27,
    start_note: prudente}
  IDCC1285: {file: idcc_1285, title: CCNEAC, idcc: '1285', starts_on: 2020-01-01,
    read_on: 2023-12-31, start_note: prudente}
rules:
  CT-JOUR-10H: {population: adults}
  CT-HS-25: {class: premium}
  1285-REPOS: {population: everyone, replaces: [CT-JOUR-10H], variants: [{when: [tour], threshold: 9}],
    also: [{metric: span_per_day, threshold: 13}]}
  1285-AFFICHAGE: {class: formality, population: everyone, friday: true, needs: le jour de l'affichage}
"""


@pytest.fixture
def asked(tmp_path):
    (tmp_path / "law").mkdir()
    (tmp_path / "law" / "worktime_rules.yaml").write_text(REFERENCE, encoding="utf-8")
    choices = tmp_path / "choices.yaml"
    choices.write_text(CHOICES, encoding="utf-8")
    return tmp_path, tmp_path / "data", choices


def table(folder, name):
    return yaml.safe_load((folder / f"{name}.yaml").read_text(encoding="utf-8"))


def test_counts_what_rows_became(asked):
    assert convert_worktime.convert(*asked) == {"limit": 2, "formality": 1, "information": 0, "premium": 1}


def test_writes_numbers_as_text_and_the_text_s_own_words(asked):
    convert_worktime.convert(*asked)
    [limit] = table(asked[1], "idcc_1285")["limits"]
    assert (limit["people"], limit["condition"], limit["threshold"], limit["unit"]) == (
        "tous",
        "cas général",
        "9.5",
        "h",
    )
    assert limit["variants"] == [{"when": ["tour"], "threshold": "9"}]
    assert limit["also"] == [{"metric": "span_per_day", "operator": "<=", "threshold": "13", "unit": "h"}]
    assert limit["replaces"] == ["CT-JOUR-10H"]


def test_only_a_text_in_force_is_confirmed(asked):
    convert_worktime.convert(*asked)
    [code] = table(asked[1], "code_travail")["limits"]
    [branch] = table(asked[1], "idcc_1285")["limits"]
    assert (code["confidence"], "warning" in code) == ("confirmed", False)
    assert (branch["confidence"], branch["warning"]) == ("one_source", convert_worktime.LATER)
    assert branch["sources"][0]["title"] == convert_worktime.COPY_TITLE


def test_a_formality_says_what_it_needs_and_a_premium_only_its_id(asked):
    convert_worktime.convert(*asked)
    [formality] = table(asked[1], "idcc_1285")["formalities"]
    assert (formality["needs"], formality["friday"], formality["severity"]) == (
        "le jour de l'affichage",
        True,
        "warning",
    )
    [premium] = table(asked[1], "code_travail")["premiums"]
    assert (premium["id"], "threshold" in premium) == ("CT-HS-25", False)


def test_a_row_without_a_choice_is_refused(asked):
    folder, data, choices = asked
    choices.write_text(CHOICES.replace("  CT-HS-25: {class: premium}\n", ""), encoding="utf-8")
    with pytest.raises(convert_worktime.Refused, match="CT-HS-25"):
        convert_worktime.convert(folder, data, choices)


def test_running_it_again_changes_nothing(asked):
    convert_worktime.convert(*asked)
    before = {path.name: path.read_bytes() for path in asked[1].glob("*.yaml")}
    convert_worktime.convert(*asked)
    assert {path.name: path.read_bytes() for path in asked[1].glob("*.yaml")} == before


@pytest.mark.skipif(not WHOLE, reason="absent: FILAGE_REFERENCE names no researched folder, whole conversion")
def test_the_whole_reference_gives_the_data_shipped(tmp_path):
    counts = convert_worktime.convert(Path(WHOLE), tmp_path)
    assert counts == {"limit": 124, "formality": 10, "information": 1, "premium": 20}
    made = {path.name: path.read_bytes() for path in tmp_path.glob("*.yaml")}
    assert {name: (SHIPPED / name).read_bytes() for name in made} == made
