"""Languages written as people write them, and those of each country."""

from __future__ import annotations

import pytest
from babel import Locale
from babel.languages import get_official_languages

from filage.geo.languages import (
    _OF_A_COUNTRY,
    code_of,
    country_languages,
    country_name,
    language_data,
    name_of,
)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("fr", "fr"), ("FR", "fr"), ("français", "fr"), ("Francais", "fr"), ("fr-CH", "fr"), ("pt_BR", "pt"),
        ("anglais", "en"), ("English", "en"), ("breton", "br"), ("LSF", "fsl"), ("langue des signes française", "fsl"),
        ("mandarin", "zh"), ("yoruba", "yo"), ("klingon", "tlh"), ("charabia", None), ("", None),
    ],
)  # fmt: skip
def test_a_language_is_read_however_it_is_written(said: str, code: str | None):
    assert code_of(said) == code


def test_a_language_has_its_french_name():
    assert [name_of(code) for code in ("fr", "fsl", "yo", "zz")] == [
        "français", "langue des signes française", "yoruba", "zz",
    ]  # fmt: skip


def test_the_names_kept_at_hand_are_those_of_the_tables():
    names = Locale("fr").languages
    for name, code in language_data()["common"].items():
        assert code_of(str(names[code])) == code, name


def test_the_countries_kept_at_hand_are_those_of_the_tables_but_for_one():
    differ = {
        country
        for country, spoken in _OF_A_COUNTRY.items()
        if tuple(map(str, get_official_languages(country, de_facto=True))) != spoken
    }
    assert differ == {"CH"}


def test_a_country_has_its_languages_and_its_name():
    assert country_languages("fr") == ("fr",)
    assert "fr" in country_languages("SN")
    assert country_languages("ZZ") == ()
    assert country_name("de") == "Allemagne"
