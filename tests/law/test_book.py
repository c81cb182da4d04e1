from datetime import date
from decimal import Decimal

import pytest

from filage.kernel.errors import BadInput, LawNotCovered, UnknownParameter
from filage.law import OwnValue, check_law, law_of, load_law

RATE = """
label: Accident du travail
unit: rate
revised: yearly-01-01
checked_on: 2026-11-22
values:
- {from: 2024-01-01, to: 2025-12-31, value: '0.011', source: Urssaf, confidence: one_source}
- {from: 2026-01-01, value: '0.012', source: Urssaf, confidence: uncertain, warning: à relire}
"""
ASKED = """
label: Versement mobilité
unit: rate
revised: on_text
checked_on: 2026-10-01
values:
- {from: 2024-02-01, value: null, source: commune, confidence: uncertain, warning: propre à la commune}
"""


def own(value="0.02", starts_on=date(2025, 7, 1), ends_on=None, parameter="paie.atmp", checked_on=None):
    return OwnValue(
        parameter=parameter,
        value=Decimal(value),
        starts_on=starts_on,
        ends_on=ends_on,
        source_title="notification 2025",
        source_url="https://example.org/n",
        checked_on=checked_on,
    )


@pytest.fixture
def law(tmp_path):
    (tmp_path / "paie").mkdir()
    (tmp_path / "paie" / "atmp.yaml").write_text(RATE, encoding="utf-8")
    (tmp_path / "paie" / "versement_mobilite.yaml").write_text(ASKED, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("pas un paramètre", encoding="utf-8")
    return law_of(tmp_path)


def test_the_id_of_a_parameter_is_its_path(law):
    assert list(law) == ["paie.atmp", "paie.versement_mobilite"]
    assert [parameter.id for parameter in law.parameters()] == list(law)


def test_an_unknown_parameter_names_the_closest(law):
    with pytest.raises(UnknownParameter, match=r"inconnu « paie.atpm » ; vouliez-vous dire « paie.atmp » \?"):
        law["paie.atpm"]
    with pytest.raises(UnknownParameter, match="filage law list"):
        law["zzz"]
    assert ["paie.atmp" in law, "zzz" in law] == [True, False]


def test_reads_only_what_is_asked(law, tmp_path):
    (tmp_path / "paie" / "atmp.yaml").write_text("illisible: [", encoding="utf-8")
    assert law["paie.versement_mobilite"].label == "Versement mobilité"
    with pytest.raises(BadInput, match=r"paie/atmp\.yaml"):
        law["paie.atmp"]
    with pytest.raises(BadInput, match=r"paie/atmp\.yaml"):
        law.parameters()
    assert [problem.file for problem in check_law(law, date(2026, 1, 1)).problems] == ["paie/atmp.yaml"]


def test_says_the_oldest_check(law):
    assert law.checked_on_oldest == date(2026, 10, 1)


def test_the_digest_follows_the_bytes(law, tmp_path):
    before = law.digest
    assert law_of(tmp_path).digest == before
    (tmp_path / "paie" / "atmp.yaml").write_text(RATE + "\n", encoding="utf-8")
    assert law_of(tmp_path).digest != before


def test_a_structure_value_holds_over_its_period_with_its_source(law):
    replaced = law.replacing([own(ends_on=date(2026, 6, 30), checked_on=date(2025, 7, 2))], {})
    days = (date(2025, 6, 30), date(2025, 7, 1), date(2026, 6, 30), date(2026, 7, 1))
    assert [str(replaced["paie.atmp"].on(day).value) for day in days] == ["0.011", "0.02", "0.02", "0.012"]
    assert [(v.starts_on, v.ends_on) for v in replaced["paie.atmp"].values] == [
        (date(2024, 1, 1), date(2025, 6, 30)),
        (date(2025, 7, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2026, 12, 31)),
    ]
    step = replaced["paie.atmp"].on(date(2026, 3, 1))
    assert step.confidence == "confirmed"
    (source,) = step.sources
    assert (source.id, source.title) == ("paie.atmp@2025-07-01", "Structure : notification 2025")
    assert (source.url, source.checked_on) == ("https://example.org/n", date(2025, 7, 2))


def test_an_open_structure_value_is_known_until_the_next_revision_then_assumed_never_swapped(law):
    atmp = law.replacing([own()], {})["paie.atmp"]
    assert atmp.known_until == date(2025, 12, 31)
    with pytest.raises(LawNotCovered):
        atmp.on(date(2026, 1, 1))
    assert (atmp.forecast(date(2026, 3, 1)).value, atmp.forecast(date(2026, 3, 1)).how) == (
        Decimal("0.02"),
        "assumed",
    )


def test_a_structure_value_answers_what_is_asked_of_it(law):
    mobility = own("0.0085", date(2024, 2, 1), parameter="paie.versement_mobilite")
    replaced = law.replacing([mobility], {})["paie.versement_mobilite"]
    assert [replaced.is_null_on(date(2026, 1, 1)), replaced.on(date(2026, 1, 1)).value] == [
        False,
        Decimal("0.0085"),
    ]


def test_a_future_structure_value_does_not_stretch_what_is_known_of_the_law(law):
    atmp = law.replacing([own(starts_on=date(2028, 1, 1), ends_on=date(2028, 12, 31))], {})["paie.atmp"]
    with pytest.raises(LawNotCovered):
        atmp.on(date(2027, 6, 1))
    assert atmp.forecast(date(2027, 6, 1)).value == Decimal("0.012")
    assert atmp.on(date(2028, 6, 1)).value == Decimal("0.02")
    assert atmp.forecast(date(2029, 6, 1)).value == Decimal("0.02")


def test_two_structure_values_follow_each_other(law):
    values = [own("0.03", date(2026, 1, 1)), own("0.02", date(2025, 1, 1))]
    atmp = law.replacing(values, {})["paie.atmp"]
    assert [str(atmp.on(date(year, 6, 1)).value) for year in (2024, 2025, 2026)] == ["0.011", "0.02", "0.03"]


def test_an_expectation_applies_to_what_is_assumed(law):
    replaced = law.replacing([], {"paie.atmp": Decimal("0.5")})
    assert replaced["paie.atmp"].forecast(date(2027, 1, 1)).value == Decimal("0.0180")
    assert replaced["paie.atmp"].forecast(date(2026, 1, 1)).value == Decimal("0.012")


def test_replacing_nothing_changes_nothing_and_the_rest_is_shared(law):
    assert law.replacing([], {}) is law
    replaced = law.replacing([own()], {})
    assert replaced["paie.versement_mobilite"] is law["paie.versement_mobilite"]
    assert law["paie.atmp"].on(date(2026, 3, 1)).value == Decimal("0.012")
    assert list(replaced) == list(law)


def test_the_digest_of_a_structure_says_what_it_replaces(law):
    digests = {
        law.digest,
        law.replacing([own()], {}).digest,
        law.replacing([own("0.021")], {}).digest,
        law.replacing([], {"paie.atmp": Decimal("0.5")}).digest,
    }
    assert len(digests) == 4
    assert law.replacing([own()], {}).digest == law.replacing([own()], {}).digest


def test_refuses_all_that_is_wrong_in_structure_values_at_once(law):
    wrong = [
        own(parameter="paie.atpm"),
        own("1.12", date(2025, 1, 1), date(2025, 12, 31)),
        own("0.02", date(2025, 6, 1), date(2025, 5, 1)),
    ]
    with pytest.raises(BadInput) as refusal:
        law.replacing(wrong, {"paie.x": Decimal(1)})
    assert [str(problem) for problem in refusal.value.problems] == [
        "paie.atpm : paramètre inconnu « paie.atpm » ; vouliez-vous dire « paie.atmp » ?",
        "paie.x : paramètre inconnu « paie.x » ; vouliez-vous dire « paie.atmp » ?",
        "paie.atmp : un taux s’écrit en fraction ; attendu : 0.0112 pour 1,12 %",
        "paie.atmp : la valeur du 2025-06-01 finit avant de commencer",
        "paie.atmp : deux valeurs se chevauchent le 2025-06-01 ; donnez une fin à la première",
    ]


def test_check_sorts_what_is_stale_to_ask_and_doubtful(law):
    state = check_law(law, date(2026, 12, 31))
    assert (state.parameters, state.problems, state.checked_on_oldest) == (2, (), date(2026, 10, 1))
    assert [[p.id for p in group] for group in (state.stale, state.to_ask, state.uncertain)] == [
        [],
        ["paie.versement_mobilite"],
        ["paie.atmp"],
    ]
    assert [p.id for p in check_law(law, date(2027, 1, 1)).stale] == ["paie.atmp"]


def test_the_packaged_law_is_read_once():
    assert load_law() is load_law()
