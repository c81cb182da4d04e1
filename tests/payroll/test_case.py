"""One case of a batch: what is read, what is refused and how."""

import json
from decimal import Decimal

import pytest

from filage.kernel.errors import BadInput
from filage.law import load_law
from filage.payroll.case import MORE_KEYS, case_text, cost_case, cost_cases, read_case

LAW = load_law()
RIGHT = {"id": "un", "status": "artiste", "gross": "200.00", "cachets": "1", "date": "2026-11-22"}


def problems(**changes):
    case = {key: value for key, value in {**RIGHT, **changes}.items() if value is not ...}
    with pytest.raises(BadInput) as refused:
        read_case(case)
    return [str(problem) for problem in refused.value.problems]


def test_a_right_case_has_the_defaults_of_the_shape():
    terms, gross, presence = read_case(RIGHT)
    assert (terms.idcc, terms.headcount, terms.cadre, terms.association, terms.paid_leave_fund) == (
        "1285", 5, False, False, True,
    )  # fmt: skip
    assert (str(gross), presence.days, presence.isolated, presence.hours) == ("200.00", 1, True, None)


def test_a_permanent_has_a_full_month_and_no_fund_for_holidays():
    terms, _, presence = read_case({"status": "permanent", "gross": 2600, "date": "2026-11-22"})
    assert (terms.paid_leave_fund, presence.is_full_month) == (False, True)


def test_more_days_than_cachets_makes_them_grouped():
    assert read_case({**RIGHT, "cachets": "4", "days": "6"})[2].isolated is False
    assert read_case({**RIGHT, "cachets": "4", "days": "4"})[2].isolated is True
    assert read_case({**RIGHT, "cachets": "2", "days": "1"})[2].isolated is False


def test_numbers_of_json_and_text_are_the_same_case():
    [as_text, as_number] = cost_cases([RIGHT, {**RIGHT, "gross": 200, "cachets": 1}], LAW)
    assert as_text == as_number


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"status": "artistes"},
            "status : « artistes » n’est pas admis ; attendu : artiste ou technicien ou permanent ou figurant",
        ),
        ({"status": "guso"}, "status : « guso » n’est pas calculé : aucun barème du Guso n’est sourcé"),
        ({"status": "mannequin"}, "status : « mannequin » n’est pas calculé : ses taux"),
        ({"dfs": True}, "dfs : clé inconnue"),
        ({"status": ...}, "status : manque"),
        ({"gross": ...}, "gross : manque"),
        ({"gross": None}, "gross : manque"),
        ({"gross": "1 200"}, "gross : « 1 200 » n’est pas un nombre"),
        ({"gross": "-5"}, "gross : -5 est hors des limites"),
        ({"gross": "0"}, "gross : 0 est hors des limites"),
        ({"gross": "NaN"}, "gross : « NaN » n’est pas un nombre"),
        ({"gross": "1_000"}, "gross : « 1_000 » n’est pas un nombre"),
        ({"gross": "1e3"}, "gross : « 1e3 » n’est pas un nombre"),
        ({"gross": "２０００"}, "gross : « ２０００ » n’est pas un nombre"),
        ({"gross": Decimal("1E+999999999")}, "gross : « 1E+999999999 » n’est pas un nombre"),
        ({"gross": "100.005"}, "gross : 100.005 a plus de deux décimales"),
        ({"health": "30.125"}, "health : 30.125 a plus de deux décimales"),
        ({"days": "0"}, "days : 0 est hors des limites ; attendu : entre 1 et 31"),
        ({"days": "32"}, "days : 32 est hors des limites ; attendu : entre 1 et 31"),
        ({"date": "20261122"}, "date : « 20261122 » n’est pas un jour"),
        ({"date": "2026-W47-1"}, "date : « 2026-W47-1 » n’est pas un jour"),
        ({"cadre": None}, "cadre : manque"),
        ({"id": {"a": 1}}, "id : un texte est attendu"),
        ({"id": Decimal("1.5")}, "id : un texte est attendu"),
        ({"gross": True}, "gross : un nombre est attendu"),
        ({"gross": ["200"]}, "gross : un nombre est attendu"),
        ({"at_rate": "1.6"}, "at_rate : 1.6 n’est pas une fraction ; pour 1.6 %, écrivez 0.016"),
        ({"at_rate": "1"}, "at_rate : 1 n’est pas une fraction ; pour 1 %, écrivez 0.01"),
        ({"versement_mobilite": "2.05"}, "versement_mobilite : 2.05 n’est pas une fraction"),
        ({"days": "1.5"}, "days : 1.5 n’est pas entier"),
        ({"cadre": "oui"}, "cadre : « oui » n’est pas admis ; attendu : true ou false"),
        ({"date": "22/11/2026"}, "date : « 22/11/2026 » n’est pas un jour ; attendu : AAAA-MM-JJ"),
        ({"date": ...}, "date : manque"),
        ({"idcc": "9999"}, "idcc : « 9999 » n’est pas admis"),
        ({"grossss": "1"}, "grossss : clé inconnue ; vouliez-vous « gross » ?"),
    ],
)
def test_a_wrong_value_is_refused_by_key(changes, said):
    [problem] = problems(**changes)
    assert problem.startswith(said)


def test_every_problem_is_told_at_once():
    assert len(problems(status="x", gross="y", date="z", at_rate="3", inconnu=1)) == 5


def test_the_id_of_an_answer_can_always_be_written():
    answers = cost_cases([{**RIGHT, "id": Decimal("1.5")}, {**RIGHT, "id": None}, {**RIGHT, "id": 7}], LAW)
    assert [(answer["id"], "error" in answer) for answer in answers] == [
        ("1.5", True),
        ("1", True),
        (7, False),
    ]


def test_the_text_of_a_batch_is_the_json_of_its_cases():
    cases = [
        RIGHT,
        {**RIGHT, "id": 7, "gross": "12345.67"},
        {**RIGHT, "status": "technicien", "hours": "35", "days": "5", "at_rate": "0.016"},
        {**RIGHT, "status": "technicien", "date": "2025-06-01", "cachets": "0"},
        {**RIGHT, "status": "permanent", "cadre": True, "health": 35, "gross": "9000", "date": "2027-02-01"},
        {**RIGHT, "status": "stagiaire", "gross": "900"},
        {**RIGHT, "id": "« fin »", "gross": "0.01"},
    ]
    for rank, case in enumerate(cases):
        assert case_text(case, rank, LAW) == json.dumps(cost_case(case, rank, LAW))


def test_an_extra_and_a_director_pay_as_artists_do():
    [artist, extra, director] = cost_cases(
        [{**RIGHT, "status": status} for status in ("artiste", "figurant", "realisateur")], LAW
    )
    assert extra["lines"] == artist["lines"]
    assert director["employer_cost"] == artist["employer_cost"]
    assert {line["confidence"] for line in director["lines"] if line["id"] == "maladie"} == {"uncertain"}


def test_only_options_give_the_terms_a_batch_does_not_have():
    typed = {"dfs": True, "job_group": "musician", "contract_type": "cdd", "salary_tax_share": "1"}
    terms, _, presence = read_case(
        {**RIGHT, **typed, "short_contract": False, "weekly_hours": "20"}, MORE_KEYS
    )
    assert (terms.dfs, terms.job_group, terms.contract_type, terms.salary_tax_share, terms.short_contract) == (
        True, "musician", "cdd", 1, False,
    )  # fmt: skip
    assert presence.weekly_hours == 20


@pytest.mark.parametrize(
    "case",
    [
        {"status": "permanent"},
        {"status": "figurant"},
        {"status": "stagiaire"},
        {"status": "realisateur"},
        {"status": "artiste", "job_group": "technician"},
    ],
)
def test_dfs_is_refused_where_no_rate_is_known(case):
    with pytest.raises(BadInput, match="DFS : aucun taux sourcé pour cet emploi"):
        read_case({**RIGHT, "dfs": True, **case}, MORE_KEYS)


def test_a_bad_case_gives_its_error_and_the_others_go_on():
    bad, unnamed = {**RIGHT, "id": "deux", "gross": "x"}, 12
    found = cost_cases([RIGHT, bad, unnamed, {**RIGHT, "date": "2010-01-01"}, RIGHT], LAW)
    assert [("error" in one, one["id"]) for one in found] == [
        (False, "un"), (True, "deux"), (True, "2"), (True, "un"), (False, "un"),
    ]  # fmt: skip
    assert found[0] == found[4]
