"""Who works here, what it costs, how somebody is hired; private data stay with those who may see them."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from filage.kernel.changes import Change, add
from filage_web.store.changes import apply
from filage_web.store.queries import load_production
from support.cast import Cast

BASE = (
    add("position/marie", label="Marie", people="2", forecast=[
        {"phase": "exploitation", "unit": "cachet", "quantity": "4", "unit_pay": "160", "day": "2026-11-05"}]),
    add("person/dana", given_name="Dana", family_name="Morel"),
)  # fmt: skip
NIR = "269054958815780"


def engagement(number: int) -> list[Change]:
    return [
        add(f"person/p{number}", given_name="Personne", family_name=f"N{number}"),
        add(f"engagement/e{number}", position="position/marie", person=f"person/p{number}", phase="exploitation",
            starts_on="2026-11-05", ends_on="2026-11-14", unit="cachet", unit_pay="160", quantity="2"),
    ]  # fmt: skip


@pytest.fixture
def woyzeck(cast: Cast) -> Cast:
    apply(cast.structure, cast.production, [*BASE, *engagement(1)], actor=cast.alice)
    return cast


def page(cast: Cast, path: str, who: str = "bob", **more: Any) -> str:
    answer = cast.browser(who).get(cast.address(path), **more)
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode()).replace("\u202f", " ").replace("\u00a0", " ")


def test_an_empty_team_says_what_to_do_next(cast: Cast) -> None:
    assert "Personne n’est encore engagé" in page(cast, "equipe/")
    assert "Aucun besoin décrit" in page(cast, "equipe/besoins/")
    assert "Aucune personne pour l’instant" in page(cast, "equipe/personnes/")


def test_shows_what_each_engagement_costs_and_the_total(woyzeck: Cast) -> None:
    html = page(woyzeck, "equipe/")
    assert 'id="engagement-e1"' in html
    assert '2 <span class="unit">cachets ×</span> 160,00' in html
    assert "1 à engager" in html
    assert "pourquoi/engagement/e1/" in html


def test_shows_who_fills_a_need_and_how_many_are_missing(woyzeck: Cast) -> None:
    html = page(woyzeck, "equipe/besoins/")
    assert "Personne N1" in html
    assert "1 à pourvoir" in html


def test_the_same_number_of_queries_for_one_and_for_three_engagements(woyzeck: Cast) -> None:
    counts = []
    typed = "?of=e1&" + urlencode(TYPED | {"person": "person/p1", "position": "position/marie"})
    paths = (
        "equipe/", "equipe/personnes/", "equipe/besoins/", "equipe/?par=equipe&tri=cout&voir=a-voir",
        "equipe/engagement/e1/constats/", f"equipe/calcul/{typed}", "equipe/comparer/?of=e1",
    )  # fmt: skip
    for number in (1, 2, 3):
        if number > 1:
            apply(woyzeck.structure, "woyzeck", engagement(number), actor=woyzeck.alice)
        for path in paths:
            page(woyzeck, path)
        with CaptureQueriesContext(connection) as queries:
            for path in paths:
                page(woyzeck, path)
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]


TYPED = {
    "position": "position/marie", "phase": "exploitation", "starts_on": "2026-11-05", "ends_on": "2026-11-05",
    "unit": "cachet", "quantity": "1", "unit_pay": "150", "known": "net", "isolated": "on", "contract": "draft",
}  # fmt: skip


def test_computes_the_gross_of_a_net_wanted_while_typing(woyzeck: Cast) -> None:
    html = page(woyzeck, "equipe/calcul/", data=TYPED)
    gross = re.search(r"Brut</dt><dd>([\d ,]+) €", html)
    assert gross is not None
    assert "Net avant impôt</dt><dd>150,00 €" in html
    assert "Montant atteint au centime" in html
    again = page(woyzeck, "equipe/calcul/", data=TYPED | {"known": "gross", "unit_pay": gross[1]})
    assert "Net avant impôt</dt><dd>150,00 €" in again


def test_says_what_is_missing_to_compute(woyzeck: Cast) -> None:
    assert "Choisissez un emploi" in page(woyzeck, "equipe/calcul/", data=TYPED | {"position": ""})
    assert "n’est pas un montant" in page(woyzeck, "equipe/calcul/", data=TYPED | {"unit_pay": "x"})


def test_hires_somebody_who_does_not_exist_yet_after_showing_the_effect(woyzeck: Cast) -> None:
    typed = TYPED | {"given_name": "Élie", "family_name": "Vasseur", "new_position": "Régie",
                     "new_status": "technicien", "unit": "day", "known": "gross", "unit_pay": "200"}  # fmt: skip
    answer = woyzeck.browser("bob").post(woyzeck.address("equipe/engager/"), typed)
    assert answer.status_code == 200
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', answer.content.decode())
    draft = {name: unescape(value) for name, value in reversed(hidden) if name != "csrfmiddlewaretoken"}
    assert woyzeck.browser("bob").post(woyzeck.address("effet/"), draft).status_code == 302
    dossier = load_production(woyzeck.structure, "woyzeck").dossier
    made = dossier.get("engagement/elie-vasseur-regie")
    assert (made.person, made.position, str(made.unit_pay)) == (
        "person/elie-vasseur",
        "position/regie",
        "200",
    )
    assert dossier.get("position/regie").status == "technicien"


def test_an_engagement_without_person_or_pay_keeps_what_was_typed(woyzeck: Cast) -> None:
    answer = woyzeck.browser("bob").post(
        woyzeck.address("equipe/engager/"), TYPED | {"unit_pay": "", "quantity": "7"}
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert html.count("À remplir.") == 2
    assert 'value="7"' in html


def test_private_data_show_to_those_who_may_and_nowhere_else(woyzeck: Cast) -> None:
    apply(
        woyzeck.structure,
        "woyzeck",
        [add("person_private/p1", person="person/p1", nir=NIR)],
        actor=woyzeck.alice,
    )
    assert NIR in page(woyzeck, "equipe/personne/p1/prive/")
    assert woyzeck.browser("rene").get(woyzeck.address("equipe/personne/p1/prive/")).status_code == 403
    for path in ("equipe/", "equipe/personnes/", "equipe/personne/p1/", "equipe/besoins/"):
        assert NIR not in page(woyzeck, path)
    assert woyzeck.browser("rene").get(woyzeck.address("fiche/person_private/p1/")).status_code == 403


def opened(cast: Cast, query: str) -> dict[str, Any]:
    answer = cast.browser("bob").get(cast.address(f"equipe/engager/{query}"))
    assert answer.status_code == 200
    return {
        name: answer.context["form"][name].value()
        for name in ("position", "new_position", "starts_on", "ends_on")
    }


ROLE = add("element/zoe", label="Zoé")
PLAN = add("plan/tournage", label="Tournage", starts_on="2026-12-01", ends_on="2026-12-11")


def test_days_that_nothing_gives_are_left_empty(cast: Cast) -> None:
    assert opened(cast, "") == {"position": None, "new_position": None, "starts_on": None, "ends_on": None}


def test_engaging_for_a_role_opens_on_its_position_and_the_days_of_its_scenes(cast: Cast) -> None:
    apply(cast.structure, cast.production, [ROLE, PLAN], actor=cast.alice)
    assert opened(cast, "?role=element/zoe") == {
        "position": None, "new_position": "Zoé", "starts_on": "2026-12-01", "ends_on": "2026-12-11",
    }  # fmt: skip
    more = [
        add("position/enfant", label="L’enfant", roles=["element/zoe"]),
        add("scene/1", label="Cuisine", elements=["element/zoe"]),
        add("event/t1", type="shoot", day="2026-12-03", scenes=["scene/1"]),
    ]
    apply(cast.structure, cast.production, more, actor=cast.alice)
    assert opened(cast, "?role=element/zoe") == {
        "position": "position/enfant", "new_position": None, "starts_on": "2026-12-03", "ends_on": "2026-12-03",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("chosen", "position", "roles"),
    [
        ({"new_position": "Zoé"}, "Zoé", ("element/zoe",)),
        ({"position": "position/marie"}, "Marie", ("element/zoe",)),
    ],
)
def test_an_engagement_for_a_role_leaves_a_position_that_holds_it(
    woyzeck: Cast, chosen: dict[str, str], position: str, roles: tuple[str, ...]
) -> None:
    apply(woyzeck.structure, woyzeck.production, [ROLE], actor=woyzeck.alice)
    typed = {"role": "element/zoe", "person": "person/dana", "starts_on": "2026-11-05", "ends_on": "2026-11-06",
             "phase": "production", "unit": "cachet", "unit_pay": "120", "contract": "draft"}  # fmt: skip
    browser, address = woyzeck.browser("bob"), woyzeck.address("equipe/engager/")
    answer = browser.post(address, typed | chosen)
    assert answer.status_code == 200, answer.context["form"].errors
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', answer.content.decode())
    draft = {name: unescape(value) for name, value in reversed(hidden) if name != "csrfmiddlewaretoken"}
    assert browser.post(woyzeck.address("effet/"), draft).status_code == 302
    dossier = load_production(woyzeck.structure, woyzeck.production).dossier
    (found,) = [one for one in dossier.by_kind["position"].values() if one.label == position]
    assert found.roles == roles


def test_an_engagement_without_a_date_says_so_rather_than_zero(woyzeck: Cast) -> None:
    bare = add("engagement/e9", position="position/marie", person="person/dana", starts_on="2026-11-05",
               ends_on="2026-11-14", unit="cachet", unit_pay="160")  # fmt: skip
    apply(woyzeck.structure, woyzeck.production, [bare], actor=woyzeck.alice)
    (row,) = re.findall(r'<tr id="engagement-e9">.*?</tr>', page(woyzeck, "equipe/"), re.DOTALL)
    assert "aucune date au calendrier dans ces jours" in row
    assert "0 <span" not in row


def test_the_roles_a_position_may_hold_are_roles_not_props(cast: Cast) -> None:
    candle = add("element/bougie", label="bougie", category="props")
    apply(cast.structure, cast.production, [ROLE, candle], actor=cast.alice)
    html = page(cast, "fiche/nouvelle/position/")
    assert "Zoé" in html
    assert "bougie" not in html
