"""`filage funding` on the two examples: the plan adds up, every scheme says why, every credit its lines."""

from decimal import Decimal

import pytest

from cli.commands import SHORT_FILM, WOYZECK, faults, filage, printed

ON = ("--on", "2026-10-12")


@pytest.mark.parametrize("path", [WOYZECK, SHORT_FILM])
def test_the_shape_is_the_published_one_and_the_plan_adds_up(path):
    found = printed("funding", path, *ON, "--every")
    assert faults("funding", found) == []
    sources = sum(Decimal(one["amount"]) for one in found["sources"])
    assert sources + Decimal(found["gap"]["full"]) == Decimal(found["expense"])
    for credit in found["credits"]:
        assert sum(Decimal(line["eligible"]) for line in credit["lines"]) == Decimal(credit["eligible"])


def test_the_drac_looks_possible_for_woyzeck_with_its_figures():
    found = printed("funding", WOYZECK, *ON)
    drac = next(one for one in found["schemes"] if one["id"] == "drac_adsv_projet")
    assert (drac["state"], drac["words"]) == ("possible", "semble possible")
    dates = drac["conditions"][1]
    assert (dates["state"], dates["seen"], dates["asked"]) == (
        "held", "14\u00a0représentations", "au moins 8\u00a0représentations",
    )  # fmt: skip


def test_every_adds_the_other_kinds():
    here = {one["id"] for one in printed("funding", WOYZECK, *ON)["schemes"]}
    everything = {one["id"] for one in printed("funding", WOYZECK, *ON, "--every")["schemes"]}
    assert "cnc_court_metrage" in everything - here


def test_the_terminal_says_the_same_and_never_that_an_aid_is_due():
    done = filage("funding", WOYZECK, *ON)
    assert done.exit_code == 0
    assert "À trouver" in done.stdout
    assert "semble possible" in done.stdout
    assert "Loi de finances pour 2026 non lue" in done.stdout
    assert "ligible" not in done.stdout
