"""`filage cost`: three ways in, everything refused by option, batches."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
import time_machine

from cli.commands import faults, filage, printed, problems

CACHET = ("cost", "--status", "artiste", "--cachets", "1")
ARTIST = (*CACHET, "--start", "2026-11-22")
TECHNICIAN = ("cost", "--status", "technicien")
WEEK = (*TECHNICIAN, "--gross", "700", "--days", "5", "--hours", "35", "--start", "2026-11-22")
PERMANENT = (
    "cost", "--status", "permanent", "--start", "2026-11-22", "--at-rate", "0.012", "--cadre", "--health", "30",
)  # fmt: skip
CASE = {"id": "un", "status": "artiste", "gross": "200.00", "cachets": "1", "date": "2026-11-22"}


def totals(found):
    return found["gross"], found["employer_cost"], found["net_before_tax"]


def test_a_cachet_from_gross_is_the_worked_example():
    found = printed(*ARTIST, "--gross", "200")
    assert totals(found) == ("200.00", "316.67", "154.88")
    assert (found["complete"], found["missing"], found["exact"], found["neighbours"]) == (True, [], True, [])
    assert faults("cost", found) == []


@pytest.mark.parametrize(("way", "amount"), [("--from-net", "154.88"), ("--from-cost", "316.67")])
def test_the_inverses_find_the_same_slip(way, amount):
    found = printed(*ARTIST, way, amount)
    assert (found["exact"], totals(found)[1:]) == (True, ("316.67", "154.88"))
    assert Decimal(found["gross"]) <= 200
    assert faults("cost", found) == []


def test_a_target_between_two_slips_gives_both():
    # the CET of 4005.01 euros and more is owed on the whole of tranche 1
    below = printed(*PERMANENT, "--gross", "4005")
    target = str(Decimal(below["employer_cost"]) + 4)
    found = printed(*PERMANENT, "--from-cost", target)
    assert found["exact"] is False
    assert [near["gross"] for near in found["neighbours"]] == ["4005.00", "4005.01"]
    assert found["gross"] == "4005.01"
    assert faults("cost", found) == []


def test_a_net_reached_on_both_sides_of_the_threshold_lists_both():
    net = printed(*PERMANENT, "--gross", "4005")["net_before_tax"]
    found = printed(*PERMANENT, "--from-net", net)
    assert found["gross"] <= "4005.00"
    assert [other for other in found["others"] if other > "4005.00"]


def test_what_is_missing_makes_the_total_incomplete_and_says_how_to_give_it():
    found = printed(*WEEK)
    assert (found["complete"], [one["id"] for one in found["missing"]]) == (False, ["paie.atmp_technicien"])
    assert found["missing"][0]["how"].startswith("--at-rate")
    assert [line for line in found["lines"] if line["id"] == "accident_travail"] == []
    shown = filage(*WEEK).stdout
    assert "incomplet" in shown
    assert "--at-rate" in shown


def test_every_option_reaches_its_line():
    found = printed(
        *PERMANENT, "--gross", "3000", "--headcount", "60", "--idcc", "3090", "--versement-mobilite", "0.0205"
    )
    amounts = {(line["id"], line["payer"]): line["amount"] for line in found["lines"]}
    assert amounts["complementaire_sante", "employer"] == "30.00"
    assert amounts["versement_mobilite", "employer"] == "61.50"
    assert {"peec", "casc_svp", "apec"} <= {ident for ident, _ in amounts}
    assert "fnas" not in {ident for ident, _ in amounts}


def test_an_association_owed_no_apprenticeship_tax_in_february():
    case = (*CACHET, "--gross", "200", "--start", "2026-02-10")
    company, association = printed(*case)["lines"], printed(*case, "--association")["lines"]
    assert [line["id"] for line in company if line not in association] == ["taxe_apprentissage"]
    assert [line for line in association if line not in company] == []


def test_without_a_fund_for_holidays_the_reduction_is_lower():
    rates = [
        next(line["rate"] for line in printed(*WEEK, *more)["lines"] if line["id"] == "rgdu")
        for more in ([], ["--no-paid-leave-fund"])
    ]
    assert rates == ["-0.1073", "-0.0966"]


def test_the_days_of_the_contract_are_counted_between_its_dates():
    week = printed(*TECHNICIAN, "--gross", "700", "--start", "2026-11-23", "--end", "2026-11-27")
    bases = {line["id"]: line["base"] for line in week["lines"] if line["payer"] == "employer"}
    assert bases["vieillesse_plafonnee"] == "667.50"
    month = printed(*TECHNICIAN, "--gross", "5000", "--start", "2026-02-01", "--end", "2026-02-28")
    bases = {line["id"]: line["base"] for line in month["lines"] if line["payer"] == "employer"}
    assert bases["vieillesse_plafonnee"] == "4005.00"


def test_the_law_is_that_of_the_last_day():
    astride = printed(*CACHET, "--gross", "100", "--start", "2025-04-29", "--end", "2025-04-30")
    after = printed(*CACHET, "--gross", "100", "--start", "2025-05-01")
    assert (rate(astride, "chomage"), rate(after, "chomage")) == ("0.0405", "0.04")


def rate(found, ident):
    return next(line["rate"] for line in found["lines"] if line["id"] == ident)


ASTRIDE = (
    "cost", "--status", "artiste", "--gross", "3000", "--cachets", "10", "--start", "2026-02-20", "--end", "2026-04-10",
    "--association",
)  # fmt: skip


def test_a_contract_astride_months_has_a_slip_a_month_each_under_its_law():
    found = printed(*ASTRIDE)
    slips = found["slips"]
    assert [(slip["date"], slip["gross"]) for slip in slips] == [
        ("2026-02-28", "600.00"), ("2026-03-31", "1800.00"), ("2026-04-10", "600.00"),
    ]  # fmt: skip
    assert [any(line["id"] == "taxe_apprentissage" for line in slip["lines"]) for slip in slips] == [
        False, True, True,
    ]  # fmt: skip
    assert found["lines"] == [line for slip in slips for line in slip["lines"]]
    for total in ("gross", "employer_cost", "net_before_tax"):
        assert Decimal(found[total]) == sum(Decimal(slip[total]) for slip in slips)
    assert faults("cost", found) == []
    shown = filage(*ASTRIDE).stdout
    assert shown.count("Bulletin au droit du") == 3


def test_the_inverses_reach_the_total_of_a_contract():
    whole = printed(*ASTRIDE)
    words = [word for word in ASTRIDE if word not in {"--gross", "3000"}]
    found = printed(*words, "--from-net", whole["net_before_tax"])
    assert (found["exact"], found["net_before_tax"]) == (True, whole["net_before_tax"])
    assert Decimal(found["gross"]) <= 3000


def test_the_surcharge_of_short_contracts_is_owed_up_to_three_months_and_can_be_left_out():
    def owed(*words):
        return "chomage_majoration_cddu" in {line["id"] for line in printed(*words)["lines"]}

    contract = (*TECHNICIAN, "--gross", "9000", "--start", "2026-01-01", "--end")
    assert [owed(*contract, end) for end in ("2026-04-02", "2026-04-03")] == [True, False]
    assert not owed(*contract, "2026-04-02", "--no-short-contract-surcharge")


def test_dfs_lowers_what_social_security_is_based_on_and_nothing_else():
    case = (*CACHET, "--gross", "300", "--start", "2026-11-22")
    plain, less = printed(*case)["lines"], printed(*case, "--dfs", "--job-group", "dramatic")["lines"]
    assert {line["base"] for line in less} == {"300.00", "246.00", line_of(less, "crds")["base"]}
    same = {line["id"] for line, other in zip(plain, less, strict=True) if line["base"] == other["base"]}
    assert same == {
        "chomage",
        "chomage_spectacle",
        "chomage_majoration_cddu",
        "conges_spectacles",
        "fnas",
        "fcap",
    }


def line_of(lines, ident):
    return next(line for line in lines if line["id"] == ident)


def test_a_rate_of_dfs_that_nothing_names_is_said_to_be_supposed():
    found = printed(*CACHET, "--gross", "300", "--start", "2026-11-22", "--dfs")
    assert found["assumed"] == [
        "DFS : taux des artistes dramatiques, lyriques, chorégraphiques et de cinéma supposé"
    ]
    assert line_of(found["lines"], "maladie")["confidence"] == "uncertain"


def test_the_tax_on_salaries_has_three_bands_a_month():
    case = (*PERMANENT, "--gross", "3000")
    assert not [line for line in printed(*case)["lines"] if line["id"] == "taxe_salaires"]
    lines = [
        line for line in printed(*case, "--salary-tax-share", "1")["lines"] if line["id"] == "taxe_salaires"
    ]
    assert [(line["base"], line["rate"], line["amount"]) for line in lines] == [
        ("3075.00", "0.0425", "130.69"), ("2305.92", "0.0425", "98.00"), ("1539.75", "0.051", "78.53"),
    ]  # fmt: skip


def test_the_cover_of_a_permanent_is_that_of_its_contract():
    case = ("cost", "--status", "permanent", "--gross", "2000", "--start", "2026-11-22", "--at-rate", "0.012",
            "--health", "30")  # fmt: skip
    [missing] = printed(*case)["missing"]
    assert (missing["id"], missing["how"][:12]) == ("paie.prevoyance_permanent_nc", "--prevoyance")
    for more in ((), ("--cadre",), ("--idcc", "3090")):
        found = printed(*case, *more, "--prevoyance", "0.0123")
        lines = [line for line in found["lines"] if line["id"] == "prevoyance"]
        assert [(line["rate"], line["amount"], line["confidence"]) for line in lines] == [
            ("0.0123", "24.60", "confirmed")
        ]
        assert found["complete"]
    [problem] = problems(*ARTIST, "--gross", "200", "--prevoyance", "0.01")
    assert problem["path"] == "--prevoyance"


def test_part_time_lowers_the_ceiling():
    found = printed(*PERMANENT, "--gross", "3000", "--weekly-hours", "17.5")
    assert line_of(found["lines"], "vieillesse_plafonnee")["base"] == "2002.50"


def test_the_day_is_today_by_default():
    with time_machine.travel("2025-04-30T10:00:00Z"):
        found = printed(*CACHET, "--gross", "100")
    assert rate(found, "chomage") == "0.0405"


def test_a_day_of_next_year_says_what_it_assumes():
    found = printed(
        "cost", "--status", "artiste", "--gross", "800", "--cachets", "1", "--start", "2027-03-14"
    )
    assert any("reprise pour 2027" in text for text in found["assumed"])


@pytest.mark.parametrize(
    ("words", "path", "message"),
    [
        (("--gross", "200", "--at-rate", "1.6"), "--at-rate", "1.6 n’est pas une fraction"),
        (("--gross", "200", "--at-rate", "1"), "--at-rate", "1 n’est pas une fraction"),
        (("--gross", "200", "--versement-mobilite", "2"), "--versement-mobilite", "2 n’est pas une fraction"),
        (("--gross", "beaucoup"), "--gross", "« beaucoup » n’est pas un nombre"),
        (("--from-net", "0"), "--from-net", "0 est hors des limites"),
        (("--gross", "200", "--idcc", "99"), "--idcc", "« 99 » n’est pas admis"),
        (("--gross", "200", "--headcount", "x"), "--headcount", "« x » n’est pas un nombre"),
        (
            ("--gross", "200", "--dfs", "--job-group", "technician"),
            "--dfs",
            "DFS : aucun taux sourcé pour cet emploi",
        ),
        (("--gross", "200", "--job-group", "juggler"), "--job-group", "« juggler » n’est pas admis"),
        (("--gross", "200", "--contract-type", "stage"), "--contract-type", "« stage » n’est pas admis"),
        (("--gross", "200", "--salary-tax-share", "2"), "--salary-tax-share", "2 est hors des limites"),
        (("--gross", "200", "--weekly-hours", "70"), "--weekly-hours", "70 est hors des limites"),
        (("--gross", "200", "--end", "2026-11-01"), "--end", "le 2026-11-01 est avant le 2026-11-22"),
        (("--gross", "200", "--end", "2030-12-01"), "--end", "ce contrat dure plus de 3 ans"),
        (
            ("--gross", "200", "--days", "3", "--end", "2026-12-01"),
            "--days",
            "ce contrat touche plusieurs mois",
        ),
    ],
)
def test_a_wrong_option_is_refused_by_name(words, path, message):
    [problem] = problems(*ARTIST, *words)
    assert (problem["path"], problem["message"]) == (path, message)


@pytest.mark.parametrize("words", [(), ("--gross", "200", "--from-net", "100")])
def test_one_amount_and_only_one_is_needed(words):
    [problem] = problems(*ARTIST, *words)
    assert problem["message"] == "un montant et un seul est attendu"


def test_everything_wrong_is_told_at_once():
    assert [
        problem.get("path")
        for problem in problems(
            "cost", "--gross", "x", "--at-rate", "2", "--start", "2026-02-01", "--end", "2026-01-01"
        )
    ] == [
        "--end",
        "--status",
        "--gross",
        "--at-rate",
    ]


def test_a_status_not_computed_is_refused_by_name():
    [problem] = problems("cost", "--status", "guso", "--gross", "100")
    assert problem["message"].startswith("« guso » n’est pas calculé : aucun barème du Guso n’est sourcé")
    assert problem["expected"].startswith("artiste ou technicien ou permanent")


def test_a_day_before_the_law_data_is_refused():
    [problem] = problems("cost", "--status", "artiste", "--gross", "100", "--start", "2010-01-01")
    assert "aucune valeur connue avant" in problem["message"]


def batch(tmp_path, content) -> str:
    path = tmp_path / "cases.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return str(path)


def test_a_batch_answers_in_order_and_goes_on_after_a_bad_case(tmp_path):
    cases = [CASE, {**CASE, "id": "deux", "at_rate": "1.6"}, {**CASE, "id": "trois", "gross": 400.5}]
    assert faults("cost-batch-input", [cases[0], cases[2]]) == []
    assert faults("cost-batch-input", [cases[1]]) != []
    found = printed("cost", "--batch", batch(tmp_path, cases))
    assert [(one["id"], one.get("gross"), one.get("error", "")[:30]) for one in found] == [
        ("un", "200.00", ""),
        ("deux", None, "at_rate : 1.6 n’est pas une fr"),
        ("trois", "400.50", ""),
    ]
    assert faults("cost-batch", found) == []
    assert set(found[0]) == {"id", "gross", "employer_cost", "net_before_tax", "lines"}


def test_an_empty_batch_is_an_empty_list(tmp_path):
    assert printed("cost", "--batch", batch(tmp_path, [])) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"id": "un"}', "une liste de cas est attendue"),
        ("[1, 2", "ce n’est pas du JSON (colonne 6)"),
        ("", "ce n’est pas du JSON (colonne 1)"),
    ],
)
def test_a_file_that_is_no_list_is_refused(tmp_path, content, said):
    [problem] = problems("cost", "--batch", batch(tmp_path, content))
    assert (problem["message"], problem["file"]) == (said, str(tmp_path / "cases.json"))


def test_a_batch_refuses_the_options_of_one_case(tmp_path):
    [problem] = problems("cost", "--batch", batch(tmp_path, [CASE]), "--gross", "100")
    assert problem["message"] == "--batch lit tous ses cas dans le fichier"


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--idcc", "3090", "--cadre"), "--cadre, --idcc"),
        (("--start", "2026-11-22"), "--start, --end"),
        (("--no-paid-leave-fund", "--dfs"), "--dfs, --no-paid-leave-fund"),
        (
            ("--no-short-contract-surcharge", "--weekly-hours", "20"),
            "--no-short-contract-surcharge, --weekly-hours",
        ),
    ],
)
def test_a_batch_names_every_option_it_would_not_read(tmp_path, options, named):
    [problem] = problems("cost", "--batch", batch(tmp_path, [CASE]), *options)
    assert problem["suggestion"] == f"retirez {named}"


@pytest.mark.parametrize("day", ["20261122", "2026-W47-7"])
def test_a_day_is_written_in_one_way(day):
    [problem] = problems(*CACHET, "--gross", "200", "--start", day)
    assert problem["message"].startswith(f"« {day} » n’est pas un jour")


def test_a_batch_is_read_from_the_standard_input():
    assert [one["id"] for one in printed("cost", "--batch", "-", given=json.dumps([CASE]))] == ["un"]


def test_a_slip_is_shown_with_doubts_and_sources():
    shown = " ".join(
        filage(*ARTIST, "--gross", "200").stdout.replace("\u202f", " ").replace("\u00a0", " ").split()
    )
    assert "Coût employeur 316,67 €" in shown
    assert "Net avant impôt 154,88 €" in shown
    assert "à vérifier" in shown
    assert "https://" in shown
