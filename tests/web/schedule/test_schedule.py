"""The plan of work: what it lacks is said, a search is followed and stopped, its plan is previewed, then written."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from filage.kernel.changes import set_
from filage_web.jobs.computations import end
from filage_web.jobs.models import Computation
from filage_web.schedule.tasks import search_plan
from filage_web.schedule.views import still_to_gain
from filage_web.store.changes import apply
from filage_web.store.models import Row
from support.cast import Cast

pytestmark = pytest.mark.django_db


def at(world: Cast, name: str, *args: Any) -> str:
    return reverse(f"schedule:{name}", args=[world.structure.slug, world.production, *args])


ANSWERS: dict[str, Any] = {}
"""The plan of the example, looked for once."""


def searched(world: Cast) -> Computation:
    """The example's plan, asked from the page and looked for by a worker."""
    response = world.browser("alice").post(at(world, "search", "repetitions"), {"seconds": 5})
    assert response.status_code == 302
    one = Computation.objects.latest("id")
    if ANSWERS:
        end(one, answer=ANSWERS)
    else:
        search_plan.call(one.pk)
        one.refresh_from_db()
        ANSWERS.update(one.answer or {})
    return one


def test_the_plans_are_listed_with_their_last_search(world: Cast):
    page = world.browser("alice").get(at(world, "page")).content.decode()
    assert "Reprises avant la tournée" in page
    assert "jamais cherché" in page


def test_a_search_that_waits_says_so_and_asks_again_by_itself(world: Cast):
    world.browser("alice").post(at(world, "search", "repetitions"), {"seconds": 5})
    one = Computation.objects.latest("id")
    response = world.browser("alice").get(at(world, "found", one.pk))
    assert "attend son tour" in response.content.decode()
    assert response.headers["Refresh"] == "3"
    part = world.browser("alice").get(at(world, "found", one.pk), headers={"hx-request": "true"})
    assert "<html" not in part.content.decode()


def test_too_long_a_search_is_refused_with_what_was_typed(world: Cast):
    response = world.browser("alice").post(at(world, "search", "repetitions"), {"seconds": 5000})
    assert response.status_code == 422
    assert "5000" in response.content.decode()


def test_a_plan_found_is_shown_with_its_bound_then_written_once_confirmed(world: Cast):
    one = searched(world)
    assert (one.state, one.refusal) == (Computation.DONE, "")
    browser = world.browser("alice")
    page = browser.get(at(world, "found", one.pk)).content.decode()
    assert "Aucun plan ne coûte moins de" in page
    events = Row.objects.filter(structure=world.structure, kind="event")
    before = events.count()
    effect = browser.post(at(world, "accept", one.pk))
    assert "Rien n’est enregistré tant que vous n’avez pas confirmé" in effect.content.decode()
    assert events.count() == before


@pytest.mark.parametrize(
    ("cost", "bound", "share"), [("20227.66", "13782.52", "0.319"), ("10", "10", "0"), ("0", "0", "0")]
)
def test_what_could_still_be_gained_is_never_understated(cost: str, bound: str, share: str):
    assert still_to_gain(Decimal(cost), Decimal(bound)) == Decimal(share)


def test_under_a_plan_b_the_search_and_what_is_put_stay_there(world: Cast):
    browser, question = world.browser("alice"), {"seconds": 5, "scenario": "annecy-perdu"}
    browser.post(at(world, "search", "repetitions"), question)
    one = Computation.objects.latest("id")
    assert one.about == "plan/repetitions@annecy-perdu"
    searched(world)  # the answer of the reference does for it: no date of the plan differs
    end(one, answer=ANSWERS)
    page = browser.get(at(world, "found", one.pk)).content.decode()
    assert f'href="{at(world, "show", "repetitions")}?scenario=annecy-perdu"' in page
    effect = browser.post(at(world, "accept", one.pk)).content.decode()
    assert "la référence ne bouge pas" in effect


def test_a_plan_without_a_day_says_what_is_missing(world: Cast):
    days = ["2026-11-30", "2026-12-01", "2026-12-02"]
    apply(world.structure, world.production, [set_("plan/repetitions", excluded=days)], actor=world.alice)
    page = world.browser("alice").get(at(world, "show", "repetitions")).content.decode()
    assert "Ce qui manque pour chercher" in page
    assert "ucun jour où travailler" in page


def test_a_probable_child_without_a_birth_date_is_told(world: Cast):
    role = set_("element/premier-enfant", risks=["child"])
    role_of = set_("position/margreth", roles=["element/margreth", "element/premier-enfant"])
    forget = set_("person_private/ines", born_on=None)
    apply(world.structure, world.production, [role, role_of, forget], actor=world.alice)
    page = world.browser("alice").get(at(world, "show", "repetitions")).content.decode()
    assert "Inès Caradec tient un rôle d’enfant (le Premier Enfant) sans date de naissance" in page


def test_a_scene_is_locked_on_a_day_and_let_go(world: Cast):
    browser = world.browser("alice")
    browser.post(at(world, "lock", "repetitions"), {"scene": "h4-1", "day": "2026-12-01"})
    page = browser.get(at(world, "show", "repetitions")).content.decode()
    assert "mar. 1er déc. 2026" in page
    browser.post(at(world, "unlock", "repetitions", 0))
    assert "mar. 1er déc. 2026" not in browser.get(at(world, "show", "repetitions")).content.decode()


def test_another_production_computation_is_not_found(world: Cast):
    one = searched(world)
    assert world.browser("charlie").get(at(world, "found", one.pk)).status_code == 404


@pytest.mark.parametrize("question", [{"before": "scene/h4-2"}, {"day": "2026-12-01"}])
def test_why_not_is_answered_in_a_sentence(
    world: Cast, question: dict[str, str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("filage_web.schedule.views.WHY_SECONDS", 1.0)
    one = searched(world)
    page = world.browser("alice").get(at(world, "why_not", one.pk), {"scene": "scene/h2-3", **question})
    assert page.status_code == 200
    assert "note-box" in page.content.decode()


def test_why_not_asks_for_one_question(world: Cast):
    one = searched(world)
    page = world.browser("alice").get(at(world, "why_not", one.pk), {"scene": "scene/h2-3"})
    assert page.status_code == 422
