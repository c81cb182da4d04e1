"""The data shipped: complete, sourced, and equal to what the cost engine relies on."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from filage.kernel.errors import LawNotCovered
from filage.law import load_law

CASES = Path(__file__).parent.parent / "cases" / "law"
DAY = date(2026, 11, 22)
PARAMETERS = load_law().parameters()


@pytest.mark.parametrize("parameter", PARAMETERS, ids=lambda parameter: parameter.id)
def test_every_value_has_a_source_and_every_law_leaf_names_it(parameter):
    for value in parameter.values:
        assert value.source.title
        assert value.source.checked_on
        if value.value is None:
            assert parameter.is_null_on(value.starts_on)
            continue
        step = parameter.on(value.starts_on)
        assert step.value == value.value
        assert [source.id for leaf in step.leaves() for source in leaf.sources] == [
            f"{parameter.id}@{value.starts_on}"
        ]


def test_nothing_shipped_claims_the_text_in_force_was_read():
    assert {v.source.confidence for p in PARAMETERS for v in p.values} == {"one_source", "uncertain"}


@pytest.mark.parametrize(
    ("parameter", "day", "value"),
    [
        ("paie.pass", DAY, "48060"),
        ("paie.pmss", DAY, "4005"),
        ("paie.smic_horaire", date(2026, 5, 31), "12.02"),
        ("paie.smic_horaire", date(2026, 6, 1), "12.31"),
        ("paie.smic_horaire_reference_rgdu", DAY, "12.02"),
        ("paie.maladie_employeur", DAY, "0.13"),
        ("paie.chomage_general_employeur", date(2025, 4, 30), "0.0405"),
        ("paie.chomage_general_employeur", date(2025, 5, 1), "0.04"),
        ("paie.chomage_spectacle_employeur", DAY, "0.05"),
        ("paie.fonds_sante_intermittent_nc", DAY, "0.007"),
        ("paie.conges_spectacles", date(2027, 3, 31), "0.155"),
        ("paie.medecine_travail_intermittent", DAY, "0.0035"),
        ("paie.dialogue_social", DAY, "0.00016"),
        ("paie.csg_assiette", DAY, "0.9825"),
        ("paie.heures_mensuelles_legales", DAY, "151.67"),
        ("paie.dfs_20", date(2027, 1, 1), "0.14"),
        ("paie.rgdu_artiste", DAY, "0"),
        ("paie.seuil_maladie_reduite_2025", date(2025, 6, 1), "2.25"),
        ("paie.seuil_af_reduites_2025", date(2025, 6, 1), "3.3"),
        ("paie.taxe_apprentissage_associations", date(2026, 2, 28), "0"),
        ("paie.taxe_apprentissage_associations", date(2026, 3, 1), "1"),
        ("tva.spectacle", DAY, "0.055"),
    ],
)
def test_value_in_force(parameter, day, value):
    assert load_law()[parameter].on(day).value == Decimal(value)


@pytest.mark.parametrize(
    ("parameter", "said"),
    [
        ("paie.fonds_sante_intermittent_nc", "0,77 %"),
        ("paie.chomage_spectacle_employeur", "9,05 %"),
        ("paie.fnal_moins_50", "1,115"),
        ("paie.atmp_artiste", "1,19 %"),
        ("paie.smic_horaire_reference_rgdu", "12,31"),
    ],
)
def test_a_doubt_says_what_it_would_change(parameter, said):
    (source,) = load_law()[parameter].on(DAY).sources
    assert said in source.warning


def test_what_each_structure_must_give_is_asked():
    assert [parameter.id for parameter in PARAMETERS if parameter.is_null_on(DAY)] == [
        "paie.atmp_technicien",
        "paie.prevoyance_permanent_nc",
        "paie.thalie_permanent",
        "paie.versement_mobilite",
    ]


def test_the_reduced_rates_of_2025_ended_with_it():
    law = load_law()
    for parameter in ("maladie_employeur_reduit", "allocations_familiales_reduit", "rg_tmax_moins_50"):
        assert law[f"paie.{parameter}"].is_repealed_on(date(2026, 1, 1))
        with pytest.raises(LawNotCovered):
            law[f"paie.{parameter}"].forecast(date(2026, 1, 1))


def test_artists_rates_are_computed_not_shipped():
    published = yaml.safe_load((CASES / "published_artist_rates.yaml").read_text(encoding="utf-8"))
    assert len({case["parameter"] for case in published}) == 10
    shipped = {parameter.id for parameter in PARAMETERS}
    assert {case["parameter"] for case in published} <= shipped
    assert sorted(name for name in shipped if name.endswith("_artiste")) == [
        "paie.atmp_artiste",
        "paie.rgdu_artiste",
    ]


def test_no_source_is_titled_for_developers():
    titles = {value.source.title for parameter in PARAMETERS for value in parameter.values}
    assert [
        title for title in titles if any(word in title for word in ("npm", "MIT", "GitHub", "AGPL"))
    ] == []
