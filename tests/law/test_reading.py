from datetime import date

import pytest

from filage.kernel.errors import BadInput
from filage.law import read_parameter

FILE = "paie/essai.yaml"
GOOD = """
label: Assurance maladie
unit: rate
part: employeur
base: assiette totale
applies_to: [technicien, permanent]
note: une note
revised: on_text
checked_on: 2026-11-22
values:
- {from: 2018-01-01, value: '0.13', source: Urssaf, confidence: one_source}
- {from: 2026-01-01, value: '0.14', source: Urssaf, confidence: uncertain, warning: à relire, own_formula: x}
"""


def problems(text):
    with pytest.raises(BadInput) as refusal:
        read_parameter("paie.essai", text, FILE)
    assert {problem.file for problem in refusal.value.problems} == {FILE}
    return [str(problem).removeprefix(f"{FILE} ") for problem in refusal.value.problems]


def test_reads_every_field():
    read = read_parameter("paie.essai", GOOD)
    assert (read.id, read.label, read.unit, read.part) == (
        "paie.essai",
        "Assurance maladie",
        "rate",
        "employeur",
    )
    assert (read.base, read.applies_to, read.note) == (
        "assiette totale",
        ("technicien", "permanent"),
        "une note",
    )
    assert (read.revised, read.checked_on) == ("on_text", date(2026, 11, 22))
    assert [value.warning for value in read.values] == ["", "à relire"]
    assert [value.source.warning for value in read.values] == ["", "à relire"]


def test_an_open_value_ends_on_the_eve_of_the_next():
    assert [value.ends_on for value in read_parameter("paie.essai", GOOD).values] == [
        date(2025, 12, 31),
        None,
    ]


def test_tells_everything_wrong_at_once_with_its_place():
    wrong = """
label: Assurance maladie
unit: pourcent
revise: on_text
revised: parfois
checked_on: hier
values:
- {from: 2018-02-30, value: 13, confidence: sure, url: u}
- {from: 2020-01-01, to: 2019-01-01, value: 1e-3, source: Urssaf, confidence: uncertain}
"""
    assert problems(wrong) == [
        ": champ inconnu « revise » ; vouliez-vous dire « revised » ?",
        "checked_on : « hier » n’est pas un jour ; attendu : AAAA-MM-JJ",
        "unit : « pourcent » inconnu ; attendu : EUR, rate, hours, ratio, count, flag",
        "values[0] : champ « source » absent",
        "values[0].from : « 2018-02-30 » n’est pas un jour ; attendu : AAAA-MM-JJ",
        "values[0].confidence : « sure » inconnu ; attendu : confirmed, one_source, uncertain",
        "values[1].value : « 1e-3 » n’est pas un nombre décimal ; attendu : 0.13, ou null",
        "values[1].warning : une valeur à vérifier dit pourquoi",
        "values[1].to : la fin précède le début ; attendu : un jour après le 2020-01-01",
        "revised : « parfois » inconnu ; attendu : yearly-01-01, yearly-04-01, on_text, never",
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("'0.13'", "'13'", "values[0].value : un taux s’écrit en fraction ; attendu : 0.13 pour 13 %"),
        (
            "'0.13'",
            "0.1.3",
            "values[0].value : « 0.1.3 » n’est pas un nombre décimal ; attendu : 0.13, ou null",
        ),
        (
            "'0.13'",
            ".nan",
            "values[0].value : « .nan » n’est pas un nombre décimal ; attendu : 0.13, ou null",
        ),
        ("'0.13'", "''", "values[0] : champ « value » absent"),
        ("2026-01-01", "2018-01-01", "values[1].from : les valeurs ne sont pas dans l’ordre des dates"),
        ("2026-01-01", "2017-01-01", "values[1].from : les valeurs ne sont pas dans l’ordre des dates"),
        (
            "'0.13'",
            "'0.13', to: 2026-01-01",
            "values[0].to : deux valeurs se chevauchent ; attendu : au plus tard 2025-12-31",
        ),
        (
            "source: Urssaf, confidence: one",
            "source: '', confidence: one",
            "values[0] : champ « source » absent",
        ),
        ("unit: rate", "unit: flag", "values[0].value : un oui ou non s’écrit 1 ou 0"),
        ("[technicien, permanent]", "technicien", "applies_to : une liste de noms est attendue"),
        ("label: Assurance maladie", "label: [a]", "label : un texte est attendu"),
    ],
)
def test_refuses(old, new, message):
    assert problems(GOOD.replace(old, new, 1))[0] == f"{message}"


def test_refuses_a_file_without_values():
    text = GOOD.split("values:", maxsplit=1)[0]
    assert problems(text + "values: []") == [
        "values : aucune valeur ; attendu : une liste d’au moins une valeur datée"
    ]


def test_refuses_a_key_written_twice():
    (problem,) = problems(GOOD + "unit: EUR\n")
    assert "clé répétée : unit" in problem


def test_refuses_what_is_not_a_parameter():
    assert problems("- 1") == [
        ": le fichier doit décrire un paramètre ; attendu : label, unit, revised, checked_on, values"
    ]


def test_refuses_what_is_not_yaml():
    (problem,) = problems("label: [")
    assert problem.startswith(": YAML illisible")
