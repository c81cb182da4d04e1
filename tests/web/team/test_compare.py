"""Ways of engaging the same person side by side, and the one that is kept."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import transaction

from filage_web.store.queries import load_production
from support.cast import Cast

pytestmark = pytest.mark.django_db
WHERE = "equipe/comparer/"


@pytest.fixture(autouse=True)
def _on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("filage_web.clock.today", lambda: date(2026, 10, 12))


def plain(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode()).replace("\u202f", " ").replace("\u00a0", " ")


def compared(cast: Cast, **asked: Any) -> str:
    return plain(cast.browser("bob").get(cast.address(WHERE), {"of": "dana-tournee", **asked}))


def row(html: str, title: str) -> list[str]:
    found = re.search(rf'<tr[^>]*><th scope="row">{title}</th>(.*?)</tr>', html, re.DOTALL)
    assert found is not None, title
    cells = re.findall(r"<td[^>]*>(.*?)</td>", found[1], re.DOTALL)
    return [re.sub(r"<span class=\"gap\">.*?</span>|<[^>]*>", "", cell).strip() for cell in cells]


def test_shows_the_engagement_beside_two_ways_at_first(world: Cast) -> None:
    html = compared(world)
    assert re.findall(r'<th scope="col" class="num">([^<]*)', html) == [
        "A · Tel qu’engagé", "B · Cachets groupés", "C · Au mois",
    ]  # fmt: skip
    assert row(html, "Brut")[0] == "2 240,00"
    assert "Assurance maladie" in html


def test_the_same_net_can_be_asked_of_each_way(world: Cast) -> None:
    html = compared(world, avec=["technicien", "permanent"], egal="net")
    nets = [float(cell.replace(" ", "").replace(",", ".")) for cell in row(html, "Net avant impôt")]
    assert len(nets) == 3
    assert max(nets) - min(nets) < 0.2
    assert len(set(row(html, "Coût employeur"))) == 3


def test_a_way_of_ones_own_with_another_period_and_status(world: Cast) -> None:
    asked = {"avec": ["none"], "autre": "1", "b-status": "technicien", "b-unit": "day", "b-quantity": "10",
             "b-starts_on": "2027-01-04", "b-ends_on": "2027-01-20", "b-unit_pay": ""}  # fmt: skip
    html = compared(world, **asked)
    assert "B · Votre variante" in html
    assert row(html, "Brut")[0] == row(html, "Brut")[1]
    priced = compared(world, **(asked | {"b-unit_pay": "100"}))
    assert row(priced, "Brut par unité") == ["160,00", "100,00"]


def test_a_wrong_field_of_ones_own_way_is_told_under_it(world: Cast) -> None:
    html = compared(world, autre="1", **{"b-unit": "day", "b-starts_on": "hier", "b-ends_on": "2027-01-20"})
    assert "B · Votre variante" not in html
    assert 'aria-invalid="true"' in html


def test_an_engagement_still_typed_is_compared_too(world: Cast) -> None:
    typed = {"position": "position/marie", "starts_on": "2026-11-03", "ends_on": "2026-11-03", "unit": "cachet",
             "quantity": "2", "phase": "production", "unit_pay": "150", "known": "net", "isolated": "on",
             "contract": "draft"}  # fmt: skip
    html = plain(world.browser("bob").get(world.address(WHERE), typed))
    assert "Nouvel engagement" in html
    assert "une fois l’engagement complet" in html
    assert row(html, "Base")[0] == "2 cachets engagé"


def test_each_cost_compared_explains_itself(world: Cast) -> None:
    html = compared(world, avec="permanent")
    hrefs = re.findall(r'<a href="([^"]*facon=[^"]*)"', html)
    answers = [plain(world.browser("bob").get(href)) for href in hrefs]
    assert len(answers) == 2
    assert "Congés Spectacles" in answers[0]
    assert "Congés Spectacles" not in answers[1]
    assert "Assurance maladie" in answers[1]


def keep(cast: Cast, key: str, **asked: Any) -> Any:
    address = cast.address(WHERE) + "?of=dana-tournee&" + "&".join(f"{k}={v}" for k, v in asked.items())
    return cast.browser("bob").post(address, {"retenir": key})


def test_keeping_a_way_shows_its_effect_then_writes_it(world: Cast) -> None:
    with transaction.atomic():
        sheet = plain(keep(world, "grouped", avec="grouped"))
        assert "Cachets isolés" in sheet
        kept = load_production(world.structure, world.production).dossier.get("engagement/dana-tournee")
        assert kept.isolated
        hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', unescape(sheet))
        assert hidden
        draft = {
            name: unescape(value)
            for name, value in re.findall(
                r'<input type="hidden" name="(\w+)" value="([^"]*)">',
                keep(world, "grouped", avec="grouped").content.decode(),
            )
            if name != "csrfmiddlewaretoken"
        }
        assert world.browser("bob").post(world.address("effet/"), draft).status_code == 302
        kept = load_production(world.structure, world.production).dossier.get("engagement/dana-tournee")
        assert not kept.isolated
        transaction.set_rollback(True)


def test_another_status_takes_a_position_of_its_own_and_the_agreement_is_not_invented(world: Cast) -> None:
    sheet = keep(world, "permanent", avec="permanent").content.decode()
    assert "position/marie-permanent" in unescape(sheet)
    dfs = unescape(keep(world, "dfs", avec="dfs").content.decode())
    assert '"dfs": "true"' in dfs
    assert "dfs_agreed_on" not in dfs


def test_without_an_engagement_the_page_proposes_them(world: Cast) -> None:
    html = plain(world.browser("bob").get(world.address(WHERE)))
    assert "Quel engagement ?" in html
    assert "?of=dana-tournee" in html
    assert world.browser("bob").get(world.address(WHERE), {"of": "x"}).status_code == 404
    assert keep(world, "x", avec="grouped").status_code == 404
