"""Formalities to price: proposed with why, added after a preview, set aside and brought back by undo."""

from __future__ import annotations

import pytest
from django.urls import reverse

from filage.compliance.formalities import proposed_lines
from filage_web import clock
from filage_web.store.outcomes import open_production
from support.cast import Cast

pytestmark = pytest.mark.django_db


def at(world: Cast, name: str) -> str:
    return reverse(f"budget:{name}", args=[world.structure.slug, world.production])


def rules(world: Cast) -> list[str]:
    dossier = open_production(world.structure, world.production).dossier
    return [line.rule for line in proposed_lines(dossier, clock.today())]


def test_each_formality_says_why_and_that_its_price_is_to_be_asked(world: Cast):
    page = world.browser("alice").get(at(world, "formalities")).content.decode()
    assert "Suivi en santé au travail" in page
    assert "Prix à demander" in page


def test_the_effect_of_the_lines_chosen_is_shown_before_anything_is_written(world: Cast):
    before = rules(world)
    effect = world.browser("alice").post(at(world, "accept_formalities"), {"rule": before})
    assert "Rien n’est enregistré tant que vous n’avez pas confirmé" in effect.content.decode()
    assert rules(world) == before


def test_nothing_chosen_is_said(world: Cast):
    response = world.browser("alice").post(at(world, "accept_formalities"), follow=True)
    assert "aucune ligne n’est cochée" in response.content.decode().lower()


def test_a_formality_set_aside_is_no_longer_proposed(world: Cast):
    first, *rest = rules(world)
    assert world.browser("alice").post(at(world, "dismiss_formality"), {"rule": first}).status_code == 302
    assert rules(world) == rest
