from datetime import date
from decimal import Decimal

import pytest

from filage.kernel.errors import LawNotCovered
from filage.kernel.step import recompute
from filage.law import read_parameter
from filage.law.parameter import next_revision

CEILING = """
label: Plafond mensuel
unit: EUR
revised: yearly-01-01
checked_on: 2026-11-22
values:
- {from: 2025-01-01, to: 2025-12-31, value: '3925', source: Urssaf, confidence: one_source}
- {from: 2026-01-01, value: '4005', source: Urssaf, url: https://example.org/p, confidence: one_source}
"""
HOLIDAYS = """
label: Congés Spectacles
unit: rate
revised: yearly-04-01
checked_on: 2026-11-22
values:
- {from: 2026-01-01, to: 2027-03-31, value: '0.155', source: Audiens, confidence: one_source}
"""
RATE = """
label: Assurance maladie
unit: rate
revised: on_text
checked_on: 2026-11-22
values:
- {from: 2018-01-01, value: '0.13', source: Urssaf, confidence: one_source}
"""
REPEALED = """
label: Maladie, taux réduit
unit: rate
revised: never
checked_on: 2026-11-22
values:
- {from: 2025-01-01, to: 2025-12-31, value: '0.07', source: Urssaf, confidence: one_source}
"""
ASKED = """
label: Accident du travail
unit: rate
revised: yearly-01-01
checked_on: 2026-11-22
values:
- {from: 2024-01-01, value: null, source: notification, confidence: uncertain, warning: propre à l’employeur}
"""


@pytest.fixture
def ceiling():
    return read_parameter("paie.pmss", CEILING)


def test_gives_the_value_of_the_day_with_its_source(ceiling):
    step = ceiling.on(date(2026, 3, 14))
    assert (step.label, step.value, step.unit, step.how) == ("Plafond mensuel", Decimal(4005), "EUR", "law")
    (source,) = step.sources
    assert (source.id, source.title, source.url) == (
        "paie.pmss@2026-01-01",
        "Urssaf",
        "https://example.org/p",
    )
    assert (source.checked_on, source.confidence) == (date(2026, 11, 22), "one_source")


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2025, 1, 1), 3925),
        (date(2025, 12, 31), 3925),
        (date(2026, 1, 1), 4005),
        (date(2026, 12, 31), 4005),
    ],
)
def test_first_and_last_days_belong_to_their_value(ceiling, day, value):
    assert ceiling.on(day).value == value
    assert ceiling.forecast(day) is ceiling.on(day)


def test_refuses_the_day_before_the_first_value_even_to_forecast(ceiling):
    for ask in (ceiling.on, ceiling.forecast):
        with pytest.raises(LawNotCovered) as refusal:
            ask(date(2024, 12, 31))
        assert str(refusal.value) == (
            "paie.pmss au 2024-12-31 : aucune valeur connue avant le mer. 1er janv. 2025 ; "
            "donnez celle de la structure avec sa source"
        )


def test_refuses_the_day_after_the_last_known_one(ceiling):
    assert ceiling.known_until == date(2026, 12, 31)
    with pytest.raises(LawNotCovered, match=r"connu seulement jusqu’au jeu\. 31 déc\. 2026"):
        ceiling.on(date(2027, 1, 1))


def test_forecasts_the_last_value_and_says_that_it_is_assumed(ceiling):
    step = ceiling.forecast(date(2027, 1, 1))
    assert (step.value, step.how, step.confidence) == (Decimal(4005), "assumed", "uncertain")
    assert step.rule == "plafond mensuel : valeur 2026 reprise pour 2027"


def test_a_check_made_after_the_revision_makes_the_next_year_known():
    read = read_parameter("paie.pmss", CEILING.replace("2026-11-22", "2027-01-02"))
    assert read.known_until == date(2027, 12, 31)
    assert read.on(date(2027, 12, 31)).value == 4005


def test_a_check_made_on_the_revision_day_counts_for_the_new_year():
    assert read_parameter("paie.pmss", CEILING.replace("2026-11-22", "2027-01-01")).known_until == date(
        2027, 12, 31
    )


def test_a_written_end_wins_over_the_revision_day():
    holidays = read_parameter("paie.conges_spectacles", HOLIDAYS)
    assert holidays.known_until == date(2027, 3, 31)
    assert holidays.on(date(2027, 3, 31)).value == Decimal("0.155")
    step = holidays.forecast(date(2027, 4, 1))
    assert step.rule == "congés Spectacles : valeur connue jusqu’au mer. 31 mars 2027 reprise ensuite"


def test_a_value_that_only_a_text_changes_is_known_until_one_does():
    rate = read_parameter("paie.maladie_employeur", RATE)
    assert rate.known_until is None
    assert rate.on(date(2035, 6, 1)).value == Decimal("0.13")


def test_a_repealed_parameter_is_refused_even_to_forecast():
    reduced = read_parameter("paie.maladie_employeur_reduit", REPEALED)
    assert [reduced.is_repealed_on(date(2025, 12, 31)), reduced.is_repealed_on(date(2026, 1, 1))] == [
        False,
        True,
    ]
    for ask in (reduced.on, reduced.forecast):
        with pytest.raises(LawNotCovered, match=r"supprimé depuis le jeu\. 1er janv\. 2026"):
            ask(date(2026, 1, 1))


def test_a_value_proper_to_each_employer_is_asked_for():
    accident = read_parameter("paie.atmp", ASKED)
    days = (date(2023, 12, 31), date(2024, 1, 1), date(2028, 5, 5))
    assert [accident.is_null_on(day) for day in days] == [False, True, True]
    for ask in (accident.on, accident.forecast):
        with pytest.raises(LawNotCovered, match="valeur propre à chaque employeur"):
            ask(date(2026, 3, 1))


def test_a_gap_between_two_values_is_refused_and_may_be_forecast():
    gap = read_parameter("paie.pmss", CEILING.replace("to: 2025-12-31", "to: 2025-06-30"))
    with pytest.raises(LawNotCovered):
        gap.on(date(2025, 7, 1))
    assert gap.forecast(date(2025, 7, 1)).value == 3925
    assert gap.on(date(2026, 1, 1)).value == 4005


def test_an_expected_change_multiplies_assumed_values_only(ceiling):
    expected = ceiling.overridden((), Decimal("0.02"))
    step = expected.forecast(date(2027, 6, 1))
    assert (step.value, step.how, step.confidence) == (Decimal("4085.10"), "product", "uncertain")
    assert recompute(step) == step.value
    assert [part.how for part in step.parts] == ["assumed", "given"]
    assert expected.forecast(date(2026, 6, 1)).value == 4005
    assert ceiling.forecast(date(2027, 6, 1)).value == 4005


def test_the_same_day_gives_the_same_step(ceiling):
    day = date(2027, 3, 1)
    assert ceiling.forecast(day) is ceiling.forecast(day)
    assert ceiling.on(date(2026, 3, 1)) is ceiling.on(date(2026, 3, 1))


@pytest.mark.parametrize(
    ("revised", "after", "expected"),
    [
        ("yearly-01-01", date(2026, 1, 1), date(2027, 1, 1)),
        ("yearly-01-01", date(2026, 12, 31), date(2027, 1, 1)),
        ("yearly-04-01", date(2026, 3, 31), date(2026, 4, 1)),
        ("yearly-04-01", date(2028, 2, 29), date(2028, 4, 1)),
        ("yearly-04-01", date(2026, 4, 1), date(2027, 4, 1)),
        ("on_text", date(2026, 4, 1), None),
        ("never", date(2026, 4, 1), None),
    ],
)
def test_next_revision(revised, after, expected):
    assert next_revision(revised, after) == expected
