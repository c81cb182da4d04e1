"""The table of engagements: grouped, sifted, in order, each with its minimum and what is said of it."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest

from filage_web.store.outcomes import outcome_of
from filage_web.team.queries import groups_of
from filage_web.team.table import ORDERS, SHOWN, Wish, arranged, heads_of, wish_of
from support.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("filage_web.clock.today", lambda: date(2026, 10, 12))


def page(cast: Cast, asked: str = "", who: str = "bob") -> str:
    answer = cast.browser(who).get(cast.address(f"equipe/{asked}"))
    assert answer.status_code == 200
    return unescape(answer.content.decode()).replace("\u202f", " ").replace("\u00a0", " ")


def lines(cast: Cast, wish: Wish):
    groups = groups_of(outcome_of(cast.structure, cast.production), wish.by)
    return [line for group in arranged(groups, wish) for line in group.lines]


def test_groups_by_phase_or_by_department_with_the_same_total(world: Cast) -> None:
    outcome = outcome_of(world.structure, world.production)
    by_phase, by_department = groups_of(outcome), groups_of(outcome, "equipe")
    assert [group.key for group in by_department] == ["artistic", "technical"]
    assert sum(group.cost for group in by_phase) == sum(group.cost for group in by_department)
    assert "Équipe technique" in page(world, "?par=equipe")


def test_each_line_says_its_status_its_basis_and_its_minimum(world: Cast) -> None:
    html = page(world)
    assert re.search(r'14 <span class="unit">cachets ×</span> 160,00<span class="status">, planifié', html)
    assert 'Marie<span class="status">, artiste' in html
    assert {line.minimum.verdict for line in lines(world, Wish())} <= {"below", "to_check", "met", "unknown"}


@pytest.mark.parametrize("order", sorted(ORDERS))
def test_puts_the_lines_in_any_order_and_back(world: Cast, order: str) -> None:
    _title, read = ORDERS[order]
    for group in arranged(groups_of(outcome_of(world.structure, world.production)), Wish(order=order)):
        assert group.lines == sorted(group.lines, key=read)
    (first, *_), (last, *_) = lines(world, Wish(order=order)), lines(world, Wish(order=f"-{order}"))
    assert read(first) <= read(last)


@pytest.mark.parametrize("shown", sorted(SHOWN))
def test_keeps_what_is_asked_for(world: Cast, shown: str) -> None:
    everything = lines(world, Wish())
    kept = lines(world, Wish(shown=shown))
    assert [line for line in everything if line in kept] == kept
    if shown == "minimum":
        assert all(line.minimum_status in ("breach", "doubt") for line in kept)


def test_sifts_by_words_without_accents_department_and_contract(world: Cast) -> None:
    assert {line.person for line in lines(world, Wish(words="elie vasseur"))} == {"Élie Vasseur"}
    technical = lines(world, Wish(department="technical", contract="signed"))
    assert technical
    assert {(line.department, line.contract_key) for line in technical} == {("technical", "signed")}
    assert "Aucun engagement ne correspond" in page(world, "?q=zzz")


def test_an_address_it_does_not_know_shows_everything() -> None:
    wish = wish_of({"par": "x", "tri": "y", "voir": "z", "contrat": "w", "equipe": "v"})
    assert wish == Wish()
    assert wish.address() == "?"


def test_a_head_turns_the_order_round() -> None:
    heads = heads_of(Wish(order="brut", shown="a-voir"))
    assert (heads["brut"].sorted, heads["brut"].href) == ("ascending", "?voir=a-voir&tri=-brut")
    assert heads_of(Wish(order="-brut"))["brut"].sorted == "descending"
    assert heads["net"].sorted == ""


def test_the_findings_of_an_engagement_open_with_its_minimum_explained(world: Cast) -> None:
    html = page(world, "engagement/dana-tournee/constats/", who="rene")
    assert "Dana Morel, Marie" in html
    assert "Artiste dramatique" in html
    assert "Modifier l’engagement" not in html
    assert world.browser("bob").get(world.address("equipe/engagement/x/constats/")).status_code == 404


def test_a_reader_sees_the_table_and_may_not_type(world: Cast) -> None:
    html = page(world, who="rene")
    assert "equipe/engagement/dana-tournee/constats/" in html
    assert "equipe/engager/" not in html
    for path in ("equipe/calcul/", "equipe/comparer/", "equipe/calcul/pourquoi/", "equipe/engager/"):
        assert world.browser("rene").get(world.address(path)).status_code == 403
        assert world.browser("charlie").get(world.address(path)).status_code == 404
