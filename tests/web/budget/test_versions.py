"""Versions of the budget in the office: approved once, never moved, compared; and budgets side by side."""

from __future__ import annotations

import io

import pytest
from python_calamine import CalamineWorkbook

from filage.facts.budget import BudgetVersion
from filage.kernel.changes import add, set_
from filage_web.store import issued
from filage_web.store.changes import apply
from filage_web.store.queries import dossier_of

pytestmark = pytest.mark.django_db


def approve(cast, label="Votée", who="alice", **more):
    return cast.browser(who).post(
        cast.address("budget/versions/approuver/"), {"label": label, **more}, follow=True
    )


def facts(cast):
    return dossier_of(cast.structure, cast.production).all(BudgetVersion)


def mine(cast):
    return next(one for one in facts(cast) if one.label == "Votée")


def read(cast, path, who="alice"):
    answer = cast.browser(who).get(cast.address(path))
    assert answer.status_code == 200
    return answer.content.decode()


def move(cast):
    apply(cast.structure, cast.production, [set_("budget_line/decor", unit_price="9999")], actor=cast.alice)


def test_approving_keeps_the_amounts_and_a_document(world):
    page = approve(world, by="Le conseil").content.decode()
    assert "« Votée » dit le budget d’aujourd’hui" in page
    fact = mine(world)
    assert (fact.purpose, fact.by) == ("approved", "Le conseil")
    copy = issued.copy_of(world.structure, world.production, ("budget_version", fact.id), 1)
    assert issued.bytes_of(copy).startswith(b"%PDF")
    kept = {line["id"]: line["amount"] for line in copy.content["budget"]["lines"]}
    assert all(kept[line.line] == f"{line.amount:.2f}" for line in fact.lines)
    assert any("reason" in line for line in copy.content["budget"]["lines"])


def test_the_first_approved_version_is_the_initial_budget_and_snapshots_are_not_versions(world):
    line = {"line": "line/decor", "label": "Décor", "post": "30", "amount": "900"}
    kept = {"label": "Semaine 1", "purpose": "snapshot", "on": "2026-01-05", "lines": [line]}
    apply(world.structure, world.production, [add("budget_version/s1", **kept)], actor=world.alice)
    approve(world)
    page = read(world, "budget/versions/")
    assert page.count("budget initial<") == 1
    assert "Semaine 1" not in page
    assert "Semaine 1" in read(world, "budget/cote-a-cote/")


def test_a_version_says_what_has_moved_since(world):
    approve(world)
    move(world)
    assert "ne dit plus le budget d’aujourd’hui" in read(world, "budget/versions/")
    page = read(world, f"budget/versions/{mine(world).id}/")
    assert "Construction du décor" in page
    assert "modifiée" in page


def test_a_version_does_not_move_with_the_budget(world):
    approve(world)
    before = mine(world)
    document = world.browser("alice").get(world.address(f"budget/versions/{before.id}/document/")).content
    move(world)
    assert mine(world) == before
    assert (
        world.browser("alice").get(world.address(f"budget/versions/{before.id}/document/")).content
        == document
    )


def test_a_version_has_no_form_that_edits_it(world):
    approve(world)
    for path in (f"fiche/budget_version/{mine(world).id}/", "fiche/nouvelle/budget_version/"):
        assert world.browser("alice").get(world.address(path)).status_code == 404


def test_a_version_changed_behind_its_document_is_denounced(world):
    approve(world)
    fact = mine(world)
    lines = [line.model_dump(exclude_none=True) for line in fact.lines]
    lines[0]["amount"] = "1"
    apply(world.structure, world.production, [set_(fact.about, lines=lines)], actor=world.alice)
    assert "Le PDF gardé fait foi" in read(world, f"budget/versions/{fact.id}/")


@pytest.mark.parametrize(("label", "said"), [("  ", "Donnez un nom à cette version"), ("", "Donnez un nom")])
def test_a_version_without_a_name_is_refused(label, said, world):
    before = facts(world)
    assert said in approve(world, label).content.decode()
    assert facts(world) == before


def test_a_scenario_is_not_approved(world):
    before = facts(world)
    assert "Un scénario ne s’approuve pas" in approve(world, scenario="decor-plie").content.decode()
    assert facts(world) == before


def test_a_reader_approves_nothing(world):
    assert approve(world, who="rene").status_code == 403
    assert "Approuver et verrouiller" not in read(world, "budget/versions/", "rene")


def test_two_versions_of_one_name_are_two(world):
    before = len(facts(world))
    approve(world)
    approve(world)
    assert len({one.id for one in facts(world)}) == before + 2


def test_budgets_stand_side_by_side_with_their_differences(world):
    approve(world)
    move(world)
    asked = f"budget/cote-a-cote/?avec=version:{mine(world).id}&avec=reference&avec=scenario:decor-plie"
    page = read(world, asked)
    assert page.count('scope="col" class="num">Écart') == 2
    assert "Construction du décor" in page


def test_one_budget_alone_says_what_to_choose(world):
    assert "Il faut au moins deux budgets" in read(world, "budget/cote-a-cote/?avec=reference")


def test_a_budget_that_does_not_exist_is_left_out(world):
    page = read(world, "budget/cote-a-cote/?avec=reference&avec=version:nulle&avec=production:ailleurs")
    assert "Il faut au moins deux budgets" in page


def test_another_production_of_the_structure_is_compared_and_no_other_structure_s(world):
    apply_new = [("autre", "Autre spectacle")]
    for ident, label in apply_new:
        apply(
            world.structure,
            ident,
            [add(f"production/{ident}", label=label, form="theatre")],
            actor=world.alice,
        )
    page = read(world, "budget/cote-a-cote/?avec=reference&avec=production:autre")
    assert "Autre spectacle</th>" in page


@pytest.mark.parametrize(("output", "start"), [("classeur", b"PK"), ("pdf", b"%PDF")])
def test_a_comparison_is_handed_over(output, start, world):
    answer = world.browser("alice").get(
        world.address(f"budget/cote-a-cote/{output}/?avec=reference&avec=scenario:decor-plie")
    )
    assert answer.content.startswith(start)
    if output == "classeur":
        assert CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).sheet_names == ["Comparaison"]
