"""`filage review`, `diff`, `why` and `price` on the examples and on what is wrong."""

from __future__ import annotations

import json
import re
import shutil

import pytest

from cli.commands import DAY, SHORT_FILM, WOYZECK, faults, filage, printed, problems

ON = ("--on", DAY)
PRICE = {
    "creation_cost": "30000", "funding_acquired": 10000, "performances_planned": 14, "plateau_cost": "2500.00",
    "setup_cost": "600", "structure": {"mode": "amount", "value": "380"}, "margin": {"mode": "on_cost", "rate": "0.05"},
}  # fmt: skip


def plain(text: str) -> str:
    return " ".join(text.replace("\u202f", " ").replace("\u00a0", " ").split())


@pytest.fixture
def moved(tmp_path):
    """Woyzeck with the second of its two dates at Dole a day later."""
    path = tmp_path / "moved.filage.yaml"
    path.write_text(
        WOYZECK.read_text(encoding="utf-8").replace("day: 2026-11-14", "day: 2026-11-15"), encoding="utf-8"
    )
    return path


@pytest.mark.parametrize("path", [WOYZECK, SHORT_FILM], ids=lambda path: path.name)
@pytest.mark.parametrize("more", [(), ("--with-reasons",)], ids=["plain", "with reasons"])
def test_a_review_has_the_published_shape(path, more):
    assert faults("review", printed("review", path, *ON, *more)) == []


def test_only_reasons_that_are_asked_are_printed():
    without, with_ = (printed("review", WOYZECK, *ON, *more) for more in ((), ("--with-reasons",)))
    assert {"reason" in row for row in without["budget"]["lines"]} == {False}
    assert {"reason" in row for row in with_["budget"]["lines"]} == {True}
    for row in with_["budget"]["lines"]:
        del row["reason"]
    assert with_ == without


def test_every_source_named_is_in_the_one_table():
    found = printed("review", WOYZECK, *ON)
    named = {
        line["source"]
        for engagement in found["payroll"]["engagements"]
        for slip in engagement["slips"]
        for line in slip["lines"]
    } | {finding["source"] for finding in found["findings"]}
    assert named - {None} <= set(found["sources"])


def test_a_scenario_changes_the_review():
    base, other = printed("review", WOYZECK, *ON), printed("review", WOYZECK, *ON, "--scenario", scenario())
    assert base["budget"] != other["budget"]


def scenario() -> str:
    import yaml

    return yaml.safe_load(WOYZECK.read_text(encoding="utf-8"))["scenarios"][0]["id"]


def test_an_unknown_scenario_is_refused():
    [problem] = problems("review", WOYZECK, *ON, "--scenario", "zzz")
    assert problem["message"] == "scenario/zzz n’existe pas"


def test_findings_fail_a_review_only_when_asked():
    severities = {finding["severity"] for finding in printed("review", WOYZECK, *ON)["findings"]}
    assert {"blocking", "warning"} <= severities
    codes = [
        filage("review", WOYZECK, *ON, *more).exit_code
        for more in ((), ("--fail-on", "blocking"), ("--fail-on", "warning"))
    ]
    assert codes == [0, 1, 1]


def test_warnings_do_not_meet_fail_on_blocking():
    found = printed("review", SHORT_FILM, "--on", "2026-03-01")
    expected = int("blocking" in {finding["severity"] for finding in found["findings"]})
    assert filage("review", SHORT_FILM, "--on", "2026-03-01", "--fail-on", "blocking").exit_code == expected


def test_the_summary_shows_the_figures_of_the_json():
    found, shown = printed("review", WOYZECK, *ON), plain(filage("review", WOYZECK, *ON).stdout)
    for amount in (
        found["budget"]["expense"],
        found["budget"]["income"],
        found["price"]["prices"][0]["unit_price"],
    ):
        assert f"{float(amount):,.2f}".replace(",", " ").replace(".", ",") in shown
    for finding in found["findings"]:
        assert plain(finding["message"]) in shown


def test_a_dossier_is_read_from_the_standard_input():
    text = WOYZECK.read_text(encoding="utf-8")
    assert printed("review", "-", *ON, given=text) == printed("review", WOYZECK, *ON)


def test_everything_wrong_in_a_file_is_told_with_its_line(tmp_path):
    path = tmp_path / "wrong.yaml"
    path.write_text(
        "schema: filage/1\nemployer: {id: fil, label: Le Fil}\nproduction: {id: p, label: P, form: theatre}\n"
        "positions:\n- {id: a, label: A, statut: artiste}\n- {id: b, label: B, status: artist}\n",
        encoding="utf-8",
    )
    found = problems("review", path, *ON)
    assert [(problem["line"], problem["path"]) for problem in found] == [
        (5, "positions[0].statut"),
        (6, "positions[1].status"),
    ]
    assert "status" in found[0]["suggestion"]
    assert filage("review", path).stderr.count("\n") == 2


@pytest.mark.parametrize("words", [("review",), ("why", "total/balance"), ("diff", WOYZECK)])
def test_a_file_that_is_not_there_is_refused(words, tmp_path):
    command, *rest = words
    [problem] = problems(command, tmp_path / "absent.yaml", *rest)
    assert problem == {"message": "ce fichier n’existe pas", "file": str(tmp_path / "absent.yaml")}


def test_a_folder_is_not_a_file(tmp_path):
    [problem] = problems("review", tmp_path)
    assert problem["message"] == "c’est un dossier du disque, pas un fichier"


def test_two_equal_dossiers_differ_in_nothing():
    found = printed("diff", WOYZECK, WOYZECK, *ON)
    assert (found["facts"], found["lines"], found["findings"], found["documents"]) == (
        [],
        [],
        {"new": [], "gone": []},
        [],
    )
    assert {total["change"] for total in found["totals"]} == {"0.00"}
    assert filage("diff", WOYZECK, WOYZECK, *ON).stdout == "Aucune différence.\n"


def test_a_difference_has_the_published_shape_and_reads_both_ways(moved):
    there, back = printed("diff", WOYZECK, moved, *ON), printed("diff", moved, WOYZECK, *ON)
    assert faults("diff", there) == faults("diff", back) == []
    assert there["facts"] != []
    assert [total["before"] for total in there["totals"]] == [total["after"] for total in back["totals"]]
    assert there["findings"]["new"] == back["findings"]["gone"]


def test_a_difference_is_shown(moved):
    shown = filage("diff", WOYZECK, moved, *ON).stdout
    assert shown.startswith("Faits\n")
    assert "Documents" in shown


def test_private_facts_are_not_in_a_difference(tmp_path):
    text = WOYZECK.read_text(encoding="utf-8")
    known, canary = re.search(r"nir: (\d+)", text)[1], "185057800608491"
    path = tmp_path / "private.yaml"
    path.write_text(text.replace(known, canary), encoding="utf-8")
    for more in ((), ("--json",)):
        done = filage("diff", WOYZECK, path, *ON, *more)
        assert done.exit_code == 0
        assert [number for number in (known, canary) if number in done.stdout + done.stderr] == []


def test_why_prints_a_tree_that_ends_in_sources():
    line = next(
        row["why"]
        for row in printed("review", WOYZECK, *ON)["budget"]["lines"]
        if row["why"].startswith("pay/")
    )
    found = printed("why", WOYZECK, line, *ON)
    assert faults("why", found) == []
    assert (found["line"], found["sources"] != {}) == (line, True)
    shown = filage("why", WOYZECK, line, *ON).stdout
    assert "Assurance maladie" in shown
    assert "vérifié le 2026" in shown


def test_every_line_of_a_review_can_be_explained():
    from datetime import date

    from filage.cli.shared import reviewed
    from filage.review import why

    outcome = reviewed(SHORT_FILM, date(2026, 3, 1))
    for row in outcome.budget.rows:
        assert why(outcome, row.id).value == row.amount


def test_an_unknown_line_is_refused():
    [problem] = problems("why", WOYZECK, "total/balanse", *ON)
    assert (
        problem["message"]
        == "« total/balanse » n’est pas une ligne de ce dossier ; vouliez-vous total/balance ?"
    )


def price_file(tmp_path, values):
    path = tmp_path / "price.json"
    path.write_text(values if isinstance(values, str) else json.dumps(values), encoding="utf-8")
    return path


def test_a_price_has_the_published_shape(tmp_path):
    assert faults("price-input", PRICE) == []
    found = printed("price", price_file(tmp_path, PRICE))
    assert faults("price", found) == []
    assert found["amortisation_per_performance"] == "1428.57"
    assert [price["performances"] for price in found["prices"]] == [1, 2, 3]


def test_a_price_is_shown(tmp_path):
    shown = plain(filage("price", price_file(tmp_path, PRICE)).stdout)
    assert "Prix de cession" in shown
    assert "À l’équilibre :" in shown


def test_every_fault_of_a_price_is_told(tmp_path):
    wrong = {**PRICE, "plateau_cost": "x", "margin": {"mode": "on_price", "rate": "5"}, "vat": "0.055"}
    assert [problem["path"] for problem in problems("price", price_file(tmp_path, wrong))] == [
        "vat",
        "margin.rate",
        "plateau_cost",
    ]


def test_a_file_of_a_price_that_is_not_json_is_refused_with_its_place(tmp_path):
    [problem] = problems("price", price_file(tmp_path, '{\n"creation_cost": ,'))
    assert (problem["message"], problem["line"]) == ("ce n’est pas du JSON (colonne 18)", 2)


def test_the_same_dossier_in_json_gives_the_same_review(tmp_path):
    import yaml

    copy = tmp_path / "woyzeck.json"
    copy.write_text(
        json.dumps(yaml.load(WOYZECK.read_text("utf-8"), Loader=yaml.BaseLoader)), encoding="utf-8"
    )
    assert printed("review", copy, *ON) == printed("review", WOYZECK, *ON)
    shutil.rmtree(tmp_path, ignore_errors=True)


FAR = {
    "name": "Brest",
    "km": 600,
    "people": 4,
    "fare_km": "0.10",
    "freight_km": "0.60",
    "night": 70,
    "meal": 20,
}


def test_a_price_by_town_and_a_discount_are_added_when_they_are_asked(tmp_path):
    asked = PRICE | {"towns": [{"name": "Dole", "vhr": "500"}, FAR], "discount": "0.1"}
    assert faults("price-input", asked) == []
    found = printed("price", price_file(tmp_path, asked))
    assert faults("price", found) == []
    plain_found = printed("price", price_file(tmp_path, PRICE))
    assert {key: found[key] for key in plain_found} == plain_found
    assert [town["prices"][0]["vhr"] for town in found["towns"]] == ["500.00", "2240.00"]
    first, discount = found["prices"][0], found["discount"]
    assert discount["prices"][0]["unit_price"] == f"{float(first['unit_price']) * 0.9:.2f}"


def test_a_price_by_town_is_shown(tmp_path):
    shown = plain(filage("price", price_file(tmp_path, PRICE | {"towns": [FAR], "discount": "0.1"})).stdout)
    assert "Brest" in shown
    assert "Une remise de 10 % : la date à" in shown


def test_every_fault_of_a_town_is_told(tmp_path):
    towns = [{"name": "", "vhr": 1}, {"name": "a"}, {"name": "b", "km": "x", "peple": 2}, 3]
    found = problems("price", price_file(tmp_path, PRICE | {"towns": towns, "discount": "10"}))
    assert [problem["path"] for problem in found] == [
        "towns.0.name", "towns.1", "towns.2.peple", "towns.2.people", "towns.2.km", "towns.3", "discount",
    ]  # fmt: skip
