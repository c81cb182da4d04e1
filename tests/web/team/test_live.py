"""The figures beside an engagement while it is typed: three ways in, minimum, findings, gap, what is missing."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from filage_web.store.queries import load_production
from support.cast import Cast

pytestmark = pytest.mark.django_db
DANA = {
    "of": "dana-tournee", "person": "person/dana", "position": "position/marie", "phase": "exploitation",
    "starts_on": "2026-11-05", "ends_on": "2026-12-12", "unit": "cachet", "isolated": "on", "contract": "to_sign",
    "unit_pay": "160", "known": "gross", "over": "unit",
}  # fmt: skip
NEW = DANA | {"of": "", "person": "", "starts_on": "2026-11-03", "ends_on": "2026-11-03", "quantity": "1"}


@pytest.fixture(autouse=True)
def _on(monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import date

    monkeypatch.setattr("filage_web.clock.today", lambda: date(2026, 10, 12))


def plain(answer: Any) -> str:
    return unescape(answer.content.decode()).replace("\u202f", " ").replace("\u00a0", " ")


def live(cast: Cast, typed: dict[str, str], who: str = "bob") -> Any:
    answer = cast.browser(who).get(cast.address("equipe/calcul/"), typed, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return answer


def figure(html: str, title: str) -> str:
    found = re.search(rf"{title}</dt><dd>([^<]*)</dd>", html)
    assert found is not None, html
    return found[1]


def test_shows_the_whole_engagement_as_its_calendar_counts_it(world: Cast) -> None:
    html = plain(live(world, DANA))
    assert figure(html, "Base") == "14 cachets, planifié"
    assert figure(html, "Brut") == "2 240,00 €"
    assert re.fullmatch(r"3 5\d\d,\d\d €", figure(html, "Coût employeur"))
    assert "1 € de brut coûte" in html


@pytest.mark.parametrize(("known", "row"), [("net", "Net avant impôt"), ("cost", "Coût employeur")])
def test_a_net_or_a_budget_in_all_gives_a_gross_that_gives_it_back(world: Cast, known: str, row: str) -> None:
    here = figure(plain(live(world, DANA)), row)
    html = plain(live(world, DANA | {"known": known, "over": "whole", "unit_pay": here}))
    assert "Montant atteint au centime" in html
    assert figure(html, "Brut par cachet") == "160,00 €"
    assert re.findall(r'name="_fill" value="([^"]*)"', html) == ["160,00"]


def test_a_net_for_each_unit_is_that_of_them_all_together(world: Cast) -> None:
    html = plain(live(world, NEW | {"known": "net", "unit_pay": "250", "quantity": "3"}))
    found = re.findall(r"([\d ,]+) € laissent ([\d ,]+) €", html)
    assert "Montant atteint au centime" in html or len(found) == 2
    assert figure(html, "Net avant impôt").startswith(("750,0", "749,9"))


def test_neighbours_are_said_and_can_be_kept_when_no_cent_gives_the_net(world: Cast) -> None:
    html = plain(live(world, DANA | {"known": "net", "over": "whole", "unit_pay": "2000"}))
    assert "Aucun centime de brut ne donne ce montant exactement" in html
    assert len(re.findall(r'name="_fill"', html)) == 2


def test_the_gross_found_is_kept_on_request_and_nothing_is_written(world: Cast) -> None:
    before = load_production(world.structure, world.production).dossier
    typed = DANA | {"known": "net", "unit_pay": "150", "_fill": "193,70"}
    answer = world.browser("bob").post(world.address("equipe/engagement/dana-tournee/"), typed)
    html = plain(answer)
    assert answer.status_code == 200
    assert re.search(r'name="unit_pay" value="193,70"', html)
    assert re.search(r'name="known" value="gross" checked', html)
    assert load_production(world.structure, world.production).dossier == before


def test_without_javascript_a_button_computes_and_saves_nothing(world: Cast) -> None:
    form = plain(world.browser("bob").get(world.address("equipe/engager/")))
    assert '<noscript><button class="button" name="_calculate"' in form
    answer = world.browser("bob").post(world.address("equipe/engager/"), NEW | {"_calculate": "1"})
    assert answer.status_code == 200
    assert figure(plain(answer), "Brut") == "160,00 €"


def test_the_minimum_wage_of_the_grid_stands_beside_with_its_margin(world: Cast) -> None:
    low = plain(live(world, DANA | {"unit_pay": "50"}))
    assert re.search(r"Payé 50,00 € par cachet", low)
    assert "Il manque" in low
    high = plain(live(world, DANA | {"unit_pay": "400"}))
    assert re.search(r"Marge : \+2\d\d,\d\d €", high)


def test_says_which_findings_come_and_how_far_the_gap_moves(world: Cast) -> None:
    html = plain(live(world, DANA | {"unit_pay": "50"}))
    assert html.count("Payé 50,00 € par cachet") == 1, "the minimum has its own line"
    assert "Nouveau : Il reste" not in html
    assert re.search(r"À trouver</dt><dd>[\d ,]+ → [\d ,]+ €", html)
    same = plain(live(world, DANA))
    assert "Nouveau :" not in same
    assert "À trouver" not in same


def test_each_figure_explains_itself_down_to_the_rate_and_its_source(world: Cast) -> None:
    html = plain(live(world, DANA))
    assert re.findall(r"<summary>([^<]*)</summary>", html) == [
        "Pourquoi ce coût ?", "Pourquoi ce net ?", "Pourquoi ce minimum ?",
    ]  # fmt: skip
    answers = [
        plain(world.browser("bob").get(href)) for href in re.findall(r'<a href="([^"]*quoi=[^"]*)"', html)
    ]
    assert "Assurance maladie" in answers[0]
    assert "Vieillesse plafonnée" in answers[1]
    assert "Artiste dramatique" in answers[2]
    assert all('rel="noreferrer"' in answer for answer in answers)


def test_what_is_missing_is_said_and_the_last_figures_stay(world: Cast) -> None:
    for typed, said in (
        (NEW | {"position": ""}, "Choisissez un emploi"),
        (NEW | {"unit_pay": "x"}, "n’est pas un montant"),
        (NEW | {"starts_on": "31/31/2026"}, "Du</a> : "),
        (NEW | {"known": "net", "unit_pay": "99999999"}, "dépasse"),
        (NEW | {"ends_on": "2026-10-01"}, "avant de commencer"),
    ):
        answer = live(world, typed)
        assert answer.headers.get("HX-Reswap") == "none", typed
        html = plain(answer)
        assert said in html
        assert 'id="figures-missing" hx-swap-oob="true"' in html
        assert "Coût employeur" not in html
    assert "HX-Reswap" not in live(world, NEW).headers


def test_every_field_that_is_wrong_is_told_at_once(world: Cast) -> None:
    html = plain(live(world, NEW | {"starts_on": "demain", "quantity": "beaucoup"}))
    assert 'href="#id_starts_on"' in html
    assert 'href="#id_quantity"' in html
    assert 'href="#id_person"' in html


def test_the_deduction_asks_for_the_agreement_before_it_counts(world: Cast) -> None:
    without = plain(live(world, DANA | {"dfs": "on"}))
    agreed = plain(live(world, DANA | {"dfs": "on", "dfs_agreed_on": "2026-10-01"}))
    assert "accord" in without
    assert figure(without, "Coût employeur") != figure(agreed, "Coût employeur")


def test_an_engagement_that_is_not_there_is_not_found(world: Cast) -> None:
    bob = world.browser("bob")
    assert bob.get(world.address("equipe/calcul/"), {"of": "personne"}).status_code == 404
    assert (
        bob.get(world.address("equipe/calcul/pourquoi/"), {"of": "dana-tournee", "quoi": "x"}).status_code
        == 404
    )
    assert bob.get(world.address("equipe/calcul/pourquoi/")).status_code == 404


def test_an_allowance_comes_on_top_of_the_cost(world: Cast) -> None:
    typed = {"allowances-rows": "1", "allowances-0-type": "night_elsewhere", "allowances-0-quantity": "2",
             "allowances-0-unit_amount": "50"}  # fmt: skip
    html = plain(live(world, DANA | typed))
    assert figure(html, "Coût employeur") == figure(plain(live(world, DANA)), "Coût employeur")
    assert figure(html, "Indemnités hors cotisations") == "+100,00 €"
    assert "Coût total" in html


def test_a_quantity_left_to_the_calendar_counts_the_dates_of_the_job(world: Cast) -> None:
    typed = NEW | {"person": "person/lea", "starts_on": "2026-11-05", "ends_on": "2026-11-14", "quantity": ""}
    asked = plain(live(world, typed))
    counted = plain(live(world, typed | {"quantity": "5"}))
    assert figure(asked, "Coût employeur") == figure(counted, "Coût employeur")
    assert "5 cachets" in asked
    assert "6 dates de cet emploi au calendrier dans ces jours" in asked
    assert "dates de cet emploi" not in counted
    assert "Emploi déjà pourvu dans ces jours par Dana" in asked
    apart = plain(live(world, typed | {"apart": "on"}))
    assert "Montants d’une unité" in apart


def test_hiring_without_a_quantity_writes_its_part_in_the_dates_of_the_job(world: Cast) -> None:
    typed = NEW | {"person": "person/lea", "starts_on": "2026-11-05", "ends_on": "2026-11-14", "quantity": ""}
    browser = world.browser("bob")
    answer = browser.post(world.address("equipe/engager/"), typed)
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', answer.content.decode())
    draft = {name: unescape(value) for name, value in reversed(hidden) if name != "csrfmiddlewaretoken"}
    assert browser.post(world.address("effet/"), draft).status_code == 302
    dossier = load_production(world.structure, world.production).dossier
    (made,) = [
        one
        for one in dossier.by_kind["engagement"].values()
        if one.person == "person/lea" and one.position == "position/marie"
    ]
    parts = [part for part in dossier.by_kind["participation"].values() if part.engagement == made.about]
    assert [str(part.units) for part in parts if part.units is not None] == ["0"], (
        "the talk after the show is unpaid"
    )
    assert len(parts) == 6
